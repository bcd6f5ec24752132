"""CSV and its kin: a header that names the columns, one dispatch a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from frontlog.errors import SourceError
from frontlog.sources.columns import columns_of, split_sources
from frontlog.sources.encoding import Decoder
from frontlog.sources.items import MAX_BODY, Found, Opened, Skipped
from frontlog.sources.jsonlines import found_in
from frontlog.sources.lines import TooLong, lines

_LONGEST = 4 * MAX_BODY
_DELIMITERS = ",;\t|"


def read(opened: Opened) -> Iterator[Found | Skipped]:
    """Give each row as it comes; a row that cannot be read is refused by its number and the rest goes on."""
    # The library's bound of 131,072 characters a cell is for the whole process; a live blog may be longer.
    csv.field_size_limit(_LONGEST)
    text = _Text(opened)
    header, delimiter = _header(next(text, ""), opened.where)
    places = columns_of(header, opened)
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, SourceError) as error:
            yield Skipped(f"{opened.where}, line {text.number}", f"a broken row ({error})", "quote its cells")
            continue
        if row:
            yield _found(row, places, f"{opened.where}, line {text.number}", opened)


def _header(line: str, where: str) -> tuple[list[str], str]:
    """The names of the columns, and what parts them."""
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        return next(csv.reader([line], delimiter=delimiter), []), delimiter
    except csv.Error as error:
        raise SourceError(where, f"a broken header ({error})", "write the table as CSV again") from error


def _found(row: list[str], places: dict[str, int], where: str, opened: Opened) -> Found | Skipped:
    record = split_sources({field: row[place] for field, place in places.items() if place < len(row)})
    if opened.named and not record.get("date"):
        record["date"] = opened.named.isoformat()
    try:
        return found_in(record, where, opened)
    except SourceError as error:
        return Skipped.of(error)


class _Text(Iterator[str]):
    """Decoded lines with their ends, counted, for the csv module to join where a cell runs on."""

    def __init__(self, opened: Opened) -> None:
        self._where = opened.where
        self._lines = lines(opened.stream, _LONGEST)
        self._decoder = Decoder()
        self.number = 0

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if isinstance(line, TooLong):
            where = f"{self._where}, line {self.number}"
            raise SourceError(where, f"a line of more than {_LONGEST:,} bytes", "put one dispatch in a row")
        return self._decoder.decode(line, f"{self._where}, line {self.number}") + "\n"
