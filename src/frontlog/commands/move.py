"""``frontlog move``: a ledger from one store to another."""

from __future__ import annotations

import json

import click

from frontlog.commands.options import as_json


@click.command()
@click.argument("origin", metavar="FROM")
@click.argument("target", metavar="TO")
@as_json
def move(origin: str, target: str, json_: bool) -> None:
    """Copy the ledger FROM into the empty ledger TO, a file or postgresql://…, without loss.

    FROM stays as it is. TO is compared with it before it is kept.
    """
    from frontlog.ledger import open_store
    from frontlog.ledger.move import move as move_into

    with open_store(origin, must_exist=True) as old, open_store(target) as new:
        counts = move_into(old, new)
    if json_:
        click.echo(json.dumps(counts))
    else:
        told = ", ".join(f"{counts[table]} {table}" for table in ("dispatches", "claims", "decisions"))
        click.echo(f"{told} moved")
