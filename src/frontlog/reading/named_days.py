"""What days, months and years mean that a dispatch calls by name: "3 April", "late March", "Tuesday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from frontlog.model import Interval
from frontlog.reading import days, time_words

_THIRDS_OF_A_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "the end of": (25, 31)}
_THIRDS_OF_A_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


def full_date(match: re.Match[str], published: date, direction: int) -> Interval | None:
    """``3 April``, ``April 3-5, 2014``."""
    month, day = time_words.month(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else days.year_for(month, day, published, direction)
    first = days.on_calendar(year, month, day)
    last = days.on_calendar(year, month, int(match["to"])) if match["to"] else first
    return Interval(first, last) if first and last and first <= last else None


def iso_date(match: re.Match[str], _: date, __: int) -> Interval | None:
    return Interval.parse(match.group())


def anniversary(_: re.Match[str], published: date, __: int) -> Interval | None:
    """The eleventh of September that comes next."""
    this = date(published.year, 9, 11)
    return Interval.day(this if this >= published else date(published.year + 1, 9, 11))


def month(match: re.Match[str], published: date, direction: int) -> Interval | None:
    """``in June 2014``, ``late March``."""
    number = time_words.month(match["month"])
    year = int(match["year"]) if match["year"] else days.year_for(number, 1, published, direction)
    whole = days.whole_month(year, number)
    first, last = _THIRDS_OF_A_MONTH.get(_part(match), (1, 31))
    return Interval(whole.start.replace(day=first), whole.start.replace(day=min(last, whole.end.day)))


def year(match: re.Match[str], _: date, __: int) -> Interval | None:
    """``in early 2016``."""
    number = int(match["year"])
    first, last = _THIRDS_OF_A_YEAR.get(_part(match), (1, 12))
    return Interval(date(number, first, 1), days.whole_month(number, last).end)


def _part(match: re.Match[str]) -> str:
    return (match["part"] or "").casefold().rstrip("- ")


def weekday(match: re.Match[str], published: date, direction: int) -> Interval | None:
    """``on Tuesday``, ``next Friday``: the nearest one on the side that the words or the clause look to."""
    back = (published.weekday() - time_words.weekday(match["weekday"])) % 7
    lead = (match["lead"] or "").casefold()
    if lead in ("last", "previous"):
        return Interval.day(published - timedelta(days=back or 7))
    if lead in ("next", "coming") or direction > 0:
        return Interval.day(published + timedelta(days=7 - back))
    return Interval.day(published - timedelta(days=back))
