"""``frontlog extract``: claims of any source as JSON lines, without a ledger."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from frontlog.commands.intake import Intake
from frontlog.commands.options import progress, reader_option, sources_argument


@click.command()
@sources_argument
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default=Path("-"),
              help="The file to write; - is standard output.")  # fmt: skip
@reader_option
def extract(source: tuple[Path, ...], output: Path, reader: str) -> None:
    """Write the claims of SOURCE…, one JSON line a dispatch: id, date, text and claims.

    Claims have the fields of the claim contract, and the offsets of the evidence sentence (start, end), of
    the cue (cue_start, cue_end), and each place's id, lat and lon.
    """
    from frontlog.reading.reader import Reader
    from frontlog.reading.record import reading_record

    intake = Intake()
    opened = Reader.open(reader=reader)
    to_screen = str(output) == "-"
    with (
        nullcontext(sys.stdout) if to_screen else output.open("w", encoding="utf-8") as out,
        progress("reading") as count,
    ):
        for reading in count(opened.read(intake.dispatches(source))):
            out.write(json.dumps(reading_record(reading), ensure_ascii=False) + "\n")
    intake.report()
    raise SystemExit(1 if intake.skipped else 0)
