"""``frontlog load``: a folder of claims into a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import click

from frontlog.commands.options import as_json, ledger_option


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@ledger_option
@as_json
def load(folder: Path, ledger: str, json_: bool) -> None:
    """Bring the claims that `frontlog extract` wrote into FOLDER into a ledger.

    Loading again changes nothing, and a load that was killed is finished by repeating it.
    """
    from frontlog.ledger import open_store
    from frontlog.scale.loading import load as load_into

    with open_store(ledger) as store:
        tally = load_into(folder, store)
    for dispatch, why in tally.refused:
        click.echo(f"refused {dispatch}: {why}", err=True)
    counts = {
        "ledger": ledger, "new": tally.new, "known": tally.known, "reread": tally.reread,
        "refused": len(tally.refused), "claims": tally.claims,
    }  # fmt: skip
    if json_:
        click.echo(json.dumps(counts))
    else:
        click.echo(
            f"{ledger}: {tally.new} new dispatches, {tally.known} known before, {tally.claims} new claims"
        )
    raise SystemExit(1 if tally.refused else 0)
