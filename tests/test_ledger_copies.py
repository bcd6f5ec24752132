"""Copies in the ledger: found as the rule says in any order, a new original is heard of, the work stays small."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontlog.ledger import SqliteStore, copies, open_store, origins
from frontlog.ledger.origins import Fingerprint
from frontlog.likeness import names_in, plain_address
from frontlog.model import Dispatch, Reading

from .ledger_tellings import MAZAR, TALIBAN, day, telling

FALL = (
    "Fighters took the town of {town} at dawn, a council member said by telephone, after soldiers had driven"
    " off towards the river; shops stayed shut and nobody was seen in the streets around the bazaar."
)
TALKS = (
    "Talks went on behind closed doors and ended late without a word on when they are to be taken up again."
)
TEXTS = [
    FALL.format(town="Aqcha"),
    FALL.format(town="Aqcha") + " More soon.",
    "Update. " + FALL.format(town="Aqcha") + " More soon. Hundreds fled.",
    FALL.format(town="Dawlat Abad"),
    TALKS,
    TALKS + " Nobody said why.",
]
URLS = [None, None, "https://wire.example/1", "http://www.wire.example/1/"]


def reading(id: str, known: date, text: str, url: str | None = None) -> Reading:
    told = telling(id, known, "take", TALIBAN, text=text)
    return replace(told, dispatch=replace(told.dispatch, url=url))


def by_the_rule(dispatches: Collection[Dispatch]) -> dict[str, str]:
    """The originals as `origins.parent` has them, from all dispatches at once."""
    texts = {each.id: each.text for each in dispatches}
    marks = [
        Fingerprint(
            each.id,
            each.date.toordinal(),
            origins.sketch(each.text),
            plain_address(each.url) if each.url else None,
        )
        for each in dispatches
    ]
    found = {}
    for mark in marks:
        # Only what shares a band is looked at; nothing else is alike enough but by chance.
        near = [other for other in marks if set(origins.bands(mark)) & set(origins.bands(other))]
        first = origins.parent(mark, near, lambda each: names_in(texts[each.id]))
        if first is not None:
            found[mark.id] = first.id
    return found


def kept(store: SqliteStore) -> dict[str, str]:
    return {each.id: found[0] for each in store.dispatches() if (found := store.origin(each.id))}


@st.composite
def batches(draw: st.DrawFn) -> list[list[Reading]]:
    told = draw(
        st.lists(
            st.tuples(st.sampled_from(TEXTS), st.integers(1, 26), st.sampled_from(URLS)),
            min_size=1,
            max_size=14,
        )
    )
    ids = draw(st.permutations(range(len(told))))
    readings = [
        reading(f"d{id:02}", day(at), text, url) for id, (text, at, url) in zip(ids, told, strict=True)
    ]
    cuts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=14))
    found = []
    for size in [*cuts, len(readings)]:
        found.append(readings[:size])
        readings = readings[size:]
    return [batch for batch in found if batch]


@settings(max_examples=120, deadline=None)
@given(batches())
def test_originals_are_those_of_the_rule_however_the_dispatches_come_in(told: list[list[Reading]]) -> None:
    with open_store(Path(":memory:")) as store:
        for batch in told:
            store.add_readings(batch, "r1")
        assert kept(store) == by_the_rule([each.dispatch for batch in told for each in batch])
        store.audit()
        derived = store.digest()
        store.rebuild()
        assert store.digest() == derived


def test_a_ledger_from_before_the_bands_by_day_finds_its_copies(tmp_path: Path) -> None:
    with open_store(tmp_path / "ledger.db") as store:
        store.add_reading(reading("a", day(9), TEXTS[0]), "r1")
        store._connections.read().execute("DELETE FROM bands_by_day")
        store.add_reading(reading("b", day(10), TEXTS[1]), "r1")
        assert kept(store) == {"b": "a"}


def test_the_copies_of_a_copy_are_derived_again_when_its_original_comes_in_late(tmp_path: Path) -> None:
    with open_store(tmp_path / "ledger.db") as store:
        store.add_reading(reading("last", day(24), TEXTS[0]), "r1")
        store.add_reading(reading("middle", day(16), TEXTS[0]), "r1")
        store.add_reading(reading("first", day(8), TEXTS[0]), "r1")
        assert kept(store) == {"last": "middle", "middle": "first"}
        assert {each.origins for each in store.incidents(place=MAZAR.id)} == {("first",)}


@contextmanager
def counted(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Counts the steps of SQLite's machine, in hundreds, and the pairs of sketches that are compared."""
    work = [0, 0]

    def step() -> int:
        work[0] += 1
        return 0

    def compared(one: Fingerprint, others: list[Fingerprint], names: origins.NamesOf) -> list[Fingerprint]:
        work[1] += len(others)
        return real(one, others, names)

    real = origins.copies
    monkeypatch.setattr(copies.origins, "copies", compared)
    connection = store._connections.read()
    connection.set_progress_handler(step, 100)
    yield work
    connection.set_progress_handler(None, 0)
    monkeypatch.undo()


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("a_day", [2, 1000])
def test_twice_as_many_copies_are_twice_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, a_day: int, backwards: bool
) -> None:
    def work(number: int) -> list[int]:
        told = [
            reading(f"{at:05}", day(1) + timedelta(days=at // a_day), TEXTS[at % 2]) for at in range(number)
        ]
        told = [replace(each, claims=()) for each in told[:: -1 if backwards else 1]]
        with open_store(tmp_path / f"{number}.db") as store, counted(store, monkeypatch) as count:
            # Read backwards, every batch gives all before it a new original.
            size = number // 4 if backwards else 50
            for start in range(0, number, size):
                store.add_readings(told[start : start + size], "r1", derive=False)
            return count

    once, twice = work(400), work(800)
    assert twice[0] < 2.6 * once[0]
    assert twice[1] < 2.6 * once[1]
    assert twice[1] < 60 * 800


def test_many_tellings_in_any_order_have_the_same_originals(tmp_path: Path) -> None:
    told = [reading(f"{at:03}", day(1) + timedelta(days=at % 40), TEXTS[at % 6]) for at in range(240)]
    random.Random(5).shuffle(told)
    with open_store(tmp_path / "ledger.db") as store:
        store.add_readings(told[:100], "r1", derive=False)
        for each in told[100:130]:
            store.add_reading(each, "r1")
        store.add_readings(told[130:], "r1", derive=False)
        assert kept(store) == by_the_rule([each.dispatch for each in told])
