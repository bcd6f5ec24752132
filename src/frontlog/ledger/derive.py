"""Derives incidents and holdings of a SQLite ledger, unit by unit; the rules are elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from frontlog.ledger import holdings, incidents, origins
from frontlog.ledger.codec import PlaceOf, claim_of, dumps
from frontlog.ledger.decisions import Verdicts, corrected_body
from frontlog.ledger.incidents import Telling
from frontlog.ledger.regroup import regroup
from frontlog.ledger.weights import Evidence, Weights, evidence
from frontlog.model import Claim, Incident, Interval, Kind

WEIGHED: frozenset[str] = frozenset({"take", "leave", "hold", "advance", "besiege", "attack", "clash"})
_SELECT = """
SELECT u.unit, c.id, c.known, c.kind, c.body, d.id, d.sources, d.publisher
FROM claim_units u JOIN claims c ON c.n = u.claim JOIN dispatches d ON d.n = c.dispatch
WHERE c.current = 1
"""


@dataclass(frozen=True, slots=True)
class Context:
    """What deriving looks at beside the claims."""

    weights: Weights
    verdicts: Verdicts
    parents: Mapping[str, str]
    place: PlaceOf


@dataclass(frozen=True, slots=True)
class _Stored:
    id: str
    known: date
    kind: Kind
    body: dict[str, Any]
    dispatch: str
    sources: tuple[str, ...]
    publisher: str | None


def derive_units(cursor: sqlite3.Cursor, units: Iterable[str], context: Context) -> None:
    """Derive some units anew."""
    for unit in units:
        cursor.execute("DELETE FROM holdings WHERE place = ?", (unit,))
        cursor.execute(
            "DELETE FROM incident_claims WHERE incident IN (SELECT id FROM incidents WHERE unit = ?)", (unit,)
        )
        cursor.execute("DELETE FROM incidents WHERE unit = ?", (unit,))
        rows = cursor.execute(_SELECT + " AND u.unit = ?", (unit,)).fetchall()
        _write(cursor, unit, [_stored(row) for row in rows], context)


def derive_all(cursor: sqlite3.Cursor, reader: sqlite3.Cursor, context: Context) -> None:
    """Derive every unit anew, in one pass over the claims."""
    for table in ("holdings", "incident_claims", "incidents"):
        cursor.execute(f"DELETE FROM {table}")
    # Filling tables first and indexing them afterwards takes half the time.
    indexes = cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('holdings', 'incident_claims', 'incidents')"
    ).fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    reader.execute(_SELECT + " ORDER BY u.unit")
    for unit, rows in groupby(reader, key=lambda row: str(row[0])):
        _write(cursor, unit, [_stored(row) for row in rows], context)
    for _, sql in indexes:
        cursor.execute(sql)


def _stored(row: tuple[Any, ...]) -> _Stored:
    _, id, known, kind, body, dispatch, sources, publisher = row
    named = tuple(json.loads(sources)) if sources != "[]" else ()
    return _Stored(id, date.fromisoformat(known), kind, json.loads(body), dispatch, named, publisher)


def _write(cursor: sqlite3.Cursor, unit: str, claims: list[_Stored], context: Context) -> None:
    verdicts = context.verdicts
    wanted = [each for each in claims if verdicts.accepted.get(each.id) is not False]
    if verdicts.corrected:
        wanted = [
            _correct(each, changes)
            for each in wanted
            # A claim that was moved to another place is told there alone.
            if (changes := verdicts.corrected.get(each.id, {})).get("place", unit) == unit
        ]
    place = None if unit.startswith("~") else unit
    tellings = [_telling(each, context) for each in wanted if _main_unit(each, unit)]
    _write_incidents(cursor, unit, regroup(incidents.incidents(place, tellings), verdicts, tellings))
    if place is not None:
        _write_holdings(
            cursor, unit, holdings.rows(_evidence(wanted, unit, context), context.weights), context
        )


def _correct(claim: _Stored, changes: Mapping[str, Any] | None) -> _Stored:
    if not changes:
        return claim
    body = corrected_body(claim.body, changes)
    return _Stored(claim.id, claim.known, body["kind"], body, claim.dispatch, claim.sources, claim.publisher)


def _main_unit(claim: _Stored, unit: str) -> bool:
    """Control changes are an incident at each of their places; other happenings at their first place only."""
    if unit.startswith("~") or claim.kind in ("take", "leave", "hold"):
        return True
    ids = [cells[4] for cells in claim.body.get("places", ()) if cells[4]]
    return not ids or ids[0] == unit


def _telling(stored: _Stored, context: Context) -> Telling:
    body = stored.body
    when = Interval.parse(body["when"]) if "when" in body else None
    sides = frozenset(cells[4] for cells in body.get("agents", ()) if cells[4])
    return Telling(
        stored.id, stored.kind, stored.known, when.start if when else None, when.end if when else None,
        sides, body["standing"], origins.root(stored.dispatch, context.parents),
    )  # fmt: skip


def _evidence(claims: Iterable[_Stored], unit: str, context: Context) -> Iterator[Evidence]:
    place = context.place(unit)
    country = place.country if place else None
    captures = {
        (each.dispatch, each.body["when"])
        for each in claims
        if each.kind == "take" and each.body["standing"] == "fact" and "when" in each.body
    }
    for each in claims:
        # A copy says nothing that its original has not said.
        if each.kind not in WEIGHED or each.dispatch in context.parents or "when" not in each.body:
            continue
        claim = claim_of(each.dispatch, each.body, context.place)
        if context.verdicts.accepted.get(each.id):
            claim = _vouched(claim)
        if not _speaks_of(claim, unit):
            continue
        if each.kind == "hold" and (each.dispatch, each.body["when"]) in captures:
            # "They took the rebel-held town": who is said to have it had it before.
            claim = _day_before(claim)
        origin = origins.claim_origin(claim, each.sources, each.publisher)
        yield from evidence(claim, each.id, each.known, origin, context.weights, country)


def _speaks_of(claim: Claim, unit: str) -> bool:
    return any(
        mention.place is not None and mention.place.id == unit and mention.precision != "country"
        for mention in claim.places
    )


def _day_before(claim: Claim) -> Claim:
    if claim.when is None:
        return claim
    day = timedelta(days=1)
    return replace(claim, when=Interval(claim.when.start - day, claim.when.end - day))


def _vouched(claim: Claim) -> Claim:
    """An accepted claim counts as one against the speaker's interest, read without doubt."""
    return replace(claim, role="body", against_interest=True, confidence=1.0)


def _write_incidents(cursor: sqlite3.Cursor, unit: str, found: Iterable[Incident]) -> None:
    rows = []
    links = []
    for each in found:
        when = each.when
        known = each.known.isoformat() if each.known else ""
        rows.append(
            (
                each.id, each.kind, unit, each.place, when.start.isoformat() if when else None,
                when.end.isoformat() if when else None, known, each.reason, dumps(each.origins),
            )
        )  # fmt: skip
        links += [(each.id, claim) for claim in each.claims]
    cursor.executemany("INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    cursor.executemany("INSERT OR REPLACE INTO incident_claims VALUES (?, ?)", links)


def _write_holdings(
    cursor: sqlite3.Cursor, unit: str, derived: Iterable[holdings.Row], context: Context
) -> None:
    place = context.place(unit)
    country = place.country if place else None
    cursor.executemany(
        "INSERT INTO holdings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                unit, _iso(row.known_from), _iso(row.known_to), _iso(row.segment.first),
                _iso(row.segment.last), row.segment.state, row.segment.holder, row.segment.margin,
                _iso(row.segment.seen),
                dumps(row.segment.claims_for), dumps(row.segment.claims_against), country,
            )
            for row in derived
        ],
    )  # fmt: skip


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
