"""Who an actor's words mean, and on which side of which war, at a time.

The registry (`data/actors.tsv`) and the sides (`data/sides.tsv`) only sharpen what the words alone give:
a war without any entry still has its parties, since demonyms, country names and head words make them.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.reading.actor_words import Words, countries_by_name, load_words, normalise

_POINTING = re.compile(r"\s*(?:they|we|it|he|she|their|his|her|its|our|both|each|the other)\b", re.IGNORECASE)
KINDS = frozenset(
    {"group", "force", "state", "alliance", "organisation", "office", "person", "people", "monitor"}
)
OF_GOVERNMENT = frozenset({"state", "force", "office", "person"})
ACTOR_FIELDS = ("id", "name", "kind", "country", "side", "from", "to", "aliases")
SIDE_FIELDS = ("country", "who", "side", "from", "to", "source")
OWN_FILES = "FRONTLOG_ACTORS"


@dataclass(frozen=True, slots=True)
class Actor:
    """One row of the registry."""

    id: str
    name: str
    kind: str
    country: str | None
    side: str
    first: date
    last: date
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allegiance:
    """One row of the sides file: on which side somebody fights in one country's war."""

    country: str
    who: str
    side: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Resolved:
    """What actor words mean. ``generic`` is true where they name nobody ("insurgents").

    ``side`` is None where the words cannot even be a party's name ("both sides", "their forces").
    """

    actor: str | None
    side: str | None
    generic: bool = False
    kind: str = "unknown"


