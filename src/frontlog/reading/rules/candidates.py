"""From the hits of one sentence to candidates: cues whose needs are met, with their arguments."""

from __future__ import annotations

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.rules.acting import set_actors
from frontlog.reading.rules.candidate import Candidate
from frontlog.reading.rules.context import Told
from frontlog.reading.rules.gate import OPEN, STRONG
from frontlog.reading.rules.happening import (
    is_asked,
    is_eventive,
    is_idiom,
    is_label,
    is_past,
    is_undone,
    is_used,
)
from frontlog.reading.rules.hits import Hit, hits
from frontlog.reading.rules.holders import holders, under_control
from frontlog.reading.rules.lexicon import Cue
from frontlog.reading.rules.needs import met
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.placing import set_places
from frontlog.reading.rules.slots import fill
from frontlog.reading.rules.standing import standing


def candidates(parsed: Parsed, told: Told, weight: int) -> list[Candidate]:
    """Every cue of the sentence whose needs are met, one a place in the text."""
    found: list[Candidate] = []
    used: set[int] = set()
    for options in hits(parsed):
        if options[0].tokens[0].i in used:
            continue
        for hit in options:
            candidate = _try(parsed, told, hit, weight)
            if candidate is not None:
                candidate.ahead = standing(parsed, hit, denied=False) in ("planned", "denied")
                if _is_told(candidate):
                    told.tell_places(candidate.places)
                found.append(candidate)
                used |= {token.i for token in hit.tokens}
                break
    found += holders(parsed, told)
    found += under_control(parsed, told)
    return sorted(found, key=lambda candidate: candidate.cue)


def _try(parsed: Parsed, told: Told, hit: Hit, weight: int) -> Candidate | None:
    cue = hit.cue
    if "never" in cue.needs or is_label(parsed, hit) or is_idiom(parsed, hit) or is_past(parsed, hit.head):
        return None
    if is_asked(hit) or is_undone(parsed, hit):
        return None
    if "politics" in cue.needs and weight < OPEN:
        return None
    if "used" in cue.needs and not is_used(hit):
        return None
    if ("strong" in cue.needs and weight < STRONG) or not is_eventive(hit):
        return None
    agents = fill(parsed, hit, cue.agent, "agent")
    if "known" in cue.needs and weight < STRONG and not agents:
        return None
    targets = fill(parsed, hit, cue.target, "target")
    if cue.kind == "clash" and cue.pos == "N" and any(t.lower_ == "between" for t in hit.head.children):
        agents = fill(parsed, hit, ("between",), "agent") or agents
    if not all(met(parsed, hit, need, agents) for need in cue.needs):
        return None
    if cue.kind == "leave" and any(parsed.means(t, "envoy") or _travels(cue, t) for t in agents):
        return None
    if cue.kind == "leave" and any(
        parsed.means(t, "pact") for t in fill(parsed, hit, ("comp", "obj"), "place")
    ):
        return None
    candidate = Candidate(
        hit, cue.kind, _cue_span(parsed, hit), agents, [t for t in targets if t not in agents]
    )
    set_actors(parsed, told, candidate)
    set_places(parsed, told, candidate)
    if ("place" in cue.needs and not candidate.places) or ("aimed" in cue.needs and not candidate.targets):
        return None
    return candidate


def _travels(cue: Cue, agent: Token) -> bool:
    """ "Ansel Brod left the city": somebody without an office gives no place up."""
    beside = (c for c in agent.children if c.dep_ in ("compound", "appos", "amod"))
    titled = any(child.ent_type_ != "PERSON" for child in beside)
    return cue.words == ("leave",) and agent.ent_type_ == "PERSON" and not titled and agent.tag_ == "NNP"


def _is_told(candidate: Candidate) -> bool:
    """Whether a claim's places are what "the town" can mean after it: those where something happened."""
    told = bool(candidate.places) and not candidate.in_context and candidate.kind != "talk"
    return told and not candidate.ahead


def _cue_span(parsed: Parsed, hit: Hit) -> Span:
    first, last = hit.tokens[0], hit.last
    if first.lemma_ == "be" and len(hit.tokens) > 2:
        return parsed.span(hit.tokens[1:])
    if len(hit.tokens) > 1 and last.i - first.i > 4:
        return parsed.span(hit.tokens[:1])
    no = [c for c in first.children if c.lower_ == "no" and "vain" in hit.cue.needs]
    by = [c for c in first.children if c.lower_ == "by" and c.dep_ == "agent" and c.i == first.i + 1]
    return parsed.span([*hit.tokens, *(by if len(hit.tokens) == 1 else []), *no])
