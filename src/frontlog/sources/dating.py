"""Dates as inputs give them: a leading ``date …``, a header's value, a file's name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

LEADING = re.compile(
    r"\s*date:?[ \t]+(\d{4}-\d{1,2}-\d{1,2}(?:T[0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?)(?:\r\n|\s|$)", re.I
)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_WRITTEN = (
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%A, %d %B %Y",
    "%A, %B %d, %Y",
    "%Y/%m/%d",
)


def parse_stamp(stamp: str | date | datetime) -> tuple[datetime, bool]:
    """Return an instant in UTC and whether it carries a time of day; raises ValueError on anything else.

    >>> parse_stamp("10 August 2021")
    (datetime.datetime(2021, 8, 10, 0, 0, tzinfo=datetime.timezone.utc), False)
    """
    if isinstance(stamp, datetime):
        return _utc(stamp), True
    if isinstance(stamp, date):
        return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC), False
    words = " ".join(stamp.split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{8}", words):
        return parse_stamp(date.fromisoformat(words))
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", words):
        return _utc(datetime.fromisoformat(words.removesuffix(" UTC").removesuffix(" GMT"))), True
    return _parse_written(words)


def date_in_name(name: str) -> date | None:
    """Return the first real day that a file's name carries, written with or without separators.

    >>> date_in_name("kabul-20210815-evening.txt")
    datetime.date(2021, 8, 15)
    """
    for match in _IN_NAME.finditer(name):
        try:
            return date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            continue
    return None


def split_leading(text: str) -> tuple[str | None, str]:
    """Take a leading ``date YYYY-MM-DD`` and the one blank after it off a text.

    >>> split_leading(" date 2021-08-11 Taliban have")
    ('2021-08-11', 'Taliban have')
    """
    match = LEADING.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def _parse_written(words: str) -> tuple[datetime, bool]:
    for form in _WRITTEN:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC), False
        except ValueError:
            continue
    try:
        return _utc(parsedate_to_datetime(words)), True
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"{words!r} is no date") from error


def _utc(instant: datetime) -> datetime:
    try:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{instant} cannot be told in UTC") from error