class Actors:
    """The registry with the sides, opened once and handed on; it never changes after that."""

    def __init__(
        self, rows: Iterable[Actor], allegiances: Iterable[Allegiance], words: Words,
        names: Mapping[str, str], own: tuple[Path, ...] = (),
    ) -> None:  # fmt: skip
        self.own_files = own
        self._actors = {row.id: row for row in rows}
        self._allegiances: dict[tuple[str, str], list[Allegiance]] = {}
        for entry in allegiances:
            self._allegiances.setdefault((entry.country, entry.who), []).append(entry)
        self._words = words
        self._names = dict(names)
        self._aliases: dict[str, list[Actor]] = {}
        for row in self._actors.values():
            for alias in dict.fromkeys(normalise(name) for name in (row.name, *row.aliases)):
                self._aliases.setdefault(alias, []).append(row)
        self._longest = max((len(alias.split()) for alias in self._aliases), default=1)
        self._cached = lru_cache(maxsize=20_000)(self._resolve)

    @classmethod
    def open(cls, *extra: Path) -> Actors:
        """Open the installed registry; files in ``extra`` add rows of either kind, by their header.

        Without any, the environment variable FRONTLOG_ACTORS may name files, as PATH names folders.
        """
        data = files("frontlog") / "data"
        actors, allegiances = _read(Path(str(data / "actors.tsv")))
        _, installed = _read(Path(str(data / "sides.tsv")))
        allegiances += installed
        own = extra or own_files()
        for path in own:
            more, sides = _read(path)
            actors += more
            # A user's line goes before the installed ones, so that it wins.
            allegiances = sides + allegiances
        return cls(actors, allegiances, load_words(), countries_by_name(), own)

    def __len__(self) -> int:
        return len(self._actors)

    def all(self) -> Iterable[Actor]:
        """All rows of the registry."""
        return self._actors.values()

    def actor(self, id: str) -> Actor | None:
        return self._actors.get(id)

    def country(self, name: str) -> str | None:
        """The ISO code of a country by its name or demonym."""
        return self._names.get(normalise(name))

    def name(self, id: str) -> str:
        """The name people read for an actor's or a side's id; the id itself when it is only words.

        >>> Actors.open().name("gov:SY")
        'Syrian government'
        """
        role, _, country = id.partition(":")
        if country and (demonym := self._words.demonyms.get(country)):
            return f"{demonym} {'government' if role in ('gov', 'state') else role}"
        if id in self._actors:
            return self._actors[id].name
        named = [row.name for row in self._actors.values() if row.side == id]
        return named[0] if named else id

    def war(self, country: str, on: date) -> tuple[str, frozenset[str]]:
        """The side of a country's government on a day, and all sides that the file has in its war then."""
        government = self._government(country, on)
        sides = {
            row.side
            for (land, _), rows in self._allegiances.items()
            if land == country
            for row in rows
            if row.first <= on <= row.last
        }
        return government, frozenset({government, *sides})

    def resolve(self, words: str, on: date, countries: Sequence[str] = ()) -> Resolved | None:
        """Return whom ``words`` mean on a day in a dispatch about ``countries`` (the main one first).

        None only for words that say nothing, such as an empty string.
        """
        return self._cached(words, on, tuple(countries[:4]))

    def resolve_all(
        self, words: Sequence[str], on: date, countries: Sequence[str] = ()
    ) -> list[Resolved | None]:
        """Resolve the actors of one dispatch together: generic insurgents are the only ones it names."""
        found = [self.resolve(each, on, countries) for each in words]
        named = [each for each in found if each and not each.generic and each.kind == "group"]
        sides = {each.side for each in named}
        if len(sides) != 1:
            return found
        return [
            Resolved(named[0].actor, named[0].side, True, "group")
            if each and each.generic and each.kind == "group"
            else each
            for each in found
        ]

    def _resolve(self, words: str, on: date, countries: tuple[str, ...]) -> Resolved | None:
        text = normalise(words)
        if not text:
            return None
        if _POINTING.match(words):
            return Resolved(None, None, True, "unknown")
        return (
            self._registered(text, on, countries)
            or self._national(text, on, countries)
            or self._contained(text, on, countries)
            or self._generic(text, on, countries)
            or Resolved(None, text if _is_name(words) else None, False, "unknown")
        )

    def _registered(self, text: str, on: date, countries: tuple[str, ...]) -> Resolved | None:
        rows = [row for row in self._aliases.get(text, ()) if row.first <= on <= row.last]
        if not rows and (stripped := self._words.without_heads(text)) not in self._names:
            rows = [row for row in self._aliases.get(stripped, ()) if row.first <= on <= row.last]
        if not rows:
            return None
        row = min(rows, key=lambda row: (row.country not in countries, row.country is not None))
        return Resolved(row.id, self._side_of(row.id, row.side, row.country, on, countries), False, row.kind)

    def _national(self, text: str, on: date, countries: tuple[str, ...]) -> Resolved | None:
        """ "<Demonym> army", "army of <Country>", a demonym or a country alone."""
        country, rest = self._country_in(text)
        if country is None:
            return None
        if rest and self._words.is_insurgent(rest):
            side = self._insurgents(country, on) or f"rebels:{country}"
            return Resolved(None, side, False, "group")
        if rest and not self._words.is_state(rest):
            return None
        # "Sudanese" alone may be any Sudanese; "Sudanese army" is the state's.
        return Resolved(
            f"state:{country}",
            self._side_of(f"state:{country}", self._government(country, on), country, on, countries),
            False,
            "state" if not rest else "force",
        )

    def _country_in(self, text: str) -> tuple[str | None, str]:
        tokens = text.split()
        for size in range(min(5, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                name = " ".join(tokens[start : start + size])
                if (country := self._names.get(name)) is not None:
                    rest = " ".join(tokens[:start] + tokens[start + size :])
                    return country, self._words.trim(rest)
        return None, text

    def _contained(self, text: str, on: date, countries: tuple[str, ...]) -> Resolved | None:
        """The longest registered name inside the words: "fighters of the Haqqani network"."""
        tokens = text.split()
        for size in range(min(self._longest, len(tokens) - 1), 0, -1):
            for start in range(len(tokens) - size + 1):
                alias = " ".join(tokens[start : start + size])
                if len(alias) < 3 or alias in self._words.adjectives:
                    continue
                found = self._registered(alias, on, countries) if alias in self._aliases else None
                if found:
                    return found
        return None

    def _generic(self, text: str, on: date, countries: tuple[str, ...]) -> Resolved | None:
        country = countries[0] if countries else None
        if self._words.is_insurgent(text):
            if country is None:
                return Resolved(None, "rebels", True, "group")
            return Resolved(None, self._insurgents(country, on) or f"rebels:{country}", True, "group")
        if self._words.is_state(text):
            if country is None:
                return Resolved(None, "government", True, "force")
            return Resolved(f"state:{country}", self._government(country, on), True, "force")
        return None

    def _government(self, country: str, on: date) -> str:
        return self._at((country, "government"), on) or f"gov:{country}"

    def _insurgents(self, country: str, on: date) -> str | None:
        return self._at((country, "insurgents"), on)

    def _side_of(self, who: str, side: str, home: str | None, on: date, countries: tuple[str, ...]) -> str:
        """The side in the first war in play that names them, else their own."""
        names = [who, side.replace("gov:", "state:")] if side.startswith("gov:") else [who]
        for country in countries:
            for name in names:
                if country == home and name.startswith("state:"):
                    continue
                if (found := self._at((country, name), on)) is not None:
                    return found
        return side

    def _at(self, key: tuple[str, str], on: date) -> str | None:
        rows = self._allegiances.get(key, ())
        return next((row.side for row in rows if row.first <= on <= row.last), None)


def _is_name(words: str) -> bool:
    """Whether unknown words can be a party's name: a capital letter that no sentence's beginning explains."""
    tokens = words.split()
    return any(token[:1].isupper() for token in tokens[1:]) or any(
        sum(char.isupper() for char in token) > 1 for token in tokens
    )


def own_files() -> tuple[Path, ...]:
    """The files of actors and sides that a user has named for all verbs."""
    return tuple(Path(each) for each in os.environ.get(OWN_FILES, "").split(os.pathsep) if each)


def _read(path: Path) -> tuple[list[Actor], list[Allegiance]]:
    if not path.is_file():
        raise DataFileError(str(path), 0, "no such file", f"name another with --actors or {OWN_FILES}")
    actors: list[Actor] = []
    allegiances: list[Allegiance] = []
    header: tuple[str, ...] | None = None
    with path.open(encoding="utf-8", newline="") as stream:
        for number, cells in enumerate(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = tuple(cells)
                if header not in (ACTOR_FIELDS, SIDE_FIELDS):
                    wanted = " or ".join(", ".join(fields) for fields in (ACTOR_FIELDS, SIDE_FIELDS))
                    raise DataFileError(str(path), number, "unknown columns", f"head the file with {wanted}")
                continue
            if len(cells) != len(header):
                raise DataFileError(
                    str(path), number, f"{len(cells)} cells", f"give {len(header)} cells between tabs"
                )
            try:
                if header == ACTOR_FIELDS:
                    actors.append(_actor(cells))
                else:
                    allegiances.append(_allegiance(cells))
            except ValueError as error:
                raise DataFileError(str(path), number, str(error), "write dates as YYYY-MM-DD") from error
    return actors, allegiances


def _actor(cells: Sequence[str]) -> Actor:
    id, name, kind, country, side, first, last, aliases = cells
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, not one of {', '.join(sorted(KINDS))}")
    if not side:
        side = f"gov:{country}" if country and kind in OF_GOVERNMENT else id
    names = tuple(alias for alias in aliases.split("|") if alias)
    return Actor(id, name, kind, country or None, side, *_dates(first, last), names)


def _allegiance(cells: Sequence[str]) -> Allegiance:
    country, who, side, first, last, _source = cells
    return Allegiance(country, who, side, *_dates(first, last))


def _dates(first: str, last: str) -> tuple[date, date]:
    return (
        date.fromisoformat(first) if first else date.min,
        date.fromisoformat(last) if last else date.max,
    )
