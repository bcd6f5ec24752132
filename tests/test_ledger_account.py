"""What one dispatch tells of one place is put in order before it is weighed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from frontlog.ledger.account import accounts, in_order
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.weights import Weights
from frontlog.model import Claim, Interval, Span

from .ledger_tellings import ARMY, TALIBAN, day, telling

WEIGHTS = Weights.open()


def told(kind: str, side: str, cue: str, when: Interval | None = None) -> Claim:
    (claim,) = telling("news", day(9), kind, side, when=when).claims
    return replace(claim, cue_text=cue)


def ordered(claim: Claim, *others: Claim) -> Claim | None:
    return in_order(claim, accounts([claim, *others], WEIGHTS)["news"])


def test_who_took_what_others_took_back_took_it_before() -> None:
    first = told("take", TALIBAN, "seized by")
    found = ordered(first, told("take", ARMY, "recaptured"))
    assert found is not None
    assert found.when == Interval.day(day(8))


def test_who_holds_what_the_same_dispatch_has_others_take_held_it_before() -> None:
    found = ordered(told("hold", ARMY, "stronghold of"), told("take", TALIBAN, "overran"))
    assert found is not None
    assert found.when == Interval.day(day(8))


def test_a_change_told_of_an_earlier_day_stays_there() -> None:
    earlier = Interval.day(day(2))
    found = ordered(told("take", TALIBAN, "seized", earlier), told("take", ARMY, "retook"))
    assert found is not None
    assert found.when == earlier


def test_a_side_that_only_comes_nearer_does_not_hold_the_place() -> None:
    hold = told("hold", TALIBAN, "defended")
    assert ordered(hold, told("advance", TALIBAN, "advance on")) is None
    assert ordered(hold, told("advance", TALIBAN, "entered")) == hold


def test_a_town_retaken_in_one_dispatch_is_with_who_retook_it(tmp_path: Path) -> None:
    lost, regained = told("take", TALIBAN, "seized by"), told("take", ARMY, "retook")
    regained = replace(regained, cue=Span(1, 7))
    reading = replace(telling("news", day(9), "take", ARMY), claims=(lost, regained))
    with SqliteStore(tmp_path / "ledger.db") as store:
        store.add_reading(reading, "r")
        (now,) = store.holdings(day(9))
        assert now.holding.holder == ARMY
