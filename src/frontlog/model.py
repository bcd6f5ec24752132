"""The words of the design as values: every step takes and gives these, and nothing else.

All values are frozen. Spans are offsets into the stored body of one dispatch. Dates are
``datetime.date`` in UTC; instants are aware ``datetime`` in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal[
    "take", "leave", "hold", "advance", "besiege",
    "clash", "attack", "bomb", "strike", "abduct", "arrest", "destroy",
    "deploy", "surrender", "flee", "release",
    "talk", "agree", "demand", "threaten", "accuse", "reject", "support", "aid", "sanction", "protest",
    "coerce", "state",
]  # fmt: skip
Family = Literal["control", "violence", "forces", "words"]
Standing = Literal["fact", "denied", "planned", "possible"]
Extent = Literal["whole", "part", "site"]
Role = Literal["dateline", "heading", "body", "quotation", "caption", "byline", "boilerplate"]
Precision = Literal["site", "settlement", "district", "province", "country", "region", "road", "none"]

FAMILIES: Mapping[Family, tuple[Kind, ...]] = {
    "control": ("take", "leave", "hold", "advance", "besiege"),
    "violence": ("clash", "attack", "bomb", "strike", "abduct", "arrest", "destroy"),
    "forces": ("deploy", "surrender", "flee", "release"),
    "words": (
        "talk", "agree", "demand", "threaten", "accuse", "reject", "support", "aid", "sanction", "protest",
        "coerce", "state",
    ),
}  # fmt: skip
KINDS: tuple[Kind, ...] = tuple(kind for kinds in FAMILIES.values() for kind in kinds)
CONTROL_KINDS: frozenset[Kind] = frozenset({"take", "leave", "hold"})


def family_of(kind: Kind) -> Family:
    """Return the family a kind belongs to.

    >>> family_of("take")
    'control'
    """
    return next(family for family, kinds in FAMILIES.items() if kind in kinds)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into a dispatch's stored body."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @classmethod
    def day(cls, day: date) -> Interval:
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read ``2014-06-08`` or ``2014-06-08/2014-06-10``; raises ValueError on anything else."""
        first, _, last = text.partition("/")
        start = date.fromisoformat(first)
        return cls(start, date.fromisoformat(last) if last else start)

    def iso(self) -> str:
        """Write the interval as CLAIMS.md does.

        >>> Interval.parse("2014-06-08/2014-06-10").iso()
        '2014-06-08/2014-06-10'
        """
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dated text from one source. ``text`` is the body exactly as stored, never altered.

    ``published`` is midnight UTC when ``precision`` is ``"day"``. ``sources`` are the outlets that the
    dispatch itself names as where its text came from.
    """

    id: str
    published: datetime
    text: str
    precision: Literal["day", "minute"] = "day"
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    sources: tuple[str, ...] = ()
    language: str = "en"

    @property
    def date(self) -> date:
        return self.published.date()

    @property
    def hash(self) -> str:
        """SHA-256 of the body, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a dispatch with one role."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the role of the passage it stands in."""

    span: Span
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer. ``lat`` and ``lon`` are WGS84 degrees; ``country`` is ISO 3166-1 alpha-2.

    ``id`` is ``gn:<GeoNames id>`` where there is one, ``fl:<slug>`` for the project's supplement and
    ``u:<id>`` for a user's own row. ``admin1`` is the id of the province the place lies in, if known.
    ``kind`` is a word of the gazetteer's list (``city``, ``province``, ``airport``, ``crossing``, …) and
    ``precision`` its class.
    """

    id: str
    name: str
    kind: str
    precision: Precision
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    admin1_name: str | None = None
    population: int = 0
    capital_of: str | None = None
    source: str = "geonames"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A span that names a place. ``place`` is None when the name is not in the gazetteer.

    ``name`` is the usual English name, or None for a place without one ("three villages").
    ``confidence`` is between 0 and 1. ``runner_up`` is the second reading of the name, if there is one.
    """

    span: Span
    text: str
    name: str | None
    place: Place | None = None
    confidence: float = 0.0
    runner_up: Place | None = None

    @property
    def country(self) -> str | None:
        return self.place.country if self.place else None

    @property
    def precision(self) -> Precision:
        return self.place.precision if self.place else "none"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a claim: the words as printed, and whom the registry takes them for.

    ``actor`` is a registry id or None; ``side`` the side it fights on at the time, or the normalised words
    when the registry knows no side. ``generic`` is true where the words ("insurgents") name nobody.
    """

    span: Span
    text: str
    actor: str | None = None
    side: str | None = None
    generic: bool = False


Relation = Literal["winner", "loser", "witness", "third", "unknown"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a dispatch cites, through however many hands. ``medium`` is the outlet it came through.

    ``role`` is one of official, spokesman, commander, resident, reporter, monitor, office, source or None.
    """

    span: Span
    text: str
    actor: str | None = None
    side: str | None = None
    role: str | None = None
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as an extractor sees it: spans and labels of one dispatch, nothing resolved yet.

    Every implementation of the extractor gives drafts; one assembler turns drafts into claims, so that
    places, times, actors and speakers are resolved alike whoever found them. ``time`` is the span that
    gives the time, or None. ``timeless`` is true where the claim is background without a time.
    """

    kind: Kind
    cue: Span
    agents: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()
    extent: Extent | None = None
    time: Span | None = None
    timeless: bool = False
    speaker: Span | None = None
    standing: Standing = "fact"
    deaths: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one dispatch says happened or is so. Fields are those of CLAIMS.md, with their spans.

    ``sentence`` is the evidence. ``against_interest`` is true where the speaker's own side loses by it.
    ``id`` depends on the dispatch and the content alone, so that reading again gives the same ids.
    """

    dispatch: str
    kind: Kind
    cue: Span
    cue_text: str
    sentence: Span
    agents: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    extent: Extent | None = None
    when: Interval | None = None
    when_text: str | None = None
    speaker: Speaker | None = None
    standing: Standing = "fact"
    deaths: int | None = None
    role: Role = "body"
    against_interest: bool = False
    confidence: float = 1.0

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits over dispatch, kind, cue offsets, agents, places, when and standing."""
        parts = [
            self.dispatch, self.kind, f"{self.cue.start}-{self.cue.end}",
            *(f"a{p.span.start}" for p in self.agents), *(f"p{p.span.start}" for p in self.places),
            self.when.iso() if self.when else "", self.standing, self.extent or "",
        ]  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one dispatch gave: its passages, sentences, places and claims."""

    dispatch: Dispatch
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """All claims, from any number of dispatches, that speak of the same happening."""

    id: str
    kind: Kind
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    place: str | None = None
    when: Interval | None = None
    known: date | None = None
    reason: str = ""


HoldingState = Literal["held", "claimed", "contested", "vacated", "unknown"]


@dataclass(frozen=True, slots=True)
class Holding:
    """An interval in which one place is held by an actor's side, contested, vacated, or not known.

    ``valid_from``/``valid_to`` are days in the world, both included, ``valid_to`` None while it lasts.
    ``known_on`` is the day of knowledge asked for; None for the retrospective view. ``confidence`` is a
    probability.
    """

    place: str
    state: HoldingState
    holder: str | None
    valid_from: date
    valid_to: date | None
    confidence: float
    known_on: date | None = None
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an audit noticed. ``words`` are the dispatch's own, ``computed`` the value worked out."""

    audit: str
    verdict: Literal["fits", "does not fit", "cannot tell"]
    words: str
    computed: str
    dispatch: str | None = None
    span: Span | None = None
    claims: tuple[str, ...] = ()
    known: date | None = None
    note: str = ""


DecisionAction = Literal["accept", "reject", "correct", "merge", "split", "undo"]


@dataclass(frozen=True, slots=True)
class Decision:
    """An analyst's verdict. Decisions are added, never written over; ``undo`` names an earlier one."""

    id: str
    action: DecisionAction
    subject: str
    author: str
    made: datetime
    reason: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
