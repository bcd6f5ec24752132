"""Coverage-guided fuzzing of every format: ``python tests/fuzz_sources.py CORPUS -max_total_time=600``.

The first byte picks the file's name; an escaping exception is a crash, a text unaccounted for too.
"""

from __future__ import annotations

import io
import logging
import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["frontlog.sources", "feedparser", "email", "html"]):
    from frontlog.model import Dispatch
    from frontlog.sources.items import Opened, Skipped
    from frontlog.sources.judging import Judge
    from frontlog.sources.kinds import SUFFIXES
    from frontlog.sources.opening import found_in

NAMES = ("stdin", "2021-08-11.txt", *(f"a.{suffix}" for suffix in sorted(SUFFIXES)))
TODAY = date(2026, 1, 5)


def fuzz(data: bytes) -> None:
    name = NAMES[data[0] % len(NAMES)] if data else "a.txt"
    stream = io.BufferedReader(io.BytesIO(data[1:]))
    judge = Judge()
    count = 0
    for found in found_in(Opened("fuzz", name, stream, TODAY)):
        item = found if isinstance(found, Skipped) else judge.judge(found)
        assert isinstance(item, Dispatch) or (item.reason and item.remedy)
        count += 1
    assert count


if __name__ == "__main__":
    logging.disable()
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()
