"""What days words mean that count from the published day: "last week", "two days ago", "a long siege"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from frontlog.model import Interval
from frontlog.reading import days
from frontlog.reading.time_words import number

Read = Callable[[re.Match[str], date, int], Interval | None]

_STEPS = {"last": -1, "previous": -1, "next": 1}


def spanning(back_first: int, back_last: int) -> Read:
    """Return a reader of words that always mean days at one distance from the published one."""
    return lambda _m, published, _d: Interval(
        published - timedelta(days=back_first), published - timedelta(days=back_last)
    )


def unit(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``last week``, ``this month``, ``next weekend``."""
    name, step = match["unit"].casefold(), _STEPS.get(match["lead"].casefold(), 0)
    if name == "weekend":
        week = days.whole_week(published + timedelta(days=7 * step))
        return Interval(week.start + timedelta(days=5), week.end)
    if name == "week":
        return _bounded(days.whole_week(published + timedelta(days=7 * step)), published, step)
    if name == "month":
        day = days.shift_months(published, step)
        return _bounded(days.whole_month(day.year, day.month), published, step)
    return _bounded(days.whole_year(published.year + step), published, step)


def _bounded(whole: Interval, published: date, step: int) -> Interval:
    """What is told of the running week, month or year has happened by the published day."""
    return Interval(whole.start, published) if step == 0 else whole


def later_unit(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``later this year``: what is left of it."""
    whole = {
        "week": days.whole_week(published),
        "month": days.whole_month(published.year, published.month),
        "year": days.whole_year(published.year),
    }[match["unit"].casefold()]
    return Interval(published, whole.end)


def ago(match: re.Match[str], published: date, _: int) -> Interval | None:
    name = match["unit"].casefold()
    if name.startswith(("hour", "minute")):
        return Interval.day(published)
    return Interval.day(days.back(published, number(match["count"]), name))


def lasting(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``a two-month siege``, ``for three weeks``: from then until the published day."""
    return Interval(days.back(published, number(match["count"]), match["unit"].casefold()), published)


def running(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``for a third straight day``: the published day is the last of them."""
    back = (number(match["count"]) - 1) * (7 if match["unit"].casefold() == "week" else 1)
    return Interval(published - timedelta(days=back), published)


def ahead(match: re.Match[str], published: date, _: int) -> Interval | None:
    """``in three days``, ``within the next month``: from the published day until then."""
    count, name = number(match["count"]), match["unit"].casefold()
    return Interval(published, days.back(published, -count, name))
