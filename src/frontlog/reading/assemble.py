"""From drafts to claims: places, times, actors, speakers, interest; alike for every extractor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from frontlog.gazetteer.lexicons import any_part
from frontlog.model import (
    CONTROL_KINDS,
    Claim,
    Draft,
    Extent,
    Interval,
    Party,
    PlaceMention,
    Precision,
    Sentence,
    Span,
    Speaker,
)  # fmt: skip
from frontlog.reading.actors import Actors
from frontlog.reading.antecedents import antecedent
from frontlog.reading.claims import Prepared
from frontlog.reading.days import shift_months
from frontlog.reading.plausible import is_class_word
from frontlog.reading.shares import with_share
from frontlog.reading.speakers import apposition, speaker_at
from frontlog.reading.times import when

_SMALL: frozenset[Precision] = frozenset(("site", "settlement", "district"))
_AT_TOWN = re.compile(
    r"\b(?:in|at|near|outside|inside|around|of|(?:north|south|east|west|cent)[a-z-]*) (?:the )?"
    r"(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
"""What stands before a town in words that describe a place in or near it."""
_RECENT = timedelta(days=100)
"""How far back a capture may lie that a dispatch tells again as news without saying when it was."""

_POSSESSED = re.compile(r"['’]s(?: [A-Z][\w-]+)+")
_SIDE = rf"(?:{any_part('side')}) "
_OWN_LOSS = frozenset(("leave", "surrender"))


def assemble(prepared: Prepared, drafts: Iterable[Draft], actors: Actors | None = None) -> tuple[Claim, ...]:
    """Return the claims of one dispatch in the order of their cues."""
    countries = countries_in_play(prepared.places)
    claims = _dated_alike(
        [_claim(prepared, draft, actors, countries) for draft in drafts], prepared.dispatch.date
    )
    return tuple(sorted(claims, key=lambda claim: (claim.cue, claim.kind)))


def _dated_alike(claims: Sequence[Claim], day: date) -> list[Claim]:
    """A capture told again without a time happened when the dispatch first said that it did."""
    dated = [
        c for c in claims if c.kind == "take" and c.when_text and c.when and day - c.when.start <= _RECENT
    ]
    found = []
    for claim in claims:
        bare = claim.kind == "take" and claim.standing == "fact" and claim.when_text is None
        if bare and claim.when == Interval.day(day):
            other = next((c for c in dated if _one_place(claim, c)), None)
            claim = replace(claim, when=other.when) if other else claim
        found.append(claim)
    return found


def _one_place(one: Claim, other: Claim) -> bool:
    ids = {mention.place.id for mention in other.places if mention.place}
    return any(mention.place and mention.place.id in ids for mention in one.places)


def countries_in_play(places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """The countries of the dispatch's places, the most frequent first."""
    counts: dict[str, int] = {}
    for mention in places:
        if mention.country:
            counts[mention.country] = counts.get(mention.country, 0) + 1
    return tuple(sorted(counts, key=lambda country: -counts[country]))


def _claim(prepared: Prepared, draft: Draft, actors: Actors | None, countries: Sequence[str]) -> Claim:
    text, day = prepared.text, prepared.dispatch.date
    sentence = _sentence_of(prepared, draft.cue)
    places = tuple(_place(prepared, span) for span in draft.places)
    if draft.extent is not None:
        places = tuple(with_share(text, place) if place.place else place for place in places)
    countries = tuple(dict.fromkeys((*(p.country for p in places if p.country), *countries)))
    agents = tuple(_party(text, span, day, actors, countries) for span in draft.agents)
    targets = tuple(_party(text, span, day, actors, countries) for span in draft.targets)
    speaker = _speaker(text, draft.speaker, sentence.span, day, actors, countries)
    return Claim(
        dispatch=prepared.dispatch.id,
        kind=draft.kind,
        cue=draft.cue,
        cue_text=draft.cue.of(text),
        sentence=sentence.span,
        agents=agents,
        targets=targets,
        places=places,
        extent=_extent(draft, places),
        when=_when(text, draft, day),
        when_text=draft.time.of(text) if draft.time else None,
        speaker=speaker,
        standing=draft.standing,
        deaths=draft.deaths,
        role=sentence.role,
        against_interest=_against_interest(draft, speaker, agents, targets),
        confidence=draft.confidence,
    )


def _extent(draft: Draft, places: Sequence[PlaceMention]) -> Extent | None:
    """How much changed hands: a side of a province or country is a part of it."""
    if draft.kind not in CONTROL_KINDS:
        return None
    sided = [m for m in places if m.precision in ("province", "country") and re.match(_SIDE, m.text)]
    return "part" if draft.extent == "whole" and sided and len(sided) == len(places) else draft.extent


def _sentence_of(prepared: Prepared, cue: Span) -> Sentence:
    for sentence in prepared.sentences:
        if sentence.span.contains(cue):
            return sentence
    return Sentence(cue)


