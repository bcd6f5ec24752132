"""What audits look at: a dispatch with its sentences, place mentions and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.ledger.takers import Inferred
from frontlog.model import Dispatch, Finding, PlaceMention, Sentence, Span

Verdict = Literal["fits", "does not fit", "cannot tell"]


class AuditedStore(Store, Protocol):
    """A store that also gives back what reading found beside claims, and the takers that were inferred."""

    def sentences(self, dispatch: str) -> tuple[Sentence, ...]: ...

    def mentions(self, dispatch: str) -> tuple[PlaceMention, ...]: ...

    def inferred(self, place: str) -> dict[str, Inferred]: ...

    def holders(self, place: str, on: date) -> list[tuple[date, date, str | None]]: ...


def claims_at(store: Store, query: ClaimQuery, places: Iterable[str] | None) -> Iterator[StoredClaim]:
    """The claims of a query at some places, or everywhere; one that names several comes once."""
    if places is None:
        yield from store.claims(query)
        return
    seen: set[int] = set()
    for place in places:
        for row in store.claims(replace(query, place=place)):
            if row.cursor not in seen:
                seen.add(row.cursor)
                yield row


@dataclass(frozen=True, slots=True)
class Told:
    """One dispatch as read."""

    dispatch: Dispatch
    sentences: tuple[Sentence, ...]
    mentions: tuple[PlaceMention, ...]
    claims: tuple[StoredClaim, ...]

    def finding(
        self, audit: str, verdict: Verdict, span: Span, computed: str, note: str = "",
        claims: tuple[str, ...] = (),
    ) -> Finding:  # fmt: skip
        """A finding of this dispatch, which quotes the words at ``span``."""
        return Finding(
            audit, verdict, span.of(self.dispatch.text), computed, self.dispatch.id, span, claims,
            self.dispatch.date, note,
        )  # fmt: skip

    def sentence_at(self, at: int) -> Span:
        for sentence in self.sentences:
            if sentence.span.start <= at < sentence.span.end:
                return sentence.span
        return Span(0, len(self.dispatch.text))

    def places_in(self, span: Span) -> list[PlaceMention]:
        """Resolved places inside a span, in the order of the text."""
        return sorted(
            (each for each in self.mentions if each.place and span.contains(each.span)),
            key=lambda each: each.span,
        )


def told(store: AuditedStore, dispatch: Dispatch) -> Told:
    claims = tuple(store.claims(ClaimQuery(dispatch=dispatch.id)))
    return Told(dispatch, store.sentences(dispatch.id), store.mentions(dispatch.id), claims)
