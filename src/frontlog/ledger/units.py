"""The claims of one unit or of one dispatch, as they were read."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from frontlog.ledger.gather import Context, Stored, standing_claims, stored

OF_UNITS = """
SELECT u.unit, c.id, c.known, c.kind, c.body, d.id, d.sources, d.publisher
FROM claim_units u JOIN claims c ON c.n = u.claim JOIN dispatches d ON d.n = c.dispatch
WHERE c.current = 1
"""
_OF_DISPATCH = """
SELECT c.id, c.known, c.kind, c.body, d.id, d.sources, d.publisher
FROM dispatches d JOIN claims c ON c.dispatch = d.n
WHERE d.id = ? AND c.current = 1 ORDER BY c.id
"""


def unit_claims(cursor: sqlite3.Cursor, unit: str) -> list[Stored]:
    """The claims of one unit, as read."""
    return [stored(row[1:]) for row in cursor.execute(OF_UNITS + " AND u.unit = ?", (unit,)).fetchall()]


def dispatch_claims(cursor: sqlite3.Cursor, dispatch: str) -> list[Stored]:
    """All claims of one dispatch, as read."""
    return [stored(row) for row in cursor.execute(_OF_DISPATCH, (dispatch,)).fetchall()]


def standing_of(
    cursor: sqlite3.Cursor, unit: str, context: Context, kinds: Collection[str] = ()
) -> list[Stored]:
    """The claims of one unit that nobody rejected, as corrected, of some kinds or of all."""
    if not kinds:
        return standing_claims(unit_claims(cursor, unit), unit, context.verdicts)
    # A claim may have been corrected to one of the kinds.
    wanted = [*kinds, *context.verdicts.corrected]
    marks = (", ".join("?" * len(kinds)), ", ".join("?" * (len(wanted) - len(kinds))))
    rows = cursor.execute(
        f"{OF_UNITS} AND u.unit = ? AND (c.kind IN ({marks[0]}) OR c.id IN ({marks[1]}))", (unit, *wanted)
    ).fetchall()
    standing = standing_claims([stored(row[1:]) for row in rows], unit, context.verdicts)
    return [each for each in standing if each.kind in kinds]
