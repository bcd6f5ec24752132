"""Adds readings to a ledger: dispatches, claims, places and what copies are found by. Nothing is altered.

Many are added at a time: what is there already is asked for once, and every table gets its rows together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from frontlog.errors import LedgerError
from frontlog.ledger.codec import claim_body, dumps, instant, mention, passages_json
from frontlog.ledger.copies import Copies, mark_units
from frontlog.ledger.finding_rows import dispatch_mark
from frontlog.ledger.origins import sketch
from frontlog.ledger.store import Added
from frontlog.model import Claim, Dispatch, Place, Reading, family_of

_TOGETHER = 200
"""Readings that are added at a time."""
# The tables in the order in which their rows refer to each other.
_INSERTS = {
    "dispatches": "INSERT INTO dispatches (n, id, published, known, precision, title, url, publisher,"
    " sources, language, hash, sketch, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "readings": "INSERT INTO readings (n, dispatch, reader, passages, sentences, places)"
    " VALUES (?, ?, ?, ?, ?, ?)",
    "places": "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "places_at": "INSERT INTO places_at VALUES (?, ?, ?, ?, ?)",
    "claims": "INSERT INTO claims (n, id, reading, dispatch, known, kind, family, standing, when_first,"
    " when_last, current, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    "claim_units": "INSERT OR IGNORE INTO claim_units VALUES (?, ?, ?)",
    "claim_parties": "INSERT OR IGNORE INTO claim_parties VALUES (?, ?, ?)",
    "stale": "INSERT OR IGNORE INTO stale VALUES (?)",
}


class Additions:
    """What one transaction adds; the ledger's own numbers go on from those there are.

    Dispatches that have a sign that the store cannot keep, one of ``unkept``, are refused.
    """

    def __init__(self, cursor: sqlite3.Cursor, reader: str, family: dict[str, str], unkept: str = "") -> None:
        self._cursor = cursor
        self._unkept = unkept
        self._reader = reader
        self._family = family
        self._copies = Copies(cursor)
        self._numbers = {name: self._newest(name) for name in ("dispatches", "readings", "places", "claims")}
        self._places: set[str] = set()
        self._rows: dict[str, list[Sequence[object]]] = {name: [] for name in _INSERTS}

    def add(self, readings: Iterable[Reading]) -> Iterator[tuple[Reading, Added | LedgerError]]:
        """Add readings; gives what each of them was, or why it was refused."""
        source = iter(readings)
        while some := list(islice(source, _TOGETHER)):
            stored = self._stored(some)
            done = [(reading, self._add(reading, stored)) for reading in some]
            self._add_places([reading for reading, was in done if was in ("new", "reread")])
            for name, sql in _INSERTS.items():
                self._cursor.executemany(sql, self._rows[name])
                self._rows[name].clear()
            yield from done

    def link(self) -> None:
        """Find the copies among what was added."""
        self._copies.link()

    def _stored(self, readings: Sequence[Reading]) -> dict[str, tuple[int, str, bool]]:
        """The number and hash of the dispatches that are there, and whether this reader has read them."""
        ids = list(dict.fromkeys(reading.dispatch.id for reading in readings))
        rows = self._cursor.execute(
            "SELECT d.id, d.n, d.hash, r.n FROM dispatches d"
            " LEFT JOIN readings r ON r.dispatch = d.n AND r.reader = ?"
            f" WHERE d.id IN ({', '.join('?' * len(ids))})",
            (self._reader, *ids),
        ).fetchall()
        return {id: (n, hash, read is not None) for id, n, hash, read in rows}

    def _add(self, reading: Reading, stored: dict[str, tuple[int, str, bool]]) -> Added | LedgerError:
        dispatch = reading.dispatch
        outcome: Added = "new"
        for sign in self._unkept:
            printed = (dispatch.id, dispatch.text, dispatch.title, dispatch.url, dispatch.publisher)
            if any(sign in words for words in printed if words):
                return LedgerError(f"this ledger cannot keep a text with the sign {sign!r}; take it out")
        if dispatch.id in stored:
            number, hash, read = stored[dispatch.id]
            if hash != dispatch.hash:
                return LedgerError(
                    f"dispatch {dispatch.id!r} is already in the ledger with another text;"
                    " give the new text its own id"
                )
            if read:
                return "known"
            _retire(self._cursor, number)
            outcome = "reread"
        else:
            number = self._add_dispatch(dispatch)
        stored[dispatch.id] = (number, dispatch.hash, True)
        at = self._number("readings")
        self._rows["readings"].append(
            (
                at, number, self._reader, passages_json(reading.passages), passages_json(reading.sentences),
                dumps([mention(each) for each in reading.places]),
            )
        )  # fmt: skip
        self._rows["stale"].append((dispatch_mark(dispatch.id),))
        seen: set[str] = set()
        for claim in reading.claims:
            if claim.id not in seen:
                seen.add(claim.id)
                self._add_claim(claim, dispatch, number, at)
        return outcome

    def _add_dispatch(self, dispatch: Dispatch) -> int:
        number, sketched = self._number("dispatches"), sketch(dispatch.text)
        self._rows["dispatches"].append(
            (
                number, dispatch.id, instant(dispatch.published), dispatch.date.isoformat(),
                dispatch.precision, dispatch.title, dispatch.url, dispatch.publisher,
                dumps(dispatch.sources), dispatch.language, dispatch.hash, sketched, dispatch.text,
            )
        )  # fmt: skip
        self._copies.note(number, dispatch, sketched)
        return number

    def _add_claim(self, claim: Claim, dispatch: Dispatch, number: int, reading: int) -> None:
        at, when = self._number("claims"), claim.when
        self._rows["claims"].append(
            (
                at, claim.id, reading, number, dispatch.date.isoformat(), claim.kind,
                self._family.setdefault(claim.kind, family_of(claim.kind)), claim.standing,
                when.start.isoformat() if when else None, when.end.isoformat() if when else None,
                dumps(claim_body(claim)),
            )
        )  # fmt: skip
        for unit, land in claim_units(claim):
            self._rows["claim_units"].append((unit, at, land))
            self._rows["stale"].append((unit,))
        self._rows["claim_parties"] += [
            (party.side or "", at, party.actor or "") for party in (*claim.agents, *claim.targets)
        ]

    def _add_places(self, readings: Iterable[Reading]) -> None:
        named: dict[str, Place] = {}
        for place in (place for reading in readings for place in _places_of(reading)):
            if place.id not in self._places:
                named.setdefault(place.id, place)
        if not named:
            return
        marks = ", ".join("?" * len(named))
        rows = self._cursor.execute(f"SELECT id FROM places WHERE id IN ({marks})", list(named)).fetchall()
        self._places |= named.keys()
        for (id,) in rows:
            del named[id]
        for place in named.values():
            number = self._number("places")
            self._rows["places"].append(
                (
                    place.id, place.name, place.kind, place.precision, place.lat, place.lon, place.country,
                    place.admin1, place.admin1_name, place.population, place.capital_of, place.source, number,
                )
            )  # fmt: skip
            self._rows["places_at"].append((number, place.lat, place.lat, place.lon, place.lon))

    def _number(self, table: str) -> int:
        self._numbers[table] += 1
        return self._numbers[table]

    def _newest(self, table: str) -> int:
        (number,) = self._cursor.execute(f"SELECT ifnull(max(n), 0) FROM {table}").fetchone()
        return int(number)


def _retire(cursor: sqlite3.Cursor, dispatch: int) -> None:
    """A new reading of a dispatch takes the place of the old one, which stays on file."""
    mark_units(cursor, dispatch)
    cursor.execute("UPDATE claims SET current = 0 WHERE dispatch = ? AND current = 1", (dispatch,))


def _places_of(reading: Reading) -> Iterator[Place]:
    for mentioned in (*reading.places, *(each for claim in reading.claims for each in claim.places)):
        yield from (place for place in (mentioned.place, mentioned.runner_up) if place is not None)


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
