"""``python -m benchmarks``: every step, the whole way and the rivals, on as many records as asked for."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from . import material, report
from .steps import MISSING, STEPS
from .whole import ledger_answers, whole_way

_HERE = Path(__file__).parent


@click.command()
@click.option(
    "--sizes", default="1000", show_default=True, help="Numbers of dispatches, with commas between."
)
@click.option("--steps", default=",".join(STEPS), show_default=True, help="Steps to time, on the first size.")
@click.option("--readers", default="rules", show_default=True, help="Readers that go the whole way.")
@click.option("--jobs", default="1,2", show_default=True, help="Numbers of processes.")
@click.option(
    "--largest", type=int, default=0, help="One more size, only by the last reader and most processes."
)
@click.option("--ledger-claims", type=int, default=20_000, show_default=True,
              help="Made-up claims for the ledger's own benchmark; 0 leaves it out.")  # fmt: skip
@click.option("--write-docs", is_flag=True, help="Write docs/performance.md and its plot.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("build/bench.json"))
def main(
    sizes: str,
    steps: str,
    readers: str,
    jobs: str,
    largest: int,
    ledger_claims: int,
    write_docs: bool,
    output: Path,
) -> None:
    """Measure frontlog on this machine."""
    numbers = [int(size) for size in sizes.split(",")]
    named = [name for name in readers.split(",") if name]
    processes = [int(job) for job in jobs.split(",")]
    command = (
        f"python -m benchmarks --sizes {sizes} --readers {readers} --jobs {jobs} --largest {largest}"
        f" --ledger-claims {ledger_claims}"
    )
    results: dict[str, Any] = {
        "command": command, "machine": report.machine(), "material": material.corpus_name(),
        "steps": [], "ways": [],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        files = {number: Path(folder) / f"{number}.jsonl" for number in numbers}
        for number, file in files.items():
            material.write(file, number)
        for name in filter(None, steps.split(",")):
            results["steps"] += _step(name, files[numbers[0]])
        for file in files.values():
            for reader in named:
                results["ways"] += _ways(file, Path(folder), reader, processes)
        if largest:
            file = Path(folder) / "largest.jsonl"
            material.write(file, largest)
            results["ways"] += _ways(file, Path(folder), named[-1], [max(processes)])
    if ledger_claims:
        results["ledger"] = json.loads(_run(["-m", "benchmarks.ledger", str(ledger_claims)]))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(results, indent=1) + "\n")
    if write_docs:
        report.write(results)
    click.echo(f"{output} written", err=True)


def _step(name: str, file: Path) -> list[dict[str, Any]]:
    try:
        told: dict[str, Any] = json.loads(_run(["-m", "benchmarks.steps", name, str(file)]))
    except subprocess.CalledProcessError as error:
        if error.returncode != MISSING:
            raise
        click.echo(f"{STEPS[name][0]}: not installed", err=True)
        return []
    speed = report.rate(told["sentences"], told["cpu_s"])
    click.echo(f"{STEPS[name][0]}: {speed} sentences a second of processor, {told['memory_mb']} MB", err=True)
    return [told]


def _ways(file: Path, folder: Path, reader: str, jobs: list[int]) -> list[dict[str, Any]]:
    done = []
    for number in jobs:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            way = whole_way(file, Path(place), reader, number)
            if number == jobs[-1]:
                way |= ledger_answers(Path(place) / "ledger.db")
        click.echo(json.dumps(way), err=True)
        done.append(way)
    return done


def _run(arguments: list[str]) -> str:
    return subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True, cwd=_HERE.parent
    ).stdout


if __name__ == "__main__":
    main()
