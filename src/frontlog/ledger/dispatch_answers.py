"""What a SQLite ledger answers about dispatches: their text, sentences, names, origins and publishers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from frontlog.ledger.asking import Asking
from frontlog.ledger.codec import mention_of, moment
from frontlog.ledger.words import SCORE, Wanted
from frontlog.model import Dispatch, PlaceMention, Sentence, Span

_NEWEST = (
    "SELECT {} FROM readings r JOIN dispatches d ON d.n = r.dispatch WHERE d.id = ? ORDER BY r.n DESC LIMIT 1"
)


class DispatchAnswers(Asking):
    """Dispatches as they came, and what reading them found beside claims."""

    def dispatch(self, id: str) -> Dispatch | None:
        return next(self._dispatches("WHERE id = ?", (id,)), None)

    def dispatches(self, known: date | None = None, publisher: str | None = None) -> Iterator[Dispatch]:
        yield from self._dispatches(
            "WHERE (:known IS NULL OR known <= :known) AND (:publisher IS NULL OR publisher = :publisher)"
            " ORDER BY published, id",
            {"known": known.isoformat() if known else None, "publisher": publisher},
        )

    def search(self, words: str, known: date | None = None, limit: int = 50) -> list[Dispatch]:
        wanted = Wanted.of(words)
        values = {"known": known.isoformat() if known else None, "limit": limit}
        clock = "WHERE (:known IS NULL OR known <= :known)"
        if not wanted:
            return list(self._dispatches(f"{clock} ORDER BY published DESC, id LIMIT :limit", values))
        found = (
            f"JOIN (SELECT rowid AS hit, {SCORE} AS score FROM dispatches_text"
            " WHERE dispatches_text MATCH :words) AS hits ON hits.hit = n"
        )
        order = "ORDER BY score, published DESC, id LIMIT :limit"
        return list(self._dispatches(f"{found} {clock} {order}", {**values, **wanted.values}))

    def sentences(self, dispatch: str) -> tuple[Sentence, ...]:
        """The sentences of a dispatch, as its newest reading cut them."""
        row = self._one(_NEWEST.format("r.sentences"), (dispatch,))
        return (
            tuple(Sentence(Span(start, end), role) for start, end, role in json.loads(row[0])) if row else ()
        )

    def mentions(self, dispatch: str) -> tuple[PlaceMention, ...]:
        """The places that a dispatch names, whether or not a claim is made of them."""
        row = self._one(_NEWEST.format("r.places"), (dispatch,))
        return tuple(mention_of(cells, self.place) for cells in json.loads(row[0])) if row else ()

    def origin(self, dispatch: str) -> tuple[str, str] | None:
        row = self._one("SELECT parent, reason FROM origins WHERE dispatch = ?", (dispatch,))
        return (str(row[0]), str(row[1])) if row else None

    def publishers(self) -> list[tuple[str, int]]:
        rows = self._all(
            "SELECT publisher, count(*) FROM dispatches WHERE publisher IS NOT NULL"
            " GROUP BY publisher ORDER BY 2 DESC, 1"
        )
        return [(str(publisher), int(number)) for publisher, number in rows]

    def _dispatches(self, where: str, values: object) -> Iterator[Dispatch]:
        rows = self._all(
            "SELECT id, published, text, precision, title, url, publisher, sources, language FROM dispatches "
            + where,
            values,
        )
        for id, published, text, precision, title, url, publisher, sources, language in rows:
            yield Dispatch(
                id, moment(published), text, precision, title, url, publisher, tuple(json.loads(sources)),
                language,
            )  # fmt: skip
