"""What a user would pick instead, as small as it is usually written."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from frontlog.model import Dispatch

if TYPE_CHECKING:
    from spacy.language import Language

_VERBS = {
    "take": r"seiz\w+|captur\w+|overr[ua]n\w*|retak\w+|fell to|liberat\w+|took control",
    "leave": r"withdr\w+|abandon\w+|retreat\w*|pull\w* out",
    "hold": r"control\w*|still holds?|repel\w*",
    "strike": r"air ?strikes?|shell\w+|missiles?|rockets?|drones?",
    "bomb": r"bomb\w*|explosi\w+|blasts?",
    "clash": r"clash\w*|fight\w*|battles?",
    "attack": r"attack\w*|ambush\w*|raid\w*|gunmen",
    "agree": r"ceasefire|truce|agree\w*",
}
_CODER = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _VERBS.items()}
_NAME = re.compile(r"\b(?:in|at|near|of|from)\s+((?:[A-Z][\w'-]+\s?)+)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
Coder = Callable[[list[Dispatch]], object]


def keyword_coder() -> Coder:
    """A verb and a capitalised word after a preposition in one sentence are an event."""

    def code(given: list[Dispatch]) -> list[tuple[str, str, str]]:
        return [
            (each.id, kind, name)
            for each in given
            for sentence in _SENTENCE.split(each.text)
            for kind, name in product(_kinds(sentence), _NAME.findall(sentence))
        ]

    return code


def spacy_alone() -> Coder:
    nlp = _spacy()
    return lambda given: sum(len(doc) for doc in nlp.pipe((each.text for each in given), batch_size=64))


def keyword_coder_with_entities() -> Coder:
    """A verb and a place that spaCy names in one sentence are an event."""
    nlp = _spacy()

    def code(given: list[Dispatch]) -> list[tuple[str, str]]:
        return [
            (kind, entity.text)
            for doc in nlp.pipe((each.text for each in given), batch_size=64)
            for sentence in doc.sents
            for kind in _kinds(sentence.text)
            for entity in sentence.ents
            if entity.label_ in ("GPE", "LOC", "FAC")
        ]

    return code


def _kinds(sentence: str) -> list[str]:
    return [kind for kind, words in _CODER.items() if words.search(sentence)]


def _spacy() -> Language:
    import spacy  # the plain coder's memory is measured without it

    from frontlog.reading.rules.extractor import PIPELINE

    return spacy.load(PIPELINE)
