"""How a claim bears on its place: the whole, a part, or what lies beside; and who comes nearer or is in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontlog.ledger.bearing import approaching, at_place
from frontlog.ledger.weights import Weights
from frontlog.model import Claim, Extent, PlaceMention, Span

from .ledger_tellings import KUNDUZ, TALIBAN, day, telling

WEIGHTS = Weights.open()


def take(before: str | None, text: str = "Kunduz", extent: Extent = "whole") -> Claim:
    """A capture of a town; ``before`` are words for a place without a name that stand just before it."""
    (claim,) = telling("a", day(8), "take", TALIBAN, KUNDUZ, extent=extent).claims
    at = len(before) + 1 if before else 0
    named = replace(claim.places[0], text=text, span=Span(at, at + len(text)))
    unnamed = (PlaceMention(Span(0, len(before)), before, None),) if before else ()
    return replace(claim, places=(*unnamed, named))


@pytest.mark.parametrize(
    "before", ["northern half", "several districts of", "80% of", "outskirts", "suburbs of"]
)
def test_words_for_a_part_before_a_town_leave_a_part(before: str) -> None:
    assert at_place(take(before), KUNDUZ.id, WEIGHTS).extent == "part"


@pytest.mark.parametrize("before", ["three villages near", "hills south of", "positions around the"])
def test_who_takes_what_lies_beside_a_town_only_fights_for_it(before: str) -> None:
    claim = at_place(take(before), KUNDUZ.id, WEIGHTS)
    assert (claim.kind, claim.extent) == ("attack", None)


def test_words_in_the_mention_itself_count_too() -> None:
    assert at_place(take(None, "eastern Kunduz"), KUNDUZ.id, WEIGHTS).extent == "part"
    assert at_place(take(None, "Kunduz airport"), KUNDUZ.id, WEIGHTS).extent == "site"
    assert at_place(take(None, "territory west of Kunduz"), KUNDUZ.id, WEIGHTS).kind == "attack"


@pytest.mark.parametrize(
    "text", ["Kunduz", "capital of Kunduz", "provincial capital, Kunduz", "city of Kunduz"]
)
def test_a_town_by_its_name_or_rank_is_the_whole_of_it(text: str) -> None:
    assert at_place(take(None, text), KUNDUZ.id, WEIGHTS).extent == "whole"


def test_something_in_a_town_is_not_the_town() -> None:
    assert at_place(take(None, "school in Kunduz"), KUNDUZ.id, WEIGHTS).extent == "site"


def test_a_words_of_the_towns_own_name_tell_of_no_part() -> None:
    claim = take(None, "East London")
    east = replace(claim.places[0], place=replace(KUNDUZ, name="East London"))
    assert at_place(replace(claim, places=(east,)), KUNDUZ.id, WEIGHTS).extent == "whole"


def test_what_the_reader_found_to_be_a_part_stays_one() -> None:
    assert at_place(take(None, extent="part"), KUNDUZ.id, WEIGHTS).extent == "part"


@pytest.mark.parametrize(
    ("cue", "nearer"), [("advance on", True), ("close in on", True), ("entered", False), ("push into", False)]
)
def test_who_advances_comes_nearer_unless_the_words_say_in(cue: str, nearer: bool) -> None:
    (claim,) = telling("a", day(8), "advance", TALIBAN, KUNDUZ).claims
    assert approaching(replace(claim, cue_text=cue), WEIGHTS) is nearer
