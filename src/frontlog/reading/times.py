"""Times: which words of a dispatch give a time, and which days they mean against the published date.

Rules come first because news uses few forms; ``dateparser`` is asked only about what no rule knows.
Weekdays and bare dates look back unless the words or the caller say that they lie ahead.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from frontlog.model import Interval, Span
from frontlog.reading import days, relative_days
from frontlog.reading.time_rules import COUNT, MONTH, RULES, UNIT, WEEKDAY, Rule, pattern
from frontlog.reading.time_words import number

_VAGUE = re.compile(
    r"\b(?:recently|previously|formerly|earlier|in recent (?:days|weeks|months|years)|at the time|later)\b"
)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE_SPELL = re.compile(rf"(?P<count>{COUNT})[- ](?P<unit>day|week|month|year)(?:-long)?")
_DATED = re.compile(rf"\d|\b{MONTH}\b|\b{WEEKDAY}\b", re.IGNORECASE)
_DAY = rf"{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH}(?: \d{{4}})?"


def time_spans(text: str, within: Span | None = None) -> list[Span]:
    """Return the spans of words that give a time, in order and without overlap.

    >>> t = "They left on Tuesday, two days after shelling overnight."
    >>> [s.of(t) for s in time_spans(t)]
    ['on Tuesday', 'overnight']
    """
    scope = within or Span(0, len(text))
    found: list[Span] = []
    for words, _ in (*_COMPOSED, *RULES, (_VAGUE, None)):
        for match in words.finditer(text, scope.start, scope.end):
            span = Span(*match.span())
            if len(span) and not _is_name(match) and not any(span.overlaps(other) for other in found):
                found.append(span)
    return sorted(found)


def _is_name(match: re.Match[str]) -> bool:
    """``May`` and ``March`` are verbs too: a month alone must be capitalised and led by a preposition."""
    words = match.group()
    bare = words.casefold() in ("may", "march", "mar", "sun", "sat")
    lower = re.search(r"\b(?:may|march|august)\b", words) is not None
    return bare or lower


def when(text: str, span: Span, published: date, direction: int = 0) -> Interval | None:
    """Return the days that the words at ``span`` mean; ``direction`` is 1 where the clause looks ahead."""
    try:
        return when_words(span.of(text), published, direction)
    except (OverflowError, ValueError):
        return None  # the calendar has no such day: 30 February, or one before year 1


@lru_cache(maxsize=4096)
def when_words(words: str, published: date, direction: int = 0) -> Interval | None:
    """Return the days that some words mean against the published day, or None.

    >>> when_words("on Tuesday", date(2021, 8, 11)).iso()
    '2021-08-10'
    """
    words = words.strip()
    if _BARE_YEAR.fullmatch(words):
        return days.whole_year(int(words))
    if _VAGUE.fullmatch(words):
        return None
    for form, read in (*_COMPOSED, *RULES):
        match = form.fullmatch(words) or (form.match(words) if read is _distance_from else None)
        if match:
            return read(match, published, direction)
    spell = _BARE_SPELL.fullmatch(words)
    return (
        relative_days.lasting(spell, published, direction) if spell else _parsed(words, published, direction)
    )


def _parsed(words: str, published: date, direction: int) -> Interval | None:
    import dateparser  # type: ignore[import-untyped]  # slow to import, and rarely needed

    if not _DATED.search(words):
        return None
    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(published.year, published.month, published.day, 12),
            "PREFER_DATES_FROM": "future" if direction > 0 else "past",
        },
    )
    return Interval.day(found.date()) if found else None


def _since(match: re.Match[str], published: date, _: int) -> Interval | None:
    inner = when_words(match["rest"], published)
    return Interval(inner.start, published) if inner and inner.start <= published else None


def _until(match: re.Match[str], published: date, _: int) -> Interval | None:
    inner = when_words(match["rest"], published, direction=1)
    return Interval(published, inner.end) if inner and inner.end >= published else None


def _between(match: re.Match[str], published: date, direction: int) -> Interval | None:
    last = when_words(match["last"], published, direction)
    first = when_words(match["first"], last.end if last else published)
    return Interval(first.start, last.end) if first and last and first.start <= last.end else None


def _distance_from(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``three weeks ahead of 11 September``: arithmetic on the date that is named."""
    inner = when_words(match["rest"], published, direction=1 if match["way"].casefold() != "after" else 0)
    if inner is None:
        return None
    sign = -1 if match["way"].casefold() == "after" else 1
    return Interval.day(days.back(inner.start, sign * number(match["count"]), match["unit"].casefold()))


# Forms that hold another time inside.
_COMPOSED: tuple[Rule, ...] = (
    (
        pattern(r"between (?P<first>[\w ]{3,20}?) and (?P<last>\d[\w ]{3,20}\d{4}|[A-Z]\w+ \d{1,2})"),
        _between,
    ),
    (
        pattern(rf"(?P<count>{COUNT}) {UNIT} (?P<way>ahead of|before|after) (?P<rest>[\w' /,-]{{3,40}})"),
        _distance_from,
    ),
    (
        pattern(
            rf"since (?P<rest>(?:early |late |mid-?)?(?:{_DAY}|{WEEKDAY}|(?:19|20)\d\d"
            r"|last (?:week|month|year)|yesterday))"
        ),
        _since,
    ),
    (
        pattern(
            rf"(?:until|by) (?P<rest>(?:the end of )?(?:{_DAY}|next (?:week|month|year)|{WEEKDAY}|20\d\d))"
        ),
        _until,
    ),
)
