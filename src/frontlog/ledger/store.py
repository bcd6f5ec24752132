"""What a ledger can be asked, whatever keeps it: the `Store` protocol and the values it speaks in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from frontlog.model import (
    Claim,
    Decision,
    Dispatch,
    Finding,
    Holding,
    Incident,
    Kind,
    Place,
    Reading,
    Standing,
)

FOREVER = date(9999, 12, 31)
DAWN = date(1, 1, 1)
Added = Literal["new", "known", "reread"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of WGS84 degrees, edges included."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Filters on claims; None or empty means any. ``after`` pages: the ``cursor`` of the last row seen.

    ``place`` is a place id, ``country`` ISO 3166-1 alpha-2, ``actor`` an actor's or side's id, ``source`` a
    publisher or dispatch id. ``first``/``last`` bound the valid time, ``known`` the time of knowledge.
    ``text`` are words as `ledger.words` reads them; ``best_first`` puts those first that fit them best.
    """

    kinds: Sequence[Kind] = ()
    actor: str | None = None
    country: str | None = None
    place: str | None = None
    source: str | None = None
    standing: Standing | None = None
    text: str | None = None
    first: date | None = None
    last: date | None = None
    known_first: date | None = None
    known: date | None = None
    after: int | None = None
    limit: int | None = None
    newest_first: bool = False
    best_first: bool = False
    dispatch: str | None = None


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its evidence: the sentence, whence, and when it was known. ``cursor`` is for paging.

    ``accepted`` is an analyst's verdict: True, False, or None where nobody decided.
    """

    claim: Claim
    id: str
    sentence: str
    known: date
    published: datetime
    publisher: str | None
    url: str | None
    title: str | None
    cursor: int
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A holding with the place it is about."""

    place: Place
    holding: Holding
    seen: date
    """The day of the newest evidence under the holding."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many claims of one family were known on one day."""

    known: date
    family: str
    claims: int


@dataclass(slots=True)
class Tally:
    """What adding many readings did; ``refused`` names dispatches that contradict the ledger, with why."""

    new: int = 0
    known: int = 0
    reread: int = 0
    claims: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


class Store(Protocol):
    """An append-only ledger. Reading it is safe from any thread; writing waits for the other writer."""

    def add_reading(self, reading: Reading, reader: str) -> Added:
        """Add one dispatch with its claims; the same dispatch by the same reader again changes nothing.

        Raises LedgerError when another text is already stored under the dispatch's id.
        """
        ...

    def add_readings(self, readings: Iterable[Reading], reader: str, *, derive: bool = True) -> Tally:
        """Add many in one transaction. Without ``derive``, call ``refresh`` before asking for holdings."""
        ...

    def refresh(self) -> int:
        """Derive again what new claims and decisions touched; gives the number of places."""
        ...

    def rebuild(self, processes: int = 1) -> None:
        """Derive everything again from claims and decisions; the same ledger gives the same bytes.

        A large ledger may be derived in several processes; these import the caller's main module.
        """
        ...

    def audit_new(self) -> int:
        """Audit what was read since the last audit and the places it speaks of; gives their number."""
        ...

    def audit(self) -> int:
        """Run all audits and keep what they find, for ``findings``; gives their number."""
        ...

    def dispatch(self, id: str) -> Dispatch | None: ...

    def dispatches(self, known: date | None = None, publisher: str | None = None) -> Iterator[Dispatch]: ...

    def claims(self, query: ClaimQuery = ...) -> Iterator[StoredClaim]: ...

    def count_claims(self, query: ClaimQuery = ...) -> int: ...

    def claim(self, id: str) -> StoredClaim | None: ...

    def place(self, id: str) -> Place | None: ...

    def places(
        self, name: str | None = None, country: str | None = None, box: Box | None = None
    ) -> list[Place]:
        """Places that some claim names, by exact name (any case), country or box."""
        ...

    def countries(self) -> list[tuple[str, int]]:
        """Countries with the number of their places in the ledger, most first."""
        ...

    def incidents(
        self, place: str | None = None, known: date | None = None, kind: Kind | None = None,
        country: str | None = None, first: date | None = None, last: date | None = None,
        limit: int | None = None,
    ) -> list[Incident]: ...  # fmt: skip

    def incident(self, id: str) -> Incident | None: ...

    def incidents_of(self, claim: str) -> list[Incident]:
        """The incidents that a claim belongs to, one a place."""
        ...

    def holdings(
        self, on: date, known: date | None = None, country: str | None = None, box: Box | None = None
    ) -> list[HeldPlace]:
        """Who holds what on a day in the world, as known at the end of another day (None: as known now)."""
        ...

    def place_life(
        self, place: str, known: date | None = None, *, after: date | None = None, limit: int | None = None
    ) -> list[HeldPlace]:
        """All holdings of one place in order of time, or a page of them: those beginning ``after`` a day."""
        ...

    def findings(
        self, audit: str | None = None, known: date | None = None, dispatch: str | None = None,
        verdict: str | None = None,
    ) -> list[Finding]: ...  # fmt: skip

    def decide(self, decision: Decision) -> None:
        """Add a decision and derive what follows; raises DecisionError when it names nothing."""
        ...

    def decisions(self, subject: str | None = None) -> list[Decision]: ...

    def counts(
        self, country: str | None = None, first: date | None = None, last: date | None = None
    ) -> list[DayCount]: ...

    def origin(self, dispatch: str) -> tuple[str, str] | None:
        """The dispatch that first said it, and the reason for thinking so."""
        ...

    def version(self) -> str:
        """A text that changes whenever anybody writes; it means nothing to another opening of the ledger."""
        ...

    def sides(self) -> list[tuple[str, int]]:
        """Sides that hold something at some time, with the number of their places, most first."""
        ...

    def publishers(self) -> list[tuple[str, int]]:
        """Publishers with the number of their dispatches, most first."""
        ...

    def search(self, words: str, known: date | None = None, limit: int = 50) -> list[Dispatch]:
        """Dispatches whose title or text has all the words, those first that fit them best.

        Words are as `ledger.words` reads them; without any, the newest dispatches.
        """
        ...

    def close(self) -> None: ...
