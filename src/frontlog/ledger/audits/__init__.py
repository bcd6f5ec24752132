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
from frontlog.ledger.audits.scope import Scope
from frontlog.ledger.audits.told import AuditedStore, Told, told
from frontlog.ledger.store import ClaimQuery
from frontlog.model import Dispatch, Finding

OF_DISPATCH: tuple[Callable[[Told, AuditedStore], Iterable[Finding]], ...] = (
    distances, rosters, ordinals, deadlines, containers,
)  # fmt: skip


def run(store: AuditedStore, known: date | None = None, scope: Scope | None = None) -> Iterator[Finding]:
    """Give the findings of a whole ledger, as known at the end of a day or now, or of a part of it."""
    if scope is None:
        dispatches: Iterable[Dispatch] = store.dispatches(known=known)
    else:
        dispatches = filter(None, map(store.dispatch, sorted(scope.dispatches)))
    for dispatch in dispatches:
        yield from of_dispatch(told(store, dispatch), store)
    places = None if scope is None or scope.everywhere else neighbours(store, scope.places)
    yield from rivals(store, known, places)
    yield from overturned(store, known, places)


def neighbours(store: AuditedStore, places: Iterable[str]) -> list[str]:
    """The places, and those that claims name together with them: one claim's findings go together."""
    found = set(places)
    for place in places:
        for row in store.claims(ClaimQuery(kinds=("take", "hold"), place=place)):
            found |= {mention.place.id for mention in row.claim.places if mention.place is not None}
    return sorted(found)


def of_dispatch(one: Told, store: AuditedStore) -> Iterator[Finding]:
    for audit in OF_DISPATCH:
        yield from audit(one, store)


__all__ = ["OF_DISPATCH", "Scope", "Told", "of_dispatch", "run", "told"]
