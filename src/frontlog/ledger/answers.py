"""What a SQLite ledger answers: questions only, nothing is written here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

from frontlog.ledger import around, finding_rows, units
from frontlog.ledger.claim_answers import ClaimAnswers
from frontlog.ledger.codec import finding_of
from frontlog.ledger.dispatch_answers import DispatchAnswers
from frontlog.ledger.gather import Context, Stored, standing_claims, takers_of
from frontlog.ledger.incident_answers import IncidentAnswers
from frontlog.ledger.place_answers import PlaceAnswers
from frontlog.ledger.takers import Inferred, War
from frontlog.model import Finding
from frontlog.reading.actors import Actors, Resolved


class Answers(DispatchAnswers, ClaimAnswers, IncidentAnswers, PlaceAnswers):
    """The asking half of a ledger: what it keeps, and what is worked out of it when asked."""

    def findings(
        self, audit: str | None = None, known: date | None = None, dispatch: str | None = None,
        verdict: str | None = None,
    ) -> list[Finding]:  # fmt: skip
        sql, values = finding_rows.select(audit, known, dispatch, verdict)
        return [finding_of(str(body)) for (body,) in self._all(sql, values)]

    def inferred(self, place: str) -> dict[str, Inferred]:
        """The takers that were inferred for claims at a place that name none, by claim, with the reason."""
        cursor = self._connections.read().cursor()
        context = self._context(cursor)
        claims = standing_claims(units.unit_claims(cursor, place), place, context.verdicts)
        twins, _ = around.of_namesakes(cursor, place, context)
        return takers_of(claims, place, context, twins)

    def _context(self, cursor: sqlite3.Cursor) -> Context:
        parents = dict(cursor.execute("SELECT dispatch, parent FROM origins").fetchall())
        return Context(
            self.weights, self._verdicts(cursor), parents, self.place,
            lru_cache(maxsize=2000)(self._claims_of), self._war_of, self._resolve,
        )  # fmt: skip

    @cached_property
    def _actors(self) -> Actors:
        return Actors.open()

    def _claims_of(self, dispatch: str) -> list[Stored]:
        return units.dispatch_claims(self._connections.read().cursor(), dispatch)

    def _war_of(self, country: str, on: date) -> War:
        government, sides = self._actors.war(country, on)
        rebels = self._actors.resolve("rebels", on, (country,))
        return War(government, sides, rebels.side if rebels and rebels.side in sides else None)

    def _resolve(self, words: str, on: date, countries: Sequence[str]) -> Resolved | None:
        return self._actors.resolve(words, on, countries)
