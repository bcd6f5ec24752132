"""Times: which words of a dispatch give a time, and which days they mean against the published date.

Rules come first because news uses few forms; ``dateparser`` is asked only about what no rule knows.
Weekdays and bare dates look back unless the words or the caller say that they lie ahead.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from frontlog.model import Interval, Span

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "couple of": 2,
    "a couple of": 2,
    "fourteen": 14,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|"
    r"Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_N = (
    r"(?:\d{1,3}|a couple of|an?|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|fourteen|fifteen|eighteen|twenty)"
)
_ORD = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"
_PARTS = r"(?:morning|afternoon|evening|night|dawn|noon|midnight)"
_VAGUE = re.compile(
    r"\b(?:recently|previously|formerly|earlier|in recent (?:days|weeks|months|years)|at the time|later)\b"
)

Read = Callable[[re.Match[str], date, int], Interval | None]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])" + words + r"(?![\w])", re.IGNORECASE)


def _number(words: str) -> int:
    words = re.sub(r"(?:st|nd|rd|th)$", "", words.casefold())
    return int(words) if words.isdigit() else _NUMBERS.get(words, 1)


def _month(words: str) -> int:
    return _MONTHS[words.casefold().rstrip(".")]


def _whole_month(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _shift_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_for(month: int, day: int, published: date, direction: int) -> int:
    """The year that puts a bare day and month nearest behind the published day, or ahead of it."""
    this = _safe(published.year, month, min(day, 28)) or published
    if direction > 0:
        return published.year if this >= published else published.year + 1
    return published.year if this <= published + timedelta(days=3) else published.year - 1


def _full_date(match: re.Match[str], published: date, direction: int) -> Interval | None:
    month, day = _month(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else _year_for(month, day, published, direction)
    first = _safe(year, month, day)
    last = _safe(year, month, int(match["to"])) if match["to"] else first
    return Interval(first, last) if first and last and first <= last else None


def _iso_date(match: re.Match[str], _: date, __: int) -> Interval | None:
    return Interval.parse(match.group())


def _anniversary(_: re.Match[str], published: date, __: int) -> Interval | None:
    """The eleventh of September that comes next."""
    this = date(published.year, 9, 11)
    return Interval.day(this if this >= published else date(published.year + 1, 9, 11))


def _month_part(match: re.Match[str], published: date, direction: int) -> Interval | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else _year_for(month, 1, published, direction)
    whole = _whole_month(year, month)
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "the end of": (25, 31)}.get(
        (match["part"] or "").casefold().rstrip("- "), (1, 31)
    )
    return Interval(whole.start.replace(day=first), whole.start.replace(day=min(last, whole.end.day)))


def _year(match: re.Match[str], _: date, __: int) -> Interval | None:
    year = int(match["year"])
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(
        (match["part"] or "").casefold().rstrip("- "), (1, 12)
    )
    return Interval(date(year, first, 1), _whole_month(year, last).end)


def _weekday(match: re.Match[str], published: date, direction: int) -> Interval | None:
    wanted = _WEEKDAYS[match["weekday"].casefold()]
    back = (published.weekday() - wanted) % 7
    lead = (match["lead"] or "").casefold()
    if lead == "last":
        back = back or 7
    if lead in ("next", "coming") or direction > 0:
        return Interval.day(published + timedelta(days=(7 - back) % 7 or 7))
    if "night" in match.group().casefold() and not back:
        back = 0
    return Interval.day(published - timedelta(days=back))


def _week_of(day: date) -> Interval:
    first = day - timedelta(days=day.weekday())
    return Interval(first, first + timedelta(days=6))


def _last_unit(match: re.Match[str], published: date, _: int) -> Interval | None:
    unit, lead = match["unit"].casefold(), match["lead"].casefold()
    step = {"last": -1, "previous": -1, "next": 1, "this": 0, "the past": 0, "past": 0}.get(lead, 0)
    if unit == "weekend":
        week = _week_of(published + timedelta(days=7 * step))
        return Interval(week.start + timedelta(days=5), week.end)
    if unit == "week":
        return _bounded(_week_of(published + timedelta(days=7 * step)), published, step)
    if unit == "month":
        day = _shift_months(published, step)
        return _bounded(_whole_month(day.year, day.month), published, step)
    if unit == "year":
        year = published.year + step
        return _bounded(Interval(date(year, 1, 1), date(year, 12, 31)), published, step)
    return Interval.day(published + timedelta(days=step))


def _bounded(whole: Interval, published: date, step: int) -> Interval:
    """What is told of the running week, month or year has happened by the published day."""
    return Interval(whole.start, published) if step == 0 else whole


def _later_unit(match: re.Match[str], published: date, _: int) -> Interval | None:
    unit = match["unit"].casefold()
    whole = {
        "week": _week_of(published),
        "month": _whole_month(published.year, published.month),
        "year": Interval(date(published.year, 1, 1), date(published.year, 12, 31)),
    }[unit]
    return Interval(published, whole.end)


def _back(published: date, count: int, unit: str) -> date:
    if unit.startswith("day"):
        return published - timedelta(days=count)
    if unit.startswith("week"):
        return published - timedelta(weeks=count)
    if unit.startswith("month"):
        return _shift_months(published, -count)
    return _shift_months(published, -12 * count)


def _ago(match: re.Match[str], published: date, _: int) -> Interval | None:
    unit = match["unit"].casefold()
    if unit.startswith(("hour", "minute")):
        return Interval.day(published)
    return Interval.day(_back(published, _number(match["count"]), unit))


def _lasting(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``a two-month siege``, ``for three weeks``: from then until the published day."""
    return Interval(_back(published, _number(match["count"]), match["unit"].casefold()), published)


