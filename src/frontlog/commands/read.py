"""``frontlog read``: dispatches into a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click

from frontlog.commands.intake import Intake
from frontlog.commands.options import (
    actors_option,
    as_json,
    ledger_option,
    progress,
    reader_option,
    sources_argument,
)
from frontlog.ledger.store import Tally
from frontlog.model import Dispatch


@click.command()
@sources_argument
@ledger_option
@reader_option
@actors_option
@as_json
def read(source: tuple[Path, ...], ledger: str, reader: str, json_: bool) -> None:
    """Read the dispatches of SOURCE… into a ledger. Reading the same dispatch again changes nothing."""
    intake = Intake()
    dispatches = intake.dispatches(source)
    first = next(dispatches, None)
    tally, findings = Tally(), 0
    if first is not None:
        tally, findings = _added(chain([first], dispatches), ledger, reader)
    intake.report()
    for dispatch, why in tally.refused:
        click.echo(f"refused {dispatch}: {why}", err=True)
    summary = {
        "ledger": ledger,
        "read": intake.taken,
        "skipped": len(intake.skipped),
        "new": tally.new,
        "known": tally.known,
        "reread": tally.reread,
        "refused": len(tally.refused),
        "claims": tally.claims,
        "findings": findings,
    }
    if json_:
        click.echo(json.dumps(summary))
    else:
        click.echo(
            f"{ledger}: {tally.new} new dispatches, {tally.known} known before, {tally.claims} new claims;"
            f" {findings} findings in all"
            if first is not None
            else f"{ledger}: left as it is, since nothing could be read"
        )
    raise SystemExit(1 if intake.skipped or tally.refused else 0)


def _added(dispatches: Iterable[Dispatch], ledger: str, reader: str) -> tuple[Tally, int]:
    """What reading into the ledger did, and the number of findings that it then has."""
    from frontlog.ledger import open_store
    from frontlog.reading.reader import Reader

    opened = Reader.open(reader=reader)
    with open_store(ledger) as store, progress("reading") as count:
        tally = store.add_readings(count(opened.read(dispatches)), reader=opened.version)
        return tally, store.audit_new()
