"""Derives incidents and holdings of a SQLite ledger, unit by unit; the rules are elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from frontlog.ledger import holdings, incidents, origins
from frontlog.ledger.around import evidence_on
from frontlog.ledger.codec import dumps
from frontlog.ledger.gather import Context, Stored, standing_claims, stored
from frontlog.ledger.incidents import Telling
from frontlog.ledger.regroup import regroup
from frontlog.ledger.units import OF_UNITS, unit_claims
from frontlog.model import Incident, Interval


def derive_units(cursor: sqlite3.Cursor, units: Iterable[str], context: Context) -> None:
    """Derive some units anew."""
    for unit in units:
        cursor.execute("DELETE FROM holdings WHERE place = ?", (unit,))
        cursor.execute(
            "DELETE FROM incident_claims WHERE incident IN (SELECT id FROM incidents WHERE unit = ?)", (unit,)
        )
        cursor.execute("DELETE FROM incidents WHERE unit = ?", (unit,))
        _write(cursor, unit, unit_claims(cursor, unit), context)


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
    reader.execute(OF_UNITS + " ORDER BY u.unit")
    for unit, rows in groupby(reader, key=lambda row: str(row[0])):
        _write(cursor, unit, [stored(row[1:]) for row in rows], context)
    for _, sql in indexes:
        cursor.execute(sql)


def _write(cursor: sqlite3.Cursor, unit: str, claims: list[Stored], context: Context) -> None:
    wanted = standing_claims(claims, unit, context.verdicts)
    place = None if unit.startswith("~") else unit
    tellings = [_telling(each, context) for each in wanted if _main_unit(each, unit)]
    _write_incidents(cursor, unit, regroup(incidents.incidents(place, tellings), context.verdicts, tellings))
    if place is not None:
        _write_holdings(
            cursor, unit, holdings.rows(evidence_on(cursor, unit, wanted, context), context.weights), context
        )


def _main_unit(claim: Stored, unit: str) -> bool:
    """Control changes are an incident at each of their places; other happenings at their first place only."""
    if unit.startswith("~") or claim.kind in ("take", "leave", "hold"):
        return True
    ids = [cells[4] for cells in claim.body.get("places", ()) if cells[4]]
    return not ids or ids[0] == unit


def _telling(told: Stored, context: Context) -> Telling:
    body = told.body
    when = Interval.parse(body["when"]) if "when" in body else None
    sides = frozenset(cells[4] for cells in body.get("agents", ()) if cells[4])
    return Telling(
        told.id, told.kind, told.known, when.start if when else None, when.end if when else None,
        sides, body["standing"], origins.root(told.dispatch, context.parents),
    )  # fmt: skip


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
