"""The lexicons of the rule extractor, read from ``data/cues``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from frontlog.errors import DataFileError
from frontlog.model import KINDS, Kind

_CUE_FILES = ("control.tsv", "violence.tsv", "forces.tsv", "words.tsv", "politics.tsv")
_COLUMNS = 7
CuePos = Literal["V", "N", "A"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: words that carry a kind, and where its arguments stand.

    Slots are tried in order; ``needs`` are conditions that must hold for the cue to count.
    """

    kind: Kind
    pos: CuePos
    words: tuple[str, ...]
    agent: tuple[str, ...]
    target: tuple[str, ...]
    place: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by their first word, what nouns can stand for, signals, and weights of the gate."""

    cues: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, frozenset[str]]
    signals: Mapping[str, frozenset[str]]
    gate: Mapping[str, int]
    forms: Mapping[str, str]

    @classmethod
    @cache
    def open(cls) -> Lexicon:
        """Read the lexicons that come with the package; raises DataFileError on a bad line."""
        cues: dict[str, list[Cue]] = {}
        for name in _CUE_FILES:
            for line, row in _rows(name, _COLUMNS):
                cue = _cue(name, line, row)
                cues.setdefault(cue.words[0], []).append(cue)
        return cls(
            cues={word: tuple(sorted(c, key=lambda cue: -len(cue.words))) for word, c in cues.items()},
            nouns=_grouped("nouns.tsv"),
            signals=_grouped("signals.tsv"),
            forms={row[0]: row[1] for _, row in _rows("forms.tsv", 2)},
            gate={row[0]: _weight("gate.tsv", line, row[1]) for line, row in _rows("gate.tsv", 2)},
        )

    def lemma(self, token_lemma: str, form: str) -> str:
        """The word that cues know a token by: the lemmatiser's, put right where it is known to err."""
        return self.forms.get(form, token_lemma)

    def means(self, word: str, meaning: str) -> bool:
        return meaning in self.nouns.get(word, frozenset())

    def signals_of(self, word: str, signal: str) -> bool:
        return signal in self.signals.get(word, frozenset())


def _rows(name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    text = files("frontlog").joinpath("data", "cues", name).read_text(encoding="utf-8")
    header = True
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        row = line.split("\t")
        if len(row) != columns:
            raise DataFileError(
                name, number, f"{len(row)} columns, expected {columns}", "separate columns by tabs"
            )
        yield number, row


def _cue(name: str, line: int, row: list[str]) -> Cue:
    kind, pos, words, agent, target, place, needs = row
    if kind not in KINDS:
        raise DataFileError(name, line, f"unknown kind {kind!r}", "use a kind of kinds.tsv")
    if pos not in ("V", "N", "A"):
        raise DataFileError(name, line, f"unknown part of speech {pos!r}", "write V, N or A")
    return Cue(
        kind, cast(CuePos, pos), tuple(words.split()), _slots(agent), _slots(target), _slots(place),
        () if needs == "-" else tuple(needs.split()),
    )  # fmt: skip


def _slots(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split("|"))


def _grouped(name: str) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for _, (word, group) in _rows(name, 2):
        groups.setdefault(word, set()).add(group)
    return {word: frozenset(found) for word, found in groups.items()}


def _weight(name: str, line: int, cell: str) -> int:
    try:
        return int(cell)
    except ValueError as error:
        raise DataFileError(
            name, line, f"weight {cell!r} is no whole number", "write one such as 2 or -3"
        ) from error
