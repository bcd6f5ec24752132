"""The verbs that ask a ledger: ``claims``, ``place``, ``control``, ``audit``, ``brief`` and ``decide``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from frontlog.commands.options import as_json, ledger_option, today
from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.audits import run
from frontlog.ledger.decisions import decision
from frontlog.ledger.store import ClaimQuery, HeldPlace
from frontlog.model import KINDS, Finding, Place
from frontlog.reading.actors import Actors
from frontlog.views import records, tables
from frontlog.views.brief import brief as write_brief


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2021-08-11", param, ctx)


def _open(ledger: str) -> SqliteStore:
    return open_store(ledger, must_exist=True)


@cache
def _actors() -> Actors:
    return Actors.open()


def _lines(items: Iterable[dict[str, Any]]) -> None:
    for item in items:
        click.echo(json.dumps(item, ensure_ascii=False))


def _console() -> Console:
    console = Console()
    # A pipe has no width: long lines are better than folded ones there.
    return console if console.is_terminal else Console(width=180)


@click.command()
@ledger_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these kinds.")
@click.option("--place", help="A place's name or id.")
@click.option("--country", help="ISO 3166-1 alpha-2.")
@click.option("--actor", help="An actor's or side's id, or its name.")
@click.option("--source", help="A publisher or dispatch id.")
@click.option("--standing", type=click.Choice(["fact", "denied", "planned", "possible"]))
@click.option("--text", help="Words that occur in the evidence sentence.")
@click.option("--from", "first", type=Day(), help="First day in the world.")
@click.option("--to", "last", type=Day(), help="Last day in the world.")
@click.option("--known", type=Day(), help="Only what was known by the end of this day.")
@click.option("--limit", type=int, default=200, show_default=True)
@as_json
def claims(
    ledger: str, kinds: tuple[Any, ...], place: str | None, country: str | None, actor: str | None,
    source: str | None, standing: Any, text: str | None, first: date | None, last: date | None,
    known: date | None, limit: int, json_: bool,
) -> None:  # fmt: skip
    """List claims with the sentences behind them."""
    with _open(ledger) as store:
        where = _place(store, place, country).id if place else None
        who = _side(actor, first or last or known or today().date()) if actor else None
        rows = list(
            store.claims(
                ClaimQuery(
                    kinds, who, country, where, source, standing, text, first, last, known=known, limit=limit
                )
            )
        )
    if json_:
        _lines(records.claim_record(row) for row in rows)
    else:
        _console().print(tables.claims_table(rows))


@click.command()
@click.argument("name")
@ledger_option
@click.option("--known", type=Day(), help="As known at the end of this day.")
@click.option("--country", help="ISO 3166-1 alpha-2, where several places share the name.")
@as_json
def place(name: str, ledger: str, known: date | None, country: str | None, json_: bool) -> None:
    """Tell one place's life: who held it and when, with the evidence for and against."""
    with _open(ledger) as store:
        found = _place(store, name, country)
        life = store.place_life(found.id, known)
        cited = {id for each in life for id in (*each.holding.claims_for, *each.holding.claims_against)}
        rows = {id: row for id in sorted(cited) if (row := store.claim(id)) is not None}
        inferred = store.inferred(found.id)
    if json_:
        _lines(
            records.holding_record(each, _actors().name)
            | {
                "evidence": [
                    records.claim_record(rows[id]) | records.inferred_record(inferred.get(id))
                    for id in each.holding.claims_for
                    if id in rows
                ]
            }
            for each in life
        )
        return
    title = f"{found.name}, {found.admin1_name or ''} {found.country or ''}" + _as_known(known)
    sentences = {
        id: f"{row.sentence.strip()} [{row.claim.dispatch}]" + tables.taker_note(inferred.get(id))
        for id, row in rows.items()
    }
    _console().print(tables.life_table(life, title, _actors().name, sentences))


@click.command()
@ledger_option
@click.option("--on", type=Day(), help="The day in the world; today if not given.")
@click.option("--known", type=Day(), help="As known at the end of this day; newest knowledge if not given.")
@click.option("--country", help="ISO 3166-1 alpha-2.")
@as_json
def control(ledger: str, on: date | None, known: date | None, country: str | None, json_: bool) -> None:
    """Who holds what on a day, as known on a day."""
    day = on or today().date()
    with _open(ledger) as store:
        held = sorted(store.holdings(day, known, country), key=_by_name)
    if json_:
        _lines(records.holding_record(each, _actors().name) for each in held)
    else:
        title = f"Control on {day.isoformat()}" + _as_known(known)
        _console().print(tables.control_table(held, title, _actors().name))


