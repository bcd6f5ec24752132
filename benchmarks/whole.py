"""The whole way, as a user goes it: files to a folder, the folder to a ledger, and its answers."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from frontlog.ledger import open_store
from frontlog.ledger.store import ClaimQuery

from .gauge import gauge

_FRONTLOG = [sys.executable, "-m", "frontlog.cli"]


def whole_way(file: Path, folder: Path, reader: str, jobs: int) -> dict[str, Any]:
    """Extract and load one file; the folder must not be there yet."""
    out, ledger = folder / "claims", folder / "ledger.db"
    extracted = gauge(
        [
            *_FRONTLOG, "extract", "--runner", "local", "-j", str(jobs), "--reader", reader, str(file),
            "-o", str(out),
        ]
    )  # fmt: skip
    loaded = gauge([*_FRONTLOG, "load", str(out), "--ledger", str(ledger)])
    manifest = json.loads((out / "manifest.json").read_text())
    return {
        "reader": reader, "jobs": jobs,
        **{name: manifest[name] for name in ("found", "read", "skipped", "quarantined", "claims")},
        "extract_s": round(extracted.wall, 1), "extract_cpu_s": round(extracted.cpu, 1),
        "extract_memory_mb": round(extracted.memory),
        "load_s": round(loaded.wall, 1), "load_cpu_s": round(loaded.cpu, 1),
        "load_memory_mb": round(loaded.memory),
        "ledger_mb": round(ledger.stat().st_size / 1e6, 1),
    }  # fmt: skip


def ledger_answers(ledger: Path) -> dict[str, Any]:
    """Seconds to derive everything again, and milliseconds of common questions."""
    with open_store(ledger, must_exist=True) as store:
        began = time.perf_counter()
        store.rebuild()
        rebuilt = time.perf_counter() - began
        countries = [country for country, _ in store.countries()[:10]] or ["AF"]
        days = [row.known for row in store.counts()] or [date(2020, 1, 1)]

        def day(turn: int) -> date:
            return days[turn * 37 % len(days)]

        def country(turn: int) -> str:
            return countries[turn % len(countries)]

        return {
            "rebuild_s": round(rebuilt, 2),
            "control_ms": _median(lambda turn: store.holdings(day(turn), day(turn), country(turn))),
            "claims_ms": _median(
                lambda turn: list(store.claims(ClaimQuery(country=country(turn), limit=50)))
            ),
            "words_ms": _median(lambda _: list(store.claims(ClaimQuery(text="border town", limit=50)))),
        }


def _median(ask: Callable[[int], object], times: int = 20) -> float:
    taken = []
    for turn in range(times):
        began = time.perf_counter()
        ask(turn)
        taken.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(taken), 2)
