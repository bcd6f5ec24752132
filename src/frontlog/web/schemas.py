"""What the web answers with, as typed at the HTTP edge; the OpenAPI description is made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from frontlog.model import Extent, Family, HoldingState, Kind, Standing


class SideOut(BaseModel):
    """A side, and how every view draws it."""

    id: str
    name: str
    colour: str
    shape: str
    places: int


class Copied(BaseModel):
    """A value of the model with the fields that it has there, by name."""

    model_config = ConfigDict(from_attributes=True)


class PlaceFields(Copied):
    name: str
    kind: str
    precision: str
    lat: float
    lon: float
    country: str | None
    admin1_name: str | None


class StretchFields(BaseModel):
    """How a place is held from one day to another."""

    state: HoldingState
    holder: str | None
    since: date
    until: date | None
    confidence: float
    seen: date


class HeldOut(PlaceFields, StretchFields):
    """One place on the day asked."""

    place: str
    admin1: str | None
    population: int
    capital: bool


class ControlOut(BaseModel):
    """Who holds what on a day, as known on a day (None: as known now)."""

    on: date
    known: date | None
    version: str
    count: dict[str, int]
    holdings: list[HeldOut]


class DayOut(BaseModel):
    known: date
    family: Family
    claims: int


class CountsOut(BaseModel):
    first: date | None
    last: date | None
    days: list[DayOut]


class PlaceOut(PlaceFields):
    id: str


class PartyOut(BaseModel):
    text: str
    side: str | None
    side_name: str | None


class MentionOut(BaseModel):
    text: str
    name: str | None
    place: str | None
    country: str | None
    confidence: float


class SpeakerOut(Copied):
    text: str
    side: str | None
    role: str | None
    medium: str | None


class ClaimOut(BaseModel):
    """A claim with its evidence; ``start`` and ``end`` are offsets of the sentence in the dispatch's text."""

    id: str
    dispatch: str
    kind: Kind
    family: Family
    cue: str
    agents: list[PartyOut]
    targets: list[PartyOut]
    places: list[MentionOut]
    extent: Extent | None
    when: str | None
    when_text: str | None
    speaker: SpeakerOut | None
    standing: Standing
    deaths: int | None
    against_interest: bool
    confidence: float
    sentence: str
    start: int
    end: int
    known: date
    published: datetime
    publisher: str | None
    title: str | None
    url: str | None
    accepted: bool | None


class ClaimsOut(BaseModel):
    total: int
    next: int | None = Field(description="The `after` of the next page, or null on the last.")
    claims: list[ClaimOut]


class HoldingOut(StretchFields):
    holder_name: str | None
    claims_for: list[str]
    claims_against: list[str]


class IncidentOut(BaseModel):
    id: str
    kind: Kind
    when: str | None
    origins: int
    reason: str
    claims: list[str]


class LifeOut(BaseModel):
    """A place's life: its holdings in order of time, and what happened there."""

    place: PlaceOut
    holdings: list[HoldingOut]
    incidents: list[IncidentOut]


class DispatchOut(BaseModel):
    id: str
    published: datetime
    publisher: str | None
    title: str | None
    url: str | None
    text: str
    claims: list[str]


class HitOut(BaseModel):
    id: str
    published: datetime
    publisher: str | None
    title: str | None
    excerpt: str


class SearchOut(BaseModel):
    words: str
    dispatches: list[HitOut]


class FindingOut(Copied):
    audit: str
    verdict: str
    words: str
    computed: str
    note: str
    dispatch: str | None
    known: date | None
    claims: list[str]


class FindingsOut(BaseModel):
    findings: list[FindingOut]


class DecisionOut(Copied):
    id: str
    action: str
    subject: str
    author: str
    made: datetime
    reason: str
    changes: dict[str, object]


class DecisionsOut(BaseModel):
    decisions: list[DecisionOut]


class MatterOut(BaseModel):
    """A claim in the queue, and why it is there."""

    weight: float
    reasons: list[str]
    claim: ClaimOut


class QueueOut(BaseModel):
    total: int
    matters: list[MatterOut]


Scalar = str | int | float | bool | None


class VerdictIn(BaseModel):
    """An analyst's verdict. ``seen`` is the newest decision on the subject that the analyst's page showed."""

    action: Literal["accept", "reject", "correct", "merge", "split", "undo"]
    subject: str = Field(min_length=1, max_length=200)
    author: str = Field(min_length=1, max_length=80, pattern=r"\S")
    reason: str = Field(default="", max_length=2000)
    changes: dict[str, Scalar | list[str]] = Field(default_factory=dict)
    seen: str | None = Field(default=None, max_length=100)


class VerdictOut(BaseModel):
    """The decision as added; ``meanwhile`` are others' decisions that the analyst's page had not shown."""

    decision: DecisionOut
    meanwhile: list[DecisionOut]
    version: str


class ProblemOut(BaseModel):
    detail: str


class FeaturesOut(BaseModel):
    """A GeoJSON collection (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, object]]


class VersionOut(BaseModel):
    version: str


class BriefOut(BaseModel):
    on: date
    markdown: str
