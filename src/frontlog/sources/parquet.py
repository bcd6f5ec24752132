"""Parquet: named columns as CSV has them, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from frontlog.errors import MissingExtraError, SourceError
from frontlog.sources.columns import columns_of, split_sources
from frontlog.sources.items import Found, Opened, Skipped
from frontlog.sources.jsonlines import found_in
from frontlog.sources.unpacking import seekable

_ROWS = 256
_LARGEST_GROUP = 8_000_000_000


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give each row of a Parquet file; damage ends it with a refusal."""
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("reading Parquet", "parquet") from error
    try:
        file = ParquetFile(seekable(opened))
        _check_size(file, opened.where)
        for number, row in enumerate(_rows(file, opened), start=1):
            yield _found(row, f"{opened.where}, row {number}", opened)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise SourceError(
            opened.where, f"a damaged Parquet file ({error})", "write the file again"
        ) from error


def _rows(file: Any, opened: Opened) -> Iterator[dict[str, Any]]:
    names = list(file.schema_arrow.names)
    places = columns_of(names, opened)
    wanted = {field: names[place] for field, place in places.items()}
    for batch in file.iter_batches(batch_size=_ROWS, columns=sorted(set(wanted.values())), use_threads=False):
        for row in batch.to_pylist():
            yield split_sources({field: row.get(name) for field, name in wanted.items()})


def _found(record: dict[str, Any], where: str, opened: Opened) -> Found | Skipped:
    stamp = record.get("date") or opened.named
    if isinstance(stamp, datetime) and not any((stamp.hour, stamp.minute, stamp.second)):
        stamp = stamp.date()
    if isinstance(stamp, date):
        record["date"] = stamp.isoformat()
    try:
        return found_in(record, where, opened)
    except SourceError as error:
        return Skipped.of(error)


def _check_size(file: Any, where: str) -> None:
    groups = file.metadata.num_row_groups
    if any(file.metadata.row_group(group).total_byte_size > _LARGEST_GROUP for group in range(groups)):
        raise SourceError(
            where, f"a row group of more than {_LARGEST_GROUP:,} bytes", "write smaller row groups"
        )
