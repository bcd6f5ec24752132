"""Whether the words of a draft can be what the draft takes them for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from frontlog.gazetteer import classwords
from frontlog.model import Draft, PlaceMention, Span
from frontlog.reading.claims import Prepared
from frontlog.reading.rules.lexicon import Lexicon

_DEAF = ("settlement", "area", "part", "road", "pact")
_ALIVE = ("force", "person", "office", "civilian", "armed", "envoy")
_BEFORE_PREPOSITION = re.compile(r"\s(?:of|in|at|for|from|on|near|to|with|who|which|that)\s")


def plausible(prepared: Prepared, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without speakers that cannot speak and without targets that are the agents."""
    mentions = {mention.span: mention for mention in prepared.places}
    return [_sound(prepared.text, draft, mentions) for draft in drafts]


def _sound(text: str, draft: Draft, mentions: Mapping[Span, PlaceMention]) -> Draft:
    speaker = draft.speaker
    if speaker is not None:
        mention = None if _ends_name(text, speaker) else mentions.get(speaker)
        speaker = speaker if can_speak(speaker.of(text), mention) else None
    acting = {span.of(text).casefold() for span in draft.agents}
    targets = tuple(span for span in draft.targets if span.of(text).casefold() not in acting)
    if speaker == draft.speaker and targets == draft.targets:
        return draft
    return replace(draft, speaker=speaker, targets=targets)


def is_class_word(words: str) -> bool:
    """Whether words are no name but only say what a place is, with a capital letter or not: "Airport"."""
    noun = words.casefold()
    known = noun in classwords.load() or Lexicon.open().means(noun, "site")
    return known and not words.isupper()


def _ends_name(text: str, span: Span) -> bool:
    """Whether a capitalised word stands right before: "Colonel Herrera" is no town."""
    before = text[: span.start].rsplit(" ", 2)
    return len(before) > 1 and before[-1] == "" and before[-2][:1].isupper() and before[-2][-1:].isalnum()


def can_speak(words: str, mention: PlaceMention | None = None) -> bool:
    """Whether words name somebody: a state and its capital speak, a valley and a ceasefire do not.

    >>> can_speak("humanitarian ceasefire"), can_speak("residents of the valley"), can_speak("Ansel Brod")
    (False, True, True)
    """
    if mention is not None and mention.place is not None:
        return mention.precision == "country" or mention.place.kind == "capital"
    head = _BEFORE_PREPOSITION.split(words)[0].split()[-1:]
    means, signals_of = Lexicon.open().means, Lexicon.open().signals_of
    forms = {form for word in head for form in (word.casefold(), word.casefold().removesuffix("s"))}
    deaf = any(means(form, meaning) for form in forms for meaning in _DEAF)
    if any(signals_of(form, "voiceless") for form in forms):
        return False
    return not deaf or any(means(form, meaning) for form in forms for meaning in _ALIVE)
