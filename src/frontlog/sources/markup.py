"""Markup to plain text, for feeds and mail: blocks become paragraphs, scripts and styles are dropped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "figure", "figcaption", "section",
     "article", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "head"))


def plain(markup: str) -> str:
    """Return the text of a piece of HTML, one paragraph a block; text without tags comes back as it is.

    >>> plain("<p>Herat &amp; Farah</p><script>alert(1)</script><p>fell.</p>")
    'Herat & Farah\\n\\nfell.'
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parser = _Plain()
    parser.feed(markup)
    parser.close()
    return parser.text()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self._parts.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _BLOCKS:
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        paragraphs = (part.strip() for part in re.split(r"\n\n+", "".join(self._parts)))
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
