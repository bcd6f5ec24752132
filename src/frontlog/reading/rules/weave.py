"""What the candidates of one sentence owe to each other: deaths, paraphrases, sides, agents of plans."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import FAMILIES
from frontlog.reading.rules import grammar
from frontlog.reading.rules.candidate import Candidate
from frontlog.reading.rules.deaths import killed
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of

_VIOLENT = frozenset(FAMILIES["violence"]) - {"arrest", "abduct", "destroy"}
_HURTS = frozenset(
    ["kill", "wound", "injure", "behead", "shoot", "execute", "murder", "massacre", "slaughter"]
)
_GENERIC = frozenset(
    ["attack", "assault", "violence", "raid", "offensive", "killing", "shooting", "massacre"]
)

_SUFFERED = (("fall",), ("be", "next"))


def weave(parsed: Parsed, text: str, found: list[Candidate], earlier: Sequence[Candidate]) -> list[Candidate]:
    """Merge what tells one happening twice, and lend deaths, targets and agents across."""
    kept = _absorb_killings(found)
    kept = [c for c in _drop_paraphrases(kept) if not _told_again(c, earlier)]
    _lend_sides(kept, earlier)
    _give_deaths(parsed, text, kept, earlier)
    return kept


def _absorb_killings(found: list[Candidate]) -> list[Candidate]:
    """ "a bombing kills ten", "ten are killed in a raid": the killing belongs to the event."""
    kept: list[Candidate] = []
    for candidate in found:
        event = _event_of_killing(candidate, found)
        if event is None:
            if candidate.head.lemma_ in ("wound", "injure") and not candidate.agents:
                continue
            kept.append(candidate)
            continue
        if not event.targets:
            event.targets = candidate.targets or event.targets
        if not event.agents and candidate.agents and not _is_event(candidate.agent_heads, found):
            event.agents = candidate.agents
    return kept


def _event_of_killing(killing: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    if killing.kind != "attack" or killing.hit.cue.pos != "V" or killing.head.lemma_ not in _HURTS:
        return None
    verb = killing.head
    acts = (
        killing.agents
        and killing.targets
        and verb.dep_ in ("ROOT", "ccomp")
        and not _is_event(killing.agent_heads, found)
    )
    if killing.head.dep_ == "conj" and any(c.head == verb.head and c.head.lemma_ in _HURTS for c in found):
        return next(c for c in found if c.head == verb.head)
    for event in found:
        if event is killing or event.kind not in _VIOLENT or event.head.lemma_ in _HURTS:
            continue
        if event.head in killing.agent_heads or any(
            event.head in set(h.subtree) for h in killing.agent_heads
        ):
            return event
        if acts and event.kind == "clash":
            continue
        if (
            event.head in verb.subtree
            and event.head.i > verb.i
            and not any(event.head in set(t.subtree) for t in killing.target_heads)
        ):
            return event
        if verb.dep_ in ("advcl", "conj", "relcl", "acl") and (
            verb.head == event.head or verb.head in event.hit.tokens or event.head.head == verb.head
        ):
            return event
    return None


def _is_event(heads: Sequence[Token], found: Sequence[Candidate]) -> bool:
    return any(candidate.head in heads for candidate in found)


def _drop_paraphrases(found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for candidate in found:
        if not any(_same(candidate, other) for other in kept) and not _generic_beside(candidate, found):
            kept.append(candidate)
    return kept


def _told_again(candidate: Candidate, earlier: Sequence[Candidate]) -> bool:
    """ "The fighters who took the crossing", "the withdrawal": what an earlier sentence told as news."""
    if candidate.kind not in ("take", "leave", "attack", "clash", "strike", "bomb"):
        return False
    head = candidate.head
    definite = any(c.lower_ in ("the", "this") for c in head.children) and candidate.hit.cue.pos == "N"
    if definite and candidate.kind == "attack" and head.lemma_ in _GENERIC:
        return any(other.kind in _VIOLENT for other in earlier)
    if _suffered(candidate):
        elsewhere = set(candidate.places) if not candidate.in_context else set()
        return any(other.kind in _VIOLENT and elsewhere <= set(other.places) for other in earlier)
    if not definite and head.dep_ not in ("relcl", "acl"):
        return False
    return any(
        other.kind == candidate.kind
        and (not candidate.places or set(candidate.places) <= set(other.places))
        and (candidate.kind in ("take", "leave") or definite)
        for other in earlier
    )


def repeats(candidate: Candidate, earlier: Candidate, text: str) -> bool:
    """Whether one speaker only says again, in the same words, which place was taken or left."""
    told = {span.of(text) for span in candidate.places}
    return (
        candidate.kind == earlier.kind
        and candidate.kind in ("take", "leave")
        and candidate.hit.cue.words == earlier.hit.cue.words
        and candidate.head.sent.text != earlier.head.sent.text
        and bool(told)
        and told == {span.of(text) for span in earlier.places}
    )


def _suffered(candidate: Candidate) -> bool:
    """ "Ten people were killed": without a doer, the toll of what was told before."""
    verb = candidate.head
    return (
        candidate.kind == "attack"
        and candidate.hit.cue.pos == "V"
        and verb.lemma_ in ("kill", "wound", "injure")
        and not candidate.agents
        and grammar.is_passive(verb)
    )


def _same(one: Candidate, other: Candidate) -> bool:
    if one.kind != other.kind or one.kind in ("demand", "accuse", "talk"):
        return one.kind == other.kind and one.head.i == other.head.i
    places = not one.places or not other.places or bool(set(one.places) & set(other.places))
    agents = not one.agents or not other.agents or bool(set(one.agents) & set(other.agents))
    return places and agents and one.extent == other.extent and not _apart(one, other)


def _apart(one: Candidate, other: Candidate) -> bool:
    """Verbs joined by "and" with objects of their own tell two things."""
    return (
        one.kind in ("take", "leave", "advance")
        and one.places != other.places
        and bool(one.places)
        and bool(other.places)
    )


def _generic_beside(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """ "the attack" beside a bombing or an air strike is that same happening."""
    if candidate.kind != "attack" or candidate.hit.cue.pos != "N" or candidate.head.lemma_ not in _GENERIC:
        return False
    return any(
        other is not candidate
        and other.kind in ("bomb", "strike", "clash", "attack", "abduct")
        and other.hit.cue.pos == "N"
        and (other.head.i < candidate.head.i or other.kind != "attack")
        and (not candidate.agents or not other.agents or candidate.agents == other.agents)
        for other in found
    )


def _lend_sides(found: Sequence[Candidate], earlier: Sequence[Candidate]) -> None:
    """Losers from those who leave or held; agents of a plan from whoever moves to carry it out."""
    for candidate in found:
        if candidate.kind in ("leave", "besiege", "clash", "attack") and (
            candidate.in_context or not candidate.places
        ):
            taken = next((c for c in found if c.kind == "take" and c.places), None)
            if taken is not None:
                candidate.places, candidate.extent = (
                    taken.places,
                    taken.extent if candidate.kind == "leave" else None,
                )
        if candidate.kind == "take" and not candidate.agents and candidate.hit.cue.words in _SUFFERED:
            next_one = candidate.hit.cue.words == ("be", "next")
            takers = [
                c
                for c in (*found, *reversed(earlier))
                if c.kind in ("take", "advance")
                and c.agents
                and not (next_one and c.ahead)
                and (set(c.places) & set(candidate.places) or (next_one and c.kind == "take"))
            ]
            candidate.agents = list(takers[0].agents) if takers else []
        if candidate.kind == "take" and not candidate.agents:
            movers = [
                c for c in found if c.kind == "advance" and c.agents and candidate.head in set(c.head.subtree)
            ]
            candidate.agents = list(movers[0].agents) if movers else []
        if candidate.kind == "take" and not candidate.targets:
            losers = [
                c
                for c in found
                if c.kind in ("leave", "hold")
                and c.agents
                and set(c.agents) != set(candidate.agents)
                and set(c.places) & set(candidate.places)
            ]
            candidate.targets = list(losers[0].agents) if losers else []


def _give_deaths(parsed: Parsed, text: str, found: Sequence[Candidate], earlier: Sequence[Candidate]) -> None:
    for token, number, counted in killed(parsed, text):
        event = _nearest_event(token, found) or (earlier[-1] if earlier and not found else None)
        if event is None:
            event = next((c for c in reversed(earlier) if c.kind in _VIOLENT), None)
        if event is None or event.kind not in _VIOLENT or event.deaths is not None:
            continue
        event.deaths = number
        if not event.targets and counted is not None and event in found and _is_victim(parsed, counted):
            event.targets = [span_of(parsed, counted)]


def _is_victim(parsed: Parsed, counted: Token) -> bool:
    named = counted.pos_ in ("NOUN", "PROPN") and not counted.like_num
    return named and counted.lower_ != "people" and parsed.fits(counted, "being")


def _nearest_event(token: Token, found: Sequence[Candidate]) -> Candidate | None:
    violent = [c for c in found if c.kind in _VIOLENT]
    own = [c for c in violent if token in c.hit.tokens]
    if own:
        return own[0]
    verb = token if grammar.is_verb(token) else grammar.governor(token)
    tied = [
        c
        for c in violent
        if verb is not None and (c.head == verb or c.head in set(verb.subtree) or verb in set(c.head.subtree))
    ]
    return min(tied or violent, key=lambda c: abs(c.head.i - token.i), default=None)
