"""What a cue needs beside its words, and whether the sentence meets it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.reading.rules import grammar
from frontlog.reading.rules.candidate import OF_PLACES
from frontlog.reading.rules.context import stands_for
from frontlog.reading.rules.hits import Hit
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.quantities import of_quantity
from frontlog.reading.rules.slots import fill
from frontlog.reading.rules.where import locative

_OF_PERSONS = frozenset(["capture", "hold", "take", "keep", "free", "leave", "kill", "lose"])


def met(parsed: Parsed, hit: Hit, need: str, agents: Sequence[Token]) -> bool:
    slot, _, meaning = need.partition(":")
    if not meaning:
        return _is_met(parsed, hit, need, agents)
    if slot == "agent":
        if not agents:
            return hit.cue.pos == "N" and hit.cue.kind != "hold"
        return any(_fits(parsed, token, meaning) for token in agents)
    if slot == "loc":
        return bool(locative(parsed, hit))
    of_place = meaning in ("place", "settlement", "site", "road")
    found = fill(parsed, hit, (slot,), "place" if of_place else "agent_or_place")
    found = [*found, *(of_quantity(parsed, found) if of_place else ())]
    if meaning == "being" and any(may_be_place(parsed, hit, token) for token in found):
        return False
    return any(
        _fits(parsed, token, meaning) or (of_place and may_be_place(parsed, hit, token)) for token in found
    )


def _listed(parsed: Parsed, token: Token) -> bool:
    return (
        any(
            t.i in parsed.mentions or (t.dep_ == "appos" and not parsed.fits(t, "being"))
            for t in token.children
        )
        or len(grammar.members(token)) > 2
    )


def may_be_place(parsed: Parsed, hit: Hit, token: Token) -> bool:
    """Whether an unknown name after a verb of control is a place: not where it may as well be a captive."""
    if hit.cue.kind not in OF_PLACES and hit.cue.kind != "arrest":
        return False
    if not parsed.is_unknown_name(token):
        return False
    listed = _listed(parsed, token)
    if hit.head.lemma_ == "hold" and len(hit.tokens) == 1:
        return token.ent_type_ in ("GPE", "LOC", "FAC")
    if hit.cue.kind == "arrest":
        return listed or (
            token.ent_type_ != "PERSON" and hit.head.lemma_ in ("capture", "seize", "recapture")
        )
    return token.ent_type_ != "PERSON" or listed or hit.head.lemma_ not in _OF_PERSONS


def _is_met(parsed: Parsed, hit: Hit, need: str, agents: Sequence[Token]) -> bool:
    if need == "victim":
        return all(_can_suffer(parsed, t) for t in fill(parsed, hit, ("obj", "comp"), "place")[:1])
    if need == "finite":
        return hit.head.tag_ != "VBG"
    if need == "named":
        return hit.head.dep_ != "amod" or bool(agents) or bool(parsed.mentions)
    if need == "vain":
        return any(child.lower_ == "no" for child in hit.head.children) or _is_negated(hit.head)
    if need == "closing":
        return _closes(parsed, hit)
    if need == "going":
        return hit.head.tag_ != "VB"
    if need == "doer":
        return bool(agents)
    if need == "bare":
        return not any(child.dep_ == "dobj" for child in hit.head.children)
    if need in ("lasting", "onset"):
        return (need == "lasting") == _lasts(hit.head)
    if need == "thing":
        return not any(parsed.fits(t, "being") for t in fill(parsed, hit, ("obj", "of"), "place")[:1])
    return True


def _closes(parsed: Parsed, hit: Hit) -> bool:
    """Whether nothing that the cue could belong to follows it: "A was next.", not "A is next to B"."""
    i = hit.last.i + 1
    follows = parsed.doc[i] if i < len(parsed.doc) else None
    bare = hit.last.i - hit.head.i == 1
    return bare and (follows is None or follows.pos_ in ("PUNCT", "CCONJ", "SCONJ"))


def _is_negated(noun: Token) -> bool:
    """ "did not see any sense in": the verb over a noun says no."""
    verb = grammar.governor(noun)
    return verb is not None and any(child.dep_ == "neg" for child in verb.children)


def _lasts(verb: Token) -> bool:
    """ "occupied by", "fighters occupying A", "rebels occupy A": a state; "they occupied A": a change."""
    return grammar.is_passive(verb) or verb.tag_ in ("VBG", "VBP")


def _can_suffer(parsed: Parsed, token: Token) -> bool:
    """ "attacked the comments", "shot rubber bullets" use no force on anybody."""
    if token.pos_ != "NOUN":
        return True
    return any(
        parsed.fits(token, m) for m in ("being", "force", "place", "thing", "office")
    ) or parsed.is_pronoun(token)


def _fits(parsed: Parsed, token: Token, meaning: str) -> bool:
    if stands_for(token) and meaning in ("force", "actor", "being"):
        return meaning != "being" or token.lower_ not in ("it", "these", "those", "this", "that", "which")
    if meaning == "place" and parsed.is_pronoun(token):
        return token.lower_ in ("it", "which", "them", "these")
    return parsed.fits(token, meaning)
