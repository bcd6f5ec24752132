"""Drafts become claims alike, whoever drafted them; claims become records in the contract's form."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frontlog.model import Dispatch, Draft, Interval, Passage, Place, PlaceMention, Sentence, Span
from frontlog.reading.actors import Actors
from frontlog.reading.assemble import assemble
from frontlog.reading.claims import Prepared
from frontlog.reading.record import claim_record
from frontlog.reading.speakers import medium_of, role_of

TEXT = "Rebels took Sarna and two villages on Monday, the mayor told Kosta News."
SARNA = Place("u:1", "Sarna", "city", "settlement", 1.0, 2.0, "XS")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def prepared() -> Prepared:
    whole = Span(0, len(TEXT))
    dispatch = Dispatch("d", datetime(2015, 6, 17, tzinfo=UTC), TEXT)
    mention = PlaceMention(span("Sarna"), "Sarna", "Sarna", SARNA, 0.9)
    return Prepared(dispatch, (Passage(whole, "body"),), (Sentence(whole),), (mention,))


def draft(**changes: object) -> Draft:
    fields: dict[str, object] = {
        "kind": "take",
        "cue": span("took"),
        "agents": (span("Rebels"),),
        "places": (span("Sarna"), span("two villages")),
        "extent": "whole",
        "time": span("on Monday"),
        "speaker": span("mayor"),
    }
    return Draft(**(fields | changes))  # type: ignore[arg-type]


def test_places_take_the_mention_at_their_span_and_descriptions_have_no_name() -> None:
    (claim,) = assemble(prepared(), [draft()])
    assert [mention.place for mention in claim.places] == [SARNA, None]
    assert [mention.name for mention in claim.places] == ["Sarna", None]


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        (date(2024, 1, 15), date(2023, 2, 1), date(2023, 2, 28)),
        (date(2025, 1, 15), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_february_that_has_happened_is_the_last_one_whole(published: date, first: date, last: date) -> None:
    text = "Rebels took Sarna in February."
    whole = Span(0, len(text))
    dispatch = Dispatch("d", datetime(published.year, 1, 15, tzinfo=UTC), text)
    found = Prepared(dispatch, (Passage(whole, "body"),), (Sentence(whole),), ())
    (claim,) = assemble(found, [Draft("take", Span(7, 11), time=Span(18, 29), extent="whole")])
    assert claim.when == Interval(first, last)


def test_a_known_name_goes_on_behind_its_possessive() -> None:
    text = "Luhansk People's Republic troops took Sarna."
    whole = Span(0, len(text))
    dispatch = Dispatch("d", datetime(2022, 7, 3, tzinfo=UTC), text)
    found = Prepared(dispatch, (Passage(whole, "body"),), (Sentence(whole),), ())
    cut = Draft("take", Span(33, 37), agents=(Span(0, 14),), extent="whole")
    (claim,) = assemble(found, [cut], Actors.open())
    assert (claim.agents[0].text, claim.agents[0].side) == ("Luhansk People's Republic", "russia-ua")


def test_times_resolve_against_the_published_day() -> None:
    (claim,) = assemble(prepared(), [draft()])
    assert claim.when is not None
    assert claim.when.iso() == "2015-06-15"


def test_news_without_a_time_has_the_day_of_the_dispatch_and_plans_have_none() -> None:
    told, planned, background = (
        assemble(prepared(), [draft(time=None, **extra)])[0]
        for extra in ({}, {"standing": "planned"}, {"timeless": True})
    )
    assert told.when is not None
    assert told.when.iso() == "2015-06-17"
    assert planned.when is None
    assert background.when is None


def test_only_control_claims_have_an_extent() -> None:
    (claim,) = assemble(prepared(), [draft(kind="advance")])
    assert claim.extent is None


def test_a_record_has_the_fields_of_the_contract_and_the_offsets() -> None:
    (claim,) = assemble(prepared(), [draft()])
    record = claim_record(claim, TEXT)
    assert record["said_by"] == "mayor"
    assert record["agent"] == ["Rebels"]
    assert TEXT[record["cue_start"] : record["cue_end"]] == record["cue"] == "took"
    assert TEXT[record["start"] : record["end"]] == TEXT
    assert record["places"][0]["id"] == "u:1"
    assert record["places"][1] == {
        "text": "two villages", "name": None, "country": None, "id": None, "lat": None, "lon": None,
    }  # fmt: skip


def test_speakers_have_an_office_and_a_medium() -> None:
    assert role_of("rebel commander Ivo Lan") == "commander"
    assert role_of("three residents of Sarna") == "resident"
    assert role_of("Ivo Lan") is None
    assert medium_of("The town fell, he said, as cited by news agency Kosta.") == "Kosta"
