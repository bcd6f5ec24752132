"""Who acts in a candidate, and on whom."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from frontlog.model import Span
from frontlog.reading.rules.candidate import OF_PLACES, Candidate
from frontlog.reading.rules.context import Told, stands_for
from frontlog.reading.rules.parsed import Parsed
from frontlog.reading.rules.phrases import span_of


def set_actors(parsed: Parsed, told: Told, candidate: Candidate) -> None:
    wanted = "actor" if candidate.kind not in OF_PLACES else "force"
    candidate.agents = _actor_spans(parsed, told, candidate.agent_heads, wanted)
    candidate.targets = _actor_spans(parsed, told, candidate.target_heads, "actor")
    if candidate.kind == "clash" and len(candidate.agents) == 1:
        candidate.agents = _two_sides(parsed, candidate) or candidate.agents
    if (
        candidate.kind == "clash"
        and not candidate.targets
        and len(candidate.agents) > 1
        and candidate.hit.cue.pos == "N"
    ):
        candidate.agents, candidate.targets = candidate.agents[:1], candidate.agents[1:]


def _two_sides(parsed: Parsed, candidate: Candidate) -> list[Span]:
    """ "Kashti and Morani forces clash": two sides share one noun."""
    head = candidate.agent_heads[0]
    for child in head.children:
        if child.dep_ not in ("amod", "compound", "nmod") or not child.text[:1].isupper():
            continue
        other = next((c for c in child.conjuncts if c.i > child.i and c.text[:1].isupper()), None)
        if other is not None and other.i < head.i:
            return [parsed.span([child]), parsed.span([other, head])]
    return []


def _actor_spans(parsed: Parsed, told: Told, heads: Sequence[Token], wanted: str) -> list[Span]:
    spans: list[Span] = []
    for head in heads:
        if head.i in parsed.mentions and not parsed.is_country(head):
            continue
        if wanted == "actor" and not stands_for(head) and not parsed.fits(head, "actor"):
            continue
        owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in ("its", "their")), None)
        house = told.antecedent(parsed, owner) if owner is not None and parsed.means(head, "force") else None
        if house is not None:
            span: Span | None = house
        elif stands_for(head):
            span = told.antecedent(parsed, head)
        elif wanted == "force" and (parsed.fits(head, "place") and not parsed.is_country(head)):
            span = None
        else:
            span = span_of(parsed, head)
        if span is not None and span not in spans:
            spans.append(span)
    return spans
