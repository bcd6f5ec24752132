"""From evidence to holdings on two clocks: one row for what was thought, from when, about which days.

The rows of a place are found by adding its evidence day of knowledge by day of knowledge, and writing down
what each day changed. So the answer as known on any day is a look-up, and later dispatches cannot alter it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Literal

from frontlog.ledger.timeline import ANY, UNKNOWN, VACATED, Timeline
from frontlog.ledger.weights import Evidence, Weights

FOREVER = date.max.toordinal()
CITED = 5
_Hold = Literal["firm", "contested", "doubted"]
"""Firm, fought for by others within, or left in doubt when nobody told how that fight ended."""
_AGAINST = ("leaves", "absent", "short")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of days in one state, as thought at one time. Days are ordinals; FOREVER ends what lasts."""

    first: int
    last: int
    state: str
    holder: str | None
    margin: int
    seen: int
    claims_for: tuple[str, ...]
    claims_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A segment with the days of knowledge on which it was thought so, the last one excluded."""

    known_from: int
    known_to: int
    segment: Segment


@dataclass(slots=True)
class _Day:
    """What the evidence of one day of the world says, beside its scores."""

    claims: list[tuple[int, str, str]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    settles: bool = False
    own: bool = False


def rows(evidence: Iterable[Evidence], weights: Weights) -> list[Row]:
    """Derive all holdings of one place; the order of ``evidence`` does not matter."""
    # Who presses comes first within a day of knowledge: it tells to whom a place was left.
    ordered = sorted(
        evidence, key=lambda each: (each.known, each.effect != "presses", each.claim, each.effect, each.side)
    )
    place = _Place(weights)
    open_rows: dict[int, tuple[int, Segment]] = {}
    done: list[Row] = []
    for known, group in groupby(ordered, key=lambda each: each.known):
        today = known.toordinal()
        fresh = place.learn(list(group))
        if fresh is None:
            continue
        since, segments = fresh
        wanted = {segment.first: segment for segment in segments}
        for first in [first for first in open_rows if first >= since]:
            learnt, old = open_rows[first]
            if wanted.get(first) == old:
                del wanted[first]
                continue
            if learnt < today:
                done.append(Row(learnt, today, old))
            del open_rows[first]
        for first, segment in wanted.items():
            open_rows[first] = (today, segment)
    done += [Row(learnt, FOREVER, segment) for learnt, segment in open_rows.values()]
    return sorted(done, key=lambda row: (row.known_from, row.segment.first))


class _Place:
    """What is known of one place so far."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._timeline = Timeline(weights.costs)
        self._days: dict[int, _Day] = {}
        self._said: dict[tuple[str, str, bool], dict[int, int]] = {}
        self._pressing: dict[str, int] = {}
        self._segments: list[Segment] = []

    def learn(self, group: Sequence[Evidence]) -> tuple[int, list[Segment]] | None:
        """Take in the evidence of one day of knowledge; give the segments from the first changed day on."""
        touched = [day for each in group for day in self._add(each)]
        if not touched:
            return None
        first = self._timeline.solve(min(touched))
        changed = min(self._timeline.days[first], min(touched))
        return self._segment_from(changed)

    def _add(self, each: Evidence) -> list[int]:
        if each.effect == "presses":
            self._pressing[each.side] = max(self._pressing.get(each.side, 0), each.last.toordinal())
            return []
        if each.effect == "part":
            day = each.last.toordinal()
            self._timeline.add(day, {})
            self._days.setdefault(day, _Day()).parts.append((each.side, each.claim))
            return [day]
        weight = self._not_said_before(each)
        changes = list(_scores(each, weight, self._weights))
        if each.effect == "leaves":
            changes = [(day, {**scores, **self._heirs(each, weight, day)}) for day, scores in changes]
        for day, scores in changes:
            self._timeline.add(day, scores, _told(each, weight) if day == each.last.toordinal() else ())
            self._days.setdefault(day, _Day())
        if each.effect == "absent":
            # Who enters a place may have it from that day on.
            self._timeline.add(each.last.toordinal(), {}, (each.side,))
            self._days.setdefault(each.last.toordinal(), _Day())
        if changes:
            note = self._days[changes[0][0]]
            sign = -1 if each.effect in _AGAINST else 1
            note.claims.append((sign * weight, each.side, each.claim))
            note.own |= not each.lent
            note.settles |= each.effect in ("gains", "holds", "leaves") and weight > 0
        return [day for day, _ in changes]

    def _heirs(self, each: Evidence, weight: int, day: int) -> dict[str, int]:
        """Who fought for a place that is left has it, a little more likely than nobody."""
        if day != each.last.toordinal() or weight <= 0:
            return {}
        share = round(weight * self._weights.factors["inherited"])
        return {
            side: share
            for side, last in self._pressing.items()
            if side != each.side and abs(day - last) <= self._weights.pressing_days
        }

    def _not_said_before(self, each: Evidence) -> int:
        """An origin that says the same again within days adds only a part of its weight."""
        key = (each.origin, each.side, (each.weight > 0) != (each.effect in _AGAINST))
        day, size = each.last.toordinal(), abs(each.weight)
        said, days = self._said.setdefault(key, {}), self._weights.repeat_days
        near = max((said.get(when, -1) for when in range(day - days, day + days + 1)), default=-1)
        said[day] = max(size, said.get(day, 0))
        if near < 0:
            return each.weight
        more = max(0, size - near) + round(min(size, near) * self._weights.factors["repeated"])
        return more if each.weight > 0 else -more

    def _segment_from(self, changed: int) -> tuple[int, list[Segment]]:
        old = self._segments
        cut = bisect_left(old, changed - 1, key=lambda segment: segment.last)
        while True:
            # Whole runs of one holder are cut anew, since their margin and what is contested belong together.
            while 0 < cut < len(old) and _key(old[cut]) == _key(old[cut - 1]):
                cut -= 1
            start = old[cut - 1].last + 1 if cut else 0
            fresh = list(self._segments_since(start))
            if not (cut and fresh and _key(fresh[0]) == _key(old[cut - 1])):
                break
            cut -= 1
        since = min(each[0].first for each in (fresh, old[cut:]) if each) if fresh or old[cut:] else start
        self._segments = old[:cut] + fresh
        return since, fresh

    def _segments_since(self, start: int) -> Iterator[Segment]:
        days = self._timeline.days
        labels: list[tuple[int, str, int]] = []
        for index in range(bisect_left(days, start), len(days)):
            state, margin = self._timeline.best(index)
            labels.append((days[index], state, margin))
        runs = [list(run) for _, run in groupby(labels, key=lambda label: label[1])]
        for number, run in enumerate(runs):
            last = runs[number + 1][0][0] - 1 if number + 1 < len(runs) else FOREVER
            # What comes before the first word on a place is not worth a row.
            if run[0][1] != UNKNOWN or number > 0 or start > 0:
                yield from self._states(run, last)

    def _states(self, run: list[tuple[int, str, int]], last: int) -> Iterator[Segment]:
        """Cut one holder's run where partial claims of others make it contested and where that ends."""
        holder = run[0][1]
        cuts: list[tuple[int, _Hold]] = [(run[0][0], "firm")]
        until = 0
        for day, _, _ in run:
            note = self._days[day]
            if until and (note.settles or day > until):
                cuts.append((min(day, until), "firm" if note.settles else "doubted"))
                until = 0
            elif note.settles and cuts[-1][1] == "doubted":
                cuts.append((day, "firm"))
            if holder not in (UNKNOWN,) and any(side != holder for side, _ in note.parts):
                if not until:
                    cuts.append((day, "contested"))
                until = day + self._weights.contested_days
        if until and until < last:
            cuts.append((until, "doubted"))
        margin = max(each for _, _, each in run)
        ends = [day - 1 for day, _ in cuts[1:]] + [last]
        for (first, hold), end in zip(cuts, ends, strict=True):
            if first <= end:
                yield self._segment(first, end, holder, hold, margin, run)

    def _segment(
        self,
        first: int,
        last: int,
        holder: str,
        hold: _Hold,
        margin: int,
        run: list[tuple[int, str, int]],
    ) -> Segment:
        if hold != "firm":
            margin = round(margin * self._weights.factors["contested"])
        inside = [day for day, _, _ in run if first <= day <= last]
        pro: list[tuple[int, str]] = []
        con: list[tuple[int, str]] = []
        for day in inside:
            note = self._days[day]
            for weight, side, claim in note.claims:
                (pro if (weight > 0) == (side == holder) else con).append((-abs(weight), claim))
            con += [(0, claim) for side, claim in note.parts if side != holder]
        seen = [day for day in inside if self._days[day].claims or self._days[day].parts]
        own = hold != "doubted" and any(self._days[day].own for day, *_ in run)
        return Segment(
            first, last, self._state(holder, hold == "contested", margin, own),
            None if holder in (UNKNOWN, VACATED) else holder, margin, max(seen, default=first),
            _cited(pro), _cited(con),
        )  # fmt: skip

    def _state(self, holder: str, contested: bool, margin: int, own: bool) -> str:
        if holder == UNKNOWN:
            return "unknown"
        if contested:
            return "contested"
        if holder == VACATED:
            return "vacated"
        return "held" if own and self._weights.confidence(margin) >= self._weights.held else "claimed"


