"""How well a reader extracts claims, against records marked by hand.

Definitions. Within a record, predicted and gold claims are matched one to one, the best pairs first; only
claims of one kind can match. *Kind + place* counts a pair whose places agree: neither has any, or, for
``take``, ``leave``, ``hold``, ``advance`` and ``besiege``, at least half of the gold places and half of the
predicted ones are shared, or, for other kinds, at least one is shared (containers told beside are not
punished). *Control* counts pairs of ``take``, ``leave`` and ``hold`` that agree on kind and place, and on the
side of the actor: neither names an agent, or a head word is shared. Agents, targets and speakers are scored
over the pairs that agree on kind and place, each phrase matched by head word. ``when`` is exact if the
intervals are equal and near if both ends differ by a day at most; both without a time is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from frontlog.evaluation.gold import GoldRecord, Marked, Named, marked, same_actor, same_place
from frontlog.model import CONTROL_KINDS, FAMILIES, Interval, Reading
from frontlog.reading.record import claim_record

_MEANT = frozenset(FAMILIES["control"])


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, what was predicted and what there was."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Pair:
    """One predicted claim and the gold claim it was matched with; one of them may be missing."""

    gold: Marked | None
    predicted: Marked | None
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One record's pairs, for scores and for reading by eye."""

    id: str
    text: str
    pairs: tuple[Pair, ...]

    @property
    def misses(self) -> int:
        return sum(not pair.placed for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """All measures over a set of records."""

    scores: Mapping[str, Score]
    rates: Mapping[str, tuple[int, int]]
    compared: tuple[Compared, ...] = field(repr=False, default=())

    def rate(self, name: str) -> float:
        right, total = self.rates[name]
        return right / total if total else 0.0


def score(records: Iterable[GoldRecord], readings: Iterable[Reading]) -> ClaimScores:
    """Score readings against the gold records of the same dispatches, in the same order."""
    compared = tuple(
        compare(record, [marked(claim_record(claim, reading.dispatch.text)) for claim in reading.claims])
        for record, reading in zip(records, readings, strict=True)
    )
    return summed(compared)


def compare(record: GoldRecord, predicted: Sequence[Marked]) -> Compared:
    """Match one record's claims one to one, the best pairs first."""
    options = sorted(
        (
            (-_likeness(gold, guess), g, p)
            for g, gold in enumerate(record.claims)
            for p, guess in enumerate(predicted)
            if gold.kind == guess.kind
        )
    )
    taken_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in options:
        if g not in taken_gold and p not in taken:
            taken_gold[g] = p
            taken.add(p)
    pairs = [
        Pair(gold, predicted[taken_gold[g]], places_agree(gold, predicted[taken_gold[g]]))
        if g in taken_gold
        else Pair(gold, None)
        for g, gold in enumerate(record.claims)
    ]
    pairs += [Pair(None, guess) for p, guess in enumerate(predicted) if p not in taken]
    return Compared(record.dispatch.id, record.dispatch.text, tuple(pairs))


def _likeness(gold: Marked, guess: Marked) -> float:
    points = 4.0 * places_agree(gold, guess) + 2.0 * sides_agree(gold, guess)
    points += 1.0 * (gold.standing == guess.standing) + 0.5 * (gold.when == guess.when)
    return (
        points + 1.0 * (gold.cue in guess.cue or guess.cue in gold.cue) + 0.5 * (gold.extent == guess.extent)
    )


def places_agree(gold: Marked, guess: Marked) -> bool:
    """Whether two claims of one kind speak of the same places."""
    if not gold.places or not guess.places:
        return not gold.places and not guess.places
    shared_gold = sum(any(same_place(p, q) for q in guess.places) for p in gold.places)
    shared = sum(any(same_place(p, q) for q in gold.places) for p in guess.places)
    if gold.kind in _MEANT:
        return 2 * shared_gold >= len(gold.places) and 2 * shared >= len(guess.places)
    return shared_gold > 0


def sides_agree(gold: Marked, guess: Marked) -> bool:
    if not gold.agents or not guess.agents:
        return not gold.agents and not guess.agents
    return any(same_actor(a, b) for a in gold.agents for b in guess.agents)


def summed(compared: tuple[Compared, ...]) -> ClaimScores:
    """Add up pairs into scores and rates."""
    pairs = [pair for record in compared for pair in record.pairs]
    scores: dict[str, Score] = {"all": _kind_place(pairs)}
    for family, kinds in FAMILIES.items():
        scores[f"family {family}"] = _kind_place([p for p in pairs if _kind(p) in kinds])
        for kind in kinds:
            scores[f"kind {kind}"] = _kind_place([p for p in pairs if _kind(p) == kind])
    control = [p for p in pairs if _kind(p) in CONTROL_KINDS]
    scores["control kind + place"] = _kind_place(control)
    scores["control"] = _counted(control, lambda p: p.placed and _sided(p))
    matched = [(p.gold, p.predicted) for p in pairs if p.gold and p.predicted and p.placed]
    scores["agents"] = _phrases(matched, lambda claim: claim.agents)
    scores["targets"] = _phrases(matched, lambda claim: claim.targets)
    scores["said_by"] = _phrases(matched, lambda claim: (claim.said_by,) if claim.said_by else ())
    scores["deaths"] = _deaths(matched)
    return ClaimScores(scores, _rates(matched), compared)


def _kind(pair: Pair) -> str:
    claim = pair.gold or pair.predicted
    assert claim is not None
    return claim.kind


def _sided(pair: Pair) -> bool:
    return pair.gold is not None and pair.predicted is not None and sides_agree(pair.gold, pair.predicted)


def _kind_place(pairs: Sequence[Pair]) -> Score:
    return _counted(pairs, lambda pair: pair.placed)


def _counted(pairs: Sequence[Pair], right: Callable[[Pair], bool]) -> Score:
    return Score(
        sum(right(pair) for pair in pairs),
        sum(pair.predicted is not None for pair in pairs),
        sum(pair.gold is not None for pair in pairs),
    )


def _phrases(matched: Sequence[tuple[Marked, Marked]], phrases: Callable[[Marked], Sequence[str]]) -> Score:
    total = Score()
    for gold, guess in matched:
        left = list(phrases(guess))
        right = 0
        for phrase in phrases(gold):
            same = next((other for other in left if same_actor(phrase, other)), None)
            if same is not None:
                left.remove(same)
                right += 1
        total += Score(right, len(phrases(guess)), len(phrases(gold)))
    return total


def _deaths(matched: Sequence[tuple[Marked, Marked]]) -> Score:
    return Score(
        sum(gold.deaths is not None and gold.deaths == guess.deaths for gold, guess in matched),
        sum(guess.deaths is not None for _, guess in matched),
        sum(gold.deaths is not None for gold, _ in matched),
    )


def _rates(matched: Sequence[tuple[Marked, Marked]]) -> dict[str, tuple[int, int]]:
    total = len(matched)
    return {
        "when exact": (sum(gold.when == guess.when for gold, guess in matched), total),
        "when within a day": (sum(near(gold.when, guess.when) for gold, guess in matched), total),
        "standing": (sum(gold.standing == guess.standing for gold, guess in matched), total),
        "extent": _extents(matched),
    }


def _extents(matched: Sequence[tuple[Marked, Marked]]) -> tuple[int, int]:
    control = [(gold, guess) for gold, guess in matched if gold.kind in CONTROL_KINDS]
    return sum(gold.extent == guess.extent for gold, guess in control), len(control)


def near(one: Interval | None, other: Interval | None) -> bool:
    """Whether two intervals differ by a day at most at either end; two missing ones do not differ."""
    if one is None or other is None:
        return one is None and other is None
    return abs((one.start - other.start).days) <= 1 and abs((one.end - other.end).days) <= 1


def place_words(places: Sequence[Named]) -> str:
    return "; ".join(p.text if p.name in (p.text, None) else f"{p.text} = {p.name}" for p in places)
