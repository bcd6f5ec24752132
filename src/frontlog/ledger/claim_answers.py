"""What a SQLite ledger answers about claims: which there are, and how many a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frontlog.ledger import claim_rows
from frontlog.ledger.asking import Asking
from frontlog.ledger.store import ClaimQuery, DayCount, StoredClaim


class ClaimAnswers(Asking):
    """Claims with what was decided on them."""

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
