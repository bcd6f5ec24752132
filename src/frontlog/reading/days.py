"""Arithmetic on days, weeks, months and years that time expressions ask for."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from frontlog.model import Interval


def whole_week(day: date) -> Interval:
    """Return the week of a day, from Monday."""
    first = day - timedelta(days=day.weekday())
    return Interval(first, first + timedelta(days=6))


def whole_month(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def whole_year(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year, 12, 31))


def shift_months(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def back(day: date, count: int, unit: str) -> date:
    """Return the day that lies some days, weeks, months or years before another."""
    if unit.startswith("day"):
        return day - timedelta(days=count)
    if unit.startswith("week"):
        return day - timedelta(weeks=count)
    if unit.startswith("month"):
        return shift_months(day, -count)
    return shift_months(day, -12 * count)


def on_calendar(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_for(month: int, day: int, published: date, direction: int) -> int:
    """Return the year that puts a bare day and month nearest behind the published day, or ahead of it."""
    this = on_calendar(published.year, month, min(day, 28)) or published
    if direction > 0:
        return published.year if this >= published else published.year + 1
    return published.year if this <= published + timedelta(days=3) else published.year - 1
