"""Roads as places: a road is what is cut or taken, not the towns that it links."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.rules.parsed import Parsed

_PLAIN = frozenset(("the", "a", "an", "its", "their"))
_LINKS = frozenset(("linking", "connecting", "joining"))
_ENDS = frozenset(("to", "with", "and"))
_DASHES = frozenset(("-", "–", "—", "/"))


def road_of(parsed: Parsed, head: Token) -> Token | None:
    """The noun that names a road: the head, one before it ("highway link"), or one after it ("A-B road")."""
    if parsed.means(head, "road"):
        return head
    after = _dashed(parsed, head)
    if after is not None:
        return after
    named = [c for c in head.children if c.dep_ in ("compound", "nmod") and parsed.means(c, "road")]
    return named[-1] if named and head.i not in parsed.mentions else None


def _dashed(parsed: Parsed, town: Token) -> Token | None:
    doc, i = parsed.doc, town.i + 1
    while i + 1 < len(doc) and doc[i].text in _DASHES and (last := _town(parsed, i + 1)) is not None:
        i = last.i + 1
    return doc[i] if town.i + 1 < i < len(doc) and parsed.means(doc[i], "road") else None


def road_span(parsed: Parsed, road: Token) -> Span:
    """The road with the words that describe it, and the towns it runs between: "old road from A to B"."""
    return parsed.span([_first(parsed, road), _last(parsed, road)])


def _first(parsed: Parsed, road: Token) -> Token:
    """Back over adjectives and names to where the noun phrase opens."""
    first = road
    while first.i > 0:
        before = parsed.doc[first.i - 1]
        named = before.i in parsed.mentions or before.pos_ in ("ADJ", "NOUN", "PROPN", "NUM")
        if before.lower_ in _PLAIN or not (named or before.text in _DASHES) or before.dep_ == "poss":
            break
        first = before
    return first


def _last(parsed: Parsed, road: Token) -> Token:
    """Forward over "between A and B", "from A to B", "to A", "linking A with B"."""
    if road.i + 2 >= len(parsed.doc):
        return road
    word = parsed.doc[road.i + 1].lower_
    one = _town(parsed, road.i + 2)
    if one is None or word not in ("between", "from", "to", *_LINKS):
        return road
    two = _town(parsed, one.i + 2) if one.i + 2 < len(parsed.doc) else None
    linked = two is not None and parsed.doc[one.i + 1].lower_ in _ENDS
    if linked and word != "to":
        return two or road
    return one if word == "to" else road


def _town(parsed: Parsed, i: int) -> Token | None:
    """The last token of the name that opens at ``i``."""
    last = None
    while i < len(parsed.doc) and _is_named(parsed, parsed.doc[i], last):
        last = parsed.doc[i]
        i += 1
    return last


def _is_named(parsed: Parsed, token: Token, before: Token | None) -> bool:
    mention = parsed.mention(token)
    if mention is not None:
        return before is None or mention is parsed.mention(before)
    if before is not None and parsed.mention(before) is not None:
        return False
    return parsed.is_unknown_name(token) or (before is not None and token.text == "-")
