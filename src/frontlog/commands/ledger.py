"""The verbs that ask a ledger: ``claims``, ``place``, ``incidents``, ``control``, ``audit`` and ``brief``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from frontlog.commands.named import days_known, nothing, place_named, settle, side_named, source_named
from frontlog.commands.options import (
    Day,
    actors,
    as_json,
    console,
    country_option,
    ledger_option,
    period_options,
    today,
)
from frontlog.ledger import SqliteStore, open_store
from frontlog.ledger.audits import run
from frontlog.ledger.store import ClaimQuery, HeldPlace
from frontlog.model import KINDS, Finding
from frontlog.views import records, tables
from frontlog.views.brief import NOTHING
from frontlog.views.brief import brief as write_brief

AUDITS = ("distance", "roster", "ordinal", "deadline", "container", "rival claims", "overturned", "denial")


def _open(ledger: str) -> SqliteStore:
    return open_store(ledger, must_exist=True)


def _lines(items: Iterable[dict[str, Any]]) -> None:
    for item in items:
        click.echo(json.dumps(item, ensure_ascii=False))


@click.command()
@ledger_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these kinds.")
@click.option("--place", help="A place's name or id.")
@country_option()
@click.option("--actor", help="An actor's or side's id, or its name.")
@click.option("--source", help="A publisher, or a part of its name, or a dispatch id.")
@click.option("--standing", type=click.Choice(["fact", "denied", "planned", "possible"]))
@click.option(
    "--text",
    help="Words that the evidence sentence has; those that fit best come first. shell* has any end.",
)
@period_options
@as_json
def claims(
    ledger: str, kinds: tuple[Any, ...], place: str | None, country: str | None, actor: str | None,
    source: str | None, standing: Any, text: str | None, first: date | None, last: date | None,
    known: date | None, limit: int, json_: bool,
) -> None:  # fmt: skip
    """List claims with the sentences behind them."""
    with _open(ledger) as store:
        query = ClaimQuery(
            kinds, standing=standing, country=country, text=text, first=first, last=last, known=known,
            place=place_named(store, place, country).id if place else None,
            actor=side_named(store, actor, first or last or known) if actor else None,
            source=source_named(store, source) if source else None, limit=limit, best_first=True,
        )  # fmt: skip
        rows = list(store.claims(query))
        if not rows:
            nothing(store, "no claim passes these filters", country)
        elif len(rows) == limit and (total := store.count_claims(query)) > limit:
            click.echo(f"{limit} of {total} claims; --limit {total} shows all", err=True)
    if json_:
        _lines(records.claim_record(row) for row in rows)
    elif rows:
        console().print(tables.claims_table(rows))


@click.command()
@click.argument("name")
@ledger_option
@click.option("--known", type=Day(), help="As known at the end of this day.")
@country_option("The country, where several places share the name.")
@as_json
def place(name: str, ledger: str, known: date | None, country: str | None, json_: bool) -> None:
    """Tell one place's life: who held it and when, with the evidence for and against."""
    with _open(ledger) as store:
        found = place_named(store, name, country)
        life = store.place_life(found.id, known)
        cited = {id for each in life for id in (*each.holding.claims_for, *each.holding.claims_against)}
        rows = {id: row for id in sorted(cited) if (row := store.claim(id)) is not None}
        inferred = store.inferred(found.id)
        if not life:
            nothing(store, f"nobody is known to hold {found.name}" + _as_known(known))
    if json_:
        _lines(
            records.holding_record(each, actors().name)
            | {
                "evidence": [
                    records.claim_record(rows[id]) | records.inferred_record(inferred.get(id))
                    for id in each.holding.claims_for
                    if id in rows
                ]
            }
            for each in life
        )
    elif life:
        title = f"{found.name}, {found.admin1_name or ''} {found.country or ''}" + _as_known(known)
        sentences = {
            id: f"{row.sentence.strip()} [{row.claim.dispatch}]" + tables.taker_note(inferred.get(id))
            for id, row in rows.items()
        }
        console().print(tables.life_table(life, title, actors().name, sentences))


@click.command()
@ledger_option
@click.option("--place", help="A place's name or id.")
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@country_option()
@period_options
@as_json
def incidents(
    ledger: str, place: str | None, kind: Any, country: str | None, first: date | None, last: date | None,
    known: date | None, limit: int, json_: bool,
) -> None:  # fmt: skip
    """List incidents with their claims: what was said to happen, and by how many origins.

    The ids are those that `frontlog decide merge` and `split` take.
    """
    with _open(ledger) as store:
        where = place_named(store, place, country).id if place else None
        found = store.incidents(where, known, kind, country, first, last, limit)
        told = [
            (each, store.place(each.place) if each.place else None,
             [row for id in each.claims if (row := store.claim(id)) is not None])
            for each in found
        ]  # fmt: skip
        if not found:
            nothing(store, "no incident passes these filters", country)
    if json_:
        _lines(records.incident_record(each) for each in found)
    elif found:
        console().print(tables.incidents_table(told))


