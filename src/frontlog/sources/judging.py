"""The one gate of all formats: a found text becomes a dispatch, or is refused by name."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from frontlog.errors import SourceError
from frontlog.model import Dispatch
from frontlog.sources.dating import parse_stamp, split_leading
from frontlog.sources.items import MAX_BODY, Found, Skipped
from frontlog.sources.language import Languages

_MAX_ID = 200
_FIRST = date(1800, 1, 1)


class Judge:
    """Judges found texts one after another; remembers ids, so that no two different bodies share one."""

    def __init__(self) -> None:
        self._languages = Languages()
        self._bodies: dict[bytes, bytes] = {}

    def judge(self, found: Found) -> Dispatch | Skipped:
        """Return the dispatch, or the refusal that names its input."""
        try:
            text, published, timed = _dated(found)
            foreign = self._languages.foreign(text)
        except SourceError as error:
            return Skipped.of(error)
        if foreign:
            return Skipped(found.where, f"not English (it looks like {foreign!r})", "translate it first")
        return Dispatch(
            id=self._id_of(found, published, text),
            published=published,
            text=text,
            precision="minute" if timed else "day",
            title=_line(found.title),
            url=_line(found.url),
            publisher=_line(found.publisher),
            sources=tuple(filter(None, map(_line, found.sources))),
        )

    def _id_of(self, found: Found, published: datetime, text: str) -> str:
        mark = _digest(f"{published.isoformat()}\n{text}")
        given = (_line(found.id) or "")[:_MAX_ID]
        name = given or f"{_line(found.stem) or 'unnamed'}-{mark.hex()}"
        if self._bodies.setdefault(_digest(name), mark) != mark:
            return f"{name}~{mark.hex()}"
        return name


def _dated(found: Found) -> tuple[str, datetime, bool]:
    leading, text = split_leading(found.text)
    _check_body(found.where, text)
    stamp = found.stamp if found.stamp not in (None, "") else leading
    if stamp is None:
        raise SourceError(
            found.where,
            "no date",
            "begin it with 'date YYYY-MM-DD', or put the date in a header, field or file name",
        )
    try:
        published, timed = parse_stamp(stamp)
    except ValueError as error:
        raise SourceError(found.where, f"{str(stamp)[:40]!r} is no date", "write it as YYYY-MM-DD") from error
    _check_date(found, published.date())
    if timed:
        return text, published, True
    return text, datetime(published.year, published.month, published.day, tzinfo=UTC), False


def _check_date(found: Found, day: date) -> None:
    if day > found.latest + timedelta(days=1):
        reason = f"dated {day}, which is after the input itself ({found.latest})"
        raise SourceError(found.where, reason, "correct the date")
    if day < _FIRST:
        raise SourceError(found.where, f"dated {day}, before {_FIRST.year}", "correct the date")


def _check_body(where: str, text: str) -> None:
    if not text.strip():
        raise SourceError(where, "an empty body", "give the text of the dispatch after its date")
    if len(text) > MAX_BODY:
        reason = f"a body of {len(text):,} characters, more than the {MAX_BODY:,} of a dispatch"
        raise SourceError(where, reason, "cut it into its dispatches")
    if "\0" in text:
        raise SourceError(
            where, "NUL characters in the text", "give the text itself, not a binary export of it"
        )
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            reason = f"half a surrogate pair at character {error.start}"
            raise SourceError(where, reason, "write characters beyond U+FFFF whole") from error


def _line(value: str | None) -> str | None:
    """One line of clean text for a field, or None."""
    if not value:
        return None
    clean = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(clean.split()) or None


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
