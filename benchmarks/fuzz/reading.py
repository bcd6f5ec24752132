"""Fuzz reading: ``python -m benchmarks.fuzz.reading CORPUS -max_total_time=600``.

The first four bytes pick the day, the rest is the text as UTF-8. An exception that escapes is a crash, and so
is a reading that breaks one of the laws of ``tests/reading_laws.py``.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import atheris

with atheris.instrument_imports(include=["frontlog.reading", "frontlog.gazetteer.resolve"]):
    from frontlog.model import Dispatch
    from frontlog.reading.reader import Reader
from tests.reading_laws import broken_law

_DAYS = date.max.toordinal()


def main() -> None:
    reader = Reader.open(reader="rules")

    def fuzz(data: bytes) -> None:
        day = date.fromordinal(1 + int.from_bytes(data[:4], "little") % _DAYS)
        text = data[4:].decode("utf-8", "ignore").replace("\0", " ")
        if not text.strip():
            return
        (reading,) = reader.read([Dispatch("fuzz", datetime(day.year, day.month, day.day, tzinfo=UTC), text)])
        assert (broken := broken_law(reading)) is None, broken

    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
