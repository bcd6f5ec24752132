"""Adds readings to a SQLite ledger: dispatches, claims, places, text and fingerprints. Nothing is altered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from frontlog.errors import LedgerError
from frontlog.ledger.codec import claim_body, dumps, instant, mention, passages_json
from frontlog.ledger.copies import Copies, mark_units
from frontlog.ledger.finding_rows import mark_dispatch
from frontlog.ledger.origins import sketch
from frontlog.ledger.store import Added
from frontlog.model import Claim, Dispatch, Place, PlaceMention, Reading, family_of


def add(
    cursor: sqlite3.Cursor, reading: Reading, reader: str, family: dict[str, str], copies: Copies
) -> tuple[Added, int]:
    """Add one reading; gives what it was and the number of claims added. ``copies`` is to be linked after."""
    dispatch = reading.dispatch
    row = cursor.execute("SELECT n, hash FROM dispatches WHERE id = ?", (dispatch.id,)).fetchone()
    if row is None:
        number = _add_dispatch(cursor, dispatch, copies)
        outcome: Added = "new"
    else:
        number, stored = row
        if stored != dispatch.hash:
            raise LedgerError(
                f"dispatch {dispatch.id!r} is already in the ledger with another text;"
                " give the new text its own id"
            )
        if cursor.execute(
            "SELECT 1 FROM readings WHERE dispatch = ? AND reader = ?", (number, reader)
        ).fetchone():
            return "known", 0
        _retire(cursor, number)
        outcome = "reread"
    cursor.execute(
        "INSERT INTO readings (dispatch, reader, passages, sentences, places) VALUES (?, ?, ?, ?, ?)",
        (
            number, reader, passages_json(reading.passages), passages_json(reading.sentences),
            dumps([mention(each) for each in reading.places]),
        ),
    )  # fmt: skip
    reading_number = cursor.lastrowid or 0
    mark_dispatch(cursor, dispatch.id)
    _add_places(cursor, [*reading.places, *(each for claim in reading.claims for each in claim.places)])
    for claim in dict.fromkeys(reading.claims):
        _add_claim(cursor, claim, dispatch, number, reading_number, family)
    return outcome, len(reading.claims)


def _add_dispatch(cursor: sqlite3.Cursor, dispatch: Dispatch, copies: Copies) -> int:
    sketched = sketch(dispatch.text)
    cursor.execute(
        "INSERT INTO dispatches (id, published, known, precision, title, url, publisher, sources, language,"
        " hash, sketch, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            dispatch.id, instant(dispatch.published), dispatch.date.isoformat(), dispatch.precision,
            dispatch.title, dispatch.url, dispatch.publisher, dumps(dispatch.sources), dispatch.language,
            dispatch.hash, sketched, dispatch.text,
        ),
    )  # fmt: skip
    number = cursor.lastrowid or 0
    copies.note(number, dispatch, sketched)
    return number


def _retire(cursor: sqlite3.Cursor, dispatch: int) -> None:
    """A new reading of a dispatch takes the place of the old one, which stays on file."""
    mark_units(cursor, dispatch)
    cursor.execute("UPDATE claims SET current = 0 WHERE dispatch = ? AND current = 1", (dispatch,))


def _add_claim(
    cursor: sqlite3.Cursor,
    claim: Claim,
    dispatch: Dispatch,
    number: int,
    reading: int,
    family: dict[str, str],
) -> None:
    when = claim.when
    cursor.execute(
        "INSERT OR IGNORE INTO claims (id, reading, dispatch, known, kind, family, standing, when_first,"
        " when_last, current, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
        (
            claim.id, reading, number, dispatch.date.isoformat(), claim.kind,
            family.setdefault(claim.kind, family_of(claim.kind)), claim.standing,
            when.start.isoformat() if when else None, when.end.isoformat() if when else None,
            dumps(claim_body(claim)),
        ),
    )  # fmt: skip
    if not cursor.rowcount:
        return
    claim_number = cursor.lastrowid or 0
    units = list(claim_units(claim))
    cursor.executemany(
        "INSERT OR IGNORE INTO claim_units VALUES (?, ?, ?)",
        [(unit, claim_number, land) for unit, land in units],
    )
    cursor.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(unit,) for unit, _ in units])
    cursor.executemany(
        "INSERT OR IGNORE INTO claim_parties VALUES (?, ?, ?)",
        [(party.side or "", claim_number, party.actor or "") for party in (*claim.agents, *claim.targets)],
    )


def mentioned_places(mentions: Iterable[PlaceMention]) -> Iterator[Place]:
    for mentioned in mentions:
        yield from (place for place in (mentioned.place, mentioned.runner_up) if place is not None)


def _add_places(cursor: sqlite3.Cursor, mentions: Iterable[PlaceMention]) -> None:
    named: dict[str, Place] = {}
    for place in mentioned_places(mentions):
        named.setdefault(place.id, place)
    if not named:
        return
    marks = ", ".join("?" * len(named))
    rows = cursor.execute(f"SELECT id FROM places WHERE id IN ({marks})", list(named)).fetchall()
    known = {id for (id,) in rows}
    new = [place for id, place in named.items() if id not in known]
    if not new:
        return
    (last,) = cursor.execute("SELECT ifnull(max(n), 0) FROM places").fetchone()
    numbered = list(enumerate(new, start=last + 1))
    cursor.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                place.id, place.name, place.kind, place.precision, place.lat, place.lon, place.country,
                place.admin1, place.admin1_name, place.population, place.capital_of, place.source, number,
            )
            for number, place in numbered
        ],
    )  # fmt: skip
    cursor.executemany(
        "INSERT INTO places_at VALUES (?, ?, ?, ?, ?)",
        [(number, place.lat, place.lat, place.lon, place.lon) for number, place in numbered],
    )


def claim_units(claim: Claim) -> Iterable[tuple[str, str | None]]:
    """Where a claim is looked for: its places, else its place names, else its first side."""
    found: dict[str, str | None] = {}
    for mentioned in claim.places:
        if mentioned.place is not None:
            found.setdefault(mentioned.place.id, mentioned.place.country)
    if not found:
        for mentioned in claim.places:
            if mentioned.name:
                found.setdefault(f"~{mentioned.name.casefold()}", mentioned.country)
    if not found:
        side = next((party.side for party in claim.agents if party.side), "")
        month = claim.when.start.isoformat()[:7] if claim.when else ""
        found[f"~~{side}~{claim.kind}~{month}"] = None
    return found.items()
