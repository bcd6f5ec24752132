"""The reader: dispatches in, readings out, in batches because parsers and models want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from frontlog.gazetteer.lookup import Gazetteer
from frontlog.model import Dispatch, Reading
from frontlog.reading.actors import Actors
from frontlog.reading.assemble import assemble
from frontlog.reading.claims import Extractor, Prepared
from frontlog.reading.passages import passages
from frontlog.reading.places import find_places
from frontlog.reading.sentences import sentences

ReaderName = Literal["rules", "model", "auto"]
BATCH = 64


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads dispatches with one extractor, one gazetteer and one registry of actors, opened once."""

    extractor: Extractor
    gazetteer: Gazetteer
    actors: Actors

    @classmethod
    def open(
        cls, reader: str = "auto", gazetteer: Gazetteer | None = None, actors: Actors | None = None
    ) -> Reader:
        """Open a reader: ``rules``, ``model``, or ``auto`` for whichever measures best here."""
        return cls(_extractor(reader), gazetteer or Gazetteer.open(), actors or Actors.open())

    def read(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        """Yield one reading for each dispatch, in order."""
        source = iter(dispatches)
        while batch := list(islice(source, BATCH)):
            yield from self._read_batch(batch)

    def prepare(self, dispatch: Dispatch) -> Prepared:
        """Do all of reading that comes before claims: passages, sentences, places."""
        text = dispatch.text
        parts = passages(text)
        split = sentences(text, parts)
        return Prepared(dispatch, parts, split, find_places(text, split, self.gazetteer))

    def _read_batch(self, batch: Sequence[Dispatch]) -> Iterator[Reading]:
        prepared = [self.prepare(dispatch) for dispatch in batch]
        for one, drafts in zip(prepared, self.extractor.extract(prepared), strict=True):
            claims = assemble(one, drafts, self.actors)
            yield Reading(one.dispatch, one.passages, one.sentences, one.places, claims)


def _extractor(reader: str) -> Extractor:
    from frontlog.reading.rules import RuleExtractor  # slow to import, and not needed by the model

    if reader not in ("rules", "model", "auto"):
        raise ValueError(f"reader {reader!r}; use rules, model or auto")
    return RuleExtractor.open()
