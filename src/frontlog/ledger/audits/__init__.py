"""Audits: what in a ledger does not fit, each finding with the words, the value worked out and both clocks.

Audits of one dispatch (`distances`, `rosters`, `ordinals`, `deadlines`, `containers`) read its words against
the map, the calendar and what the ledger knew on that day; audits of one place (`rivals`, `overturned`) set
its claims against each other and against what came later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from frontlog.ledger.audits.containers import containers
from frontlog.ledger.audits.deadlines import deadlines
from frontlog.ledger.audits.distances import distances
from frontlog.ledger.audits.ordinals import ordinals
from frontlog.ledger.audits.overturned import overturned
from frontlog.ledger.audits.rivals import rivals
from frontlog.ledger.audits.rosters import rosters
from frontlog.ledger.audits.told import AuditedStore, Told, told
from frontlog.model import Finding

OF_DISPATCH: tuple[Callable[[Told, AuditedStore], Iterable[Finding]], ...] = (
    distances, rosters, ordinals, deadlines, containers,
)  # fmt: skip


def run(store: AuditedStore, known: date | None = None) -> Iterator[Finding]:
    """Give the findings of a whole ledger, as known at the end of a day or now."""
    for dispatch in store.dispatches(known=known):
        yield from of_dispatch(told(store, dispatch), store)
    yield from rivals(store, known)
    yield from overturned(store, known)


def of_dispatch(one: Told, store: AuditedStore) -> Iterator[Finding]:
    for audit in OF_DISPATCH:
        yield from audit(one, store)


__all__ = ["OF_DISPATCH", "Told", "of_dispatch", "run", "told"]
