"""Rows as CSV, Parquet, GeoParquet and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from frontlog.errors import MissingExtraError
from frontlog.views.export import flat

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """CSV in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return out.getvalue().encode()


def cell(value: Any) -> Any:
    """One cell of CSV.

    >>> cell("=1+1"), cell(-1.5), cell(["a", "b"]), cell(True)
    ("'=1+1", -1.5, 'a; b', 'true')
    """
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def parquet_bytes(rows: Iterable[Mapping[str, Any]], table: str) -> bytes:
    """Parquet with dates as dates and lists as lists, for DuckDB, pandas and the like."""
    return _parquet(rows, flat.COLUMNS[table], geometry=False)


def geoparquet_bytes(rows: Iterable[Mapping[str, Any]], table: str) -> bytes:
    """GeoParquet 1.1: the rows that have a place, with a point in WGS84 as WKB."""
    placed = [{**row, "geometry": point(row["lon"], row["lat"])} for row in rows if row["lat"] is not None]
    return _parquet(placed, flat.COLUMNS[table], geometry=True)


def point(lon: float, lat: float) -> bytes:
    """A point as little-endian WKB."""
    return struct.pack("<BIdd", 1, 1, lon, lat)


def geojson_bytes(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A FeatureCollection of the rows that have a place, coordinates as longitude and latitude."""
    features = [
        {
            "type": "Feature",
            "id": row.get("id"),
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {name: value for name, value in row.items() if name not in ("lat", "lon")},
        }
        for row in rows
        if row["lat"] is not None
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, default=_iso, indent=1).encode()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


def _parquet(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str], *, geometry: bool) -> bytes:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    types = {
        flat.DAY: pa.date32(), flat.TEXT: pa.string(), flat.NUMBER: pa.int64(), flat.REAL: pa.float64(),
        flat.TRUTH: pa.bool_(), flat.LIST: pa.list_(pa.string()),
    }  # fmt: skip
    fields = [(name, types[kind]) for name, kind in columns.items()]
    schema = pa.schema([*fields, ("geometry", pa.binary())] if geometry else fields)
    if geometry:
        told = {"encoding": "WKB", "geometry_types": ["Point"]}
        geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": told}}
        schema = schema.with_metadata({"geo": json.dumps(geo)})
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), out, compression="zstd")
    return out.getvalue()
