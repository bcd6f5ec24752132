"""A spaCy component: ``nlp.add_pipe("frontlog")`` puts the claims of a text on ``doc._.claims``.

The text needs a day to read its "yesterday" against: the component's setting ``published``, or
``doc._.published`` where documents differ. Cues become spans in ``doc.spans["claims"]``, labelled by kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from frontlog.errors import ReadingError
from frontlog.model import Dispatch
from frontlog.scale.work import OpenNamed, Reads

SPANS = "claims"
_BATCH = 64


@Language.factory(
    "frontlog", default_config={"published": None, "reader": "auto"}, assigns=["doc._.claims", "doc.spans"]
)
def make_frontlog(
    nlp: Language,  # noqa: ARG001 - spaCy gives it
    name: str,  # noqa: ARG001
    published: str | None,
    reader: str,
) -> FrontlogComponent:
    return FrontlogComponent(OpenNamed(reader)(), _day(published) if published else None)


class FrontlogComponent:
    """Reads each document as one dispatch."""

    def __init__(self, reader: Reads, published: date | None) -> None:
        self._reader = reader
        self._published = published
        for name, empty in (("claims", ()), ("published", None)):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=empty)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            for doc, reading in zip(batch, self._reader.read(list(map(self._dispatch, batch))), strict=True):
                doc._.claims = reading.claims
                spans = (
                    doc.char_span(claim.cue.start, claim.cue.end, label=claim.kind, alignment_mode="expand")
                    for claim in reading.claims
                )
                doc.spans[SPANS] = [span for span in spans if span is not None]
                yield doc

    def _dispatch(self, doc: Doc) -> Dispatch:
        day = doc._.published or self._published
        if day is None:
            raise ReadingError(
                "the text has no day; give nlp.add_pipe('frontlog', config={'published': '2021-08-11'})"
                " or set doc._.published"
            )
        day = day if isinstance(day, date) else _day(day)
        return Dispatch("doc", datetime(day.year, day.month, day.day, tzinfo=UTC), doc.text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ReadingError(f"{text!r} is not a day; write it as 2021-08-11") from error
