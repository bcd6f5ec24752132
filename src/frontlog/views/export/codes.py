"""Which code of another scheme a claim has: tables in ``data/codes``, first matching row first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from frontlog.errors import DataFileError
from frontlog.model import KINDS, Claim


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table of codes: for which claims it is, and what it gives."""

    kind: str
    words: re.Pattern[str] | None
    cells: Mapping[str, str]

    def fits(self, claim: Claim) -> bool:
        return claim.kind == self.kind and (
            self.words is None or self.words.search(claim.cue_text) is not None
        )


def load(name: str, columns: Sequence[str]) -> tuple[Rule, ...]:
    """Read ``data/codes/<name>``; raises DataFileError on a bad line."""
    text = files("frontlog").joinpath("data", "codes", name).read_text(encoding="utf-8")
    wanted = ["kind", "words", *columns]
    rules: list[Rule] = []
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != wanted:
                raise DataFileError(name, number, f"columns {header}", f"name them {', '.join(wanted)}")
        elif len(cells) != len(wanted) or cells[0] not in KINDS:
            raise DataFileError(
                name, number, f"bad row {line!r}", f"write {', '.join(wanted)}, with - for none"
            )
        else:
            rules.append(_rule(dict(zip(wanted, cells, strict=True))))
    return tuple(rules)


def _rule(row: dict[str, str]) -> Rule:
    kind, words = row.pop("kind"), row.pop("words")
    pattern = None
    if words != "-":
        pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in words.split("|")), re.IGNORECASE)
    return Rule(kind, pattern, {name: "" if cell == "-" else cell for name, cell in row.items()})


@dataclass(frozen=True, slots=True)
class Code:
    """A claim's CAMEO code and its PLOVER root, mode and context; empty where there is none."""

    cameo: str
    root: str
    mode: str
    context: str

    @property
    def quad(self) -> int:
        """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
        first = int(self.cameo[:2])
        return 1 if first <= 5 else 2 if first <= 8 else 3 if first <= 13 else 4


class Cameo:
    """The table of CAMEO codes, opened once."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)

    @classmethod
    def open(cls) -> Cameo:
        return cls(load("cameo.tsv", ("cameo", "root", "mode", "context")))

    def code(self, claim: Claim) -> Code | None:
        """The code, or None where the claim tells no event: it is no fact, or a state of things."""
        if claim.standing != "fact":
            return None
        rule = next((rule for rule in self._rules if rule.fits(claim)), None)
        return Code(**rule.cells) if rule else None
