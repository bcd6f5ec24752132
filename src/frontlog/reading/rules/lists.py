"""Lists of names that the parser lost: "A, B (C), D near the border and E" read on the surface."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.rules.parsed import Parsed

_UP = "A-ZÀ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİŁŃŅŇŌŎŐŒŘŚŜŞŠŢŤŨŪŬŮŰŴŶŹŻŽƏȘȚ"
_NAME = (
    rf"(?:[{_UP}][\w'’`-]*|(?:al|el|as|ash|az|ad|ar|ed)-[{_UP}][\w'’-]*)(?: "
    rf"(?:[{_UP}][\w'’`-]*|(?:al|el|as|ad)-\w+))*"
)
_ASIDE = (
    r"(?: \([^)]{1,40}\))?"
    r"(?:,? (?:located |some |about |around )*\d[\d.,]* ?(?:miles|km|kilomet(?:er|re)s) [^,;.]{3,60})?"
    r"(?:,? (?:near|in|on) [^,;.]{3,40}?)?"
)
_BEFORE = re.compile(rf"(?:{_NAME}, )*{_NAME},? and (?:the )?$")
_EACH = re.compile(_NAME)
_ALONG = re.compile(rf"\b(?:along|together) with (?:the (?:towns?|city|cities) of )?(?P<name>{_NAME})")
_CAPITAL = r"(?:the )?(?:provincial )?capital of (?:the )?(?:\w+ )?province (?:of )?"
_ITEM = re.compile(
    rf"{_ASIDE}(?P<link>,? and |,? as well as |, )(?:(?:the )?(?:towns?|city|"
    rf"village|district) of )?(?P<capital>{_CAPITAL})?(?:the )?(?P<name>{_NAME})"
)


def extended(parsed: Parsed, text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Follow a list on from its last name; without an "and" what follows a comma is only a container."""
    if not spans:
        return ()
    found: list[Span] = []
    pending: list[Span] = []
    position = max(span.end for span in spans)
    while match := _ITEM.match(text, position, parsed.sentence.span.end):
        start = match.start("capital") if match["capital"] else match.start("name")
        span = Span(start + 4 * text.startswith("the ", start), match.end("name"))
        token = parsed.token_at(span.end - 1)
        if token is None or not _can_be_place(parsed, token):
            break
        pending.append(span)
        position = span.end
        if match["link"].strip() != ",":
            found += pending
            pending = []
    return (*spans, *(span for span in found if not any(span.overlaps(other) for other in spans)))


def with_earlier(parsed: Parsed, text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Lead a list of subjects back to its first name: of "A, B and C fell" the parser may keep only C."""
    if not spans:
        return ()
    first = min(span.start for span in spans)
    match = _BEFORE.search(text, parsed.sentence.span.start, first)
    if match is None:
        return tuple(spans)
    found = [Span(item.start(), item.end()) for item in _EACH.finditer(text, match.start(), match.end())]
    tokens = [parsed.token_at(span.end - 1) for span in found]
    if not all(token is not None and _stands_in_list(parsed, token) for token in tokens):
        return tuple(spans)
    return (*found, *spans)


def told_along(parsed: Parsed, text: str, spans: Sequence[Span], after: int) -> tuple[Span, ...]:
    """ "A was taken along with B and C": the places that share its fate."""
    match = _ALONG.search(text, after, parsed.sentence.span.end)
    if match is None or not spans:
        return tuple(spans)
    first = Span(match.start("name"), match.end("name"))
    token = parsed.token_at(first.end - 1)
    if token is None or token.i not in parsed.mentions:
        return tuple(spans)
    return tuple(dict.fromkeys((*spans, *extended(parsed, text, (first,)))))


def _stands_in_list(parsed: Parsed, token: Token) -> bool:
    return token.i in parsed.mentions and not parsed.is_country(token)


def _can_be_place(parsed: Parsed, token: Token) -> bool:
    if token.dep_ in ("nsubj", "nsubjpass") or token.ent_type_ in ("NORP", "DATE"):
        return False
    following = parsed.doc[token.i + 1] if token.i + 1 < len(parsed.doc) else None
    if following is not None and (parsed.means(following, "force") or following.text == "-"):
        return False
    return token.i in parsed.mentions or parsed.is_unknown_name(token)