@click.command()
@ledger_option
@click.option("--audit", "audit_", help="Only this audit.")
@click.option("--known", type=Day(), help="Only what was known by the end of this day.")
@click.option("--dispatch", help="Only findings in this dispatch.")
@click.option("--all", "all_", is_flag=True, help="Also show what fits.")
@as_json
def audit(
    ledger: str, audit_: str | None, known: date | None, dispatch: str | None, all_: bool, json_: bool
) -> None:
    """Show what does not fit: counts, distances, deadlines, containers, rivals. Exits 1 if anything."""
    with _open(ledger) as store:
        found = sorted(
            run(store, known=known),
            key=lambda each: (each.known or date.min, each.dispatch or "", each.audit),
        )
    found = [
        each
        for each in found
        if (audit_ is None or each.audit == audit_)
        and (dispatch is None or each.dispatch == dispatch)
        and (all_ or each.verdict != "fits")
    ]
    if json_:
        _lines(records.finding_record(each) for each in found)
    else:
        _console().print(tables.findings_table(found))
    raise SystemExit(1 if any(each.verdict == "does not fit" for each in found) else 0)


@click.command()
@ledger_option
@click.option("--on", type=Day(), required=True, help="The day of the report.")
@click.option("--country", help="ISO 3166-1 alpha-2.")
@as_json
def brief(ledger: str, on: date, country: str | None, json_: bool) -> None:
    """Write a day's report in Markdown: what changed, is claimed, disputed and was put right."""
    with _open(ledger) as store:
        report = write_brief(store, on, country, _actors().name)
    click.echo(
        json.dumps({"on": on.isoformat(), "markdown": report}, ensure_ascii=False) if json_ else report
    )


@click.command()
@click.argument(
    "action", required=False, type=click.Choice(["accept", "reject", "correct", "merge", "split", "undo"])
)
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
    incidents to merge with, or the claims to split off.
    """
    with _open(ledger) as store:
        if log or action is None or subject is None:
            if not log:
                raise click.UsageError("name an action and a claim, incident or decision, or use --log")
            made = store.decisions(subject)
        else:
            made = [decision(action, subject, author, _second(today()), reason, _changes(action, changes))]
            store.decide(made[0])
    if json_:
        _lines(records.decision_record(each) for each in made)
    else:
        _console().print(tables.decisions_table(made))


@click.command("control")
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
@as_json
def eval_control(facts: Path, ledger: str, json_: bool) -> None:
    """Score a ledger's holdings against FACTS, a CSV of dated changes of control."""
    from frontlog.evaluation.control import evaluate, outcome_record, read_facts, reliability
    from frontlog.gazetteer.lookup import Gazetteer

    with _open(ledger) as store:
        report = evaluate(store, read_facts(facts, _actors()), Gazetteer.open())
    if json_:
        _lines([report.scores(), *(outcome_record(each) for each in report.outcomes)])
        return
    console = _console()
    console.print(tables.pairs_table("Control against facts", report.scores()))
    console.print(tables.outcomes_table([outcome_record(each) for each in report.outcomes]))
    for name, judged in (("filtered", report.filtered), ("retrospective", report.retrospective)):
        console.print(tables.reliability_table(f"Reliability, {name}", reliability(judged)))


def _changes(action: str, words: tuple[str, ...]) -> dict[str, Any]:
    if action == "merge":
        return {"with": list(words)}
    if action == "split":
        return {"claims": list(words)}
    fields: dict[str, Any] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise click.UsageError(f"{word!r} is no field=value")
        fields[name] = None if value == "" else int(value) if name == "deaths" else value
    return fields


def _findings(store: SqliteStore, known: date | None) -> Iterable[Finding]:
    """Findings of now are kept in the ledger for the other views; those of an earlier day are only shown."""
    if known is not None:
        return run(store, known=known)
    store.audit()
    return store.findings()


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _side(words: str, on: date) -> str:
    found = _actors().resolve(words, on)
    return (found.side if found and ":" not in words else None) or words


def _place(store: SqliteStore, words: str, country: str | None) -> Place:
    by_id = store.place(words)
    if by_id is not None:
        return by_id
    named = store.places(name=words, country=country)
    if not named:
        raise click.UsageError(f"no place named {words!r} in the ledger")
    # Of several places with one name, the one that is spoken of.
    return max(named, key=lambda each: (store.count_claims(ClaimQuery(place=each.id)), each.population))


def _by_name(held: HeldPlace) -> tuple[str, str]:
    return held.place.country or "", held.place.name


def _as_known(known: date | None) -> str:
    return f", as known on {known.isoformat()}" if known else ""