@click.command()
@ledger_option
@click.option("--on", type=Day(), help="The day in the world; today if not given.")
@click.option("--known", type=Day(), help="As known at the end of this day; newest knowledge if not given.")
@country_option()
@as_json
def control(ledger: str, on: date | None, known: date | None, country: str | None, json_: bool) -> None:
    """Who holds what on a day, as known on a day."""
    day = on or today().date()
    title = f"Control on {day.isoformat()}" + _as_known(known)
    with _open(ledger) as store:
        held = sorted(store.holdings(day, known, country), key=_by_name)
        if not held:
            nothing(store, f"nobody is known to hold a place on {day.isoformat()}{_as_known(known)}", country)
    if json_:
        _lines(records.holding_record(each, actors().name) for each in held)
    elif held:
        console().print(tables.control_table(held, title, actors().name))


@click.command()
@ledger_option
@click.option("--audit", "audit_", type=click.Choice(AUDITS), help="Only this audit.")
@click.option("--known", type=Day(), help="Only what was known by the end of this day.")
@click.option("--dispatch", help="Only findings in this dispatch.")
@click.option("--all", "all_", is_flag=True, help="Also show what fits.")
@as_json
def audit(
    ledger: str, audit_: str | None, known: date | None, dispatch: str | None, all_: bool, json_: bool
) -> None:
    """Show what does not fit: counts, distances, deadlines, containers, rivals. Exits 1 if anything."""
    with _open(ledger) as store:
        if dispatch and store.dispatch(dispatch) is None:
            raise click.UsageError(f"no dispatch {dispatch!r} in the ledger")
        found = sorted(
            _findings(store, known),
            key=lambda each: (each.known or date.min, each.dispatch or "", each.audit),
        )
        named = {side: actors().name(side) for side, _ in store.sides()}
    found = [
        each
        for each in found
        if (audit_ is None or each.audit == audit_)
        and (dispatch is None or each.dispatch == dispatch)
        and (all_ or each.verdict != "fits")
    ]
    if json_:
        _lines(records.finding_record(each) for each in found)
    elif found:
        console().print(tables.findings_table(found, named))
    else:
        click.echo("nothing that does not fit was found", err=True)
    raise SystemExit(1 if any(each.verdict == "does not fit" for each in found) else 0)


@click.command()
@ledger_option
@click.option("--on", type=Day(), help="The day of the report.  [default: the ledger's last]")
@country_option()
@as_json
def brief(ledger: str, on: date | None, country: str | None, json_: bool) -> None:
    """Write a day's report in Markdown: what changed, is claimed, disputed and was put right."""
    with _open(ledger) as store:
        span = days_known(store, country)
        if on is None and span is None:
            return nothing(store, "no day to report of", country)
        day = on or (span[1] if span else today().date())
        settle(store)
        report = write_brief(store, day, country, actors().name)
        if NOTHING in report:
            nothing(store, f"nothing became known on {day.isoformat()}", country)
    click.echo(
        json.dumps({"on": day.isoformat(), "markdown": report}, ensure_ascii=False) if json_ else report
    )


@click.command("control")
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ledger_option
@as_json
def eval_control(facts: Path, ledger: str, json_: bool) -> None:
    """Score a ledger's holdings against FACTS, a CSV of dated changes of control."""
    from frontlog.evaluation.control import evaluate, outcome_record, read_facts, reliability
    from frontlog.gazetteer.lookup import Gazetteer

    with _open(ledger) as store:
        report = evaluate(store, read_facts(facts, actors()), Gazetteer.open())
    if json_:
        _lines([report.scores(), *(outcome_record(each) for each in report.outcomes)])
        return
    shown = console()
    shown.print(tables.pairs_table("Control against facts", report.scores()))
    shown.print(tables.outcomes_table([outcome_record(each) for each in report.outcomes]))
    for name, judged in (("filtered", report.filtered), ("retrospective", report.retrospective)):
        shown.print(tables.reliability_table(f"Reliability, {name}", reliability(judged)))


def _findings(store: SqliteStore, known: date | None) -> Iterable[Finding]:
    """Findings of now are kept in the ledger for the other views; those of an earlier day are only shown."""
    if known is not None:
        return run(store, known=known)
    settle(store)
    return store.findings()


def _by_name(held: HeldPlace) -> tuple[str, str]:
    return held.place.country or "", held.place.name


def _as_known(known: date | None) -> str:
    return f", as known on {known.isoformat()}" if known else ""
