"""The example dispatches are read whole, and their answers speak of places that they name."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from frontlog.model import Dispatch
from frontlog.sources import open_all

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FIRST, LAST = date(2021, 8, 6), date(2021, 8, 16)


@pytest.fixture(scope="module")
def dispatches() -> list[Dispatch]:
    items = list(open_all([str(EXAMPLES)], today=date(2026, 1, 5)))
    assert all(isinstance(item, Dispatch) for item in items)
    return [item for item in items if isinstance(item, Dispatch)]


def test_every_example_is_a_dispatch_of_those_days(dispatches: list[Dispatch]) -> None:
    assert len(dispatches) >= 24
    assert {FIRST <= dispatch.date <= LAST for dispatch in dispatches} == {True}
    assert len({dispatch.id for dispatch in dispatches}) == len(dispatches)


def test_answers_name_places_of_the_dispatches_known_by_then(dispatches: list[Dispatch]) -> None:
    with (EXAMPLES / "expected.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 60
    for row in rows:
        known = date.fromisoformat(row["known"])
        assert FIRST <= date.fromisoformat(row["day"]) <= known <= LAST
        word = row["place"].removesuffix(" airport")
        assert any(word in item.text for item in dispatches if item.date <= known), row