def _running_day(match: re.Match[str], published: date, _: int) -> Interval | None:
    back = (_number(match["count"]) - 1) * (7 if match["unit"].casefold() == "week" else 1)
    return Interval(published - timedelta(days=back), published)


def _in_future(match: re.Match[str], published: date, _: int) -> Interval | None:
    count, unit = _number(match["count"]), match["unit"].casefold()
    return Interval(published, _back(published, -count, unit))


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
    return Interval.day(_back(inner.start, sign * _number(match["count"]), match["unit"].casefold()))


def _days(back_first: int, back_last: int) -> Read:
    return lambda _m, published, _d: Interval(
        published - timedelta(days=back_first), published - timedelta(days=back_last)
    )


_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_FULL = (
    rf"(?:(?:{_W}|{_W},),? )?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<to>\d{{1,2}}"
    rf"))? (?:of )?(?P<month>{_M})"
    rf",?(?: (?P<year>(?:19|20)\d\d))?)"
)
_FULL_US = (
    rf"(?:{_W},? )?(?P<month>{_M}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<to>\d{{1,2}}))?"
    rf"(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)"
)
_RULES: tuple[tuple[re.Pattern[str], Read], ...] = (
    (
        _pattern(
            r"between (?P<first>[\w ]{3,20}?) and (?P<last>\d[\w ]{3,20}\d{4}|[A-Z]\w+ "
            r"\d{1,2})"
        ),
        _between,
    ),
    (
        _pattern(
            rf"(?P<count>{_N}) {_UNIT} (?P<way>ahead of|before|after) (?P<rest>[\w' "
            rf"/,-]{{3,40}})"
        ),
        _distance_from,
    ),
    (
        _pattern(
            rf"since (?P<rest>(?:early |late |mid-?)?(?:{_M} \d{{1,2}}(?:, \d{{4}})?|"
            rf"\d{{1,2}} {_M}(?: \d{{4}})?|{_M}(?: \d{{4}})?|{_W}|(?:19|20)\d\d|last "
            r"(?:week|month|year)|yesterday))"
        ),
        _since,
    ),
    (
        _pattern(
            rf"(?:until|by) (?P<rest>(?:the end of )?(?:{_M} \d{{1,2}}(?:, \d{{4}})?|"
            rf"\d{{1,2}} {_M}(?: \d{{4}})?|{_M}(?: \d{{4}})?|next (?:week|month|year)"
            rf"|{_W}|20\d\d))"
        ),
        _until,
    ),
    (_pattern(r"(?:19|20)\d\d-\d\d-\d\d"), _iso_date),
    (
        _pattern(
            r"(?:on )?(?:the )?(?:\w+ )?anniversary of (?:the )?(?:9/11|September "
            r"11|11 September)(?: (?:terror(?:ist)? )?attacks?)?"
        ),
        _anniversary,
    ),
    (_pattern(r"(?:on )?" + _FULL), _full_date),
    (_pattern(r"(?:on )?" + _FULL_US), _full_date),
    (_pattern(r"(?:the |on the )?(?:day before yesterday)"), _days(2, 2)),
    (_pattern(r"overnight|last night|during the night"), _days(1, 0)),
    (
        _pattern(
            r"yesterday(?:'s|’s)?|(?:on )?the (?:previous|preceding) day|(?:the|"
            r"a) day (?:earlier|before|after)"
        ),
        _days(1, 1),
    ),
    (
        _pattern(
            rf"(?:earlier |later )?(?:today|tonight|this {_PARTS}|now|on the same "
            r"day|(?:earlier|later) in the day|hours later)"
        ),
        _days(0, 0),
    ),
    (_pattern(r"tomorrow"), _days(-1, -1)),
    (_pattern(r"later this (?P<unit>week|month|year)"), _later_unit),
    (
        _pattern(
            r"(?:earlier |over |in |during )?(?P<lead>this|the past|past|last|previous|"
            r"next) (?P<unit>weekend|week|month|year)"
        ),
        _last_unit,
    ),
    (
        _pattern(
            r"(?:(?:early|late|by|on|since|earlier|until) )*(?:the )?(?:(?P<lead>last|"
            rf"next|this|coming|previous) )?(?P<weekday>{_W})(?: (?:{_PARTS}))?"
        ),
        _weekday,
    ),
    (
        _pattern(
            rf"(?:about |around |nearly |almost |more than |just |only )?(?P<count>{_N})"
            r" (?P<unit>minutes?|hours?|days?|weeks?|months?|years?) (?:ago|earlier|"
            r"before)"
        ),
        _ago,
    ),
    (
        _pattern(
            rf"(?:for |after |in )?(?:more than |over |about |nearly |almost )?(?P<count>{_N})"
            r"[- ](?:long )?(?P<unit>day|week|month|year)(?:-long)?(?= (?:\w+ )?(?:siege|"
            r"blockade|battle|fighting|offensive|campaign|assault|clashes|occupation|"
            r"bombardment|operation))"
        ),
        _lasting,
    ),
    (
        _pattern(
            r"(?:for|after|over the (?:last|past)|in the (?:last|past)|during the "
            r"(?:last|past)|within the (?:last|past)) (?:more than |over |about "
            rf"|nearly |almost |at least )?(?P<count>{_N}) {_UNIT}"
        ),
        _lasting,
    ),
    (
        _pattern(
            rf"(?:(?:for|after) )?(?:more than|over|nearly|almost) (?P<count>\d{{1,3}}|{_N})"
            rf" {_UNIT}"
        ),
        _lasting,
    ),
    (
        _pattern(
            rf"(?:for )?(?:a|the|its|their) (?P<count>{_ORD}) (?:straight |consecutive "
            r")?(?P<unit>day|week)"
        ),
        _running_day,
    ),
    (_pattern(rf"(?:in|within) (?:the next |the coming |about )?(?P<count>{_N}) {_UNIT}"), _in_future),
    (
        _pattern(
            r"(?:(?:in|at|by|during|since|from) )?(?P<part>early |late |mid-?|the "
            rf"end of )?(?P<month>{_M})(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?"
        ),
        _month_part,
    ),
    (_pattern(r"(?:in|during|since) (?:the )?(?P<part>early |late |mid-?)?(?P<year>(?:19|20)\d\d)"), _year),
)


