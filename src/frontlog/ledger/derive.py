"""Derives incidents and holdings of a SQLite ledger, unit by unit; the rules are elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows of some units, as they are written."""

    incidents: list[tuple[object, ...]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    holdings: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, unit: str, claims: list[Stored], cursor: sqlite3.Cursor, context: Context) -> None:
        """Derive one unit, from its claims as read."""
        wanted = standing_claims(claims, unit, context.verdicts)
        place = None if unit.startswith("~") else unit
        tellings = [_telling(each, context) for each in wanted if _main_unit(each, unit)]
        for incident in regroup(incidents.incidents(place, tellings), context.verdicts, tellings):
            self.incidents.append(_incident_row(unit, incident))
            self.links.extend((incident.id, claim) for claim in incident.claims)
        if place is not None:
            known = context.place(unit)
            country = known.country if known else None
            evidence = evidence_on(cursor, unit, wanted, context)
            self.holdings.extend(
                _holding_row(unit, row, country) for row in holdings.rows(evidence, context.weights)
            )

    def write(self, cursor: sqlite3.Cursor) -> None:
        cursor.executemany(
            "INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self.incidents
        )
        cursor.executemany("INSERT OR REPLACE INTO incident_claims VALUES (?, ?)", self.links)
        cursor.executemany("INSERT INTO holdings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.holdings)


def derive_units(cursor: sqlite3.Cursor, units: Iterable[str], context: Context) -> None:
    """Derive some units anew."""
    for unit in units:
        cursor.execute("DELETE FROM holdings WHERE place = ?", (unit,))
        cursor.execute(
            "DELETE FROM incident_claims WHERE incident IN (SELECT id FROM incidents WHERE unit = ?)", (unit,)
        )
        cursor.execute("DELETE FROM incidents WHERE unit = ?", (unit,))
        derived = Derived()
        derived.add(unit, unit_claims(cursor, unit), cursor, context)
        derived.write(cursor)


def stretches(cursor: sqlite3.Cursor, claims: int) -> Iterator[tuple[str, str]]:
    """All units in stretches of about so many claims: the first and the last of each."""
    rows = cursor.execute("SELECT unit, count(*) FROM claim_units GROUP BY unit ORDER BY unit").fetchall()
    first, size = None, 0
    for at, (unit, number) in enumerate(rows):
        first = first or str(unit)
        size += int(number)
        if size >= claims or at + 1 == len(rows):
            yield first, str(unit)
            first, size = None, 0


def between(cursor: sqlite3.Cursor, first: str, last: str, context: Context) -> Derived:
    """Derive the units of a stretch; nothing is written."""
    rows = cursor.execute(
        OF_UNITS + " AND u.unit >= ? AND u.unit <= ? ORDER BY u.unit", (first, last)
    ).fetchall()
    derived = Derived()
    for unit, told in groupby(rows, key=lambda row: str(row[0])):
        derived.add(unit, [stored(row[1:]) for row in told], cursor, context)
    return derived


def replace_all(cursor: sqlite3.Cursor, derived: Iterable[Derived]) -> None:
    """Put what was derived in the place of all that was there."""
    for table in ("holdings", "incident_claims", "incidents"):
        cursor.execute(f"DELETE FROM {table}")
    # Filling tables first and indexing them afterwards takes half the time.
    indexes = cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('holdings', 'incident_claims', 'incidents')"
    ).fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for some in derived:
        some.write(cursor)
    for _, sql in indexes:
        cursor.execute(sql)


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


def _incident_row(unit: str, each: Incident) -> tuple[object, ...]:
    when = each.when
    return (
        each.id, each.kind, unit, each.place, when.start.isoformat() if when else None,
        when.end.isoformat() if when else None, each.known.isoformat() if each.known else "", each.reason,
        dumps(each.origins),
    )  # fmt: skip


def _holding_row(unit: str, row: holdings.Row, country: str | None) -> tuple[object, ...]:
    segment = row.segment
    return (
        unit, _iso(row.known_from), _iso(row.known_to), _iso(segment.first), _iso(segment.last),
        segment.state, segment.holder, segment.margin, _iso(segment.seen), dumps(segment.claims_for),
        dumps(segment.claims_against), country,
    )  # fmt: skip


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
