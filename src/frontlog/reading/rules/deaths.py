"""How many were killed, by which claim of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.numbers import numbers
from frontlog.reading.rules import grammar
from frontlog.reading.rules.parsed import Parsed

_VAGUE = frozenset(["dozens", "hundreds", "scores", "thousands"])


def killed(parsed: Parsed, text: str) -> list[tuple[Token, int, Token | None]]:
    """Each count of the dead in a sentence: the word of death, the number, and the noun counted."""
    found = []
    counts = list(numbers(parsed.sentence.span.of(text)))
    for token in parsed.doc:
        if not parsed.signals(token, "dead") and token.lemma_ not in ("death", "casualty"):
            continue
        counted = _counted(token)
        number = _number(parsed, token, counted, counts)
        if number is not None:
            found.append((token, number, counted))
    return found


def _counted(token: Token) -> Token | None:
    if grammar.is_verb(token):
        heads = grammar.patients(token) or (grammar.subjects(token) if token.lemma_ == "die" else [])
        return heads[0] if heads else None
    if token.dep_ in ("acomp", "oprd", "amod", "attr", "ccomp", "acl", "advcl"):
        siblings = [c for c in token.head.children if c.dep_ in ("dobj", "nsubj") and c.i < token.i]
        own = [c for c in token.children if c.dep_ in ("nsubj", "nummod")]
        near = own or siblings[-1:]
        return near[0] if near else None
    of = grammar.prepositional(token, "of")
    return of[0] if of else token


def _number(
    parsed: Parsed, token: Token, counted: Token | None, counts: Sequence[tuple[Span, int]]
) -> int | None:
    for head in (counted, token):
        if head is None:
            continue
        begin = min((t.idx for t in head.subtree if t.i <= head.i), default=head.idx)
        inside = [v for span, v in counts if begin <= span.start <= head.idx + len(head.text)]
        if inside and not _percent(parsed, head):
            return inside[0] + (_with_others(head, counts) if head == counted else 0)
        singular = head.tag_ == "NN" and any(c.lower_ in ("a", "an") for c in head.children)
        if singular and (
            parsed.means(head, "civilian") or parsed.means(head, "force") or parsed.means(head, "person")
        ):
            return 1
        if head.ent_type_ == "PERSON" and head == counted and head.tag_ == "NNP":
            return 1
    return None


def _with_others(head: Token, counts: Sequence[tuple[Span, int]]) -> int:
    """ "killed three airmen and four civilians": those counted beside the first."""
    total = 0
    for other in grammar.members(head)[1:]:
        begin = min((t.idx for t in other.subtree if t.i <= other.i), default=other.idx)
        own = [v for span, v in counts if begin <= span.start <= other.idx]
        total += own[0] if own and any(c.dep_ == "nummod" for c in other.children) else 0
    return total


def _percent(parsed: Parsed, head: Token) -> bool:
    return head.i + 1 < len(parsed.doc) and parsed.doc[head.i + 1].lower_ in ("%", "percent")
