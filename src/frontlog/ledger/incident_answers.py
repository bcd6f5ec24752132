"""What a SQLite ledger answers about incidents."""

from __future__ import annotations

import json
from datetime import date

from frontlog.ledger.asking import Asking
from frontlog.model import Incident, Interval, Kind

_SELECT = "SELECT id, kind, place, when_first, when_last, known, reason, origins FROM incidents"


class IncidentAnswers(Asking):
    """Incidents, as known on any day."""

    def incidents(
        self, place: str | None = None, known: date | None = None, kind: Kind | None = None,
        country: str | None = None, first: date | None = None, last: date | None = None,
        limit: int | None = None,
    ) -> list[Incident]:  # fmt: skip
        rows = self._all(
            _SELECT + " i WHERE (:place IS NULL OR unit = :place) AND (:known IS NULL OR known <= :known)"
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
        row = self._one(_SELECT + " WHERE id = ?", (id,))
        return self._incident(row, None) if row else None

    def incidents_of(self, claim: str) -> list[Incident]:
        """The incidents that a claim belongs to, one a place."""
        ids = self._all("SELECT incident FROM incident_claims WHERE claim = ? ORDER BY 1", (claim,))
        return [incident for (id,) in ids if (incident := self.incident(str(id))) is not None]

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
