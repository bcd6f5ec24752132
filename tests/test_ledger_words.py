"""What the words of a dispatch add to its claims on a place: nearly all of it, news, one happening told twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from frontlog.ledger.bearing import afresh, mostly
from frontlog.ledger.parties import of_leaver
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import HeldPlace
from frontlog.ledger.weights import Weights
from frontlog.model import Party, Reading, Span

from .ledger_tellings import ARMY, KUNDUZ, TALIBAN, day, telling

WEIGHTS = Weights.open()


def said_of(words: str, reading: Reading) -> Reading:
    """The reading with other words for its place, of which it says that a part changed hands."""
    (claim,) = reading.claims
    place = replace(claim.places[0], text=words, span=Span(0, len(words)))
    return replace(reading, claims=(replace(claim, places=(place,), extent="part"),))


def together(*readings: Reading) -> Reading:
    """Several tellings as one dispatch."""
    first = readings[0]
    claims = [replace(each.claims[0], dispatch=first.dispatch.id) for each in readings]
    return replace(first, claims=tuple(replace(each, cue=Span(at, at + 3)) for at, each in enumerate(claims)))


def holding(folder: Path, on: int, *readings: Reading) -> HeldPlace:
    with SqliteStore(folder / "ledger.db") as store:
        for reading in readings:
            store.add_reading(reading, "r")
        (found,) = store.holdings(day(on))
        return found


EARLIER = [telling("a", day(1), "hold", ARMY, KUNDUZ), telling("b", day(2), "hold", ARMY, KUNDUZ)]


@pytest.mark.parametrize("words", ["90 % of Kunduz", "almost the whole of Kunduz", "nearly all of Kunduz"])
def test_nearly_all_of_a_town_makes_it_theirs_though_contested(tmp_path: Path, words: str) -> None:
    capture = said_of(words, telling("c", day(9), "take", TALIBAN, KUNDUZ))
    assert mostly(capture.claims[0], KUNDUZ.id, WEIGHTS)
    found = holding(tmp_path, 9, *EARLIER, capture, telling("d", day(9), "leave", ARMY, KUNDUZ)).holding
    assert (found.state, found.holder) == ("contested", TALIBAN)


@pytest.mark.parametrize("words", ["40 % of Kunduz", "most of Kunduz", "half of Kunduz", "parts of Kunduz"])
def test_a_smaller_part_changes_no_holder(tmp_path: Path, words: str) -> None:
    capture = said_of(words, telling("c", day(9), "take", TALIBAN, KUNDUZ))
    assert not mostly(capture.claims[0], KUNDUZ.id, WEIGHTS)
    found = holding(tmp_path, 9, *EARLIER, capture).holding
    assert (found.state, found.holder) == ("contested", ARMY)


def test_holding_told_as_news_is_a_change() -> None:
    (claim,) = telling("a", day(8), "hold", TALIBAN).claims
    assert afresh(replace(claim, cue_text="in full control of"), WEIGHTS)
    assert not afresh(replace(claim, cue_text="stronghold of"), WEIGHTS)


def test_who_enters_and_holds_a_town_in_one_dispatch_has_it_now(tmp_path: Path) -> None:
    news = together(
        telling("c", day(4), "hold", TALIBAN, KUNDUZ), telling("c", day(4), "advance", TALIBAN, KUNDUZ)
    )
    entered = replace(news, claims=(news.claims[0], replace(news.claims[1], cue_text="entered")))
    before = [telling("a", day(1), "hold", ARMY, KUNDUZ)]
    assert holding(tmp_path, 4, *before, entered).holding.holder == TALIBAN


def test_a_leaving_beside_its_capture_is_no_second_witness(tmp_path: Path) -> None:
    capture = telling("c", day(9), "take", TALIBAN, KUNDUZ)
    alone = holding(tmp_path, 9, capture).holding
    both = together(capture, telling("c", day(9), "leave", ARMY, KUNDUZ))
    (tmp_path / "two").mkdir()
    found = holding(tmp_path / "two", 9, both).holding
    assert (alone.state, found.state) == ("claimed", "claimed")
    (tmp_path / "three").mkdir()
    apart = holding(tmp_path / "three", 9, capture, telling("d", day(9), "leave", ARMY, KUNDUZ)).holding
    assert apart.confidence > found.confidence


def test_one_unit_relieved_by_another_of_its_side_leaves_nothing(tmp_path: Path) -> None:
    relief = together(
        telling("c", day(9), "leave", TALIBAN, KUNDUZ), telling("c", day(9), "take", TALIBAN, KUNDUZ)
    )
    leaving = replace(relief.claims[0], agents=(Party(Span(0, 1), "guards", "taliban_guards", TALIBAN),))
    relief = replace(relief, claims=(leaving, relief.claims[1]))
    held = [telling("a", day(1), "take", TALIBAN, KUNDUZ), telling("b", day(2), "take", TALIBAN, KUNDUZ)]
    assert holding(tmp_path, 9, *held, relief).holding.holder == TALIBAN


def test_a_late_denial_of_a_capture_leaves_an_old_holding(tmp_path: Path) -> None:
    held = [
        telling("a", day(1, 3), "take", TALIBAN, KUNDUZ),
        telling("b", day(2, 3), "take", TALIBAN, KUNDUZ),
    ]
    denial = telling("c", day(9), "take", TALIBAN, KUNDUZ, standing="denied")
    with_denial = holding(tmp_path, 9, *held, denial).holding
    (tmp_path / "two").mkdir()
    assert holding(tmp_path / "two", 9, *held).holding.confidence == with_denial.confidence
    (tmp_path / "three").mkdir()
    fresh = [telling("a", day(8), "take", TALIBAN, KUNDUZ)]
    doubted = holding(tmp_path / "three", 9, *fresh, denial).holding
    assert doubted.confidence < with_denial.confidence


def test_stragglers_leave_no_place_that_others_took_weeks_before(tmp_path: Path) -> None:
    held = [telling(f"a{at}", day(2, 7), "take", TALIBAN, KUNDUZ, when=day(1, 7)) for at in range(2)]
    late = holding(tmp_path, 9, *held, telling("c", day(9), "leave", ARMY, KUNDUZ)).holding
    assert (late.state, late.holder) == ("held", TALIBAN)


def test_a_loss_told_without_its_time_soon_after_a_capture_is_that_of_those_before(tmp_path: Path) -> None:
    held = [telling(f"a{at}", day(2), "take", TALIBAN, KUNDUZ, when=day(1)) for at in range(2)]
    undated = telling("c", day(9), "leave", TALIBAN, KUNDUZ)
    undated = replace(undated, claims=(replace(undated.claims[0], when=None),))
    (tmp_path / "two").mkdir()
    assert holding(tmp_path, 9, *held, undated).holding.holder == TALIBAN
    dated = telling("c", day(9), "leave", TALIBAN, KUNDUZ, against=True)
    assert holding(tmp_path / "two", 9, *held, dated).holding.holder != TALIBAN


def test_leaving_by_nobody_named_gives_the_place_to_nobody(tmp_path: Path) -> None:
    held = [telling("a", day(1), "take", TALIBAN, KUNDUZ), telling("b", day(2), "take", TALIBAN, KUNDUZ)]
    assert holding(tmp_path, 9, *held, telling("c", day(9), "leave", None, KUNDUZ)).holding.holder == TALIBAN


def test_of_several_who_leave_only_the_holder_left() -> None:
    (claim,) = telling("a", day(8), "leave", ARMY, KUNDUZ).claims
    two = replace(claim, agents=(*claim.agents, Party(Span(2, 3), TALIBAN, TALIBAN, TALIBAN)))
    assert [party.side for party in of_leaver(two, TALIBAN).agents] == [TALIBAN]
    assert of_leaver(two, None) == two
