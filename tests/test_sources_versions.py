"""Versions: one text told again is told apart from another happening in the same phrases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontlog.likeness import plain_address
from frontlog.model import Dispatch
from frontlog.sources.versions import Versions, signature, similarity, versions_of

WIRE = (
    "The garrison of Darband withdrew over the river on Monday evening, a member of the town council said. "
    "Insurgents drove through the market and raised their flag over the customs house. Residents said that "
    "the bridge to Sarband had been blown up by the retreating soldiers. The ministry gave no comment."
)


def dispatch(name: str, text: str, day: int = 0, url: str | None = None) -> Dispatch:
    return Dispatch(
        id=name, published=datetime(2021, 8, 10, tzinfo=UTC) + timedelta(days=day), text=text, url=url
    )


def test_wire_printed_by_another_paper_is_a_version_of_the_first() -> None:
    second = dispatch("b", "DARBAND (Plains Wire) — " + WIRE + " More to follow.")
    (version,) = versions_of([dispatch("a", WIRE), second])
    assert (version.dispatch, version.version_of, version.why) == ("b", "a", "near text")
    assert version.similarity > 0.7


def test_same_text_and_its_copy_share_one_origin() -> None:
    versions = list(
        versions_of([dispatch("a", WIRE), dispatch("b", WIRE.upper()), dispatch("c", WIRE, day=20)])
    )
    assert [(version.dispatch, version.version_of) for version in versions] == [("b", "a"), ("c", "a")]


def test_later_text_under_one_address_is_a_version_however_it_reads() -> None:
    old = dispatch("a", WIRE, url="https://www.plains.example/live?utm_source=x")
    new = dispatch("b", "The bridge holds, the army now says.", url="http://plains.example/live/#top")
    (version,) = versions_of([old, new])
    assert (version.version_of, version.why) == ("a", "same address")
    assert version.similarity < 0.3


def test_same_phrases_about_another_town_are_no_version() -> None:
    other = WIRE.replace("Darband", "Zirband").replace("Monday", "Tuesday").replace("Sarband", "Tirband")
    assert list(versions_of([dispatch("a", WIRE), dispatch("b", other)])) == []


def test_standing_phrase_of_another_week_is_no_version() -> None:
    note = "Clashes went on overnight around the town of Darband, the ministry said in its statement."
    assert list(versions_of([dispatch("a", note), dispatch("b", note, day=9)])) == []
    assert len(list(versions_of([dispatch("a", note), dispatch("b", note, day=1)]))) == 1


def test_rereading_a_dispatch_makes_it_no_version_of_itself() -> None:
    versions = Versions()
    assert versions.relate(dispatch("a", WIRE)) is None
    assert versions.relate(dispatch("a", WIRE)) is None


def test_address_that_cannot_be_parsed_is_kept_as_it_is() -> None:
    assert plain_address("http://[broken") == "http://[broken"


@given(st.lists(st.text(max_size=5), max_size=40), st.lists(st.text(max_size=5), max_size=40))
def test_similarity_is_symmetric_and_one_for_equals(first: list[str], second: list[str]) -> None:
    one, other = signature(first), signature(second)
    assert similarity(one, one) == 1.0
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
