"""Web archives (WARC, also as CC-NEWS has them): every archived page, dated by itself or by its crawl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from types import ModuleType
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from frontlog.errors import MissingExtraError, SourceError
from frontlog.sources.encoding import decode
from frontlog.sources.html import article
from frontlog.sources.items import Found, Opened, Skipped

_LARGEST = 10_000_000
_PAGES = ("text/html", "application/xhtml+xml")


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give every page; requests and the archive's own notes are no input, other types are refused."""
    fastwarc = _library()
    kinds = fastwarc.WarcRecordType
    wanted = kinds.response | kinds.resource | kinds.conversion
    archive = fastwarc.ArchiveIterator(
        _Forward(opened.stream),
        record_types=wanted,
        auto_decode="all",
        stream_detect=False,
        fsspec_args=False,
    )
    empty = True
    for number, record in enumerate(_records(archive, opened.where), start=1):
        empty = False
        where = f"{opened.where}, record {number}"
        try:
            yield _found(record, where, opened)
        except SourceError as error:
            yield Skipped.of(error)
    if empty:
        raise SourceError(opened.where, "an archive without pages", "give a WARC with response records")


class _Forward:
    """A stream that can only be read on: the library tries to seek wherever a ``seek`` exists."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._taken += len(data)
        return data

    def tell(self) -> int:
        return self._taken


def _records(archive: Any, where: str) -> Iterator[Any]:
    try:
        yield from archive
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        if isinstance(error.__cause__, SourceError):
            raise error.__cause__ from error
        raise SourceError(where, f"a damaged web archive ({error})", "fetch the archive again") from error


def _found(record: Any, where: str, opened: Opened) -> Found:
    url = record.headers.get("WARC-Target-URI")
    crawled = _crawled(record, opened)
    media = _media(record)
    status = record.http_headers.status_code if record.is_http and record.http_headers else None
    if status not in (None, 200):
        raise SourceError(where, f"an answer with status {status}", "nothing to do: it holds no article")
    data = _payload(record, where)
    found = Found(where=where, stem=opened.stem, text="", latest=crawled, stamp=crawled, url=url)
    if media in _PAGES:
        page = article(data, where, crawled, url)
        publisher = page.publisher or (urlsplit(url).hostname if url else None)
        return replace(
            found, text=page.text, stamp=page.day or crawled, title=page.title, publisher=publisher
        )
    if media == "text/plain":
        return replace(found, text=decode(data, where), publisher=urlsplit(url).hostname if url else None)
    raise SourceError(
        where, f"of type {media or 'unknown'}, not a page", "nothing to do: it holds no article"
    )


def _crawled(record: Any, opened: Opened) -> date:
    try:
        day: date = record.record_date.astimezone(UTC).date()
        return min(day, opened.latest)
    except (AttributeError, ValueError, OverflowError):
        return opened.latest


def _media(record: Any) -> str:
    named = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (named or "").partition(";")[0].strip().lower()


def _payload(record: Any, where: str) -> bytes:
    try:
        data = bytes(record.reader.read(_LARGEST + 1))
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        raise SourceError(where, f"a damaged page ({error})", "fetch the page again") from error
    if len(data) > _LARGEST:
        raise SourceError(where, f"a page of more than {_LARGEST:,} bytes", "nothing to do: it is no article")
    return data


def _library() -> ModuleType:
    try:
        import fastwarc.warc
    except ImportError as error:
        raise MissingExtraError("reading web archives", "warc") from error
    return fastwarc.warc
