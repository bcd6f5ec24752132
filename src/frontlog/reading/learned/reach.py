"""How far from its cue a claim may find who acts and who speaks: no farther than words lead there."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from frontlog.model import CONTROL_KINDS, Draft, Sentence, Span
from frontlog.reading.rules.lexicon import Lexicon

_WORD = re.compile(r"[a-z]+")
_GOAL = re.compile(r"\b(?:to|towards?|into)\s+(?:(?:the|a|an|its|their|nearby|neighbou?ring)\s+)*$")
_FROM = re.compile(r"\bfrom (?:the )?$")
_WHO = re.compile(r",? (?:who|which|that)\b")
_NEAR = 250
_QUOTES = ('"', "“", "”")


def reached(draft: Draft, text: str, sentences: Sequence[Sentence]) -> Draft:
    """Drop agents and a speaker of other sentences where the cue's own sentence does not point back.

    A pronoun or "the group" points back to somebody; quotation marks, to who spoke before.
    """
    own = next((s.span for s in sentences if s.span.contains(draft.cue)), None)
    if own is None:
        return draft
    words = own.of(text)
    speaker = draft.speaker
    if speaker and not own.overlaps(speaker) and not any(mark in words for mark in _QUOTES):
        speaker = None
    pointing = _points_back(words)
    agents = tuple(
        span for span in draft.agents if pointing or own.overlaps(span) or _just_told(draft, span, own, text)
    )
    lost = tuple(span for span in agents if draft.kind == "take" and _taken_from(span, draft.cue, text))
    agents = tuple(span for span in agents if span not in lost)
    return replace(
        draft,
        speaker=speaker,
        agents=agents,
        targets=(*draft.targets, *(span for span in lost if span not in draft.targets)),
        places=_left(draft, text) if draft.kind == "leave" else draft.places,
    )


def _taken_from(agent: Span, cue: Span, text: str) -> bool:
    """Whether words are those from whom a place was taken: not in "from the rebels, who overran it"."""
    own_clause = agent.end <= cue.start and _WHO.match(text, agent.end)
    return _FROM.search(text, 0, agent.start) is not None and not own_clause


def _just_told(draft: Draft, agent: Span, own: Span, text: str) -> bool:
    """Who took or left a place is told somewhere, if seldom in the same words: a sentence or two before."""
    between = text[agent.end : own.start]
    return draft.kind in CONTROL_KINDS and len(between) <= _NEAR and "\n" not in between


def stays_only(draft: Draft, text: str, places: Container[Span] = ()) -> bool:
    """Whether "still in" is all that tells of holding, of somebody who is no force and no state."""
    lexicon = Lexicon.open()
    words = draft.cue.of(text).casefold().split()
    heads = (span.of(text).casefold().split()[-1] for span in draft.agents if span not in places)
    alone = all(not lexicon.means(head.removesuffix("s"), "force") for head in heads)
    stays = draft.kind == "hold" and all(lexicon.signals_of(word, "staying") for word in words)
    return stays and alone and not any(span in places for span in draft.agents)


def _left(draft: Draft, text: str) -> tuple[Span, ...]:
    """What was left, not where those who left it went: "withdrew to the hills" names no place lost."""
    return tuple(
        span
        for span in draft.places
        if span.start < draft.cue.start or not _GOAL.search(text, draft.cue.start, span.start)
    )


def _points_back(words: str) -> bool:
    signals_of = Lexicon.open().signals_of
    return any(signals_of(word, "pointing") for word in _WORD.findall(words.casefold()))
