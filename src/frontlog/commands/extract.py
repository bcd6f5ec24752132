"""``frontlog extract``: claims of any source as JSON lines or as a folder of Parquet, without a ledger."""

from __future__ import annotations

import json
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import click

from frontlog.commands.intake import Intake
from frontlog.commands.options import actors_option, progress, reader_option, sources_argument, today
from frontlog.scale.work import PATIENCE


@click.command()
@sources_argument
@click.option("-o", "--output", type=click.Path(allow_dash=True), default="-",
              help="The file to write; - is standard output. A folder, or a name with / at its end, takes"
                   " Parquet.")  # fmt: skip
@reader_option
@actors_option
@click.option("--runner", type=click.Choice(["local", "ray"]),
              help="Read in many processes, here or on a Ray cluster, into a folder; a killed run goes on"
                   " where it was.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to read with [default: one a core].")
@click.option("--patience", type=click.FloatRange(min=0, min_open=True), default=PATIENCE, show_default=True,
              help="Seconds until a reader that gives nothing counts as hung.")  # fmt: skip
@click.option("--address", envvar="RAY_ADDRESS", help="The Ray cluster; without it one is started here.")
def extract(
    source: tuple[Path, ...], output: str, reader: str, runner: str | None, jobs: int | None, patience: float,
    address: str | None,
) -> None:  # fmt: skip
    """Write the claims of SOURCE…: to a file one JSON line a dispatch, to a folder Parquet.

    A line has id, date, text and claims. Claims have the fields of the claim contract, and the offsets of the
    evidence sentence (start, end), of the cue (cue_start, cue_end), and each place's id, lat and lon.

    A folder holds one Parquet file a shard of dispatches, manifest.json with the sums, skipped.jsonl, and
    quarantine/ with the dispatches that crash the reader. `frontlog load` brings it into a ledger.
    """
    if runner or output.endswith("/") or Path(output).is_dir():
        if output == "-":
            raise click.UsageError("--runner needs a folder to write to; name it with -o FOLDER")
        _to_folder(source, Path(output), reader, runner or "local", jobs, patience, address)
    else:
        _to_file(source, output, reader)


def _to_file(source: tuple[Path, ...], output: str, reader: str) -> None:
    from frontlog.reading.reader import Reader
    from frontlog.reading.record import reading_record

    intake = Intake()
    opened = Reader.open(reader=reader)
    to_screen = output == "-"
    with (
        nullcontext(sys.stdout) if to_screen else Path(output).open("w", encoding="utf-8") as out,
        progress("reading") as count,
    ):
        for reading in count(opened.read(intake.dispatches(source))):
            out.write(json.dumps(reading_record(reading), ensure_ascii=False) + "\n")
    intake.report()
    raise SystemExit(1 if intake.skipped else 0)


def _to_folder(
    source: tuple[Path, ...], output: Path, reader: str, runner: str, jobs: int | None, patience: float,
    address: str | None,
) -> None:  # fmt: skip
    from frontlog.reading.actors import own_files
    from frontlog.scale.cluster import RayRunner
    from frontlog.scale.extraction import extract as extract_into
    from frontlog.scale.folder import Folder
    from frontlog.scale.local import LocalRunner
    from frontlog.scale.work import OpenNamed
    from frontlog.sources import open_all

    opened = OpenNamed(reader, tuple(map(str, own_files())))
    with Folder(output).opened() as folder, progress("reading") as count:
        run = (
            RayRunner(opened, jobs, patience, address)
            if runner == "ray"
            else LocalRunner(opened, jobs, patience)
        )
        with closing(run):
            items = open_all([str(path) for path in source], today=today().date())
            manifest = extract_into(count(items), folder, run)
    click.echo(f"{output}: {manifest.claims} claims in {len(manifest.shards)} shards", err=True)
    click.echo(manifest.sum(), err=True)
    raise SystemExit(1 if manifest.skipped or manifest.quarantined else 0)
