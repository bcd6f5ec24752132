"""Places in a dispatch: recognition against the gazetteer, then resolution over the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.resolve import resolve
from frontlog.model import PlaceMention, Sentence
from frontlog.reading.toponyms import recognise

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, doc: Doc | None = None
) -> tuple[PlaceMention, ...]:
    """Return the places a dispatch names, in the order of the text.

    Names that are not in the gazetteer but stand where only a place can ("the village of …") come without a
    place. ``doc`` is the parsed text where the caller has it: its entities are one more sign.
    """
    entities = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] if doc is not None else []
    spans = recognise(text, sentences, gazetteer, entities)
    return tuple(resolve(text, spans, gazetteer))
