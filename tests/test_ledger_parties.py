"""On which side parties stand at a place, whatever country they were read for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frontlog.ledger.parties import at_place, of_holder
from frontlog.model import Claim, Party, Span
from frontlog.reading.actors import Actors

from .ledger_tellings import TALIBAN, day, telling

ACTORS = Actors.open()


def sides(party: Party, country: str, on: date = date(2012, 3, 1)) -> list[str | None]:
    (claim,) = telling("a", on, "take", TALIBAN).claims
    found = at_place(replace(claim, agents=(party,)), country, lambda *asked: ACTORS.resolve(*asked))
    return [each.side for each in found.agents]


def party(text: str, side: str, actor: str | None = None, generic: bool = False) -> Party:
    return Party(Span(0, len(text)), text, actor, side, generic)


def test_forces_of_two_countries_are_on_the_side_of_both() -> None:
    words = party("Kenyan and Somali troops", "kenyan and somali troops")
    assert set(sides(words, "SO")) == {"gov:SO"}


def test_who_is_against_the_government_is_not_the_government() -> None:
    words = party("Anti-government fighters", "gov:LY", "state:LY")
    assert sides(words, "LY", date(2011, 5, 1)) == ["rebels:LY"]


def test_a_movement_is_its_branch_in_the_places_country() -> None:
    assert sides(party("al-Qaeda", "alqaeda", "alqaeda"), "YE") == ["aqap"]


def test_generic_words_are_of_the_places_country() -> None:
    assert sides(party("rebels", "rebels:TD", generic=True), "SY", date(2013, 3, 1)) == ["rebels:SY"]


def test_what_an_analyst_says_stays() -> None:
    assert sides(party("alqaeda", "alqaeda"), "YE") == ["alqaeda"]


@pytest.mark.parametrize(
    ("holder", "expected"), [("aqap", "aqap"), ("gov:YE", "rebels:YE"), (None, "rebels:YE")]
)
def test_holders_that_only_words_name_are_those_known_to_hold_the_place(
    holder: str | None, expected: str
) -> None:
    assert _held_by("rebels:YE", holder).agents[0].side == expected


def test_named_holders_stay() -> None:
    assert _held_by("houthi", "aqap", generic=False).agents[0].side == "houthi"


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        ("leave", date(2021, 8, 19), "gov:AF"),
        ("leave", date(2021, 12, 1), "taliban"),
        ("take", date(2021, 8, 19), "taliban"),
    ],
)
def test_soldiers_who_lose_in_the_weeks_after_a_government_fell_were_its_soldiers(
    kind: str, on: date, expected: str
) -> None:
    (claim,) = telling("a", on, kind, TALIBAN).claims
    soldiers = replace(claim, agents=(party("soldiers", "taliban", generic=True),))
    found = at_place(soldiers, "AF", lambda *asked: ACTORS.resolve(*asked))
    assert [each.side for each in found.agents] == [expected]


def _held_by(side: str, holder: str | None, generic: bool = True) -> Claim:
    (claim,) = telling("a", day(8), "hold", side, generic=generic).claims
    return of_holder(claim, "YE", holder)
