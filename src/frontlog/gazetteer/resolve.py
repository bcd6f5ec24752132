"""Which place each name means, read from the whole dispatch: containers, neighbours, countries in play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontlog.gazetteer.agreement import settle
from frontlog.gazetteer.beside import class_beside, contain
from frontlog.gazetteer.in_play import countries_told, doubt, widen
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.meanings import WEIGHTS, Group, Weights
from frontlog.gazetteer.printed import group_of
from frontlog.model import Place, PlaceMention, Span


def resolve(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, weights: Weights = WEIGHTS,
    told: Mapping[str, float] | None = None,
) -> list[PlaceMention]:  # fmt: skip
    """Return one mention for each span, in order; a name that is not in the table has no place.

    ``told`` is how much countries are in play by other signs than places, in mentions of their name.
    """
    context = countries_told(text, spans, gazetteer)
    everything = [*spans, *context]
    order = sorted(range(len(everything)), key=lambda index: everything[index])
    ordered = [everything[index] for index in order]
    keys = [key_of(text, span) for span in ordered]
    groups: dict[tuple[str, str], Group] = {}
    for key in keys:
        if key in groups:
            groups[key].count += 1
        else:
            groups[key] = group_of(key, gazetteer, weights)
    listed = list(groups.values())
    widen(listed, gazetteer, weights, told or {})
    contain(text, ordered, [groups[key] for key in keys], gazetteer, weights)
    playing = settle(listed, gazetteer, weights, told or {})
    for group in listed:
        doubt(group, playing, gazetteer, weights)
    mentions: list[PlaceMention | None] = [None] * len(everything)
    for index, span, key in zip(order, ordered, keys, strict=True):
        mentions[index] = _mention(text, span, groups[key], gazetteer)
    return [mention for mention in mentions[: len(spans)] if mention is not None]


def key_of(text: str, span: Span) -> tuple[str, str]:
    """Mentions with one name and one class word beside it are resolved together."""
    return span.of(text), class_beside(text, span)


def _mention(text: str, span: Span, group: Group, gazetteer: Gazetteer) -> PlaceMention:
    words = span.of(text)
    if not group.options:
        return PlaceMention(span, words, words)
    ranked = sorted(range(len(group.options)), key=lambda at: -group.shares[at])
    places: list[Place] = [gazetteer.place_at(group.options[at].row) for at in ranked[:2]]
    confidence = group.shares[ranked[0]] * (0.5 if group.part else 1.0)
    return PlaceMention(
        span, words, places[0].name, places[0], round(confidence, 4), places[1] if len(places) > 1 else None
    )
