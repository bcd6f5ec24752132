"""Numbers in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontlog.reading.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Twenty-three soldiers died", [23]),
        ("1,200 people fled", [1200]),
        ("some two hundred and fifty fighters", [250]),
        ("three thousand five hundred troops", [3500]),
        ("2.5 million", [2_000_000]),
        ("a dozen men and 4 officers", [12, 4]),
        ("nobody was hurt", []),
        ("the tenth brigade", []),
    ],
)
def test_digits_and_words_give_their_value(text: str, values: list[int]) -> None:
    assert [value for _, value in numbers(text)] == values


@given(st.text(max_size=200))
def test_spans_quote_what_stands_there(text: str) -> None:
    for span, value in numbers(text):
        assert span.of(text).strip() == span.of(text) != ""
        assert value >= 0


@given(st.integers(min_value=0, max_value=10**9))
def test_any_number_in_digits_is_read_back(value: int) -> None:
    assert [found for _, found in numbers(f"at least {value:,} people")] == [value]
