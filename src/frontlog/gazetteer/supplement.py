"""The project's own rows (``data/places.tsv``) and capitals, laid over those of the packages."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.names import normalise
from frontlog.gazetteer.rows import PRECISIONS, Row

DATA = Path(__file__).parents[1] / "data"
PLACES = DATA / "places.tsv"
CAPITALS = DATA / "capitals.tsv"
_COLUMNS = ["id", "name", "aliases", "kind", "lat", "lon", "country", "admin1", "source"]


def data_digest() -> str:
    """Digest of the files that a build reads from the project itself."""
    content = b"".join(path.read_bytes() for path in (PLACES, CAPITALS))
    return hashlib.sha256(content).hexdigest()[:16]


def tsv_lines(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield line numbers and cells; raises DataFileError for a wrong header or a wrong number of cells."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            cells = line.rstrip("\n").split("\t")
            if number == 1 and cells != columns:
                raise DataFileError(str(path), 1, "wrong header", f"the columns are {', '.join(columns)}")
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            if len(cells) != len(columns):
                raise DataFileError(
                    str(path),
                    number,
                    f"{len(cells)} cells, not {len(columns)}",
                    "separate cells by one tab each",
                )
            yield number, cells


def read_places(path: Path = PLACES) -> Iterator[tuple[int, Row]]:
    """Yield line numbers and rows of a file in the supplement's format; ``admin1`` is still a name."""
    for number, cells in tsv_lines(path, _COLUMNS):
        ident, name, aliases, kind, lat, lon, country, admin1, source = cells
        if kind not in PRECISIONS:
            raise DataFileError(str(path), number, f"kind {kind!r}", f"use one of {', '.join(PRECISIONS)}")
        try:
            point = float(lat), float(lon)
        except ValueError:
            raise DataFileError(
                str(path), number, f"coordinates {lat!r}, {lon!r}", "write decimal degrees"
            ) from None
        if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
            raise DataFileError(str(path), number, f"coordinates {point}", "write latitude, then longitude")
        yield number, Row(
            ident, name, kind, *point, country or None, admin1 or None, source=source,
            names=[alias.strip() for alias in aliases.split("|") if alias.strip()],
        )  # fmt: skip


def province_names(rows: dict[str, Row]) -> dict[tuple[str, str], str]:
    """Index first-level divisions by country and every normalised name."""
    found: dict[tuple[str, str], str] = {}
    for row in rows.values():
        if row.kind == "province" and row.country:
            for name in (row.name, *row.names, *row.short):
                found.setdefault((row.country, normalise(name)), row.id)
    return found


def apply_supplement(rows: dict[str, Row], path: Path = PLACES) -> None:
    """Add the supplement: a known id gets its name and aliases, anything else is a new row."""
    provinces = province_names(rows)
    for line, added in read_places(path):
        known = rows.get(added.id)
        if known is None:
            added.admin1, added.listed = _province_of(added, provinces, path, line), True
            rows[added.id] = added
            continue
        known.listed = True
        known.names = [known.name, *known.names, *added.names]
        known.name, known.lat, known.lon = added.name, added.lat, added.lon


def _province_of(added: Row, provinces: Mapping[tuple[str, str], str], path: Path, line: int) -> str | None:
    """Return the id of the province that a row is said to lie in."""
    if added.admin1 is None:
        return None
    found = provinces.get((added.country or "", normalise(added.admin1)))
    if found is None:
        reason = f"no province {added.admin1!r} in {added.country}"
        raise DataFileError(str(path), line, reason, "use a name GeoNames knows")
    return found


def apply_capitals(rows: dict[str, Row], national: dict[str, str]) -> None:
    """Mark capitals of countries and of provinces.

    A province's capital is the one that ``capitals.tsv`` names, else the town of its own name, else its
    largest town.
    """
    towns: dict[str, list[Row]] = defaultdict(list)
    by_country: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if PRECISIONS[row.kind] == "settlement" and row.country:
            by_country[row.country].append(row)
            if row.admin1:
                towns[row.admin1].append(row)
    named = _named_capitals(rows)
    for province, inside in towns.items():
        largest = sorted(inside, key=lambda town: -town.population)
        wanted = named.get(province)
        own = {
            normalise(name) for name in (rows[province].name, *rows[province].names, *rows[province].short)
        }
        chosen = next((town for town in largest if wanted and wanted in _spellings(town)), None)
        chosen = chosen or next((town for town in largest[:5] if own & _spellings(town)), largest[0])
        chosen.capital_of = province
    states = {row.country: row.id for row in rows.values() if row.kind == "country"}
    for code, capital in national.items():
        wanted = normalise(capital)
        known = by_country.get(code, [])
        fitting = [town for town in known if normalise(town.name) == wanted]
        fitting = fitting or [town for town in known if wanted in _spellings(town)]
        if fitting:
            best = max(fitting, key=lambda town: town.population)
            best.capital_of, best.kind = states[code], "capital"


def _spellings(row: Row) -> set[str]:
    return {normalise(name) for name in (row.name, *row.names)}


def _named_capitals(rows: dict[str, Row]) -> dict[str, str]:
    provinces = province_names(rows)
    named = {}
    for number, (country, province, capital) in tsv_lines(CAPITALS, ["country", "province", "capital"]):
        found = provinces.get((country, normalise(province)))
        if found is None:
            raise DataFileError(
                str(CAPITALS), number, f"no province {province!r} in {country}", "use a name GeoNames knows"
            )
        named[found] = normalise(capital)
    return named
