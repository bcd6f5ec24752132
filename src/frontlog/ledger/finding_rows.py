"""Findings in a SQLite ledger: all of them anew, or those that newly read dispatches bear on.

What is to be audited again waits in `stale` behind a mark, so that a killed process loses nothing: `!d:` and
a dispatch's id, `!p:` and a place's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from frontlog.ledger.audits.scope import OF_PLACE, Scope
from frontlog.ledger.codec import finding_body, finding_of
from frontlog.model import Finding

MARKS = "!%"
_DISPATCH, _PLACE = "!d:", "!p:"


def dispatch_mark(dispatch: str) -> str:
    return _DISPATCH + dispatch


def mark_dispatch(cursor: sqlite3.Cursor, dispatch: str) -> None:
    cursor.execute("INSERT OR IGNORE INTO stale VALUES (?)", (dispatch_mark(dispatch),))


def mark_places(cursor: sqlite3.Cursor, units: Iterable[str]) -> None:
    cursor.executemany(
        "INSERT OR IGNORE INTO stale VALUES (?)",
        [(_PLACE + unit,) for unit in units if not unit.startswith("~")],
    )


def marked(cursor: sqlite3.Cursor) -> Scope | None:
    """What is to be audited again; None when nothing is."""
    marks = [str(mark) for (mark,) in cursor.execute("SELECT unit FROM stale WHERE unit LIKE ?", (MARKS,))]
    dispatches = {mark.removeprefix(_DISPATCH) for mark in marks if mark.startswith(_DISPATCH)}
    places = {mark.removeprefix(_PLACE) for mark in marks if mark.startswith(_PLACE)}
    if not marks:
        return None
    return Scope(frozenset(dispatches | _counting_since(cursor, dispatches)), frozenset(places))


def _counting_since(cursor: sqlite3.Cursor, dispatches: Collection[str]) -> set[str]:
    """Dispatches with an ordinal from the first new day on: what was known that day has become more."""
    days = [
        row[0]
        for id in dispatches
        if (row := cursor.execute("SELECT known FROM dispatches WHERE id = ?", (id,)).fetchone())
    ]
    if not days:
        return set()
    rows = cursor.execute(
        "SELECT DISTINCT dispatch FROM findings WHERE audit = 'ordinal' AND known >= ?", (min(days),)
    )
    return {str(dispatch) for (dispatch,) in rows.fetchall()}


def replace_all(cursor: sqlite3.Cursor, found: Iterable[Finding]) -> None:
    cursor.execute("DELETE FROM findings")
    cursor.execute("DELETE FROM stale WHERE unit LIKE ?", (MARKS,))
    _insert(cursor, found)


def replace_within(cursor: sqlite3.Cursor, scope: Scope, found: Iterable[Finding]) -> None:
    """Put findings in the place of those that the scope had before."""
    about = _claims_at(cursor, scope.places)
    for dispatch in scope.dispatches:
        cursor.execute(
            "DELETE FROM findings WHERE dispatch = ? AND audit NOT IN (?, ?, ?)", (dispatch, *OF_PLACE)
        )
    for number, body in _of_places(cursor, scope, about):
        if about & set(finding_of(body).claims):
            cursor.execute("DELETE FROM findings WHERE n = ?", (number,))
    cursor.execute("DELETE FROM stale WHERE unit LIKE ?", (MARKS,))
    _insert(cursor, (each for each in found if each.audit not in OF_PLACE or about & set(each.claims)))


def _claims_at(cursor: sqlite3.Cursor, places: Iterable[str]) -> set[str]:
    return {
        str(id)
        for place in places
        for (id,) in cursor.execute(
            "SELECT c.id FROM claim_units u JOIN claims c ON c.n = u.claim"
            " WHERE u.unit = ? AND c.kind IN ('take', 'hold')",
            (place,),
        ).fetchall()
    }


def _of_places(cursor: sqlite3.Cursor, scope: Scope, about: Collection[str]) -> list[tuple[int, str]]:
    """Findings of places in dispatches that speak of the scope's places."""
    if not about:
        return []
    return [
        (int(number), str(body))
        for place in scope.places
        for number, body in cursor.execute(
            "SELECT DISTINCT f.n, f.body FROM claim_units u JOIN claims c ON c.n = u.claim"
            " JOIN dispatches d ON d.n = c.dispatch JOIN findings f ON f.dispatch = d.id"
            " WHERE u.unit = ? AND f.audit IN (?, ?, ?)",
            (place, *OF_PLACE),
        ).fetchall()
    ]


def _insert(cursor: sqlite3.Cursor, found: Iterable[Finding]) -> None:
    rows = sorted(
        (
            (each.audit, each.verdict, each.known.isoformat() if each.known else None, each.dispatch,
             finding_body(each))
            for each in found
        ),
        key=lambda row: (row[2] or "", row[3] or "", row[0], row[4]),
    )  # fmt: skip
    cursor.executemany(
        "INSERT INTO findings (audit, verdict, known, dispatch, body) VALUES (?, ?, ?, ?, ?)", rows
    )


def select(
    audit: str | None, known: date | None, dispatch: str | None, verdict: str | None
) -> tuple[str, dict[str, Any]]:
    """Findings as SQL, in the order of knowledge."""
    return (
        "SELECT body FROM findings WHERE (:audit IS NULL OR audit = :audit)"
        " AND (:known IS NULL OR known <= :known) AND (:dispatch IS NULL OR dispatch = :dispatch)"
        " AND (:verdict IS NULL OR verdict = :verdict) ORDER BY known, dispatch, audit, body",
        {
            "audit": audit, "known": known.isoformat() if known else None, "dispatch": dispatch,
            "verdict": verdict,
        },
    )  # fmt: skip
