"""Deadlines against the calendar: "three weeks ahead of the anniversary"."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from frontlog.errors import DataFileError
from frontlog.ledger.audits.told import AuditedStore, Told, Verdict
from frontlog.model import Finding, Span
from frontlog.reading.numbers import numbers

UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
REACH = 160
NEAR = 60
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_UNIT = re.compile(
    r"[\s-]*(?P<unit>day|week|month)s?\s+(?P<way>ahead of|before|prior to|short of|away from"
    r"|to go (?:before|until)|until|after|since|on from)\s",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})\s+(?P<m1>{'|'.join(MONTHS)})|(?P<m2>{'|'.join(MONTHS)})\s+(?P<d2>\d{{1,2}}))\b"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day of every year, and the words for it."""

    words: re.Pattern[str]
    month: int
    day: int
    name: str


@cache
def anniversaries() -> tuple[Anniversary, ...]:
    """Load `data/anniversaries.tsv`; raises DataFileError naming a bad line."""
    path = files("frontlog") / "data" / "anniversaries.tsv"
    found = []
    with path.open(encoding="utf-8") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, cells in enumerate(rows, 1):
            if not cells or cells[0].startswith("#") or cells[0] == "words":
                continue
            try:
                words, month, day, name = cells
                date(2000, int(month), int(day))
            except ValueError as error:
                raise DataFileError(
                    str(path), number, str(error), "give words, month, day and name"
                ) from error
            pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words.split("|"))
            found.append(Anniversary(re.compile(pattern, re.IGNORECASE), int(month), int(day), name))
    return tuple(found)


def deadlines(told: Told, _: AuditedStore) -> Iterator[Finding]:
    """Reckon each "N weeks ahead of …" from the dispatch's day and set it against the day it names."""
    text, day = told.dispatch.text, told.dispatch.date
    for number, value in numbers(text):
        match = _UNIT.match(text, number.end)
        if match is None:
            continue
        sentence = told.sentence_at(number.start)
        end = min(sentence.end, match.end() + REACH)
        ahead = match["way"].lower() not in ("after", "since", "on from")
        goal = _goal(text, match.end(), end, day, ahead)
        if goal is None:
            continue
        # "…by 31 August, eleven days before …" reckons from the day just named, not from the dispatch's.
        named = _goal(text, max(sentence.start, number.start - NEAR), number.start, day, None)
        base = named[0] if named else day
        goal_day, name, goal_end = goal
        yield _finding(told, Span(number.start, goal_end), value, match["unit"].lower(), goal_day, name, base)


def _goal(text: str, start: int, end: int, day: date, ahead: bool | None) -> tuple[date, str, int] | None:
    """The first day named, as the next or the last of its kind; None takes whichever is nearer."""
    found: list[tuple[int, int, date, str]] = []
    for each in anniversaries():
        if match := each.words.search(text, start, end):
            found.append((match.start(), match.end(), _nearest(each.month, each.day, day, ahead), each.name))
    for match in _DATE.finditer(text, start, end):
        month = MONTHS.index((match["m1"] or match["m2"]).lower()) + 1
        number = int(match["d1"] or match["d2"])
        try:
            goal = (
                date(int(match["year"]), month, number)
                if match["year"]
                else _nearest(month, number, day, ahead)
            )
        except ValueError:
            continue
        found.append((match.start(), match.end(), goal, f"{goal.day} {goal:%B}"))
    if not found:
        return None
    _, stop, goal, name = min(found, key=lambda each: each[:2])
    return goal, name, stop


def _nearest(month: int, day: int, on: date, ahead: bool | None) -> date:
    this = date(on.year, month, day)
    if ahead is None:
        return min(
            (this.replace(year=on.year + step) for step in (-1, 0, 1)), key=lambda each: abs(each - on)
        )
    if ahead:
        return this if this >= on else date(on.year + 1, month, day)
    return this if this <= on else date(on.year - 1, month, day)


def _finding(told: Told, span: Span, value: int, unit: str, goal: date, name: str, base: date) -> Finding:
    stated = value * UNIT_DAYS[unit]
    real = abs((goal - base).days)
    verdict: Verdict = "fits" if abs(real - stated) <= max(1, UNIT_DAYS[unit] - 1) else "does not fit"
    meant = base + timedelta(days=stated if goal >= base else -stated)
    return told.finding(
        "deadline", verdict, span, f"{name} is {_length(real)} from {base}, on {goal}",
        f"the words give {meant}",
    )  # fmt: skip


def _length(days: int) -> str:
    if 27 <= days <= 33:
        return f"a month ({days} days)"
    if days >= 14:
        weeks = days / 7
        return f"{days} days ({weeks:.0f} weeks)" if abs(weeks - round(weeks)) < 0.15 else f"{days} days"
    return f"{days} days"
