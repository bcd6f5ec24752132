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


def _can_be_place(parsed: Parsed, token: Token) -> bool:
    if token.dep_ in ("nsubj", "nsubjpass") or token.ent_type_ in ("NORP", "DATE"):
        return False
    following = parsed.doc[token.i + 1] if token.i + 1 < len(parsed.doc) else None
    if following is not None and (parsed.means(following, "force") or following.text == "-"):
        return False
    return token.i in parsed.mentions or parsed.is_unknown_name(token)
