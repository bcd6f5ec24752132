"""A user's own rows: a GeoNames country dump or a CSV, kept beside the built file and laid over ours."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from frontlog.errors import DataFileError
from frontlog.gazetteer.names import normalise
from frontlog.gazetteer.packages import is_latin
from frontlog.gazetteer.rows import PRECISIONS, Row

_GEONAMES_COLUMNS = 19
_CODES = {
    "PCLI": "country", "ADM1": "province", "ADM2": "district", "ADM3": "subdistrict", "ADM4": "subdistrict",
    "PPLC": "capital", "PPLX": "suburb", "AIRP": "airport", "AIRB": "airbase", "MILB": "base", "DAM": "dam",
    "PS": "plant", "PSN": "plant", "PRT": "port", "BDG": "site", "PASS": "pass", "GAP": "pass",
    "VAL": "valley",
    "MT": "mountain", "PK": "mountain", "MTS": "mountains", "ISL": "island", "ISLS": "island", "STM": "river",
    "LK": "lake", "RSV": "lake", "SEA": "sea", "GULF": "sea", "DSRT": "desert", "RGN": "region",
    "PEN": "peninsula",
    "FRST": "forest", "PSTB": "crossing", "PSTC": "crossing", "CMPRF": "camp", "RD": "road",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import gave; ``skipped`` counts rows of feature codes that name no place of ours."""

    rows: int
    skipped: int
    path: Path


def store_path() -> Path:
    """Where imported rows are kept."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "frontlog" / "places.jsonl"


def stored_rows(path: Path | None = None) -> Iterator[Row]:
    """Yield the rows imported so far; a later row with the same id comes later."""
    where = path or store_path()
    if where.exists():
        with where.open(encoding="utf-8") as file:
            for line in file:
                yield Row(**json.loads(line))


def import_rows(file: Path, alternates: Path | None = None, store: Path | None = None) -> Imported:
    """Read a GeoNames dump (19 tab-separated columns) or a CSV with a header, and keep its rows."""
    rows, skipped = (
        _read_dump(file, alternates)
        if file.suffix.lower() in (".txt", ".tsv")
        else (list(_read_csv(file)), 0)
    )
    where = store or store_path()
    where.parent.mkdir(parents=True, exist_ok=True)
    with where.open("a", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    return Imported(len(rows), skipped, where)


def _read_dump(file: Path, alternates: Path | None) -> tuple[list[Row], int]:
    extra = _read_alternates(alternates) if alternates else {}
    rows, skipped = [], 0
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != _GEONAMES_COLUMNS:
                raise DataFileError(
                    str(file), number, f"{len(cells)} columns, not {_GEONAMES_COLUMNS}",
                    "import a country file as GeoNames publishes it, or a .csv with a header",
                )  # fmt: skip
            kind = _kind(cells[6], cells[7], int(cells[14] or 0))
            if kind is None:
                skipped += 1
                continue
            rows.append(_dump_row(cells, kind, file.name, extra.get(cells[0], ())))
    return rows, skipped


def _dump_row(cells: list[str], kind: str, file: str, more: Iterable[str]) -> Row:
    names = [cells[2], *filter(None, cells[3].split(",")), *more]
    return Row(
        f"gn:{cells[0]}", cells[1], kind, float(cells[4]), float(cells[5]), cells[8] or None,
        f"{cells[8]}.{cells[10]}" if cells[10] not in ("", "00") else None,
        population=int(cells[14] or 0), source=f"import:{file}",
        names=[name for name in names if is_latin(name)],
    )  # fmt: skip


def _kind(feature: str, code: str, population: int) -> str | None:
    if code in _CODES:
        return _CODES[code]
    if feature == "P":
        return "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
    return None


def _read_alternates(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 3 and cells[2] in ("", "en"):
                found[cells[1]].append(cells[3])
    return found


def _read_csv(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        reader = csv.DictReader(lines)
        if not {"name", "lat", "lon"} <= set(reader.fieldnames or ()):
            raise DataFileError(str(file), 1, "no name, lat or lon", "give the columns name, lat and lon")
        for number, record in enumerate(reader, 2):
            kind = record.get("kind") or "site"
            try:
                name, lat, lon = record["name"], float(record["lat"]), float(record["lon"])
            except (KeyError, TypeError, ValueError) as error:
                raise DataFileError(
                    str(file), number, f"no name, lat or lon ({error})", "give the columns name, lat and lon"
                ) from error
            if kind not in PRECISIONS:
                raise DataFileError(
                    str(file), number, f"kind {kind!r}", f"use one of {', '.join(PRECISIONS)}"
                )
            ident = record.get("id") or name.lower().replace(" ", "-")
            aliases = (record.get("aliases") or "").split("|")
            yield Row(
                ident if ident.startswith(("gn:", "fl:", "u:")) else f"u:{ident}", name, kind, lat, lon,
                (record.get("country") or "").upper() or None, record.get("admin1") or None,
                population=int(record.get("population") or 0), source=f"import:{file.name}", listed=True,
                names=[alias.strip() for alias in aliases if alias.strip()],
            )  # fmt: skip


def place_in_provinces(
    rows: Iterable[Row], codes: dict[str, str], names: dict[tuple[str, str], str]
) -> list[Row]:
    """Turn the province codes or names of imported rows into ids."""
    placed = []
    for row in rows:
        if row.admin1 and not row.admin1.startswith(("gn:", "fl:", "u:")):
            row.admin1 = codes.get(row.admin1) or names.get((row.country or "", normalise(row.admin1)))
        placed.append(row)
    return placed
