"""The gazetteer at work: names to places, best first, and who lies in what."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from math import log10
from pathlib import Path
from typing import NamedTuple

import numpy as np

from frontlog.errors import GazetteerError
from frontlog.gazetteer import classwords, kin
from frontlog.gazetteer.build import build, name_key, stamp
from frontlog.gazetteer.names import normalise, skeleton
from frontlog.gazetteer.rows import PRECISIONS
from frontlog.gazetteer.table import read_table
from frontlog.gazetteer.user import store_path
from frontlog.model import Place, Precision

LOOSE = 3
FILE = "gazetteer.flg"
# Towns whose population no source gives: those that war reporting names are no hamlets.
_UNKNOWN, _UNKNOWN_LISTED = 1_000, 30_000


class Candidate(NamedTuple):
    """A reading of a name: the row, and how the name matched (PRIMARY … LOOSE)."""

    row: int
    grade: int


class Fact(NamedTuple):
    """What resolution reads of a row."""

    lat: float
    lon: float
    population: int
    kind: str
    precision: Precision
    country: str
    admin1: int
    admin2: int
    capital_of: int
    listed: bool


def default_path() -> Path:
    """The built file in the package where that is writable or already there, else in the user's cache."""
    package = find_spec("frontlog")
    folders = list(package.submodule_search_locations or ()) if package else []
    inside = Path(folders[0]) / "data" / "built" / FILE if folders else None
    if (
        inside is not None
        and not store_path().exists()
        and (inside.exists() or os.access(inside.parents[1], os.W_OK))
    ):
        return inside
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "frontlog" / FILE


