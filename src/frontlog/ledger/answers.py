"""What a SQLite ledger answers: questions only, nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from frontlog.errors import LedgerError
from frontlog.ledger import around, claim_rows, finding_rows, holding_rows, units
from frontlog.ledger.codec import decision_of, finding_of, mention_of, moment
from frontlog.ledger.connect import Connections
from frontlog.ledger.decisions import Verdicts, replay
from frontlog.ledger.gather import Context, Stored, standing_claims, takers_of
from frontlog.ledger.store import Box, ClaimQuery, DayCount, HeldPlace, StoredClaim
from frontlog.ledger.takers import Inferred, War
from frontlog.ledger.weights import Weights
from frontlog.model import (
    Decision,
    Dispatch,
    Finding,
    Incident,
    Interval,
    Kind,
    Place,
    PlaceMention,
    Sentence,
    Span,
)
from frontlog.reading.actors import Actors, Resolved

_PLACE = "id, name, kind, precision, lat, lon, country, admin1, admin1_name, population, capital_of, source"
_NEWEST = (
    "SELECT {} FROM readings r JOIN dispatches d ON d.n = r.dispatch WHERE d.id = ? ORDER BY r.n DESC LIMIT 1"
)


class Answers:
    """The asking half of a ledger: dispatches, claims, places, incidents, holdings, findings, decisions."""

    _connections: Connections
    weights: Weights
    _places: dict[str, Place]

    @property
    def path(self) -> Path:
        return self._connections.path

    def dispatch(self, id: str) -> Dispatch | None:
        return next(self._dispatches("WHERE id = ?", (id,)), None)

    def dispatches(self, known: date | None = None, publisher: str | None = None) -> Iterator[Dispatch]:
        yield from self._dispatches(
            "WHERE (:known IS NULL OR known <= :known) AND (:publisher IS NULL OR publisher = :publisher)"
            " ORDER BY published, id",
            {"known": known.isoformat() if known else None, "publisher": publisher},
        )

    def claims(self, query: ClaimQuery | None = None) -> Iterator[StoredClaim]:
        sql, values = claim_rows.select(query or ClaimQuery())
        accepted = self._verdicts(self._connections.read()).accepted
        for row in self._all(sql, values):
            yield claim_rows.stored(row, self.place, accepted)

    def count_claims(self, query: ClaimQuery | None = None) -> int:
        sql, values = claim_rows.count(query or ClaimQuery())
        row = self._one(sql, values)
        return int(row[0]) if row else 0

    def claim(self, id: str) -> StoredClaim | None:
        row = self._one(
            claim_rows.SELECT + " WHERE c.id = ? ORDER BY c.current DESC, c.n DESC LIMIT 1", (id,)
        )
        return (
            claim_rows.stored(row, self.place, self._verdicts(self._connections.read()).accepted)
            if row
            else None
        )

    def place(self, id: str) -> Place | None:
        if (known := self._places.get(id)) is None:
            row = self._one(f"SELECT {_PLACE} FROM places WHERE id = ?", (id,))
            if row is None:
                return None
            known = self._places.setdefault(id, Place(*row))
        return known

    def places(
        self, name: str | None = None, country: str | None = None, box: Box | None = None
    ) -> list[Place]:
        sql = f"SELECT {_PLACE} FROM places p WHERE EXISTS (SELECT 1 FROM claim_units WHERE unit = p.id)"
        values: dict[str, object] = {}
        if name is not None:
            sql += " AND name = :name COLLATE NOCASE"
            values["name"] = name
        if country is not None:
            sql += " AND country = :country"
            values["country"] = country
        if box is not None:
            sql += " AND " + holding_rows.IN_BOX
            values |= holding_rows.edges(box)
        return [Place(*row) for row in self._all(sql + " ORDER BY population DESC, id", values)]

    def countries(self) -> list[tuple[str, int]]:
        return [
            (str(country), int(number))
            for country, number in self._all(
                "SELECT country, count(DISTINCT unit) FROM claim_units WHERE country IS NOT NULL"
                " GROUP BY country ORDER BY 2 DESC, 1"
            )
        ]

    def incidents(
        self, place: str | None = None, known: date | None = None, kind: Kind | None = None,
        country: str | None = None, first: date | None = None, last: date | None = None,
        limit: int | None = None,
    ) -> list[Incident]:  # fmt: skip
        rows = self._all(
            "SELECT id, kind, place, when_first, when_last, known, reason, origins FROM incidents i"
            " WHERE (:place IS NULL OR unit = :place) AND (:known IS NULL OR known <= :known)"
            " AND (:kind IS NULL OR kind = :kind) AND (:first IS NULL OR when_last >= :first)"
            " AND (:last IS NULL OR when_first <= :last) AND (:country IS NULL OR"
            " EXISTS (SELECT 1 FROM places p WHERE p.id = i.place AND p.country = :country))"
            " ORDER BY when_first, id LIMIT :limit",
            {
                "place": place, "known": known.isoformat() if known else None, "kind": kind,
                "country": country,
                "first": first.isoformat() if first else None, "last": last.isoformat() if last else None,
                "limit": -1 if limit is None else limit,
            },
        )  # fmt: skip
        return [self._incident(row, known) for row in rows]

    def incident(self, id: str) -> Incident | None:
        row = self._one(
            "SELECT id, kind, place, when_first, when_last, known, reason, origins FROM incidents"
            " WHERE id = ?",
            (id,),
        )
        return self._incident(row, None) if row else None

    def incidents_of(self, claim: str) -> list[Incident]:
        """The incidents that a claim belongs to, one a place."""
        ids = self._all("SELECT incident FROM incident_claims WHERE claim = ? ORDER BY 1", (claim,))
        return [incident for (id,) in ids if (incident := self.incident(str(id))) is not None]

    def holdings(
        self, on: date, known: date | None = None, country: str | None = None, box: Box | None = None
    ) -> list[HeldPlace]:
        sql, values = holding_rows.on_day(on, known, country, box)
        return [self._held(row, known, on) for row in self._all(sql, values)]

    def place_life(
        self, place: str, known: date | None = None, *, after: date | None = None, limit: int | None = None
    ) -> list[HeldPlace]:
        sql, values = holding_rows.life(place, known, after, limit)
        return [self._held(row, known, None) for row in self._all(sql, values)]

    def findings(
        self, audit: str | None = None, known: date | None = None, dispatch: str | None = None,
        verdict: str | None = None,
    ) -> list[Finding]:  # fmt: skip
        sql, values = finding_rows.select(audit, known, dispatch, verdict)
        return [finding_of(str(body)) for (body,) in self._all(sql, values)]

    def decisions(self, subject: str | None = None) -> list[Decision]:
        rows = self._all(
            "SELECT id, action, subject, author, made, reason, changes FROM decisions"
            " WHERE :subject IS NULL OR subject = :subject ORDER BY made, id",
            {"subject": subject},
        )
        return [decision_of(row) for row in rows]

    def counts(
        self, country: str | None = None, first: date | None = None, last: date | None = None
    ) -> list[DayCount]:
        values = {
            "country": country,
            "first": first.isoformat() if first else "",
            "last": last.isoformat() if last else "9999-12-31",
        }
        rows = self._all(
            "SELECT known, family, count(*) FROM claims c"
            " WHERE current = 1 AND known BETWEEN :first AND :last"
            + (
                " AND n IN (SELECT claim FROM claim_units WHERE country = :country)"
                if country is not None
                else ""
            )
            + " GROUP BY known, family ORDER BY known, family",
            values,
        )
        return [DayCount(date.fromisoformat(known), family, number) for known, family, number in rows]

    def origin(self, dispatch: str) -> tuple[str, str] | None:
        row = self._one("SELECT parent, reason FROM origins WHERE dispatch = ?", (dispatch,))
        return (str(row[0]), str(row[1])) if row else None

    def version(self) -> str:
        return self._connections.version()

    def sides(self) -> list[tuple[str, int]]:
        rows = self._all(
            "SELECT holder, count(DISTINCT place) FROM holdings WHERE holder IS NOT NULL GROUP BY holder"
            " ORDER BY 2 DESC, 1"
        )
        return [(str(holder), int(number)) for holder, number in rows]

    def publishers(self) -> list[tuple[str, int]]:
        rows = self._all(
            "SELECT publisher, count(*) FROM dispatches WHERE publisher IS NOT NULL"
            " GROUP BY publisher ORDER BY 2 DESC, 1"
        )
        return [(str(publisher), int(number)) for publisher, number in rows]

    def search(self, words: str, known: date | None = None, limit: int = 50) -> list[Dispatch]:
        values: dict[str, object] = {f"w{at}": word for at, word in enumerate(words.split())}
        where = "".join(
            f" AND (instr(lower(text), lower(:{name})) OR instr(lower(coalesce(title, '')), lower(:{name})))"
            for name in list(values)
        )
        values |= {"known": known.isoformat() if known else None, "limit": limit}
        sql = f"WHERE (:known IS NULL OR known <= :known){where} ORDER BY published DESC, id LIMIT :limit"
        return list(self._dispatches(sql, values))

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

    def inferred(self, place: str) -> dict[str, Inferred]:
        """The takers that were inferred for claims at a place that name none, by claim, with the reason."""
        cursor = self._connections.read().cursor()
        context = self._context(cursor)
        claims = standing_claims(units.unit_claims(cursor, place), place, context.verdicts)
        twins, _ = around.of_namesakes(cursor, place, context)
        return takers_of(claims, place, context, twins)

    def _verdicts(self, connection: sqlite3.Cursor | sqlite3.Connection) -> Verdicts:
        rows = connection.execute(
            "SELECT id, action, subject, author, made, reason, changes FROM decisions"
        ).fetchall()
        return replay([decision_of(row) for row in rows])

    def _incident(self, row: tuple[object, ...], known: date | None) -> Incident:
        id, kind, place, first, last, since, reason, origins = row
        claims = self._all(
            "SELECT ic.claim FROM incident_claims ic WHERE ic.incident = :id AND (:known IS NULL OR EXISTS ("
            " SELECT 1 FROM claims c WHERE c.id = ic.claim AND c.known <= :known)) ORDER BY 1",
            {"id": id, "known": known.isoformat() if known else None},
        )
        when = (
            Interval(date.fromisoformat(str(first)), date.fromisoformat(str(last)))
            if first and last
            else None
        )
        return Incident(
            str(id), kind, tuple(str(claim) for (claim,) in claims), tuple(json.loads(str(origins))),  # type: ignore[arg-type]
            str(place) if place else None, when, date.fromisoformat(str(since)), str(reason),
        )  # fmt: skip

    def _held(self, row: tuple[object, ...], known: date | None, on: date | None) -> HeldPlace:
        place = self.place(str(row[0]))
        if place is None:
            raise LedgerError(f"{self.path}: holding of unknown place {row[0]!r}; run: frontlog rebuild")
        holding, seen = holding_rows.holding(row, self.weights, known, on)
        return HeldPlace(place, holding, seen)

    def _dispatches(self, where: str, values: object) -> Iterator[Dispatch]:
        rows = self._all(
            "SELECT id, published, text, precision, title, url, publisher, sources, language FROM dispatches "
            + where,
            values,
        )
        for id, published, text, precision, title, url, publisher, sources, language in rows:
            yield Dispatch(
                id,
                moment(published),
                text,
                precision,
                title,
                url,
                publisher,
                tuple(json.loads(sources)),
                language,
            )

    def _all(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self._connections.read().execute(sql, values).fetchall()

    def _one(self, sql: str, values: Any = ()) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connections.read().execute(sql, values).fetchone()
        return found
