"""``frontlog read``: dispatches into a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import click

from frontlog.commands.intake import Intake
from frontlog.commands.options import as_json, ledger_option, progress, reader_option, sources_argument


@click.command()
@sources_argument
@ledger_option
@reader_option
@as_json
def read(source: tuple[Path, ...], ledger: str, reader: str, json_: bool) -> None:
    """Read the dispatches of SOURCE… into a ledger. Reading the same dispatch again changes nothing."""
    from frontlog.ledger import open_store
    from frontlog.reading.reader import Reader

    intake = Intake()
    opened = Reader.open(reader=reader)
    with open_store(ledger) as store, progress("reading") as count:
        added = store.add_readings(count(opened.read(intake.dispatches(source))), reader=opened.version)
        store.rebuild()
    intake.report()
    summary = {"read": intake.taken, "skipped": len(intake.skipped), "new": added, "ledger": ledger}
    if json_:
        click.echo(json.dumps(summary))
    else:
        click.echo(f"{added} new dispatches in {ledger}, {intake.taken - added} known before")
    raise SystemExit(1 if intake.skipped else 0)
