"""The same records read by Ray and by local processes in turn: ``python -m benchmarks.pair 3000``.

Fails when their folders differ, or when Ray is slower than ``--least`` of local by the median of the pairs.
What counts is from the first open reader to the manifest: a cluster is usually there already.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from . import material


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--reader", default="auto", show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--least", type=float, default=0.85, show_default=True)
def main(number: int, rounds: int, reader: str, jobs: int, least: float) -> None:
    """Read NUMBER records with each runner, ROUNDS times in turn."""
    pairs: list[dict[str, float]] = []
    same = True
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "records.jsonl"
        material.write(file, number)
        for turn in range(rounds):
            order = ("local", "ray") if turn % 2 == 0 else ("ray", "local")
            folders = {name: Path(place) / f"{name}-{turn}" for name in order}
            took = {name: _apart(name, file, folders[name], reader, jobs) for name in order}
            click.echo(json.dumps(took), err=True)
            pairs.append(took)
            same = same and _contents(folders["ray"]) == _contents(folders["local"])
    share = statistics.median(pair["local"] / pair["ray"] for pair in pairs)
    rates = {name: round(number / statistics.median(p[name] for p in pairs)) for name in ("local", "ray")}
    told = {"records": number, "rounds": rounds, "a_second": rates, "share": round(share, 3), "same": same}
    click.echo(json.dumps(told))
    raise SystemExit(0 if same and share >= least else 1)


def _apart(runner: str, file: Path, folder: Path, reader: str, jobs: int) -> float:
    """Seconds that one runner takes, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.one_runner",
        runner,
        str(file),
        str(folder),
        reader,
        str(jobs),
    ]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return float(json.loads(told.splitlines()[-1])["seconds"])


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
