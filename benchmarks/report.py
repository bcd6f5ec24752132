"""Measurements as a page with tables and a plot."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from .steps import STEPS

DOCS = Path(__file__).resolve().parents[1] / "docs"
LONG_RUNS = Path(__file__).with_name("long_runs.md")
"""Long runs are made now and then and told by hand; the page that is written anew has them as they are."""
_HEAD = """# Performance

Measured with `{command}`
on {material}; with `--write-docs` it writes this page anew.

Machine: {machine}.
Seconds are wall time; *a second of processor* counts only the time that the processes were given. Where the
load average is above the number of cores, other work shared the machine, and only the latter means something.

"""


def machine() -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    kilobytes = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores of {model}, {kilobytes / 1e6:.0f} GB, {platform.system()},"
        f" Python {platform.python_version()}; load average {load:.1f} when it began"
    )


def write(results: dict[str, Any], docs: Path = DOCS) -> None:
    parts = [
        _HEAD.format(**results),
        "## Steps\n\n", _steps(results["steps"]),
        "\n## The whole way: files to ledger\n\n", _ways(results["ways"]),
        "\nRebuilding the ledger, and the median of common questions to it:\n\n", _answers(results["ways"]),
    ]  # fmt: skip
    if results.get("ledger"):
        parts += ["\n## A ledger of made-up claims\n\n", _ledger(results["ledger"])]
    if _plot(results, docs / "performance.svg"):
        parts.append("\n![Sentences a second by step, and time by number of dispatches](performance.svg)\n")
    parts.append("\n" + LONG_RUNS.read_text(encoding="utf-8"))
    (docs / "performance.md").write_text("".join(parts), encoding="utf-8")


def rate(number: float, seconds: float) -> str:
    return f"{number / seconds:,.0f}" if seconds else ""


def _steps(steps: list[dict[str, Any]]) -> str:
    head = [
        "step",
        "dispatches a second",
        "sentences a second",
        "sentences a second of processor",
        "memory, MB",
    ]
    return _table(
        head,
        [
            [
                STEPS[row["step"]][0], rate(row["dispatches"], row["wall_s"]),
                rate(row["sentences"], row["wall_s"]), rate(row["sentences"], row["cpu_s"]),
                str(row["memory_mb"]),
            ]
            for row in steps
        ],
    )  # fmt: skip


def _ways(ways: list[dict[str, Any]]) -> str:
    head = [
        "dispatches", "reader", "processes", "extract, s", "of processor, s", "memory, MB", "load, s",
        "memory, MB", "claims", "dispatches a second", "sum",
    ]  # fmt: skip
    return _table(
        head,
        [
            [
                f"{row['found']:,}", row["reader"], str(row["jobs"]), str(row["extract_s"]),
                str(row["extract_cpu_s"]), str(row["extract_memory_mb"]), str(row["load_s"]),
                str(row["load_memory_mb"]), f"{row['claims']:,}",
                rate(row["found"], row["extract_s"] + row["load_s"]),
                f"{row['read']} + {row['skipped']} + {row['quarantined']}",
            ]
            for row in ways
        ],
    )  # fmt: skip


def _answers(ways: list[dict[str, Any]]) -> str:
    head = [
        "dispatches", "claims", "ledger, MB", "rebuild, s", "control of a country, ms", "claims of one, ms",
        "claims by words, ms",
    ]  # fmt: skip
    return _table(
        head,
        [
            [
                f"{row['found']:,}", f"{row['claims']:,}", str(row["ledger_mb"]), str(row["rebuild_s"]),
                str(row["control_ms"]), str(row["claims_ms"]), str(row["words_ms"]),
            ]
            for row in ways
            if "rebuild_s" in row
        ],
    )  # fmt: skip


def _ledger(told: dict[str, Any]) -> str:
    rows = [
        [
            name,
            f"{value['median_ms']} ms, 95 % under {value['p95_ms']} ms"
            if isinstance(value, dict)
            else f"{value:,}",
        ]
        for name, value in told.items()
    ]
    return _table(["", ""], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _plot(results: dict[str, Any], path: Path) -> bool:
    try:
        import matplotlib
    except ImportError:
        return False
    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "frontlog"
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    steps = [row for row in results["steps"] if row["step"] not in ("sources", "sentences", "keywords")]
    left.barh(
        [STEPS[row["step"]][0] for row in steps], [row["sentences"] / row["cpu_s"] for row in steps],
        color="#3b6ea5",
    )  # fmt: skip
    left.invert_yaxis()
    left.set_xlabel("sentences a second of processor")
    for reader, jobs in sorted({(row["reader"], row["jobs"]) for row in results["ways"]}):
        ways = [row for row in results["ways"] if (row["reader"], row["jobs"]) == (reader, jobs)]
        right.plot(
            [row["found"] for row in ways], [row["extract_s"] + row["load_s"] for row in ways], marker="o",
            label=f"{reader}, {jobs} process{'es' if jobs > 1 else ''}",
        )  # fmt: skip
    right.set(xscale="log", yscale="log", xlabel="dispatches", ylabel="seconds, files to ledger")
    right.legend()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    return True


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
