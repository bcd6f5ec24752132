"""Takers that nobody named: inferred for the evidence, never in the claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.takers import Past, War, infer, wants_taker
from frontlog.model import Claim, Decision, Place, Reading

from .ledger_tellings import ARMY, KUNDUZ, MAZAR, TALIBAN, day, telling

THIRD = "third side"


def two_sided(_country: str, _on: date) -> War:
    return War(ARMY, frozenset({ARMY, TALIBAN}))


def three_sided(_country: str, _on: date) -> War:
    return War(ARMY, frozenset({ARMY, TALIBAN, THIRD}))


def claim(kind: str, side: str | None, place: Place = KUNDUZ, *, target: str | None = None) -> Claim:
    return telling("one", day(8), kind, side, place, target=target).claims[0]


def told_together(*readings: Reading) -> Reading:
    """Several tellings as one dispatch."""
    first = readings[0]
    claims = tuple(
        replace(each.claims[0], dispatch=first.dispatch.id, cue_text=f"{at}")
        for at, each in enumerate(readings)
    )
    return replace(first, claims=claims, places=tuple(place for each in readings for place in each.places))


def test_a_fall_without_a_taker_goes_to_the_side_that_takes_other_places_in_the_dispatch() -> None:
    fall, capture = claim("take", None), claim("take", TALIBAN, MAZAR)
    taker = infer(fall, "AF", [fall, capture], Past(), three_sided)
    assert taker is not None
    assert (taker.side, taker.ground) == (TALIBAN, "told_elsewhere")


def test_the_state_does_not_take_what_merely_fell_though_it_takes_other_places() -> None:
    fall, capture = claim("take", None), claim("take", ARMY, MAZAR)
    taker = infer(fall, "AF", [fall, capture], Past(), two_sided)
    assert taker is None or taker.side != ARMY
    again = replace(fall, cue_text="retaken")
    retaken = infer(again, "AF", [again, capture], Past(), two_sided)
    assert retaken is not None
    assert retaken.side == ARMY


def test_two_takers_in_one_dispatch_leave_the_third_place_open() -> None:
    fall = claim("take", None)
    others = [claim("take", TALIBAN, MAZAR), claim("take", THIRD, MAZAR)]
    assert infer(fall, "AF", [fall, *others], Past(), two_sided) is None


def test_the_losers_only_opponent_takes_what_falls() -> None:
    fall = claim("take", None, target=ARMY)
    taker = infer(fall, "AF", [fall], Past(), two_sided)
    assert taker is not None
    assert taker.side == TALIBAN
    assert ARMY in taker.reason
    assert infer(fall, "AF", [fall], Past(), three_sided) is None


def test_who_fought_for_the_place_settles_it_among_several() -> None:
    fall = claim("take", None, target=ARMY)
    taker = infer(fall, "AF", [fall], Past(fighting=frozenset({THIRD})), three_sided)
    assert taker is not None
    assert taker.side == THIRD


def test_the_fall_told_again_weeks_later_is_the_same_fall() -> None:
    again = claim("take", None)
    taker = infer(again, "AF", [again], Past(TALIBAN, day(1)), two_sided)
    assert taker is not None
    assert (taker.side, taker.ground) == (TALIBAN, "retold")
    back = replace(again, cue_text="recaptured")
    turned = infer(back, "AF", [back], Past(TALIBAN, day(1)), two_sided)
    assert turned is not None
    assert turned.side == ARMY


def test_foreign_troops_who_leave_hand_over_to_nobody_in_particular() -> None:
    leave = claim("leave", "gov:US")
    assert infer(leave, "AF", [leave], Past(), two_sided) is None


def test_whom_a_place_is_left_to_has_it() -> None:
    leave = claim("leave", ARMY, target=THIRD)
    taker = infer(leave, "AF", [leave], Past(), two_sided)
    assert taker is not None
    assert taker.side == THIRD


def test_a_named_taker_is_never_replaced() -> None:
    assert not wants_taker(claim("take", TALIBAN))
    assert wants_taker(claim("take", None))


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "ledger.db")


def holder(store: SqliteStore, place: Place) -> str | None:
    held = [each for each in store.holdings(day(9)) if each.place.id == place.id]
    return held[0].holding.holder if held else None


def two_falls() -> Reading:
    return told_together(
        telling("news", day(8), "take", TALIBAN, MAZAR), telling("news", day(8), "take", None, KUNDUZ)
    )


def test_an_inferred_taker_holds_with_less_certainty_and_says_why(store: SqliteStore) -> None:
    store.add_reading(two_falls(), "r")
    named, unnamed = (store.place_life(place.id)[-1].holding for place in (MAZAR, KUNDUZ))
    assert unnamed.holder == named.holder == TALIBAN
    assert unnamed.confidence < named.confidence
    (reason,) = (taker.reason for taker in store.inferred(KUNDUZ.id).values())
    assert TALIBAN in reason
    assert store.claim(unnamed.claims_for[0]).claim.agents == ()  # type: ignore[union-attr]


def test_rejecting_the_named_capture_takes_the_ground_from_the_unnamed_one(store: SqliteStore) -> None:
    reading = two_falls()
    store.add_reading(reading, "r")
    grounds = {taker.ground for taker in store.inferred(KUNDUZ.id).values()}
    store.decide(Decision("d", "reject", reading.claims[0].id, "ana", datetime(2021, 8, 9, tzinfo=UTC)))
    assert grounds == {"told_elsewhere"}
    assert {taker.ground for taker in store.inferred(KUNDUZ.id).values()} == {"opposed"}
    before = store.digest()
    store.rebuild()
    assert store.digest() == before
