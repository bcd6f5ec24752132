"""Saved web pages: the article, without menus and scripts, with its title, date and publisher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from frontlog.errors import MissingExtraError, SourceError
from frontlog.sources.encoding import is_binary
from frontlog.sources.items import Found, Opened, Skipped
from frontlog.sources.text import read_text_bytes

_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. ``day`` is the day its own markup says it was published."""

    text: str
    day: str | None
    title: str | None
    url: str | None
    publisher: str | None


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give the article of one saved page; the file's name dates a page that does not date itself."""
    data = read_text_bytes(opened, _LARGEST)
    page = article(data, opened.where, opened.latest)
    yield Found(
        where=opened.where,
        stem=opened.stem,
        text=page.text,
        latest=opened.latest,
        stamp=page.day or opened.named,
        title=page.title,
        url=page.url,
        publisher=page.publisher,
    )


def article(data: bytes, where: str, latest: date, url: str | None = None) -> Page:
    """Extract the article of a page's bytes; raises SourceError where there is none."""
    if is_binary(data[:4096]):
        raise SourceError(where, "a binary file, not a web page", "save the page as HTML")
    extracted = _extract(data, where, latest, url)
    text = (extracted.text or "").strip() if extracted else ""
    if not text:
        raise SourceError(where, "a page without an article", "save the article's own page, or its text")
    return Page(text, extracted.date, extracted.title, extracted.url or url, extracted.sitename)


def _extract(data: bytes, where: str, latest: date, url: str | None) -> Any:
    trafilatura = library()
    dating = {"extensive_search": False, "original_date": True, "max_date": latest.isoformat()}
    try:
        tree = trafilatura.load_html(data)
        if tree is None:
            return None
        _bracket_captions(tree)
        return trafilatura.bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=dating
        )
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        # What the library lets through on mangled markup: the page is lost, the run is not.
        raise SourceError(where, f"markup that cannot be read ({error})", "save the page again") from error


def _bracket_captions(tree: Any) -> None:
    """Put each picture's caption behind it as a bracketed paragraph, since extraction drops figures."""
    for caption in list(tree.iter("figcaption")):
        words = " ".join(caption.text_content().split())
        if words:
            figure = next(caption.iterancestors("figure"), caption)
            paragraph = tree.makeelement("p")
            paragraph.text = f"[{words}]"
            figure.addnext(paragraph)


def library() -> ModuleType:
    """Return trafilatura; raises MissingExtraError where it is not installed."""
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError("reading web pages", "html") from error
    return trafilatura
