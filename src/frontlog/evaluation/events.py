"""How well claims serve as events in other schemes: PLOVER roots, CAMEO's five classes, changes of control.

The texts are single sentences about politics at large, so the reader runs with its gate open. PLOVER roots:
each gold sentence has one source, one target and one root; of the claims found, the one whose agents
and targets share most head words with them is asked for its root, an earlier cue winning ties; a sentence
without a claim gives none and is wrong. Macro-F1 is over the roots that occur in the gold. Classes: the
class of the first claim, neutral where there is none. Control: a snippet is a change of control when it
holds a claim of kind ``take`` or ``leave`` that is told as a fact.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from frontlog.errors import DataFileError, EvaluationError
from frontlog.evaluation.claims import Score
from frontlog.evaluation.gold import content_words, head_words
from frontlog.model import KINDS, Claim, Dispatch, Reading

CONTROL_TYPES = frozenset(("GOV_REGAINS_TERIT", "NON_STATE_ACTOR_OVERTAKES_TER", "NON_VIOL_TERRIT_TRANSFER"))
_OLD_ROOTS = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
Read = Callable[[Iterable[Dispatch]], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Example:
    """One gold text with its label, and the marked source and target where the set has them."""

    text: str
    label: str
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class EventScores:
    """Counts a label, and the measure that sums a set up."""

    name: str
    measure: str
    value: float
    labels: Mapping[str, Score]
    examples: int
    covered: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """Root and class by kind and first word of the cue; ``-`` is any word, ``*planned`` a standing."""

    rows: Mapping[tuple[str, str], tuple[str, str]]

    def root(self, claim: Claim) -> str:
        return self._of(claim)[0]

    def class_of(self, claim: Claim) -> str:
        return self._of(claim)[1]

    def _of(self, claim: Claim) -> tuple[str, str]:
        word = claim.cue_text.split()[0].casefold()
        stems = (word, word[:-1], word[:-2], word[:-3], word[:-1] + "e", word[:-3] + "e")
        if (claim.kind, f"*{claim.standing}") in self.rows:
            return self.rows[claim.kind, f"*{claim.standing}"]
        found = next((self.rows[key] for stem in stems if (key := (claim.kind, stem)) in self.rows), None)
        return found or self.rows[claim.kind, "-"]

    @classmethod
    @cache
    def open(cls) -> Scheme:
        """Read ``data/plover.tsv``; raises DataFileError on a bad line."""
        text = files("frontlog").joinpath("data", "plover.tsv").read_text(encoding="utf-8")
        rows: dict[tuple[str, str], tuple[str, str]] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith(("#", "kind\t")) or not line.strip():
                continue
            row = line.split("\t")
            if len(row) != 4 or row[0] not in KINDS:
                raise DataFileError(
                    "plover.tsv", number, f"bad row {line!r}", "write kind, words, root and class"
                )
            rows[row[0], row[1]] = (row[2], row[3])
        return cls(rows)


def score_file(path: Path, read: Read) -> EventScores:
    """Score one gold file; its form tells which set it is. Raises EvaluationError on a form not known."""
    rows = list(_rows(path))
    first = rows[0] if rows else {}
    if "gold_root" in first:
        return score_roots(path.name, [_plv(row) for row in rows], read)
    if "eventText" in first:
        return score_roots(path.name, list(_gsr(rows)), read)
    if "label" in first:
        return score_classes(path.name, [Example(row["text"], str(row["label"])) for row in rows], read)
    if "type" in first:
        return score_control(path.name, [Example(row["text"], row["type"]) for row in rows], read)
    raise EvaluationError(f"{path}: no known event set; give a file with gold_root, eventText, label or type")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    try:
        if text.lstrip().startswith("["):
            yield from (row for row in json.loads(text) if row.get("event") != "DOCUMENT")
        else:
            yield from (json.loads(line) for line in text.splitlines() if line.strip())
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{path}: {error}; give JSON or JSON lines") from error


def _plv(row: Mapping[str, Any]) -> Example:
    return Example(row["sentence"], row["gold_root"], row["source"], row["target"])


def _gsr(rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    for row in rows:
        if row.get("text") and row["event"] not in ("NONE", "DOCUMENT"):
            root = _OLD_ROOTS.get(row["event"], row["event"])
            yield Example(row["text"], root, _actors(row.get("source")), _actors(row.get("target")))


def _actors(entries: Any) -> str:
    return " ".join(
        entry["actorText"] for entry in entries or () if isinstance(entry, dict) and entry.get("actorText")
    )


def score_roots(name: str, examples: Sequence[Example], read: Read) -> EventScores:
    scheme = Scheme.open()
    guesses = []
    for example, reading in zip(examples, _read(examples, read), strict=True):
        claim = _closest(example, reading)
        guesses.append(scheme.root(claim) if claim else None)
    labels = _labels([example.label for example in examples], guesses)
    macro = sum(score.f1 for score in labels.values()) / len(labels) if labels else 0.0
    return EventScores(name, "macro-F1", macro, labels, len(examples), sum(g is not None for g in guesses))


def score_classes(name: str, examples: Sequence[Example], read: Read) -> EventScores:
    scheme = Scheme.open()
    guesses: list[str | None] = [
        scheme.class_of(reading.claims[0]) if reading.claims else "0" for reading in _read(examples, read)
    ]
    labels = _labels([example.label for example in examples], guesses)
    macro = sum(score.f1 for score in labels.values()) / len(labels) if labels else 0.0
    return EventScores(name, "macro-F1", macro, labels, len(examples), sum(g != "0" for g in guesses))


def score_control(name: str, examples: Sequence[Example], read: Read) -> EventScores:
    guesses = [_changes(reading) for reading in _read(examples, read)]
    gold = [example.label in CONTROL_TYPES for example in examples]
    right = sum(a and b for a, b in zip(gold, guesses, strict=True))
    score = Score(right, sum(guesses), sum(gold))
    return EventScores(name, "F1", score.f1, {"control": score}, len(examples), sum(guesses))


def _changes(reading: Reading) -> bool:
    return any(claim.kind in ("take", "leave") and claim.standing == "fact" for claim in reading.claims)


def _read(examples: Sequence[Example], read: Read) -> list[Reading]:
    return list(read(Dispatch(str(n), _NO_DATE, example.text) for n, example in enumerate(examples)))


def _closest(example: Example, reading: Reading) -> Claim | None:
    """The claim whose sides are most like the marked ones; the first of those that are equally so."""
    return max(reading.claims, key=lambda claim: (_likeness(example, claim), -claim.cue.start), default=None)


def _likeness(example: Example, claim: Claim) -> int:
    source, target = content_words(example.source), content_words(example.target)
    agents = frozenset().union(*(head_words(party.text) for party in claim.agents))
    targets = frozenset().union(*(head_words(party.text) for party in claim.targets))
    return 2 * bool(source & agents) + bool(target & targets)


def _labels(gold: Sequence[str], guesses: Sequence[str | None]) -> dict[str, Score]:
    there, said = Counter(gold), Counter(guess for guess in guesses if guess)
    right = Counter(label for label, guess in zip(gold, guesses, strict=True) if label == guess)
    return {label: Score(right[label], said[label], there[label]) for label in sorted(there)}
