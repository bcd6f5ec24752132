"""``frontlog load``: a folder of claims, or annotators' corrections, into a ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from frontlog.commands.options import actors_option, as_json, ledger_option, today
from frontlog.errors import SourceError
from frontlog.ledger import SqliteStore, open_store


@click.command()
@click.argument("path", metavar="FOLDER|FILE", type=click.Path(path_type=Path, exists=True))
@ledger_option
@click.option("--author", help="Who made the corrections of a FILE.")
@actors_option
@as_json
def load(path: Path, ledger: str, author: str | None, json_: bool) -> None:
    """Bring the claims that `frontlog extract` wrote into FOLDER into a ledger.

    Loading again changes nothing, and a load that was killed is finished by repeating it. A FILE is what
    Label Studio exported as JSON after annotators went over the tasks of `frontlog export labelstudio`; what
    they left, took away and corrected becomes decisions.
    """
    if path.is_file() and not author:
        raise click.UsageError("corrections need an author; give --author NAME")
    with open_store(ledger, must_exist=path.is_file()) as store:
        if author and path.is_file():
            counts, told, whole = _corrections(path, store, author)
        else:
            counts, told, whole = _folder(path, store)
    click.echo(json.dumps({"ledger": ledger, **counts}) if json_ else f"{ledger}: {told}")
    raise SystemExit(0 if whole else 1)


def _folder(path: Path, store: SqliteStore) -> tuple[dict[str, Any], str, bool]:
    from frontlog.scale.loading import load as load_into

    tally = load_into(path, store)
    for dispatch, why in tally.refused:
        click.echo(f"refused {dispatch}: {why}", err=True)
    counts = {
        "new": tally.new, "known": tally.known, "reread": tally.reread, "refused": len(tally.refused),
        "claims": tally.claims,
    }  # fmt: skip
    told = f"{tally.new} new dispatches, {tally.known} known before, {tally.claims} new claims"
    return counts, told, not tally.refused


def _corrections(path: Path, store: SqliteStore, author: str) -> tuple[dict[str, Any], str, bool]:
    from frontlog.views.export.labelstudio import returned

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"cannot be read ({error})", "name a file in UTF-8") from error
    back = returned(str(path), text, author, today())
    for decision in back.decisions:
        store.decide(decision)
    counts: dict[str, Any] = {"decisions": len(back.decisions), "added": back.added}
    told = f"{len(back.decisions)} decisions; {back.added} spans that annotators added are left out"
    return counts, told, not back.added
