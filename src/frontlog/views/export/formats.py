"""The formats by name, each with its one line, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from frontlog.ledger.store import ClaimQuery, Store
from frontlog.views.export import flat, labelstudio
from frontlog.views.export.acled import acled_bytes
from frontlog.views.export.events import cameo_bytes, plover_bytes
from frontlog.views.export.table_files import csv_bytes, geojson_bytes, geoparquet_bytes, parquet_bytes


@dataclass(frozen=True, slots=True)
class Format:
    """What a format is, and how it is made. ``tables`` where it can hold any of the flat tables."""

    line: str
    write: Callable[[Store, ClaimQuery, str], bytes]
    tables: bool = False


def _csv(store: Store, query: ClaimQuery, table: str) -> bytes:
    return csv_bytes(flat.rows(store, table, query), list(flat.COLUMNS[table]))


def _parquet(store: Store, query: ClaimQuery, table: str) -> bytes:
    return parquet_bytes(flat.rows(store, table, query), table)


def _geojson(store: Store, query: ClaimQuery, table: str) -> bytes:
    return geojson_bytes(flat.rows(store, table, query))


def _geoparquet(store: Store, query: ClaimQuery, table: str) -> bytes:
    return geoparquet_bytes(flat.rows(store, table, query), table)


FORMATS: dict[str, Format] = {
    "csv": Format("rows for a spreadsheet", _csv, tables=True),
    "parquet": Format("rows for DuckDB, pandas and R", _parquet, tables=True),
    "geojson": Format("points for a map", _geojson, tables=True),
    "geoparquet": Format("points for a GIS", _geoparquet, tables=True),
    "acled": Format("incidents as CSV in ACLED's columns", lambda store, query, _: acled_bytes(store, query)),
    "plover": Format("PLOVER events as JSON lines", lambda store, query, _: plover_bytes(store, query)),
    "cameo": Format("CAMEO events as CSV", lambda store, query, _: cameo_bytes(store, query)),
    "labelstudio": Format(
        "tasks for annotators", lambda store, query, _: labelstudio.tasks_bytes(store, query)
    ),
    "labelstudio-config": Format("the labelling of those tasks", lambda *_: labelstudio.config().encode()),
}
