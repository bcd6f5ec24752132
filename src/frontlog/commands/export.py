"""``frontlog export``: the ledger in other tools' forms."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

from frontlog.commands.named import nothing
from frontlog.commands.options import Day, country_option, ledger_option
from frontlog.errors import RunError
from frontlog.ledger import open_store
from frontlog.ledger.store import ClaimQuery
from frontlog.views.export import FORMATS

_LINES = "\n".join(f"  {name:<20}{form.line}" for name, form in FORMATS.items())
Table = Literal["claims", "incidents", "holdings"]


@click.command(
    help=f"""Write the ledger as FORMAT.

\b
{_LINES}

Rejected claims are left out, corrected ones go out as corrected. The first four formats hold claims,
incidents or holdings, see --table."""
)
@click.argument("format", type=click.Choice(list(FORMATS)), metavar="FORMAT")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-",
              help="The file to write; - is standard output.")  # fmt: skip
@ledger_option
@click.option("--table", type=click.Choice(["claims", "incidents", "holdings"]), default="claims",
              show_default=True, help="What the rows are.")  # fmt: skip
@country_option()
@click.option("--from", "first", type=Day(), help="First day in the world.")
@click.option("--to", "last", type=Day(), help="Last day in the world.")
@click.option("--known", type=Day(), help="Only what was known by the end of this day.")
def export(
    format: str, output: Path, ledger: str, table: Table, country: str | None, first: date | None,
    last: date | None, known: date | None,
) -> None:  # fmt: skip
    chosen = FORMATS[format]
    if table != "claims" and not chosen.tables:
        raise click.UsageError(f"--table {table} is for csv, parquet, geojson and geoparquet, not {format}")
    query = ClaimQuery(country=country, first=first, last=last, known=known)
    with open_store(ledger, must_exist=True) as store:
        data = chosen.write(store, query, table)
        if not store.count_claims(query):
            nothing(store, "no claim passes these filters", country)
    if str(output) == "-":
        if b"\0" in data and sys.stdout.isatty():
            raise click.UsageError(f"{format} is no text for a terminal; give -o FILE")
        sys.stdout.buffer.write(data)
        return
    part = output.with_name(output.name + ".part")
    try:
        part.write_bytes(data)
        os.replace(part, output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RunError(f"{output}: cannot be written ({error.strerror}); name another file") from error
