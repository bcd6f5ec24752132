"""One step over a file of records, in a process of its own: ``python -m benchmarks.steps STEP FILE``.

Prints what it did as JSON: seconds are those of the step alone, without opening models and lexicons.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from frontlog.model import Dispatch
from frontlog.reading.passages import passages
from frontlog.reading.reader import BATCH, Reader
from frontlog.reading.sentences import sentences
from frontlog.sources import Skipped, open_all

from . import rivals

MISSING = 4
"""Exit code where the reader asked for is not installed, and another would take its place."""
Work = Callable[[list[Dispatch]], object]


def dispatches(path: Path) -> list[Dispatch]:
    items = open_all([str(path)], today=date.today())
    return [item for item in items if not isinstance(item, Skipped)]


def _batches(given: list[Dispatch]) -> Iterable[list[Dispatch]]:
    return (given[at : at + BATCH] for at in range(0, len(given), BATCH))


def _sources(path: Path) -> Work:
    return lambda _: dispatches(path)


def _split(_: Path) -> Work:
    return lambda given: [sentences(each.text, passages(each.text)) for each in given]


def _places(_: Path) -> Work:
    reader = Reader.open(reader="rules")
    return lambda given: [reader.prepare(each) for each in given]


def _claims(_: Path) -> Work:
    reader = Reader.open(reader="rules")

    def work(given: list[Dispatch]) -> None:
        for batch in _batches(given):
            reader.extractor.extract([reader.prepare(each) for each in batch])

    return work


def _reading(name: str) -> Callable[[Path], Work]:
    def prepare(_: Path) -> Work:
        reader = Reader.open(reader=name)
        if name != reader.extractor.name:
            raise SystemExit(MISSING)
        return lambda given: sum(1 for _ in reader.read(given))

    return prepare


STEPS: dict[str, tuple[str, Callable[[Path], Work]]] = {
    "sources": ("sources: file to dispatches", _sources),
    "sentences": ("passages and sentences", _split),
    "places": ("the same, and places", _places),
    "claims": ("the same, and drafts of claims by rules", _claims),
    "rules": ("the whole reading, by rules", _reading("rules")),
    "model": ("the whole reading, by the model", _reading("model")),
    "spacy": ("spaCy alone: tags, parse and entities", lambda _: rivals.spacy_alone()),
    "keywords": ("a plain keyword coder: regular expressions", lambda _: rivals.keyword_coder()),
    "keywords+spacy": (
        "a keyword coder with spaCy's entities",
        lambda _: rivals.keyword_coder_with_entities(),
    ),
}


def main() -> None:
    step, path = sys.argv[1], Path(sys.argv[2])
    given = dispatches(path)
    work = STEPS[step][1](path)
    began, began_cpu = time.perf_counter(), time.process_time()
    work(given)
    took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
    told = {
        "step": step,
        "dispatches": len(given),
        "sentences": sum(len(sentences(each.text, passages(each.text))) for each in given),
        "wall_s": round(took, 3),
        "cpu_s": round(took_cpu, 3),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
