"""Which units and dispatches a decision bears on, so that they are derived and audited again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from frontlog.errors import DecisionError
from frontlog.model import Decision


def units(cursor: sqlite3.Cursor, decision: Decision, earlier: Iterable[Decision]) -> list[str]:
    """The units that follow from a decision; raises DecisionError when it names nothing."""
    if decision.action == "undo":
        undone = next((each for each in earlier if each.id == decision.subject), None)
        if undone is None:
            raise DecisionError(f"no decision {decision.subject!r}; list them with: frontlog decide --log")
        if undone.action in ("merge", "split"):
            return [_of_incidents(cursor, replace(undone, changes={}))]
        return units(cursor, undone, earlier)
    if decision.action in ("merge", "split"):
        return [_of_incidents(cursor, decision)]
    # What a claim says of its places bears on the other falls that its dispatch tells of.
    rows = cursor.execute(
        "SELECT DISTINCT u.unit FROM claims c JOIN claims other ON other.dispatch = c.dispatch"
        " AND (other.n = c.n OR (other.current = 1"
        " AND other.kind IN ('take', 'leave', 'advance', 'besiege')))"
        " JOIN claim_units u ON u.claim = other.n WHERE c.id = ?",
        (decision.subject,),
    ).fetchall()
    if not rows:
        raise DecisionError(f"no claim {decision.subject!r}; find its id with: frontlog claims")
    return [str(unit) for (unit,) in rows] + _moved_to(cursor, decision)


def dispatches(cursor: sqlite3.Cursor, decision: Decision, earlier: Iterable[Decision]) -> list[str]:
    """The dispatches whose claims a decision alters, so that they are audited again."""
    if decision.action == "undo":
        undone = next((each for each in earlier if each.id == decision.subject), None)
        return dispatches(cursor, undone, earlier) if undone else []
    rows = cursor.execute(
        "SELECT DISTINCT d.id FROM claims c JOIN dispatches d ON d.n = c.dispatch WHERE c.id = ? ORDER BY 1",
        (decision.subject,),
    ).fetchall()
    return [str(dispatch) for (dispatch,) in rows]


def _of_incidents(cursor: sqlite3.Cursor, decision: Decision) -> str:
    """The unit whose incidents a merge or split is about; all of them must be of one."""
    found: list[str] = []
    for id in (decision.subject, *map(str, decision.changes.get("with", ()))):
        # A part that a split made has its whole's id in front.
        row = cursor.execute(
            "SELECT unit FROM incidents WHERE id IN (?, ?)", (id, id.partition("-")[0])
        ).fetchone()
        if row is None:
            raise DecisionError(f"no incident {id!r}; find its id with: frontlog incidents --place NAME")
        found.append(str(row[0]))
    _check_parts(cursor, decision)
    if len(set(found)) > 1:
        raise DecisionError(
            f"incident {decision.subject!r} is at another place than those it is to be merged with;"
            " correct the claims' place instead"
        )
    return found[0]


def _check_parts(cursor: sqlite3.Cursor, decision: Decision) -> None:
    """Refuse a merge with itself, and a split that leaves nothing or takes what is not there."""
    if decision.subject in decision.changes.get("with", ()):
        raise DecisionError(f"incident {decision.subject!r} cannot be merged with itself; name another")
    apart = set(map(str, decision.changes.get("claims", ())))
    if not apart:
        return
    rows = cursor.execute("SELECT claim FROM incident_claims WHERE incident = ?", (decision.subject,))
    whole = {str(claim) for (claim,) in rows.fetchall()}
    if strange := sorted(apart - whole):
        raise DecisionError(
            f"claim {strange[0]!r} is not told of incident {decision.subject!r}; see its claims"
        )
    if apart == whole:
        raise DecisionError(f"a split must leave a claim in incident {decision.subject!r}; take fewer out")


def _moved_to(cursor: sqlite3.Cursor, decision: Decision) -> list[str]:
    if (place := decision.changes.get("place")) is None:
        return []
    row = cursor.execute("SELECT id, country FROM places WHERE id = ?", (str(place),)).fetchone()
    if row is None:
        raise DecisionError(f"no place {place!r} in the ledger; read a dispatch that names it first")
    cursor.execute(
        "INSERT OR IGNORE INTO claim_units SELECT ?, n, ? FROM claims WHERE id = ?", (*row, decision.subject)
    )
    return [str(row[0])]
