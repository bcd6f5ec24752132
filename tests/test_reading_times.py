"""Times: spans and the days they mean."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontlog.errors import DataFileError
from frontlog.reading import time_words
from frontlog.reading.times import time_spans, when_words

WEDNESDAY = date(2019, 4, 10)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Tuesday", "2019-04-09"),
        ("Wednesday", "2019-04-10"),
        ("last Wednesday", "2019-04-03"),
        ("yesterday", "2019-04-09"),
        ("overnight", "2019-04-09/2019-04-10"),
        ("last week", "2019-04-01/2019-04-07"),
        ("earlier this month", "2019-04-01/2019-04-10"),
        ("last month", "2019-03-01/2019-03-31"),
        ("in December", "2018-12-01/2018-12-31"),
        ("in June 2014", "2014-06-01/2014-06-30"),
        ("in late March", "2019-03-21/2019-03-31"),
        ("on 3 April", "2019-04-03"),
        ("November 30, 2018", "2018-11-30"),
        ("two days ago", "2019-04-08"),
        ("since March", "2019-03-01/2019-04-10"),
        ("since 2015", "2015-01-01/2019-04-10"),
        ("in 2016", "2016-01-01/2016-12-31"),
        ("later this year", "2019-04-10/2019-12-31"),
        ("three weeks ahead of 1 May", "2019-04-10"),
        ("for the second day", "2019-04-09/2019-04-10"),
        ("for a fifth straight day", "2019-04-06/2019-04-10"),
        ("the previous Wednesday", "2019-04-03"),
        ("on the anniversary of the 9/11 attacks", "2019-09-11"),
    ],
)
def test_words_mean_days_against_the_published_date(words: str, expected: str) -> None:
    found = when_words(words, WEDNESDAY)
    assert found is not None
    assert found.iso() == expected


@pytest.mark.parametrize("words", ["recently", "formerly", "at the market"])
def test_vague_words_mean_no_day(words: str) -> None:
    assert when_words(words, WEDNESDAY) is None


def test_direction_decides_a_weekday_ahead() -> None:
    found = when_words("on Friday", WEDNESDAY, 1)
    assert found is not None
    assert found.iso() == "2019-04-12"


def test_last_friday_lies_behind_even_in_a_clause_that_looks_ahead() -> None:
    found = when_words("last Friday", WEDNESDAY, 1)
    assert found is not None
    assert found.iso() == "2019-04-05"


def test_verbs_that_look_like_months_are_no_times() -> None:
    assert time_spans("They may march on the capital.") == []


@given(
    st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sampled_from(["Monday", "Tuesday", "Friday", "Sunday"])
)
def test_a_weekday_looks_back_a_week_at_most(published: date, weekday: str) -> None:
    found = when_words(f"on {weekday}", published)
    assert found is not None
    assert timedelta(0) <= published - found.start < timedelta(7)
    assert found.start.strftime("%A") == weekday


@pytest.mark.parametrize("row", ["Fructidor\tseason\t12", "Brumaire\tmonth\tII"])
def test_a_bad_time_word_is_reported_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "time_words.tsv"
    path.write_text(f"word\tclass\tvalue\n{row}\n", "utf-8")
    with pytest.raises(DataFileError, match=r"time_words\.tsv:2"):
        time_words.load.__wrapped__(path)
