"""What a SQLite ledger answers about places: which it knows of, and who holds them."""

from __future__ import annotations

from datetime import date

from frontlog.errors import LedgerError
from frontlog.ledger import holding_rows
from frontlog.ledger.asking import PLACE, Asking
from frontlog.ledger.store import Box, HeldPlace
from frontlog.model import Place


class PlaceAnswers(Asking):
    """Places that claims name, and holdings on two clocks."""

    def places(
        self, name: str | None = None, country: str | None = None, box: Box | None = None
    ) -> list[Place]:
        sql = f"SELECT {PLACE} FROM places p WHERE EXISTS (SELECT 1 FROM claim_units WHERE unit = p.id)"
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

    def holders(self, place: str, on: date) -> list[tuple[date, date, str | None]]:
        """Who was thought to hold a place on a day, and on which days of knowledge, the last one excluded."""
        rows = self._all(
            "SELECT known_from, known_to, holder FROM holdings"
            " WHERE place = :place AND valid_from <= :on AND valid_to >= :on ORDER BY known_from",
            {"place": place, "on": on.isoformat()},
        )
        return [(date.fromisoformat(since), date.fromisoformat(to), holder) for since, to, holder in rows]

    def sides(self) -> list[tuple[str, int]]:
        rows = self._all(
            "SELECT holder, count(DISTINCT place) FROM holdings WHERE holder IS NOT NULL GROUP BY holder"
            " ORDER BY 2 DESC, 1"
        )
        return [(str(holder), int(number)) for holder, number in rows]

    def _held(self, row: tuple[object, ...], known: date | None, on: date | None) -> HeldPlace:
        place = self.place(str(row[0]))
        if place is None:
            raise LedgerError(f"{self.path}: holding of unknown place {row[0]!r}; run: frontlog rebuild")
        holding, seen = holding_rows.holding(row, self.weights, known, on)
        return HeldPlace(place, holding, seen)