def _key(segment: Segment) -> tuple[str | None, bool]:
    return segment.holder, segment.state == "unknown"


def _cited(claims: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim for _, claim in sorted(claims)))[:CITED]


def _scores(each: Evidence, weight: int, weights: Weights) -> Iterator[tuple[int, Mapping[str, int]]]:
    """The nodes that one piece of evidence scores at, its own day first."""
    first, last = each.first.toordinal(), each.last.toordinal()
    factors = weights.factors
    background = last - first >= weights.background_days
    if background:
        weight = round(weight * factors["background"])
    if each.effect == "holds":
        yield last, {each.side: weight}
        if first < last:
            yield first, {each.side: weight}
    elif each.effect == "absent":
        yield first - 1, {each.side: -weight}
    elif each.effect == "short":
        yield last, {each.side: -weight}
    elif each.effect == "gains":
        yield last, {each.side: weight, VACATED: min(0, -weight)}
        if not background and weight > 0:
            yield first - 1, {each.side: -round(weight * factors["before"])}
    elif each.effect == "leaves":
        yield last, {each.side: -weight, VACATED: round(weight * factors["vacated"])}
        if not background and weight > 0:
            yield first - 1, {each.side: round(weight * factors["before"])}


def _told(each: Evidence, weight: int) -> tuple[str, ...]:
    """The states that a piece of evidence says begin on its day."""
    if weight <= 0:
        return ()
    if each.news:
        return (each.side,)
    return {"gains": (each.side,), "leaves": (ANY,)}.get(each.effect, ())


def as_of(derived: Iterable[Row], on: date, known: date | None = None) -> Segment | None:
    """The segment that covers a day, as known at the end of another day."""
    day = on.toordinal()
    then = known.toordinal() if known else FOREVER - 1
    for row in derived:
        if row.known_from <= then < row.known_to and row.segment.first <= day <= row.segment.last:
            return row.segment
    return None
