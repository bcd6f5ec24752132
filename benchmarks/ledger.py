"""Time a ledger of many claims: adding, rebuilding, and the questions people ask of it.

python -m benchmarks.ledger [CLAIMS] [LEDGER]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.store import ClaimQuery
from frontlog.scale.local import cores

from .ledger_claims import War, readings

WAR = War()
BATCH = 10_000


def fill(store: SqliteStore, claims: int) -> float:
    began = time.perf_counter()
    source = readings(claims, WAR)
    while batch := list(islice(source, BATCH)):
        store.add_readings(batch, "synthetic", derive=False)
    return time.perf_counter() - began


def timed(ask: Callable[[int], object], times: int = 60) -> dict[str, float]:
    """Milliseconds: the median and the worst but two of many askings."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        ask(number)
        taken.append(1000 * (time.perf_counter() - began))
    return {"median_ms": round(statistics.median(taken), 2), "p95_ms": round(sorted(taken)[-3], 2)}


def measure(store: SqliteStore, claims: int) -> dict[str, object]:
    def day(number: int) -> date:
        return WAR.start + timedelta(days=60 + 37 * number % 1_380)

    began = time.perf_counter()
    store.rebuild(cores())
    rebuild = time.perf_counter() - began
    return {
        "claims": claims,
        "rebuild_s": round(rebuild, 1),
        "control_country": timed(lambda n: store.holdings(day(n), country=WAR.countries[n % 12])),
        "control_country_as_known": timed(
            lambda n: store.holdings(day(n), known=day(n), country=WAR.countries[n % 12])
        ),
        "place": timed(lambda n: store.place_life(f"x:{n * 97 % WAR.places}")),
        "place_most_told": timed(lambda n: store.place_life(f"x:{n % 20}")),
        "place_most_told_page": timed(lambda n: store.place_life(f"x:{n % 20}", after=day(n), limit=100)),
        "place_as_known": timed(lambda n: store.place_life(f"x:{n * 97 % WAR.places}", known=day(n))),
        "claims_of_place": timed(lambda n: list(store.claims(ClaimQuery(place=f"x:{n * 7}", limit=50)))),
        "claims_newest": timed(lambda _: list(store.claims(ClaimQuery(newest_first=True, limit=50)))),
        "claims_text": timed(lambda n: list(store.claims(ClaimQuery(text=f"bridge {n}", limit=50)))),
    }


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "ledger.db"
        with open_store(path) as store:
            added = round(fill(store, claims), 1)
            result = {"add_s": added} | measure(store, claims)
        result["file_mb"] = round(path.stat().st_size / 1e6)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
