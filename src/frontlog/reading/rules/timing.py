"""Which of a sentence's times belongs to a claim, and which claims are background without a time."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import Span, Standing
from frontlog.reading.rules import grammar
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed

_BACKGROUND = frozenset(("acl", "relcl"))
_LASTING = ("hold", "besiege")


def time_of(parsed: Parsed, hit: Hit, times: Sequence[Span]) -> Span | None:
    """The time that stands nearest above or under the cue, unless another verb owns it."""
    owner_verb = hit.head if grammar.is_verb(hit.head) else grammar.governor(hit.head)
    best: tuple[int, Span] | None = None
    for span in times:
        if not parsed.sentence.span.contains(span):
            continue
        token = parsed.token_at(span.start)
        if token is None or _is_limit(parsed, token):
            continue
        rank = _rank(parsed, hit, owner_verb, token, span)
        if rank and _is_before(hit):
            continue
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, span)
    return best[1] if best else None


def _is_before(hit: Hit) -> bool:
    """ "fell on Monday after weeks of siege": the day is the fall's, not the siege's."""
    noun = hit.head
    while hit.cue.pos == "N" and hit.cue.kind == "besiege" and noun.dep_ == "pobj":
        if noun.head.lower_ in ("after", "following"):
            return True
        noun = noun.head.head if noun.head.lower_ == "of" else noun.head
    return False


def _is_limit(parsed: Parsed, token: Token) -> bool:
    """ "before the deadline of 11 September": a time by which, not when."""
    before = [t.lower_ for t in parsed.doc[max(0, token.i - 4) : token.i]]
    return "before" in before or "deadline" in before


def _rank(parsed: Parsed, hit: Hit, owner: Token | None, token: Token, span: Span) -> int | None:
    """0 where the cue itself governs the time, more the farther off; None where it is another's time."""
    inside = {t.i for t in parsed.doc if span.start <= parsed.offset + t.idx < span.end}
    top = token
    while top.i in inside and top.head != top:
        top = top.head
    if top in hit.tokens:
        return 0
    verb = top if grammar.is_verb(top) else grammar.governor(top)
    if verb is None:
        return 3 if owner is None else None
    if verb == hit.head or verb in hit.tokens:
        return 1
    if verb == owner:
        return 2
    if owner is None:
        return None
    if _borrows(owner, verb, parsed):
        return 4
    return None


def _borrows(verb: Token, other: Token, parsed: Parsed) -> bool:
    """Whether a verb may take the time of the verb above it: participles, conjuncts and complements may."""
    step = verb
    for _ in range(3):
        if step.dep_ in ("xcomp", "conj") or (step.dep_ == "advcl" and step.tag_ in ("VBG", "VBN")):
            step = step.head
            if step == other:
                return not parsed.signals(step, "report")
        else:
            return False
    return False


def is_background(parsed: Parsed, hit: Hit, standing: Standing) -> bool:
    """ "the recently captured town", "the town seized by rebels": told as known already."""
    if standing == "planned":
        return False
    if _is_before(hit):
        return True
    head = hit.head
    if hit.cue.kind == "hold" and hit.cue.pos == "V" and head.dep_ == "acl" and head.tag_ == "VBN":
        return True
    if hit.cue.kind in _LASTING:
        return head.tag_ == "VBD" and any(
            c.lower_ in ("formerly", "previously", "once") for c in head.children
        )
    if hit.cue.pos == "V":
        if head.dep_ == "amod" or _is_measured_from(head):
            return True
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in head.children):
            return False
        if head.dep_ == "relcl" and head.tag_ == "VBD" and _main_tense(head) == "VBD":
            return False
        if head.dep_ in _BACKGROUND and head.tag_ in ("VBN", "VBD"):
            return not any(c.lower_ in ("has", "have") for c in head.children)
        return any(c.lower_ == "had" and c.dep_ == "aux" for c in head.children) and not _reported(
            parsed, head
        )
    return False


def _is_measured_from(verb: Token) -> bool:
    """ "a month after they took the capital": a day that only the main clause's own could tell."""
    marked = any(c.dep_ == "mark" and c.lower_ in ("after", "before") for c in verb.children)
    return verb.dep_ == "advcl" and marked and any(c.dep_ == "npadvmod" for c in verb.children)


def _main_tense(verb: Token) -> str:
    """The tense of the clause that a relative clause stands in."""
    above = grammar.governor(verb)
    while above is not None and above.tag_ == "VBG":
        above = grammar.governor(above)
    return above.tag_ if above is not None else ""


def _reported(parsed: Parsed, verb: Token) -> bool:
    return any(parsed.signals(ancestor, "report") for ancestor in verb.ancestors)
