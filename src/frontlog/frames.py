"""The Python API: a ledger's answers as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from frontlog.errors import LedgerError, MissingExtraError
from frontlog.ledger import open_store
from frontlog.ledger.store import ClaimQuery, Store
from frontlog.model import Kind
from frontlog.reading.actors import Actors
from frontlog.views import records

if TYPE_CHECKING:
    from pandas import DataFrame


class Ledger:
    """A ledger to ask from Python. Use it in a ``with``, or call ``close``.

    Every method gives a data frame with a row an answer; days are ``datetime.date``. Raises MissingExtraError
    without pandas (the extra ``frames``).
    """

    def __init__(self, store: Store, actors: Actors | None = None) -> None:
        self.store = store
        self._actors = actors or Actors.open()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger's connections."""
        self.store.close()

    def claims(
        self,
        kinds: Sequence[Kind] = (),
        country: str | None = None,
        actor: str | None = None,
        text: str | None = None,
        first: date | None = None,
        last: date | None = None,
        known: date | None = None,
    ) -> DataFrame:
        """Claims, one row each, with the sentence each came from; ``places`` and parties are joined words."""
        query = ClaimQuery(
            kinds=kinds, country=country, actor=actor, text=text, first=first, last=last, known=known
        )
        return _frame(_claim_row(records.claim_record(row)) for row in self.store.claims(query))

    def control(self, on: date, known: date | None = None, country: str | None = None) -> DataFrame:
        """Who holds what on a day, as known on another (None: as known now)."""
        held = self.store.holdings(on, known, country)
        return _frame(_holding_row(records.holding_record(each, self._actors.name)) for each in held)

    def place(self, name: str, known: date | None = None, country: str | None = None) -> DataFrame:
        """All holdings of one place in order of time; raises LedgerError for a name the ledger lacks."""
        found = self.store.places(name=name, country=country)
        if not found:
            raise LedgerError(f"no claim in this ledger names {name!r}; see: frontlog gazetteer find {name}")
        life = self.store.place_life(found[0].id, known)
        return _frame(_holding_row(records.holding_record(each, self._actors.name)) for each in life)

    def incidents(self, country: str | None = None, kind: Kind | None = None) -> DataFrame:
        """Incidents, one row each, with their claims and origins as lists."""
        return _frame(
            records.incident_record(each) for each in self.store.incidents(country=country, kind=kind)
        )

    def findings(self, known: date | None = None) -> DataFrame:
        """What the audits noticed."""
        return _frame(records.finding_record(each) for each in self.store.findings(known=known))


def open_ledger(path: str | Path) -> Ledger:
    """Open a ledger that exists; raises LedgerError where there is none."""
    return Ledger(open_store(path, must_exist=True))


def _claim_row(record: dict[str, Any]) -> dict[str, Any]:
    said_by = record.pop("said_by")
    flat = {
        "agent": ", ".join(party["text"] for party in record.pop("agent")),
        "target": ", ".join(party["text"] for party in record.pop("target")),
        "said_by": said_by["text"] if said_by else None,
    }
    places = record.pop("places")
    flat["places"] = ", ".join(place["name"] or place["text"] for place in places)
    first = next((place for place in places if place["lat"] is not None), None)
    return (
        record
        | flat
        | {
            "place_id": first["id"] if first else None,
            "lat": first["lat"] if first else None,
            "lon": first["lon"] if first else None,
        }
    )


def _holding_row(record: dict[str, Any]) -> dict[str, Any]:
    place = record.pop("place")
    named = {"place": place["name"], "place_id": place["id"]}
    return named | {name: place[name] for name in ("country", "admin1", "lat", "lon")} | record


def _frame(rows: Iterable[dict[str, Any]]) -> DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("a data frame", "frames") from error
    frame = pandas.DataFrame(list(rows))
    for column in ("valid_from", "valid_to", "known", "known_on", "seen"):
        if column in frame:
            days = [date.fromisoformat(day) if isinstance(day, str) else None for day in frame[column]]
            frame[column] = pandas.Series(days, index=frame.index, dtype="object")
    return frame
