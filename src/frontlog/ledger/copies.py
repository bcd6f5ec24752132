"""Which dispatches are copies of which: found for all that one transaction adds, in the ledger's own tables.

Dispatches of one text, address and day are one *printing*. Only the first of them, by id, stands in
`bands_by_day`, so that thousands of equal texts are looked at once a day; the others share its original.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from frontlog.ledger import origins
from frontlog.ledger.origins import Fingerprint
from frontlog.likeness import names_in, plain_address
from frontlog.model import Dispatch

_TOGETHER = 200
"""Printings looked up by one statement; SQLite takes some 32,000 values in one."""
_NEAR = (
    "SELECT DISTINCT new.dispatch, b.dispatch FROM new JOIN bands_by_day b"
    f" ON b.band = new.band AND b.day BETWEEN new.day - {origins.WINDOW_DAYS}"
    f" AND new.day + {origins.WINDOW_DAYS}"
)
_PRINTING = tuple[str, str | None, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A dispatch as it is in the ledger: its number and what is compared of it."""

    n: int
    hash: str
    mark: Fingerprint

    @property
    def printing(self) -> _PRINTING:
        return self.hash, self.mark.address, self.mark.known


class Copies:
    """The new dispatches of one transaction; ``link`` finds their originals, and whose originals they are.

    What is found does not depend on the order of reading, nor on what else the transaction adds.
    """

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self._new: dict[int, _Kept] = {}
        self._kept: dict[int, _Kept] = {}
        self._names: dict[str, frozenset[int]] = {}
        self._best: dict[_PRINTING, Fingerprint] = {}

    def note(self, n: int, dispatch: Dispatch, sketch: bytes) -> None:
        """Take in a dispatch that was just added."""
        address = plain_address(dispatch.url) if dispatch.url else None
        mark = Fingerprint(dispatch.id, dispatch.date.toordinal(), sketch, address)
        self._new[n] = _Kept(n, dispatch.hash, mark)

    def link(self) -> None:
        """Write the origins that follow from the new dispatches, and mark what they alter as stale."""
        if not self._new:
            return
        self._lay_bands()
        firsts = _firsts(self._new.values())
        self._enter(firsts)
        earlier: set[_PRINTING] = set()
        todo = iter(firsts)
        while some := list(islice(todo, _TOGETHER)):
            for first, around in self._around(some):
                earlier |= self._compare(first, around)
        for each in self._new.values():
            self._write(each.mark, self._best[each.printing])
        changed = [each for printing in earlier for each in self._relink(printing)]
        self._mark(changed)

    def _enter(self, firsts: Iterable[_Kept]) -> None:
        self._cursor.executemany(
            "INSERT OR IGNORE INTO bands_by_day VALUES (?, ?, ?)",
            [(band, each.mark.known, each.n) for each in firsts for band in origins.bands(each.mark)],
        )

    def _lay_bands(self) -> None:
        """Fill the table of bands of a ledger from before there was one."""
        if self._cursor.execute("SELECT 1 FROM bands_by_day LIMIT 1").fetchone():
            return
        rows = self._cursor.execute("SELECT n, hash, id, known, sketch, url FROM dispatches").fetchall()
        self._enter(_firsts(_kept(row) for row in rows if row[0] not in self._new))

    def _around(self, some: list[_Kept]) -> Iterator[tuple[_Kept, list[_Kept]]]:
        """Each printing with those of the days around that share a band with it."""
        values = [
            cell
            for each in some
            for band in origins.bands(each.mark)
            for cell in (each.n, each.mark.known, band)
        ]
        marks = ", ".join(["(?, ?, ?)"] * (len(values) // 3))
        found = self._cursor.execute(
            f"WITH new (dispatch, day, band) AS (VALUES {marks}) {_NEAR}", values
        ).fetchall()
        around: dict[int, list[int]] = {}
        for new, other in found:
            if new != other:
                around.setdefault(new, []).append(other)
        self._fetch({other for others in around.values() for other in others})
        for each in some:
            yield each, [self._kept[other] for other in around.get(each.n, ())]

    def _fetch(self, numbers: set[int]) -> None:
        self._kept.update((n, self._new[n]) for n in numbers & self._new.keys())
        unknown = iter(sorted(numbers - self._kept.keys()))
        while some := list(islice(unknown, 50 * _TOGETHER)):
            rows = self._cursor.execute(
                "SELECT n, hash, id, known, sketch, url FROM dispatches"
                f" WHERE n IN ({', '.join('?' * len(some))})",
                some,
            ).fetchall()
            self._kept.update((row[0], _kept(row)) for row in rows)

    def _compare(self, first: _Kept, around: list[_Kept]) -> set[_PRINTING]:
        """Find a new printing's original; gives the printings from before that are later copies of it."""
        earlier = set()
        by_id = {each.mark.id: each for each in around}
        mark = first.mark
        best = mark
        for copy in origins.copies(mark, [each.mark for each in around], self._names_of):
            other = by_id[copy.id]
            if copy.order < best.order:
                best = copy
            if copy.order > mark.order:
                self._best[other.printing] = min(
                    mark, self._best.get(other.printing, mark), key=lambda each: each.order
                )
                if other.n not in self._new:
                    earlier.add(other.printing)
            if other.printing == first.printing:
                self._forget(max(first, other, key=lambda each: each.mark.order))
        known = self._best.get(first.printing, best)
        self._best[first.printing] = min(best, known, key=lambda each: each.order)
        return earlier

    def _forget(self, later: _Kept) -> None:
        """Take the later of two first dispatches of one printing out of the bands."""
        self._cursor.executemany(
            "DELETE FROM bands_by_day WHERE band = ? AND day = ? AND dispatch = ?",
            [(band, later.mark.known, later.n) for band in origins.bands(later.mark)],
        )

    def _names_of(self, mark: Fingerprint) -> frozenset[int]:
        if (names := self._names.get(mark.id)) is None:
            row = self._cursor.execute("SELECT text FROM dispatches WHERE id = ?", (mark.id,)).fetchone()
            names = self._names[mark.id] = names_in(row[0])
        return names

    def _relink(self, printing: _PRINTING) -> Iterator[tuple[int, str]]:
        """Give the older dispatches of a printing their new original, where it is earlier than theirs."""
        hash, address, known = printing
        best = self._best[printing]
        rows = self._cursor.execute(
            "SELECT d.n, d.hash, d.id, d.known, d.sketch, d.url, o.parent, p.known FROM dispatches d"
            " LEFT JOIN origins o ON o.dispatch = d.id LEFT JOIN dispatches p ON p.id = o.parent"
            " WHERE d.hash = ? AND d.known = ?",
            (hash, date.fromordinal(known).isoformat()),
        ).fetchall()
        for *row, parent, parent_known in rows:
            each = _kept(row)
            if each.n in self._new or each.mark.address != address:
                continue
            if parent is None or best.order < (date.fromisoformat(parent_known).toordinal(), parent):
                self._write(each.mark, best)
                yield each.n, each.mark.id

    def _write(self, copy: Fingerprint, original: Fingerprint) -> None:
        if copy.id == original.id:
            return
        where = "same address, " if copy.address and copy.address == original.address else ""
        alike = round(100 * origins.similarity(copy.sketch, original.sketch))
        self._cursor.execute(
            "INSERT OR REPLACE INTO origins VALUES (?, ?, ?)",
            (copy.id, original.id, f"{where}texts alike to {alike} per cent"),
        )

    def _mark(self, changed: Iterable[tuple[int, str]]) -> None:
        """What is told by dispatches of another origin now, and by copies of those, is derived again."""
        todo = list(changed)
        seen = set(todo)
        while todo:
            n, id = todo.pop()
            mark_units(self._cursor, n)
            rows = self._cursor.execute(
                "SELECT d.n, d.id FROM origins o JOIN dispatches d ON d.id = o.dispatch WHERE o.parent = ?",
                (id,),
            ).fetchall()
            fresh = [row for row in rows if row not in seen]
            seen.update(fresh)
            todo += fresh


def mark_units(cursor: sqlite3.Cursor, dispatch: int) -> None:
    """Mark the units that a dispatch's claims speak of as stale."""
    cursor.execute(
        "INSERT OR IGNORE INTO stale SELECT DISTINCT u.unit FROM claims c JOIN claim_units u ON u.claim = c.n"
        " WHERE c.dispatch = ?",
        (dispatch,),
    )


def _kept(row: Sequence[Any]) -> _Kept:
    n, hash, id, known, sketch, url = row
    address = plain_address(url) if url else None
    return _Kept(n, hash, Fingerprint(id, date.fromisoformat(known).toordinal(), sketch, address))


def _firsts(dispatches: Iterable[_Kept]) -> list[_Kept]:
    """The first dispatch of each printing, by id."""
    found: dict[_PRINTING, _Kept] = {}
    for each in dispatches:
        if (other := found.get(each.printing)) is None or each.mark.id < other.mark.id:
            found[each.printing] = each
    return list(found.values())
