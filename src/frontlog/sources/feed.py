"""RSS and Atom: each entry's text as the feed gives it, with its time, title and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from types import ModuleType
from typing import Any

from frontlog.errors import MissingExtraError, SourceError
from frontlog.sources.items import Found, Opened, Skipped
from frontlog.sources.markup import plain
from frontlog.sources.text import read_text_bytes

_LARGEST = 16_000_000
_ENTITY = re.compile(
    rb"<!\s*ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y|\x00<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.I
)


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give each entry of a feed file; a feed that declares entities of its own is refused."""
    data = read_text_bytes(opened, _LARGEST)
    feed = parse(data, opened.where)
    if not feed.entries:
        raise SourceError(opened.where, "a feed without entries, or no feed", "give an RSS or Atom file")
    publisher = plain(feed.feed.get("title", "")) or None
    for number, entry in enumerate(feed.entries, start=1):
        yield _found(entry, f"{opened.where}, entry {number}", opened, publisher)


def parse(data: bytes, where: str) -> Any:
    """Parse a feed's bytes; entity declarations raise SourceError, since bombs are made of them."""
    if _ENTITY.search(data):
        raise SourceError(
            where, "a feed that declares XML entities", "remove the declarations, if you trust it"
        )
    try:
        return _library().parse(data, sanitize_html=True, resolve_relative_uris=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        LookupError,
        AssertionError,
    ) as error:
        # What the library lets through on mangled XML: the feed is lost, the run is not.
        raise SourceError(where, f"a feed that cannot be read ({error})", "fetch the feed again") from error


def _found(entry: Any, where: str, opened: Opened, publisher: str | None) -> Found:
    title = plain(str(entry.get("title") or "")) or None
    bodies = [str(content.get("value") or "") for content in entry.get("content") or ()]
    text = max((plain(body) for body in (*bodies, str(entry.get("summary") or ""))), key=len)
    source = entry.get("source") or {}
    return Found(
        where=where,
        stem=opened.stem,
        text=text or title or "",
        latest=opened.latest,
        stamp=instant_of(entry),
        title=title,
        url=str(entry.get("link") or "") or None,
        publisher=publisher,
        sources=(str(source["title"]),) if source.get("title") else (),
    )


def instant_of(entry: Any) -> datetime | None:
    """When an entry was published, or else last changed, in UTC."""
    for name in ("published_parsed", "updated_parsed"):
        # Past the library's own lookup, which answers one of the names with the other.
        value = dict.get(entry, name)
        if isinstance(value, struct_time):
            try:
                return datetime(*value[:5], tzinfo=UTC)
            except ValueError:
                continue
    return None


def _library() -> ModuleType:
    try:
        import feedparser  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("reading RSS and Atom", "feeds") from error
    return feedparser  # type: ignore[no-any-return]
