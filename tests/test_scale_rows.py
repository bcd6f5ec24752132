"""Readings as Parquet: what goes in comes out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontlog.errors import SourceError
from frontlog.model import (
    KINDS,
    Claim,
    Dispatch,
    Extent,
    Interval,
    Party,
    Passage,
    Place,
    PlaceMention,
    Precision,
    Reading,
    Role,
    Sentence,
    Span,
    Speaker,
    Standing,
)
from frontlog.scale.rows import parquet_of, readings_in, told

pytest.importorskip("pyarrow")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words
share = st.floats(0, 1)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(0, 9))
intervals = st.tuples(st.dates(), st.dates()).map(lambda days: Interval(min(days), max(days)))
degrees = st.floats(-90, 90)
places = st.builds(
    Place, words, words, words, st.sampled_from(get_args(Precision)), degrees, degrees, maybe, maybe, maybe,
    st.integers(0, 10**9), maybe, words,
)  # fmt: skip
mentions = st.builds(PlaceMention, spans, words, maybe, st.none() | places, share, st.none() | places)
parties = st.builds(Party, spans, words, maybe, maybe, st.booleans())
roles = st.sampled_from(get_args(Role))


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


claims = st.builds(
    Claim, st.just("id"), st.sampled_from(KINDS), spans, words, spans, some(parties), some(parties),
    some(mentions), st.none() | st.sampled_from(get_args(Extent)), st.none() | intervals, maybe,
    st.none() | st.builds(Speaker, spans, words, maybe, maybe, maybe, maybe),
    st.sampled_from(get_args(Standing)), st.none() | st.integers(0, 10**6), roles, st.booleans(), share,
)  # fmt: skip
dispatches = st.builds(
    Dispatch, st.just("id"), st.datetimes(timezones=st.just(UTC)), words, st.sampled_from(["day", "minute"]),
    maybe, maybe, maybe, some(words), words,
)  # fmt: skip
readings = st.builds(
    Reading, dispatches, some(st.builds(Passage, spans, roles)), some(st.builds(Sentence, spans, roles)),
    some(mentions), some(claims),
)  # fmt: skip


@given(st.lists(readings, max_size=3))
@settings(deadline=None, max_examples=60)
def test_any_readings_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, some: list[Reading]
) -> None:
    path = tmp_path_factory.mktemp("rows") / "one.parquet"
    path.write_bytes(parquet_of(some, "r1"))
    assert list(readings_in(path)) == some
    assert told(path) == (len(some), sum(len(each.claims) for each in some), "r1")


def test_claims_can_be_asked_for_without_frontlog(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    text = "Rebels took the town."
    claim = Claim("a", "take", Span(7, 11), "took", Span(0, 21), when=Interval.day(date(2021, 8, 9)))
    reading = Reading(Dispatch("a", datetime(2021, 8, 9, tzinfo=UTC), text), claims=(claim,))
    path = tmp_path / "one.parquet"
    path.write_bytes(parquet_of([reading], "r1"))
    found = duckdb.sql(
        f"SELECT c.kind, c.sentence, c.when_first FROM (SELECT unnest(claims) AS c FROM '{path}')"
    ).fetchall()
    assert found == [("take", text, date(2021, 8, 9))]


def test_other_files_are_told_from_ours(tmp_path: Path) -> None:
    path = tmp_path / "notes.parquet"
    path.write_bytes(b"not a table")
    with pytest.raises(SourceError, match="damaged"):
        told(path)
