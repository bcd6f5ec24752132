"""Claims that speak of one happening: same kind, same place, compatible parties, close in time.

Claims join in the order in which they became known, so that a later dispatch never alters what an earlier
day saw as one. When in doubt they stay apart: over-merging is worse than under-merging.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from frontlog.model import CONTROL_KINDS, Incident, Interval, Kind

NEAR_DAYS: Mapping[str, int] = {"take": 3, "leave": 3, "hold": 1, "advance": 1, "besiege": 2}
WIDE_DAYS = 10


@dataclass(frozen=True, slots=True)
class Telling:
    """What grouping looks at in one claim at one place."""

    claim: str
    kind: Kind
    known: date
    first: date | None
    last: date | None
    sides: frozenset[str]
    standing: str
    origin: str


@dataclass(slots=True)
class _Group:
    tellings: list[Telling]
    first: date | None
    last: date | None
    sides: set[str] = field(default_factory=set)


def incidents(place: str | None, tellings: Iterable[Telling]) -> list[Incident]:
    """Group the tellings of one place; the same tellings in any order give the same incidents."""
    found: list[Incident] = []
    kinds: dict[str, list[_Group]] = {}
    for telling in sorted(tellings, key=lambda each: (each.known, each.claim)):
        groups = kinds.setdefault(telling.kind, [])
        # Newest first: a happening is retold soon after, so the search is short.
        home = next((group for group in reversed(groups[-40:]) if _same(group, telling)), None)
        if home is None:
            groups.append(_Group([telling], telling.first, telling.last, set(telling.sides)))
        else:
            home.tellings.append(telling)
            home.sides |= telling.sides
            if _narrower(telling, home):
                home.first, home.last = telling.first, telling.last
    for groups in kinds.values():
        found += [_incident(place, group) for group in groups]
    return sorted(found, key=lambda each: each.id)


def _same(group: _Group, telling: Telling) -> bool:
    if telling.first is None or telling.last is None or group.first is None or group.last is None:
        return False
    if group.sides and telling.sides:
        if group.sides.isdisjoint(telling.sides):
            return False
    elif telling.kind not in CONTROL_KINDS:
        return False
    near = NEAR_DAYS.get(telling.kind, 0)
    gap = max((telling.first - group.last).days, (group.first - telling.last).days)
    if gap > near or (telling.standing == "planned") != (group.tellings[0].standing == "planned"):
        return False
    wide = (telling.last - telling.first).days > WIDE_DAYS or (group.last - group.first).days > WIDE_DAYS
    return gap <= 0 or not wide


def _narrower(telling: Telling, group: _Group) -> bool:
    if telling.first is None or telling.last is None or group.first is None or group.last is None:
        return False
    return telling.last - telling.first < group.last - group.first


def _incident(place: str | None, group: _Group) -> Incident:
    head = group.tellings[0]
    text = "\x1f".join((head.kind, place or "", head.claim))
    origins = tuple(sorted({each.origin for each in group.tellings}))
    when = Interval(group.first, group.last) if group.first and group.last else None
    return Incident(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        kind=head.kind,
        claims=tuple(sorted(each.claim for each in group.tellings)),
        origins=origins,
        place=place,
        when=when,
        known=head.known,
        reason=_reason(group, len(origins)),
    )


def _reason(group: _Group, origins: int) -> str:
    if len(group.tellings) == 1:
        return "told once"
    days = NEAR_DAYS.get(group.tellings[0].kind, 0)
    shared = ", ".join(sorted(group.sides)) or "no party named"
    return (
        f"{len(group.tellings)} claims of {origins} origin{'s' if origins != 1 else ''}: "
        f"same kind and place, {shared}, at most {days} day{'s' if days != 1 else ''} apart"
    )
