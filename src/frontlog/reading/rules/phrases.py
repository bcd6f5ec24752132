"""The words of a noun phrase that a claim quotes: the head and what names it, without its article."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.rules.parsed import Parsed

_LEFT = (
    "compound",
    "amod",
    "nmod",
    "poss",
    "nummod",
    "punct",
    "npadvmod",
    "case",
    "quantmod",
    "advmod",
    "appos",
)
_TIMES = ("DATE", "TIME")
_NAMING = ("of", "from", "-")
_DROPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "our",
        "this",
        "that",
        "these",
        "those",
        "some",
        "several",
        "many",
        "dozens",
        "at",
        "least",
        "more",
        "than",
        "about",
        "around",
        "nearly",
        "almost",
        "over",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "dozen",
        "hundreds",
        "thousands",
        "other",
        "additional",
        "suspected",
        "alleged",
        "up",
        "to",
        "as",
        "many",
        "former",
        "dead",
        "least",
        "most",
        "all",
        "both",
        "each",
        "every",
        "any",
        "another",
    ]
)


def span_of(parsed: Parsed, head: Token) -> Span:
    """The head with the modifiers that stand before it and an ``of`` phrase that names it."""
    mention = parsed.mention(head)
    if mention is not None:
        return mention.span
    name = next(
        (
            c
            for c in head.children
            if c.dep_ == "appos" and c.ent_type_ == "PERSON" and parsed.means(head, "person")
        ),
        None,
    )
    if name is not None:
        return span_of(parsed, name)
    tokens = [head, *_left(head)]
    tokens += _right(head)
    tokens = _trimmed(tokens, head)
    return parsed.span(tokens)


def _left(head: Token) -> list[Token]:
    found: list[Token] = []
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _LEFT or child.lower_ in (",", ":", ";", "(", ")", '"', "“", "”"):
            break
        found += list(child.subtree)
    kept: list[Token] = []
    expected = head.i - 1
    for token in sorted(found, key=lambda t: -t.i):
        if token.i != expected:
            break
        kept.append(token)
        expected -= 1
    return kept


def _right(head: Token) -> list[Token]:
    last = head.i
    found: list[Token] = []
    for child in head.rights:
        if child.dep_ == "punct" and child.text in ("-", "–"):
            found.append(child)
            last = child.i
        elif (
            child.dep_ == "prep"
            and child.i == last + 1
            and (child.lower_ in _NAMING or _in_name(head, child))
        ):
            phrase = [t for t in child.subtree if not _beyond(t, child)]
            found += phrase
            last = max([last, *(t.i for t in phrase)])
        elif child.dep_ == "amod" and child.lower_ == "loyal" and child.i == last + 1:
            found += list(child.subtree)
            break
        else:
            break
    return found if _contiguous(head, found) else []


def _in_name(head: Token, prep: Token) -> bool:
    """ "Observatory for Human Rights": a preposition inside a name."""
    follows = prep.doc[prep.i + 1] if prep.i + 1 < len(prep.doc) else None
    return head.pos_ == "PROPN" and follows is not None and follows.pos_ == "PROPN" and prep.lower_ == "for"


def _beyond(token: Token, prep: Token) -> bool:
    """Whether a token of an ``of`` phrase belongs to a clause or a list that only follows it."""
    while token != prep:
        if token.dep_ in ("relcl", "acl", "advcl", "appos", "conj", "cc", "punct", "parataxis"):
            return not (token.dep_ == "punct" and token.text == "-")
        if token.dep_ == "prep" and token.lower_ != "of" and token.head != prep:
            return True
        token = token.head
    return False


def _contiguous(head: Token, tokens: list[Token]) -> bool:
    return sorted(t.i for t in tokens) == list(range(head.i + 1, head.i + 1 + len(tokens)))


def _after_opening(ordered: list[Token], head: Token) -> list[Token]:
    """ "In A, the army": what the sentence opens with is no part of the name."""
    comma = next((n for n, t in enumerate(ordered) if t.text == "," and t.i < head.i), None)
    opens = ordered[0].pos_ == "ADP" and comma is not None
    return ordered[comma + 1 :] if opens and comma is not None else ordered


def _trimmed(tokens: list[Token], head: Token) -> list[Token]:
    ordered = _after_opening(sorted(tokens, key=lambda t: t.i), head)
    while ordered[0] != head and (
        ordered[0].lower_ in _DROPPED
        or ordered[0].pos_ in ("DET", "PUNCT")
        or ordered[0].like_num
        or (ordered[0].ent_type_ in _TIMES and head.ent_type_ not in _TIMES)
    ):
        ordered.pop(0)
    return ordered
