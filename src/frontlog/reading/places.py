"""Places in a dispatch: recognition against the gazetteer, then resolution over the whole text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from frontlog.gazetteer.classwords import load as class_words
from frontlog.gazetteer.lexicons import demonyms
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.names import normalise
from frontlog.gazetteer.resolve import resolve
from frontlog.model import PlaceMention, Sentence, Span
from frontlog.reading.toponyms import recognise

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SEAT_BEFORE = re.compile(
    r"\b(?:provincial |regional |state |district )?capital(?: city)? of (?:the )?"
    r"(?:(?:\w+ )?(?:province|governorate|oblast|region|state) (?:of )?)?$"
)
_CLASS_AFTER = re.compile(
    r" (?:[Pp]rovince|[Gg]overnorate|[Oo]blast|[Rr]egion|[Ss]tate|[Dd]istrict|[Cc]ounty)\b"
)
_SEAT_AFTER = re.compile(
    r"\b([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) capital\b(?! of| punishment| city of|,? [A-Z])"
)
_SMALL_AFTER = re.compile(r"(?: [a-z]+){1,3}")


def find_places(
    text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer, doc: Doc | None = None,
    told: Mapping[str, float] | None = None,
) -> tuple[PlaceMention, ...]:  # fmt: skip
    """Return the places a dispatch names, in the order of the text and without overlap.

    Names that are not in the gazetteer but are used as places come without a place. "The capital of Farah
    province" is one mention, of the city; so is "Kandahar airport", where the gazetteer has it. ``doc`` is
    the parsed text where the caller has it: its entities are one more sign. ``told`` are countries in play
    by other signs than names of places (see ``Homes``).
    """
    entities = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] if doc is not None else []
    spans = recognise(text, sentences, gazetteer, entities, told=tuple(told or ()))
    return tuple(resolve(text, _with_sites(text, _with_seats(text, spans), gazetteer), gazetteer, told=told))


def _with_seats(text: str, spans: Sequence[Span]) -> list[Span]:
    """Widen spans to descriptions of a capital: "capital of Farah province", "Syrian capital"."""
    widened: list[Span] = []
    for span in spans:
        before = _SEAT_BEFORE.search(text, max(0, span.start - 60), span.start)
        if before and not (widened and before.start() < widened[-1].end):
            after = _CLASS_AFTER.match(text, span.end)
            widened.append(Span(before.start(), after.end() if after else span.end))
        else:
            widened.append(span)
    for match in _SEAT_AFTER.finditer(text):
        words = match.group(1)
        start = match.start() if words in demonyms() else match.start() + words.rfind(" ") + 1
        seat = Span(start, match.end())
        if text[start : match.end(1)] in demonyms() and not any(seat.overlaps(span) for span in widened):
            widened.append(seat)
    return sorted(widened)


def _with_sites(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
    """Widen spans to sites named with a small class word that the gazetteer has: "Kandahar airport"."""
    return [
        Span(span.start, end) if (end := _site_end(text, span, gazetteer)) is not None else span
        for span in spans
    ]


def _site_end(text: str, span: Span, gazetteer: Gazetteer) -> int | None:
    """Return where the longest site ends that begins with a name, or None where none does."""
    after = _SMALL_AFTER.match(text, span.end)
    small = after.group().split() if after else []
    for size in range(len(small), 0, -1):
        tail = " ".join(small[:size])
        if "site" not in class_words().get(tail, ()):
            continue
        end = span.end + 1 + len(tail)
        named = (span.of(text), text[span.start : end])
        rows = (candidate.row for words in named for candidate in gazetteer.candidates(normalise(words)))
        if any(gazetteer.fact(row).precision == "site" for row in rows):
            return end
    return None
