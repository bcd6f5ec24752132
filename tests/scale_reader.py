"""A reader for the tests of many processes: quick to open, and made to fail by the words of a dispatch."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frontlog.model import Dispatch, Reading
from frontlog.scale.extraction import extract
from frontlog.scale.folder import Folder, Manifest
from frontlog.scale.local import LocalRunner

from .ledger_tellings import KUNDUZ, MAZAR, TALIBAN, telling


@dataclass(frozen=True, slots=True)
class FakeReader:
    """Makes one claim of every dispatch, save of those whose words tell it to fail."""

    version: str = "fake-1"

    def read(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        given = list(dispatches)
        if len(given) > 1 and any(each.text.startswith("ALONE") for each in given):
            raise ValueError("too many at once")
        for dispatch in given:
            _obey(dispatch.text)
            place = MAZAR if len(dispatch.text) % 2 else KUNDUZ
            told = telling(dispatch.id, dispatch.date, "take", TALIBAN, place, text=dispatch.text)
            yield Reading(dispatch, told.passages, told.sentences, told.places, told.claims)


@dataclass(frozen=True, slots=True)
class OpenFake:
    version: str = "fake-1"

    def __call__(self) -> FakeReader:
        return FakeReader(self.version)


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """Opens a reader of the version that a file says."""

    path: str

    def __call__(self) -> FakeReader:
        return FakeReader(Path(self.path).read_text())


@dataclass(frozen=True, slots=True)
class OpenNothing:
    def __call__(self) -> FakeReader:
        raise OSError("no gazetteer here")


def _obey(text: str) -> None:
    order, _, rest = text.partition(" ")
    if order == "CRASH":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "HANG":
        time.sleep(600)
    elif order == "RAISE":
        raise ValueError("three lines too many")
    elif order == "SLOW":
        time.sleep(0.03)
    elif order == "DIEONCE" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def dispatches(number: int, word: str = "Fighters") -> list[Dispatch]:
    first = datetime(2021, 8, 1, tzinfo=UTC)
    return [
        Dispatch(f"d{at}", first + timedelta(days=at // 40), f"{word} took hill {at} from the army")
        for at in range(number)
    ]


def dispatch(id: str, text: str) -> Dispatch:
    return Dispatch(id, datetime(2021, 8, 9, tzinfo=UTC), text)


def run(path: Path, items: Iterable[Dispatch], *, jobs: int = 2, patience: float = 60) -> Manifest:
    runner = LocalRunner(OpenFake(), jobs, patience)
    try:
        with Folder(path).opened() as folder:
            return extract(items, folder, runner, size=8)
    finally:
        runner.close()


def contents(path: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(path)): each.read_bytes()
        for each in sorted(path.rglob("*"))
        if each.is_file() and each.name != ".lock"
    }


def quarantined(path: Path) -> dict[str, str]:
    lines = [line for file in path.glob("quarantine/*.jsonl") for line in file.read_text().splitlines()]
    return {record["id"]: record["reason"] for record in map(json.loads, lines)}


if __name__ == "__main__":
    run(Path(sys.argv[1]), dispatches(int(sys.argv[2]), "SLOW"))