def _place(prepared: Prepared, span: Span) -> PlaceMention:
    """The mention at a span, or inside one that describes it; else a place without a gazetteer row."""
    for mention in prepared.places:
        if mention.span == span:
            return mention
    words = span.of(prepared.text)
    inside = [m for m in prepared.places if span.contains(m.span)]
    naming = [
        m for m in inside if re.match(rf"(?:[\w%' -]+ of |{_SIDE})?{re.escape(m.text)}(?:$|\s\w+$)", words)
    ]
    capital = [m for m in inside if words.startswith("capital of") and m.precision == "settlement"]
    if naming or capital:
        found = (naming or capital)[0]
        return PlaceMention(span, words, found.name, found.place, found.confidence, found.runner_up)
    covering = [
        m
        for m in prepared.places
        if m.span.overlaps(span) and m.span.start <= span.start and not span.contains(m.span)
    ]
    if covering:
        return covering[0]
    if _is_name(words):
        return PlaceMention(span, words, words)
    if (town := _town_in(inside, words, span)) is not None:
        return PlaceMention(span, words, town.name, town.place, 0.9 * town.confidence, town.runner_up)
    meant = antecedent(prepared.text, span, prepared.places)
    if meant and meant.precision == "country":
        return _country_told_of(prepared.places, meant)
    return meant or PlaceMention(span, words, None)


def _country_told_of(places: Sequence[PlaceMention], found: PlaceMention) -> PlaceMention:
    """ "The country" is the one that the dispatch is about, not the last that somebody spoke for."""
    most = countries_in_play(places)[0]
    named = next(
        (m.place for m in places if m.precision == "country" and m.country == most and m.place), None
    )
    return replace(found, name=named.name, place=named) if named else found


def _town_in(inside: Sequence[PlaceMention], words: str, span: Span) -> PlaceMention | None:
    """The town that a description ends with: "the army base near Baga", "eastern Aleppo"."""
    found = [m for m in inside if m.place and m.precision in ("settlement", "site")]
    if len(found) != 1 or found[0] is not inside[0]:
        return None
    return found[0] if _AT_TOWN.search(words[: found[0].span.start - span.start]) else None


def _is_name(words: str) -> bool:
    """Whether words are a name that the gazetteer lacks, not a description such as "two villages"."""
    return not is_class_word(words) and all(
        word[:1].isupper() or word.casefold().startswith(("al-", "el-")) for word in words.split()
    )


def _party(text: str, span: Span, day: date, actors: Actors | None, countries: Sequence[str]) -> Party:
    words = span.of(text)
    found = actors.resolve(words, day, countries) if actors else None
    if actors and (found is None or found.actor is None) and (more := _POSSESSED.match(text, span.end)):
        # A name that goes on behind its "'s" is known whole: "People's Republic", "Lord's Resistance Army".
        whole = Span(span.start, more.end())
        known = actors.resolve(whole.of(text), day, countries)
        if known is not None and known.actor is not None:
            span, words, found = whole, whole.of(text), known
    if found is None:
        return Party(span, words)
    return Party(span, words, found.actor, found.side, found.generic)


def _speaker(
    text: str, span: Span | None, sentence: Span, day: date, actors: Actors | None, countries: Sequence[str]
) -> Speaker | None:
    if span is None:
        return None
    found = actors.resolve(span.of(text), day, countries) if actors else None
    office = apposition(text, span, sentence)
    if actors and office and (found is None or found.actor is None):
        found = actors.resolve(office, day, countries) or found
    return speaker_at(text, span, sentence, found.actor if found else None, found.side if found else None)


def _when(text: str, draft: Draft, day: date) -> Interval | None:
    """The words' own time; else the dispatch's day for what it states as news."""
    ahead = 1 if draft.standing == "planned" else 0
    if draft.time is not None:
        found = when(text, draft.time, day, ahead)
        return _by_then(found, day) if found and draft.standing == "fact" else found
    if draft.timeless or draft.standing in ("planned", "possible"):
        return None
    return Interval.day(day)


def _by_then(told: Interval, day: date) -> Interval:
    """What has happened did so by the day it is told: "the first in ten years" and "October" look back."""
    if told.end <= day:
        return told
    if told.start > day and told.start.year == told.end.year == day.year and told.start.day == 1:
        after = told.end + timedelta(days=1)
        return Interval(shift_months(told.start, -12), shift_months(after, -12) - timedelta(days=1))
    return Interval(min(told.start, day), day)


def _against_interest(
    draft: Draft, speaker: Speaker | None, agents: Sequence[Party], targets: Sequence[Party]
) -> bool:
    """Whether the speaker's own side loses by what it says: it left, or the other side took."""
    if speaker is None or speaker.side is None or draft.standing != "fact":
        return False
    winners = {party.side for party in agents if party.side}
    losers = {party.side for party in targets if party.side}
    if draft.kind in _OWN_LOSS:
        return speaker.side in winners
    if draft.kind in ("take", "advance", "besiege", "hold"):
        return speaker.side in losers or (
            bool(winners)
            and speaker.side not in winners
            and speaker.role in ("official", "commander", "spokesman", "office")
        )
    return False
