"""The reader: dispatches in, readings out, in batches because parsers and models want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from frontlog.errors import ReadingError
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.resolve import resolve
from frontlog.model import Dispatch, Draft, Reading
from frontlog.reading.actors import Actors
from frontlog.reading.assemble import assemble
from frontlog.reading.claims import Extractor, Prepared
from frontlog.reading.fingerprint import fingerprint
from frontlog.reading.homes import Homes
from frontlog.reading.passages import passages
from frontlog.reading.places import find_places
from frontlog.reading.plausible import is_class_word, plausible
from frontlog.reading.sentences import sentences

READERS = ("auto", "rules", "model", "both", "politics")
BATCH = 64


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads dispatches with one extractor, one gazetteer and one registry of actors, opened once."""

    extractor: Extractor
    gazetteer: Gazetteer
    actors: Actors
    homes: Homes
    fingerprint: str = ""

    @classmethod
    def open(
        cls, reader: str = "auto", gazetteer: Gazetteer | None = None, actors: Actors | None = None
    ) -> Reader:
        """Open a reader: ``rules``, ``model``, ``both``, or ``auto`` for whichever measures best here.

        ``politics`` is the rule reader with its gate open: it reads what bears on no conflict too.
        """
        places = gazetteer or Gazetteer.open()
        registry = actors or Actors.open()
        return cls(
            _extractor(reader),
            places,
            registry,
            Homes.of(registry),
            fingerprint(places.path, own=registry.own_files),
        )

    @property
    def version(self) -> str:
        """Name and version of what found the claims, kept in the ledger beside them.

        After ``@`` stands what else the claims depend on: gazetteer, lexicons, models, code and libraries.
        """
        name = f"{self.extractor.name}-{self.extractor.version}"
        return f"{name}@{self.fingerprint}" if self.fingerprint else name

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
        told = self.homes.told(text, dispatch.date)
        return Prepared(dispatch, parts, split, find_places(text, split, self.gazetteer, told=told))

    def _read_batch(self, batch: Sequence[Dispatch]) -> Iterator[Reading]:
        prepared = [self.prepare(dispatch) for dispatch in batch]
        for bare, drafts in zip(prepared, self.extractor.extract(prepared), strict=True):
            one = self._with_drafted_places(bare, drafts)
            claims = assemble(one, plausible(one, drafts), self.actors)
            yield Reading(one.dispatch, one.passages, one.sentences, one.places, claims)

    def _with_drafted_places(self, prepared: Prepared, drafts: Sequence[Draft]) -> Prepared:
        """Add the names that only the extractor saw as places, resolved beside the ones that were known."""
        known = [mention.span for mention in prepared.places]
        drafted = {span for draft in drafts for span in draft.places}
        new = sorted(
            span
            for span in drafted
            if any(letter.isupper() for letter in span.of(prepared.text))
            and not is_class_word(span.of(prepared.text))
            and not any(span.overlaps(other) for other in known)
        )
        if not new:
            return prepared
        told = self.homes.told(prepared.text, prepared.dispatch.date)
        added = resolve(prepared.text, [*known, *new], self.gazetteer, told=told)[len(known) :]
        return replace(prepared, places=tuple(sorted([*prepared.places, *added], key=lambda m: m.span)))


def _extractor(reader: str) -> Extractor:
    """Open what a reader's name stands for; each imports only what it needs, since the imports are slow."""
    if reader not in READERS:
        raise ReadingError(f"no reader is called {reader!r}; use one of {', '.join(READERS)}")
    if reader == "auto":
        from frontlog.reading.by_length import ByLengthExtractor

        return ByLengthExtractor.open()
    if reader in ("rules", "politics"):
        from frontlog.reading.rules.extractor import RuleExtractor

        return RuleExtractor.open(gated=reader != "politics")
    from frontlog.reading.learned.extractor import LearnedExtractor

    if reader == "model":
        return LearnedExtractor.open()
    from frontlog.reading.combined import CombinedExtractor
    from frontlog.reading.rules.extractor import RuleExtractor

    return CombinedExtractor(LearnedExtractor.open(), RuleExtractor.open())