class Gazetteer:
    """Read-only, safe to share between threads; processes that open the same file share its pages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meta, arrays = read_table(path)
        self._keys = memoryview(arrays["keys"].data).cast("B").cast("Q")
        self._first, self._row, self._grade = arrays["first"], arrays["row"], arrays["grade"]
        self._names, self._name_at = memoryview(arrays["names"].data), arrays["name_at"]
        self._ids, self._id_at = memoryview(arrays["ids"].data), arrays["id_at"]
        self._columns = arrays
        states = np.flatnonzero(arrays["kind"] == self.meta["kinds"].index("country")).tolist()
        self._states = {self.meta["countries"][arrays["country"][row]]: row for row in states}
        self.candidates = lru_cache(maxsize=65536)(self._candidates)
        self.loose = lru_cache(maxsize=16384)(self._loose)
        self.fact = lru_cache(maxsize=65536)(self._fact)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the built file; without a path, build the default one first where it is missing or stale."""
        if path is not None:
            return cls(path)
        where = default_path()
        if where.exists():
            try:
                ready = cls(where)
            except GazetteerError:
                ready = None
            if ready is not None and ready.meta["stamp"] == stamp():
                return ready
        build(where)
        return cls(where)

    def kinds(self) -> Counter[str]:
        """Count the rows of each kind."""
        numbers = Counter(self._columns["kind"].tolist())
        return Counter({str(self.meta["kinds"][number]): count for number, count in numbers.items()})

    def sources(self) -> Counter[str]:
        """Count the rows of each source."""
        numbers = Counter(self._columns["source"].tolist())
        return Counter({str(self.meta["sources"][number]): count for number, count in numbers.items()})

    def __len__(self) -> int:
        return int(self.meta["rows"])

    # Rows

    def _postings(self, key: str) -> tuple[Candidate, ...]:
        wanted = name_key(key)
        at = bisect_left(self._keys, wanted)
        if at == len(self._keys) or self._keys[at] != wanted:
            return ()
        start, stop = int(self._first[at]), int(self._first[at + 1])
        return tuple(map(Candidate, self._row[start:stop].tolist(), self._grade[start:stop].tolist()))

    def _candidates(self, plain: str) -> tuple[Candidate, ...]:
        """Return the readings of a normalised name."""
        return self._postings(plain)

    def _loose(self, name: str, country: str) -> tuple[Candidate, ...]:
        """Return the rows of one country whose names transliterate alike."""
        bare = skeleton(name)
        if len(bare) < 4:
            return ()
        return tuple(Candidate(row, LOOSE) for row, _ in self._postings(f"~{country}|{bare}"))

    def _fact(self, row: int) -> Fact:
        columns = self._columns
        kind = str(self.meta["kinds"][columns["kind"][row]])
        return Fact(
            float(columns["lat"][row]), float(columns["lon"][row]), int(columns["population"][row]), kind,
            PRECISIONS[kind], self.meta["countries"][columns["country"][row]], int(columns["admin1"][row]),
            int(columns["admin2"][row]), int(columns["capital_of"][row]), bool(columns["listed"][row]),
        )  # fmt: skip

    def id_of(self, row: int) -> str:
        return bytes(self._ids[int(self._id_at[row]) : int(self._id_at[row + 1])]).decode()

    def name_of(self, row: int) -> str:
        return bytes(self._names[int(self._name_at[row]) : int(self._name_at[row + 1])]).decode()

    def row_of(self, ident: str) -> int | None:
        """Return the row of a place id."""
        found = self._postings(f"#{ident}")
        return found[0].row if found else None

    def place_at(self, row: int) -> Place:
        fact = self.fact(row)
        return Place(
            self.id_of(row), self.name_of(row), fact.kind, fact.precision,
            round(fact.lat, 5), round(fact.lon, 5),
            fact.country or None,
            self.id_of(fact.admin1) if fact.admin1 >= 0 else None,
            self.name_of(fact.admin1) if fact.admin1 >= 0 else None,
            fact.population, self.id_of(fact.capital_of) if fact.capital_of >= 0 else None,
            self.meta["sources"][self._columns["source"][row]],
        )  # fmt: skip

    # Names

    def prior(self, candidate: Candidate) -> float:
        """How likely a reading is before the text says anything; higher is likelier."""
        fact = self.fact(candidate.row)
        unknown = _UNKNOWN_LISTED if fact.listed else _UNKNOWN
        people = fact.population or (unknown if fact.precision == "settlement" else 0)
        score = log10(people + 100)
        if fact.precision == "country":
            score += 3
        elif fact.precision == "province":
            score += 0.2
        elif fact.precision == "district":
            score -= 2
        elif fact.precision == "site":
            score += 1
        elif fact.precision in ("region", "road"):
            score += 4.0
        if fact.listed:
            site = fact.precision == "site" and candidate.grade == 0
            score += 3.5 if site else 1.3 if fact.precision == "settlement" else 0.8
        if fact.capital_of >= 0:
            score += 2.0 if fact.kind == "capital" else 0.7
        return score - (0.0, 1.0, 0.8, 1.6)[candidate.grade]

    def find(self, name: str, countries: Iterable[str] = ()) -> tuple[Place, ...]:
        """Return the places a name may mean, best first.

        Exact and normalised names count everywhere, names without their class word next, and names that
        merely transliterate alike only within ``countries``.
        """
        wanted = tuple(countries)
        found = list(self.readings(name, wanted))
        if wanted:
            inside = [c for c in found if self.fact(c.row).country in wanted]
            found = inside + [c for c in found if c not in set(inside)]
        return tuple(self.place_at(candidate.row) for candidate in found)

    def readings(self, name: str, countries: tuple[str, ...] = ()) -> list[Candidate]:
        """Return the candidates of a name as printed, best first."""
        plain = normalise(name)
        found = list(self.candidates(plain))
        stripped = classwords.split(plain)
        if stripped is not None and not found:
            bare, classes = stripped
            found = [c for c in self.candidates(bare) if self.fact(c.row).precision in classes]
            divisions = [c for c in found if self.fact(c.row).precision != "settlement"]
            found = divisions or found
        if countries and not any(self.fact(c.row).country in countries for c in found):
            for country in countries:
                found += self.loose(stripped[0] if stripped else plain, country)
        unique = {candidate.row: candidate for candidate in reversed(found)}
        priors = self.priors(list(unique.values()))
        return [c for _, c in sorted(zip(priors, unique.values(), strict=True), reverse=True)]

    def priors(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the prior of each reading of one name; a province stands behind its capital."""
        seated = self.seated(candidates)
        return [self.prior(candidate) - 1.5 * (candidate.row in seated) for candidate in candidates]

    def seated(self, candidates: Sequence[Candidate]) -> set[int]:
        """Return the provinces among the readings of a name that share it with their main town."""
        facts = [self.fact(candidate.row) for candidate in candidates]
        provinces = {c.row: f for c, f in zip(candidates, facts, strict=True) if f.precision == "province"}
        return {
            row
            for fact in facts
            if fact.precision == "settlement"
            for row in (fact.admin1, fact.capital_of)
            if row in provinces
            and (fact.capital_of >= 0 or fact.population > 0.2 * provinces[row].population)
        }

    def place(self, ident: str) -> Place | None:
        """Return the place of an id, or None."""
        row = self.row_of(ident)
        return None if row is None else self.place_at(row)

    # Kin

    def is_in(self, inner: Place, outer: Place) -> bool:
        """Tell whether one place lies in another, by administration."""
        first, last = self.row_of(inner.id), self.row_of(outer.id)
        return first is not None and last is not None and self.row_in(first, last)

    def row_in(self, inner: int, outer: int) -> bool:
        fact = self.fact(inner)
        if inner == outer:
            return False
        if outer in (fact.admin1, fact.admin2):
            return True
        container = self.fact(outer)
        return container.precision == "country" and container.country == fact.country

    def capital_row(self, row: int) -> int | None:
        """Return the row of the capital of a province or country."""
        found = np.flatnonzero(self._columns["capital_of"] == row)
        return int(found[0]) if len(found) else None

    def capital(self, of: Place) -> Place | None:
        """Return the capital of a province or country."""
        row = self.row_of(of.id)
        seat = None if row is None else self.capital_row(row)
        return None if seat is None else self.place_at(seat)

    def within(self, container: Place, kinds: Iterable[str] = ()) -> Iterator[Place]:
        """Yield the places of some kinds that lie in a province, district or country."""
        row = self.row_of(container.id)
        if row is None:
            return
        columns = self._columns
        if container.precision == "country":
            inside = columns["country"] == columns["country"][row]
        else:
            inside = (columns["admin1"] == row) | (columns["admin2"] == row)
        wanted = {self.meta["kinds"].index(kind) for kind in kinds} or set(range(len(self.meta["kinds"])))
        for number in np.flatnonzero(inside & np.isin(columns["kind"], list(wanted))):
            if int(number) != row:
                yield self.place_at(int(number))

    def country_row(self, code: str) -> int | None:
        """Return the row of the country with an ISO 3166-1 alpha-2 code."""
        return self._states.get(code)

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code, or None."""
        row = self.country_row(code)
        return None if row is None else self.place_at(row)

    def distance_km(self, a: Place, b: Place) -> float:
        return kin.distance_km(a, b)

    def direction(self, a: Place, b: Place) -> str:
        """Name which of eight ways b lies from a."""
        return kin.direction(a, b)
