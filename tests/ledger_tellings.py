"""Readings built by hand for the ledger's tests: a town, its parties and what dispatches say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from frontlog.ledger.sqlite import SqliteStore
from frontlog.model import (
    Claim,
    Dispatch,
    Interval,
    Party,
    Place,
    PlaceMention,
    Reading,
    Sentence,
    Span,
    Speaker,
)

MAZAR = Place(
    "gn:1", "Mazar-i-Sharif", "city", "settlement", 36.7, 67.1, "AF", "gn:10", "Balkh", 368_000, "Balkh"
)
KUNDUZ = Place(
    "gn:2", "Kunduz", "city", "settlement", 36.73, 68.86, "AF", "gn:20", "Kunduz", 161_000, "Kunduz"
)
GOMA = Place("gn:3", "Goma", "city", "settlement", -1.67, 29.22, "CD", "gn:30", "North Kivu", 144_000)
ARMY, TALIBAN = "gov:AF", "taliban"


def day(number: int, month: int = 8) -> date:
    return date(2021, month, number)


def telling(
    id: str,
    published: date,
    kind: Any,
    side: str | None,
    place: Place | None = MAZAR,
    *,
    text: str | None = None,
    when: Interval | date | None = None,
    speaker: str | None = None,
    speaker_side: str | None = None,
    role: str | None = None,
    publisher: str | None = None,
    against: bool = False,
    generic: bool = False,
    target: str | None = None,
    **fields: Any,
) -> Reading:
    """A dispatch of one sentence with one claim; without ``text`` the sentence is like no other."""
    name = place.name if place else "nowhere"
    noise = hashlib.sha256(id.encode()).hexdigest()
    body = text or f"{side} {kind} {name}: {' '.join(noise[at::9] for at in range(9))}"
    span = Span(0, len(body))
    cue = Span(0, max(1, len(body) // 2))
    when = Interval.day(when or published) if not isinstance(when, Interval) else when
    claim = Claim(
        dispatch=id, kind=kind, cue=cue, cue_text=cue.of(body), sentence=span,
        agents=(Party(Span(0, 1), side, side, side, generic),) if side else (),
        targets=(Party(Span(0, 1), target, target, target),) if target else (),
        places=(PlaceMention(Span(0, 1), name, name, place, 0.9),) if place else (),
        extent=fields.pop("extent", "whole") if kind in ("take", "leave", "hold") else None,
        when=when,
        speaker=Speaker(Span(0, 1), speaker, None, speaker_side, role) if speaker else None,
        against_interest=against, **fields,
    )  # fmt: skip
    stamp = datetime(published.year, published.month, published.day, tzinfo=UTC)
    dispatch = Dispatch(id, stamp, body, publisher=publisher or f"outlet {id}")
    return Reading(dispatch, sentences=(Sentence(span),), places=claim.places, claims=(claim,))


def digests_of(folder: Path, orders: Iterable[Sequence[Reading]]) -> set[str]:
    """Digests of a ledger read one by one in each order, and of the same rebuilt: one, if order means nothing."""
    digests = set()
    for number, order in enumerate(orders):
        with SqliteStore(folder / f"{number}.db") as store:
            for reading in order:
                store.add_reading(reading, "r")
            digests.add(store.digest())
            store.rebuild()
            digests.add(store.digest())
    return digests


def false_alarm() -> list[Reading]:
    """A city claimed four days early, denied, and then lost."""
    return [
        telling("alarm", day(10), "take", TALIBAN, speaker="a Taliban spokesman", speaker_side=TALIBAN),
        telling("calm", day(11), "hold", ARMY, speaker="a shopkeeper", role="resident"),
        telling("siege", day(12), "attack", TALIBAN),
        telling("calm2", day(13), "hold", ARMY),
        telling("fall", day(14), "take", TALIBAN),
        telling("fall2", day(15), "take", TALIBAN, when=day(14)),
        telling(
            "flight",
            day(15),
            "leave",
            ARMY,
            when=day(14),
            speaker="a colonel",
            speaker_side=ARMY,
            against=True,
        ),
    ]
