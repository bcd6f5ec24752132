"""Laws of reading: whatever the text and the day, it never raises, and every span quotes its words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontlog.errors import GazetteerError
from frontlog.model import Dispatch
from frontlog.reading.reader import Reader
from frontlog.scale.rows import parquet_of

from .reading_laws import broken_law

# Words that reading has rules for, so that what is made up from them gets far into it.
WORDS = (
    "Taliban", "rebels", "Mr.", "the army", "seized", "withdrew from", "still holds", "was killed", "in", "near",
    "Kunduz", "Goma", "Farah province", "the capital of", "on Tuesday", "overnight", "last month", "150 miles north of",
    "said", "according to", "denied that", "has", "been", "captured", "by", "where", "and", ",", ".", '"', "(", ")",
    "\n\n", "KABUL, Aug 10 (Reuters) —", "[Photo: AP]", "30 February", "31/12/9999", "-1", "²", "ﬁ", "İ", "e\u0301",
    "\u202e", "\ufeff", "\U0001f6a8", "ß", "Ⅷ", "\x85", "\u2028", "'", "’s", "%", "…",
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120) | st.lists(
    st.sampled_from(WORDS), min_size=1, max_size=40
).map(" ".join)
days = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29), date(1582, 10, 10)])


@pytest.fixture(scope="module")
def reader() -> Reader:
    try:
        return Reader.open(reader="rules")
    except GazetteerError as error:
        pytest.skip(str(error))


@given(text=texts, day=days)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_on_any_day_is_read_and_every_span_quotes_it(reader: Reader, text: str, day: date) -> None:
    dispatch = Dispatch("any", datetime(day.year, day.month, day.day, tzinfo=UTC), text)
    (reading,) = reader.read([dispatch])
    assert reading.dispatch == dispatch
    assert broken_law(reading) is None
    parquet_of([reading], reader.version)


@given(text=texts)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_what_stands_beside_a_dispatch_changes_nothing_in_it(reader: Reader, text: str) -> None:
    alone = Dispatch("a", datetime(2021, 8, 10, tzinfo=UTC), "Taliban fighters seized Kunduz on Sunday.")
    beside = Dispatch("b", datetime(2014, 1, 1, tzinfo=UTC), text)
    assert list(reader.read([beside, alone]))[1] == next(reader.read([alone]))
