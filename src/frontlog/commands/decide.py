"""``frontlog decide`` and ``rebuild``: an analyst's verdicts, and deriving everything from them anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from frontlog.commands.named import place_named
from frontlog.commands.options import actors, actors_option, as_json, console, ledger_option, today
from frontlog.errors import DecisionError
from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.decisions import decision
from frontlog.ledger.store import StoredClaim
from frontlog.scale.local import cores
from frontlog.views import records, tables

ACTIONS = ("accept", "reject", "correct", "merge", "split", "undo")
_SHORTEST = 4
"""Digits of an id that must be given at least."""


@click.command()
@click.argument("action", required=False, type=click.Choice(ACTIONS))
@click.argument("subject", required=False)
@click.argument("changes", nargs=-1)
@ledger_option
@click.option("--author", envvar="FRONTLOG_AUTHOR", default="", help="Who decides.")
@click.option("--reason", default="", help="Why.")
@click.option("--log", is_flag=True, help="List the decisions made so far.")
@as_json
def decide(
    action: str | None, subject: str | None, changes: tuple[str, ...], ledger: str, author: str, reason: str,
    log: bool, json_: bool,
) -> None:  # fmt: skip
    """Accept, reject or correct the claim SUBJECT, merge or split the incident SUBJECT, or undo a decision.

    CHANGES are field=value for correct (kind, standing, extent, when, deaths, agent, target, place), the
    incidents to merge with, or the claims to split off. An id may be cut short where only one begins so.
    """
    with open_store(ledger, must_exist=True) as store:
        if log or action is None or subject is None:
            if not log:
                raise click.UsageError("name an action and a claim, incident or decision, or use --log")
            made = store.decisions(subject)
        else:
            whole = _whole(store, _table(action), subject)
            fields = _changes(store, action, whole, changes)
            made = [decision(action, whole, author, _second(today()), reason, fields)]
            store.decide(made[0])
    if json_:
        for each in made:
            click.echo(json.dumps(records.decision_record(each), ensure_ascii=False))
    elif made:
        console().print(tables.decisions_table(made))
    else:
        click.echo("no decision was made yet", err=True)


@click.command()
@ledger_option
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Processes, for a large ledger [default: one a core]."
)
@actors_option
@as_json
def rebuild(ledger: str, jobs: int | None, json_: bool) -> None:
    """Derive incidents, holdings, findings and the index of words anew from claims and decisions.

    Wanted once after an upgrade, or after a line was added to the file of sides; nothing is read again.
    """
    with open_store(ledger, must_exist=True) as store:
        store.rebuild(jobs or cores())
        counts = {
            "ledger": ledger, "claims": store.count_claims(), "incidents": len(store.incidents()),
            "findings": len(store.findings()),
        }  # fmt: skip
    click.echo(
        json.dumps(counts)
        if json_
        else f"{ledger}: {counts['claims']} claims, {counts['incidents']} incidents,"
        f" {counts['findings']} findings"
    )


def _table(action: str) -> str:
    return {"merge": "incidents", "split": "incidents", "undo": "decisions"}.get(action, "claims")


def _whole(store: SqliteStore, table: str, id: str) -> str:
    """The one id that begins with ``id``; itself where none or several do, for the ledger to refuse."""
    if len(id) < _SHORTEST:
        return id
    found = store.ids_beginning(table, id.removeprefix("#"))
    if len(found) > 1 and id not in found:
        raise click.UsageError(f"{id!r} begins {', '.join(found)} …; give more of it")
    return id if id in found or not found else found[0]


def _changes(store: SqliteStore, action: str, subject: str, words: Sequence[str]) -> dict[str, Any]:
    if action == "merge":
        return {"with": [_whole(store, "incidents", word) for word in words]}
    if action == "split":
        return {"claims": [_whole(store, "claims", word) for word in words]}
    if action != "correct" and words:
        raise click.UsageError(f"{action} takes no changes; write the why as --reason")
    fields: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise click.UsageError(f"{word!r} is no field=value")
        fields[name] = _value(store, name, value, store.claim(subject))
    return fields


def _value(store: SqliteStore, name: str, value: str, claim: StoredClaim | None) -> Any:
    """A field's value as the ledger keeps it; an empty one takes the field away."""
    if value == "":
        return None
    if name in ("agent", "target"):
        return _side(store, value, claim)
    if name == "place":
        return place_named(store, value).id
    if name in ("deaths", "confidence"):
        try:
            return int(value) if name == "deaths" else float(value)
        except ValueError as error:
            raise DecisionError(f"{name} cannot be {value!r}; give a number") from error
    return value


def _side(store: SqliteStore, words: str, claim: StoredClaim | None) -> str:
    """A side by id or by name, as the words would be read in the claim's own dispatch."""
    for side, _ in store.sides():
        if words.casefold() in (side.casefold(), actors().name(side).casefold()):
            return side
    if actors().actor(words) is not None:
        return words
    countries = [each.country for each in claim.claim.places if each.country] if claim else []
    known = actors().resolve(words, claim.known if claim else today().date(), countries)
    side = known.side if known and known.side else words
    if ":" not in side and actors().name(side) == side:
        click.echo(f"{words!r} is nobody known here; it is a side of its own, {side!r}", err=True)
    return side


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
