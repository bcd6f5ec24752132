"""Which words of a dispatch name places: gazetteer matches and capitalised names, weighed by their context.

Every stretch of capitalised words that the gazetteer knows, and every maximal one that it does not, is a
candidate. A linear model over the candidate's words, neighbours and readings gives it a score; the best
candidates that do not overlap are the toponyms. The weights are fitted by ``benchmarks/fit_toponyms.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import Sentence, Span
from frontlog.reading.tokens import Token, tokens_of
from frontlog.reading.toponym_candidates import Toponym, candidates
from frontlog.reading.toponym_context import (
    Entity,
    with_countries,
    with_entities,
    with_particles,
    with_repeats,
    without_openers,
    without_persons,
)
from frontlog.reading.toponym_features import features
from frontlog.reading.toponym_weights import Model


def recognise(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, entities: Sequence[Entity] = (),
    model: Model | None = None, told: Collection[str] = (),
) -> list[Span]:  # fmt: skip
    """Return the spans of a text that name places, in order and without overlap.

    ``told`` are countries in play by other signs than words for them.
    """
    weights = model or Model.open()
    tokens = tokens_of(text, sentences)
    found = list(candidates(text, tokens, gazetteer))
    scores = [weights.score(features(toponym, tokens, gazetteer, weights)) for toponym in found]
    scores = with_particles(found, scores, weights.threshold)
    scores = with_countries(found, scores, tokens, weights.threshold, told, gazetteer)
    scores = with_repeats(found, scores)
    scores = without_persons(found, scores, tokens, weights)
    scores = without_openers(found, scores, tokens, weights)
    if entities:
        scores = with_entities(found, scores, tokens, entities)
    return _choose(found, scores, tokens, weights.threshold)


def _choose(
    found: Sequence[Toponym], scores: Sequence[float], tokens: Sequence[Token], threshold: float
) -> list[Span]:
    scores = _longest(found, scores, threshold)
    ranked = sorted(range(len(found)), key=lambda at: -scores[at])
    taken = [False] * len(tokens)
    chosen = []
    for at in ranked:
        toponym = found[at]
        if scores[at] < threshold:
            break
        if any(taken[toponym.first : toponym.last + 1]):
            continue
        taken[toponym.first : toponym.last + 1] = [True] * (toponym.last + 1 - toponym.first)
        end = tokens[toponym.last].end
        chosen.append(Span(tokens[toponym.first].start, end))
    return sorted(chosen)


def _longest(found: Sequence[Toponym], scores: Sequence[float], threshold: float) -> list[float]:
    """Let a long name that the gazetteer knows stand before the names inside it."""
    raised = list(scores)
    for at, whole in enumerate(found):
        if not whole.readings or whole.last == whole.first:
            continue
        inner = [
            scores[other]
            for other, part in enumerate(found)
            if other != at and part.readings and whole.first <= part.first and part.last <= whole.last
        ]
        if inner and max(inner) >= threshold and scores[at] >= threshold - 2.0:
            raised[at] = max(raised[at], max(inner) + 0.01)
    return raised
