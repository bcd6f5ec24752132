"""What a picture shows: a day's places with their marks, and the part of the base map they lie on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians

from frontlog.errors import LedgerError
from frontlog.ledger.store import Box, HeldPlace, Store
from frontlog.views.colours import Mark, marks
from frontlog.views.mapdata import CREDIT, MapData, corridors

Ring = list[tuple[float, float]]
MARGIN = 0.06
SHOWN_COUNTRIES = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """The base map inside a box: rings of land and of provinces with their gazetteer ids, and roads."""

    box: Box
    land: list[Ring]
    provinces: list[tuple[str | None, list[Ring]]]
    roads: list[Ring]

    @property
    def stretch(self) -> float:
        """How much wider a degree of latitude is than one of longitude in the middle of the box."""
        return 1 / cos(radians((self.box.south + self.box.north) / 2))


@dataclass(frozen=True, slots=True)
class Scene:
    """One day, ready to be drawn."""

    on: date
    known: date | None
    places: list[HeldPlace]
    marks: Mapping[str, Mark]
    source: str

    @property
    def title(self) -> str:
        return f"{self.on.day} {self.on:%B %Y}"

    @property
    def subtitle(self) -> str:
        return f"as known on {self.known.day} {self.known:%B %Y}" if self.known else "as known now"

    def tints(self) -> dict[str, set[str]]:
        """Which sides a province is held by: its own holding, else those of its places on record."""
        own = {
            e.place.id: e
            for e in self.places
            if e.place.precision == "province" and e.holding.state == "held"
        }
        found: dict[str, set[str]] = {id: {each.holding.holder or ""} for id, each in own.items()}
        for each in self.places:
            province = each.place.admin1
            if province and province not in own and each.holding.holder and each.holding.state != "unknown":
                found.setdefault(province, set()).add(each.holding.holder)
        return found


def scene(
    store: Store, on: date, known: date | None, country: str | None, name: Callable[[str], str]
) -> Scene:
    """Ask the ledger for one day."""
    places = [each for each in store.holdings(on, known, country) if each.place.precision != "country"]
    drawn = marks((side, name(side)) for side, _ in store.sides())
    days = {each.known for each in store.counts(country, last=known)}
    span = f"dispatches known {min(days)} to {max(days)}" if days else "no dispatches"
    return Scene(on, known, places, drawn, f"frontlog, from {span}. {CREDIT} Places: GeoNames (CC BY 4.0).")


def frame(places: Iterable[HeldPlace]) -> Box:
    """A box around the countries with most places; raises LedgerError when there is nothing to show."""
    shown = [each.place for each in places]
    count = Counter(place.country for place in shown)
    if not count:
        raise LedgerError("no place is held by anybody on that day; choose another with --on")
    most = max(count.values())
    inside = [place for place in shown if count[place.country] > most / 4]
    lats, lons = [place.lat for place in inside], [place.lon for place in inside]
    high = max(max(lats) - min(lats), max(lons) - min(lons), 2.0)
    pad = high * MARGIN + 0.3
    return Box(min(lats) - pad, min(lons) - pad, max(lats) + pad, max(lons) + pad)


def country_box(data: MapData, country: str) -> Box | None:
    """The box of a country's provinces, so that a picture of it always has the same frame."""
    points = [
        point
        for feature in data.features(country)
        for part in feature["geometry"]["coordinates"]
        for point in part[0]
    ]
    if not points:
        return None
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    pad = (max(lats) - min(lats)) * 0.03
    return Box(min(lats) - pad, min(lons) - pad, max(lats) + pad, max(lons) + pad)


def ground(data: MapData, box: Box, countries: Iterable[str | None]) -> Ground:
    """The base map inside a box, with provinces of the countries that occur most."""
    land = [ring for feature in data.features() for ring in _rings(feature) if _meets(ring, box)]
    wanted = [code for code, _ in Counter(code for code in countries if code).most_common(SHOWN_COUNTRIES)]
    provinces = []
    for code in wanted:
        for feature in data.features(code):
            rings = [ring for ring in _rings(feature) if _meets(ring, box)]
            if rings:
                provinces.append((feature["properties"]["place"], rings))
    roads = [line for line in road_lines() if _meets(line, box)]
    return Ground(box, land, provinces, roads)


def road_lines() -> list[Ring]:
    """The schematic roads."""
    lines = []
    for row in corridors():
        pairs = (point.split() for point in (row.get("line") or "").split(";") if point)
        lines.append([(float(lon), float(lat)) for lon, lat in pairs])
    return [line for line in lines if len(line) > 1]


def _rings(feature: Mapping[str, object]) -> list[Ring]:
    geometry = feature["geometry"]
    assert isinstance(geometry, Mapping)
    return [[(x, y) for x, y in ring] for part in geometry["coordinates"] for ring in part]


def _meets(ring: Ring, box: Box) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= box.west and min(xs) <= box.east and max(ys) >= box.south and min(ys) <= box.north


def days(first: date, last: date, most: int = 400) -> list[date]:
    """Every day from the first to the last, or evenly chosen ones when there are too many."""
    every = (last - first).days + 1
    step = max(1, -(-every // most))
    found = [first + timedelta(days=at) for at in range(0, every, step)]
    return found if found[-1] == last else [*found, last]


def importance(each: HeldPlace) -> int:
    """Zero for capitals, more for smaller places: what is drawn large, above and labelled first."""
    place = each.place
    if place.capital_of:
        return 0
    if place.precision == "settlement":
        return 1 if place.population >= 100_000 else 2 if place.population >= 10_000 else 3
    return 4
