"""Audits: what does not fit is found by general means, on sentences of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontlog.ledger.audits import of_dispatch, run, told
from frontlog.ledger.audits.overturned import overturned
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.store import ClaimQuery, StoredClaim
from frontlog.model import (
    Claim,
    Dispatch,
    Finding,
    Interval,
    Party,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
)

from .ledger_tellings import ARMY, MAZAR, TALIBAN, day, false_alarm, telling

# A made-up country on the equator, where a degree is 111 km.
KEEP = Place("x:1", "Keep", "city", "settlement", 0.0, 20.0, "XX", "x:p1", "Home", 90_000, "x:p1")
FORD = Place("x:2", "Ford", "city", "settlement", 1.0, 20.0, "XX", "x:p2", "Upland", 80_000, "x:p2")
MILL = Place("x:3", "Mill", "city", "settlement", 0.0, 23.0, "XX", "x:p3", "Far", 70_000, "x:p3")
UPLAND = Place("x:p2", "Upland", "province", "province", 1.2, 20.1, "XX")
FAR = Place("x:p3", "Far", "province", "province", 0.1, 23.1, "XX")
PLACES = {place.name: place for place in (KEEP, FORD, MILL, UPLAND, FAR)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "ledger.db") as opened:
        yield opened


def read(
    store: SqliteStore, text: str, taken: tuple[str, ...] = (), published: date | None = None, id: str = "one"
) -> list[Finding]:
    """Add a dispatch of one sentence a line, with a capture of the places named, and audit it."""
    published = published or day(11)
    mentions = tuple(
        PlaceMention(Span(at, at + len(name)), name, name, place, 0.9)
        for name, place in PLACES.items()
        for at in range(len(text))
        if text.startswith(name, at) and not text[at + len(name) : at + len(name) + 1].isalpha()
    )
    ends = [at for at, char in enumerate(text) if char == "\n"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    sentences = tuple(Sentence(Span(start, end)) for start, end in zip(starts, ends, strict=True))
    claims = tuple(
        Claim(
            id, "take", Span(each.span.start, each.span.start + 4), "took", sentence.span,
            (Party(Span(0, 3), "reds", "reds", "reds"),), places=(each,), extent="whole",
            when=Interval.day(published),
        )
        for each in mentions if each.text in taken
        for sentence in sentences if sentence.span.contains(each.span)
    )  # fmt: skip
    stamp = datetime(published.year, published.month, published.day, tzinfo=UTC)
    dispatch = Dispatch(id, stamp, text)
    store.add_reading(Reading(dispatch, sentences=sentences, places=mentions, claims=claims), "r1")
    return list(of_dispatch(told(store, dispatch), store))


def verdicts(found: list[Finding], audit: str) -> list[str]:
    return [each.verdict for each in found if each.audit == audit]


@pytest.mark.parametrize(
    ("words", "verdict", "note"),
    [
        ("Ford, 111 km north of Keep, was quiet.", "fits", "direction right"),
        ("Ford, some seventy miles north of Keep, was quiet.", "fits", "direction right"),
        (
            "Ford, 160 kilometers (99 miles) north of Keep, was quiet.",
            "does not fit",
            "a road may be as long",
        ),
        ("Ford lies 110 km south of Keep.", "does not fit", "direction wrong"),
        ("Mill lies 900 km from Keep.", "does not fit", ""),
    ],
)
def test_distances_and_directions(store: SqliteStore, words: str, verdict: str, note: str) -> None:
    (found,) = [each for each in read(store, words) if each.audit == "distance"]
    assert (found.verdict, note in found.note) == (verdict, True)
    assert found.span is not None
    assert found.span.of(words) == found.words


def test_a_distance_between_nothing_is_no_finding(store: SqliteStore) -> None:
    assert verdicts(read(store, "The convoy drove 40 km that night. It never saw Keep."), "distance") == []


def test_more_names_than_announced_do_not_fit(store: SqliteStore) -> None:
    text = "The reds took two provincial capitals, Keep and Ford.\nThey also hold Mill, a guard said."
    assert verdicts(read(store, text, ("Keep", "Ford", "Mill")), "roster") == ["does not fit"]


def test_as_many_names_as_announced_fit(store: SqliteStore) -> None:
    text = "The reds took two provincial capitals, Keep and Ford."
    assert verdicts(read(store, text, ("Keep", "Ford")), "roster") == ["fits"]


def test_an_ordinal_is_set_against_the_places_known_by_that_day(store: SqliteStore) -> None:
    read(store, "The reds took Keep.", ("Keep",), day(9), "first")
    found = read(store, "Ford is the second provincial capital to fall.", ("Ford",), day(10), "second")
    assert verdicts(found, "ordinal") == ["fits"]
    found = read(store, "Mill is the ninth provincial capital to fall.", ("Mill",), day(11), "third")
    (ninth,) = [each for each in found if each.audit == "ordinal"]
    assert ninth.verdict == "cannot tell"
    assert "Ford, Keep, Mill" in ninth.computed


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("The pull-out ends two weeks before Christmas.", "does not fit"),
        ("The truce began two weeks before Armistice Day.", "fits"),
        ("It comes three weeks after the 7 October vote.", "fits"),
        ("The base closes on October 27, fifteen days before November 11.", "fits"),
        ("The base closes on October 20, fifteen days before November 11.", "does not fit"),
    ],
)
def test_deadlines_are_reckoned(store: SqliteStore, words: str, verdict: str) -> None:
    assert verdicts(read(store, words, published=date(2021, 10, 28)), "deadline") == [verdict]


def test_a_town_in_the_wrong_province_does_not_fit(store: SqliteStore) -> None:
    assert verdicts(read(store, "Ford, in Far province, fell."), "container") == ["does not fit"]
    assert verdicts(read(store, "Mill, in remote Far province, fell.", id="two"), "container") == ["fits"]


def test_a_reference_town_is_not_said_to_lie_in_the_province(store: SqliteStore) -> None:
    assert verdicts(read(store, "The camp is 30 km north of Mill in Upland province."), "container") == []


def test_a_capture_that_later_claims_overturned_is_told_with_both_clocks(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    found = [each for each in run(store) if each.audit == "overturned"]
    assert [(each.dispatch, each.known) for each in found] == [("alarm", day(10))]
    assert "as known on 2021-08-10 claimed by taliban" in found[0].computed
    assert "it fell to taliban on 2021-08-14" in found[0].computed
    assert [each for each in run(store, known=day(10)) if each.audit == "overturned"] == []


def test_rival_claims_are_found_once(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    found = [each for each in run(store) if each.audit == "rival claims"]
    assert {each.dispatch for each in found} <= {"calm", "calm2", "fall", "fall2", "alarm"}
    assert len(found) == len({(each.computed) for each in found}) >= 1


def test_a_false_denial_is_told(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    store.add_reading(
        telling(
            "denial", day(15), "take", TALIBAN, MAZAR, standing="denied", speaker="a minister",
            speaker_side=ARMY,
        ),
        "r1",
    )  # fmt: skip
    found = {each.dispatch: each for each in run(store) if each.audit == "denial"}
    assert found["denial"].verdict == "does not fit"


def test_a_place_is_asked_for_its_claims_once_however_many_captures_proved_false(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = [
        telling(f"alarm{at}", day(10), "take", TALIBAN, speaker="a Taliban spokesman", speaker_side=TALIBAN)
        for at in range(3)
    ]
    denied = [
        telling(f"denied{at}", day(13), "hold", ARMY, when=day(10), speaker=f"resident {at}", role="resident")
        for at in range(4)
    ]
    with SqliteStore(tmp_path / "ledger.db") as store:
        store.add_readings([*false_alarm(), *again, *denied], "r1")
        asked: list[ClaimQuery] = []
        claims = store.claims

        def counted(query: ClaimQuery) -> Iterator[StoredClaim]:
            asked.append(query)
            return claims(query)

        monkeypatch.setattr(store, "claims", counted)
        found = [each for each in overturned(store) if each.audit == "overturned"]
    assert len(found) > 2
    assert len([query for query in asked if query.place]) == 1
