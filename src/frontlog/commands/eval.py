"""``frontlog eval``: scores of reading and of the ledger against gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from frontlog.commands.ledger import eval_control
from frontlog.commands.options import READERS, as_json, reader_option

if TYPE_CHECKING:
    from frontlog.evaluation.claims import ClaimScores, Compared
    from frontlog.evaluation.events import EventScores
    from frontlog.evaluation.gold import Marked

_ALWAYS = ("control", "control kind + place", "all")


@click.group(name="eval")
def evaluate() -> None:
    """Score places, claims, events or control against gold."""


evaluate.add_command(eval_control)


@evaluate.command(name="claims")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--errors", type=click.IntRange(min=0), default=0, help="Show the N records with most misses.")
@reader_option
@as_json
def claims_command(gold: Path, errors: int, reader: str, json_: bool) -> None:
    """Score extraction against GOLD, records in the claim contract's form, one JSON object a line."""
    from frontlog.evaluation.claims import score
    from frontlog.evaluation.gold import gold_records
    from frontlog.reading.reader import Reader

    records = list(gold_records(gold))
    opened = Reader.open(reader=reader)
    scores = score(records, opened.read(record.dispatch for record in records))
    if json_:
        for row in claim_rows(scores):
            click.echo(json.dumps(row))
    else:
        Console().print(_claim_table(f"{gold.name}, reader {reader}", scores))
    for compared in sorted(scores.compared, key=lambda found: -found.misses)[:errors]:
        _show_errors(compared, json_=json_)


def claim_rows(scores: ClaimScores) -> Iterator[dict[str, object]]:
    """One object a measure: precision, recall and F1 of a score, or a rate."""
    for name, found in scores.scores.items():
        if name in _ALWAYS or found.predicted or found.gold:
            yield {
                "measure": name, "precision": round(found.precision, 4), "recall": round(found.recall, 4),
                "f1": round(found.f1, 4), "predicted": found.predicted, "gold": found.gold,
            }  # fmt: skip
    for name, (right, total) in scores.rates.items():
        yield {"measure": name, "rate": round(scores.rate(name), 4), "right": right, "of": total}


def _claim_table(title: str, scores: ClaimScores) -> Table:
    table = Table("measure", "P", "R", "F1 or rate", "predicted", "gold", title=title)
    for row in claim_rows(scores):
        if "rate" in row:
            table.add_row(str(row["measure"]), "", "", f"{row['rate']:.3f}", "", str(row["of"]))
        else:
            table.add_row(
                str(row["measure"]), f"{row['precision']:.3f}", f"{row['recall']:.3f}", f"{row['f1']:.3f}",
                str(row["predicted"]), str(row["gold"]),
            )  # fmt: skip
    return table


def _show_errors(compared: Compared, *, json_: bool) -> None:
    missed = [pair for pair in compared.pairs if not pair.placed]
    if not missed:
        return
    if json_:
        pairs = [{"gold": _told(p.gold), "predicted": _told(p.predicted)} for p in missed]
        click.echo(
            json.dumps({"id": compared.id, "text": compared.text, "misses": pairs}, ensure_ascii=False)
        )
        return
    click.echo(f"\n{compared.id}: {compared.text}")
    for pair in missed:
        click.echo(f"  gold      {_told(pair.gold) or '-'}\n  predicted {_told(pair.predicted) or '-'}")


def _told(claim: Marked | None) -> str | None:
    from frontlog.evaluation.claims import place_words

    if claim is None:
        return None
    when = claim.when.iso() if claim.when else "no time"
    by = f", said by {claim.said_by}" if claim.said_by else ""
    sides = f"{', '.join(claim.agents) or '?'} > {', '.join(claim.targets) or '?'}"
    where = place_words(claim.places) or "nowhere"
    return f"{claim.kind} ({claim.cue}): {sides}; {where}; {when}; {claim.standing}{by}"


@evaluate.command(name="places")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@as_json
def places_command(files: tuple[Path, ...], json_: bool) -> None:
    """Score recognition and resolution of place names against geoparsing corpora, plain or gzip."""
    from frontlog.evaluation.places import eval_places

    rows = [scores.as_record() for scores in eval_places(files)]
    if json_:
        for row in rows:
            click.echo(json.dumps(row))
        return
    table = Table("measure", *(str(row["corpus"]) for row in rows), title="Places")
    for measure in (name for name in rows[0] if name != "corpus"):
        table.add_row(measure, *(_figure(row[measure]) for row in rows))
    Console().print(table)


def _figure(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


@evaluate.command(name="events")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--reader",
    type=click.Choice([*READERS, "politics"]),
    default="politics",
    show_default=True,
    help="politics is the rules with their gate open, since these texts speak of politics at large.",
)
@as_json
def events_command(files: tuple[Path, ...], reader: str, json_: bool) -> None:
    """Score claims as PLOVER roots, CAMEO classes or changes of control, as each of FILES… is marked."""
    from frontlog.evaluation.events import score_file
    from frontlog.reading.reader import Reader

    opened = Reader.open(reader=reader)
    for path in files:
        scores = score_file(path, opened.read)
        if json_:
            click.echo(json.dumps(event_row(scores)))
        else:
            Console().print(_event_table(scores))


def event_row(scores: EventScores) -> dict[str, object]:
    return {
        "file": scores.name, "measure": scores.measure, "value": round(scores.value, 4),
        "examples": scores.examples, "covered": scores.covered,
        "labels": {label: round(score.f1, 4) for label, score in scores.labels.items()},
    }  # fmt: skip


def _event_table(scores: EventScores) -> Table:
    title = (
        f"{scores.name}: {scores.measure} {scores.value:.3f} ({scores.covered} "
        f"of {scores.examples} with a claim)"
    )
    table = Table("label", "P", "R", "F1", "predicted", "gold", title=title)
    for label, score in scores.labels.items():
        table.add_row(
            label,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            str(score.predicted),
            str(score.gold),
        )
    return table