def time_spans(text: str, within: Span | None = None) -> list[Span]:
    """Return the spans of words that give a time, in order and without overlap.

    >>> t = "They left on Tuesday, two days after shelling overnight."
    >>> [s.of(t) for s in time_spans(t)]
    ['on Tuesday', 'overnight']
    """
    scope = within or Span(0, len(text))
    found: list[Span] = []
    for pattern, _ in (*_RULES, (_VAGUE, None)):
        for match in pattern.finditer(text, scope.start, scope.end):
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
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return Interval(date(int(words), 1, 1), date(int(words), 12, 31))
    if _VAGUE.fullmatch(words):
        return None
    for pattern, read in _RULES:
        match = pattern.fullmatch(words) or (pattern.match(words) if read is _distance_from else None)
        if match:
            return read(match, published, direction)
    lasting = re.fullmatch(rf"(?P<count>{_N})[- ](?P<unit>day|week|month|year)(?:-long)?", words)
    return _lasting(lasting, published, direction) if lasting else _parsed(words, published, direction)


def _parsed(words: str, published: date, direction: int) -> Interval | None:
    import dateparser  # type: ignore[import-untyped]  # slow to import, and rarely needed

    if not re.search(r"\d|\b" + _M + r"\b|\b" + _W + r"\b", words, re.IGNORECASE):
        return None
    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": _noon(published),
            "PREFER_DATES_FROM": "future" if direction > 0 else "past",
        },
    )
    return Interval.day(found.date()) if found else None


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
