"""Gold records in the form of the claim contract, and how names in them are compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from frontlog.errors import EvaluationError
from frontlog.model import KINDS, Dispatch, Interval, Kind

_GENERIC = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "city",
        "town",
        "village",
        "district",
        "province",
        "governorate",
        "oblast",
        "region",
        "county",
        "raion",
        "state",
        "municipality",
        "port",
        "capital",
        "area",
        "two",
        "three",
        "four",
        "five",
        "several",
        "many",
        "some",
        "all",
        "strategic",
        "key",
        "nearby",
    ]
)
_HEAD_STOPS = frozenset(
    [
        "of",
        "in",
        "at",
        "near",
        "from",
        "who",
        "which",
        "that",
        "led",
        "by",
        "loyal",
        "to",
        "on",
        "and",
        "for",
        "with",
        "including",
    ]
)
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a claim as a scorer sees it: words, usual name, and gazetteer id where known."""

    text: str
    name: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as a scorer sees it, from a marker's hand or from a reader."""

    kind: Kind
    cue: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[Named, ...]
    extent: str | None
    when: Interval | None
    said_by: str | None
    standing: str
    deaths: int | None


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """One dispatch with the claims that a marker found in it."""

    dispatch: Dispatch
    claims: tuple[Marked, ...]


def gold_records(path: Path) -> Iterator[GoldRecord]:
    """Read gold records; raises EvaluationError naming the line that does not follow the contract."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                published = datetime.combine(date.fromisoformat(row["date"]), datetime.min.time(), UTC)
                dispatch = Dispatch(row["id"], published, row["text"])
                yield GoldRecord(dispatch, tuple(marked(claim) for claim in row["claims"]))
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationError(
                    f"{path}:{number}: {error!r} in a gold record; write one JSON object "
                    "a line as CLAIMS.md has it"
                ) from error


def marked(claim: Mapping[str, Any]) -> Marked:
    """Read one claim of a record, gold or extracted."""
    if claim["kind"] not in KINDS:
        raise ValueError(f"unknown kind {claim['kind']!r}")
    return Marked(
        kind=cast(Kind, claim["kind"]),
        cue=claim["cue"],
        agents=tuple(claim["agent"]),
        targets=tuple(claim["target"]),
        places=tuple(Named(p["text"], p["name"], p.get("id")) for p in claim["places"]),
        extent=claim["extent"],
        when=Interval.parse(claim["when"]) if claim["when"] else None,
        said_by=claim["said_by"],
        standing=claim["standing"],
        deaths=claim["deaths"],
    )


def folded(words: str) -> str:
    """Fold case, diacritics and class words, so that "the city of Ḥims" and "Hims" are one."""
    plain = unicodedata.normalize("NFKD", words)
    plain = (
        "".join(c for c in plain if not unicodedata.combining(c))
        .casefold()
        .replace("ı", "i")
        .replace("ə", "a")
    )
    kept = [w for w in _WORD.findall(plain) if w not in _GENERIC and not w.isdigit()]
    return " ".join(kept or _WORD.findall(plain))


def same_place(one: Named, other: Named) -> bool:
    """Whether two places are one: equal name or text, one id, or one description the start of the other."""
    if one.place and one.place == other.place:
        return True
    names = {folded(w) for w in (one.text, one.name) if w}
    others = {folded(w) for w in (other.text, other.name) if w}
    if names & others:
        return True
    return _opens(folded(one.text), folded(other.text))


def _opens(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and long.startswith(short + " ")


def head_words(phrase: str) -> frozenset[str]:
    """The head of an actor phrase: its name and last noun before any preposition, folded and singular."""
    words = list(_WORD.findall(folded(phrase.replace("(", " ( ").split(" ( ")[0])))
    for i, word in enumerate(words):
        if i and word in _HEAD_STOPS:
            words = words[:i]
            break
    last = words[-1:] if words else []
    return frozenset(_singular(word) for word in last)


def content_words(phrase: str) -> frozenset[str]:
    return frozenset(_singular(w) for w in _WORD.findall(folded(phrase)) if w not in _HEAD_STOPS)


def same_actor(one: str, other: str) -> bool:
    """Whether the head of one phrase stands in the other."""
    return bool(head_words(one) & content_words(other)) or bool(head_words(other) & content_words(one))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word
