"""Rows of the gazetteer before they are packed, and the words for their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontlog.model import Precision

PRECISIONS: Mapping[str, Precision] = {
    "continent": "region",
    "region": "region",
    "mountains": "region",
    "valley": "region",
    "desert": "region",
    "peninsula": "region",
    "sea": "region",
    "lake": "region",
    "river": "region",
    "island": "region",
    "forest": "region",
    "country": "country",
    "province": "province",
    "district": "district",
    "subdistrict": "district",
    "capital": "settlement",
    "city": "settlement",
    "town": "settlement",
    "village": "settlement",
    "camp": "settlement",
    "suburb": "site",
    "airport": "site",
    "airbase": "site",
    "base": "site",
    "crossing": "site",
    "pass": "site",
    "dam": "site",
    "plant": "site",
    "port": "site",
    "mountain": "site",
    "site": "site",
    "road": "road",
}
KINDS: tuple[str, ...] = tuple(PRECISIONS)

PRIMARY, ALTERNATE, SHORTENED = 0, 1, 2


@dataclass(slots=True)
class Row:
    """One place on its way into the file.

    ``names`` are alternates, ``short`` names without a class word; ``listed`` rows are in the supplement.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    importance: float = 0.0
    capital_of: str | None = None
    source: str = "geonames"
    listed: bool = False
    names: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
