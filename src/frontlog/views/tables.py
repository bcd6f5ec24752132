"""Tables for people: claims, holdings, a place's life, findings, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from frontlog.ledger.store import HeldPlace, StoredClaim
from frontlog.ledger.takers import Inferred
from frontlog.model import Decision, Finding, Incident, Place
from frontlog.views.records import Namer, names, sides_named

STATE_STYLE = {
    "held": "bold", "claimed": "yellow", "contested": "red", "vacated": "dim", "unknown": "dim",
}  # fmt: skip
VERDICT_STYLE = {"fits": "green", "does not fit": "bold red", "cannot tell": "yellow"}


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False, show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def claims_table(rows: Iterable[StoredClaim]) -> Table:
    table = _table("Claims", "when", "kind", "who", "where", "standing", "said by", "evidence", "id")
    for row in rows:
        claim = row.claim
        standing = claim.standing + (" ✓" if row.accepted else " ✗" if row.accepted is False else "")
        notes: list[str] = [claim.extent] if claim.extent in ("part", "site") else []
        notes += [claim.role] if claim.role == "caption" else []
        notes += ["against interest"] if claim.against_interest else []
        table.add_row(
            claim.when.iso() if claim.when else "—",
            claim.kind,
            names(claim.agents) + (f" → {names(claim.targets)}" if claim.targets else ""),
            ", ".join(mention.name or mention.text for mention in claim.places),
            ", ".join([standing, *filter(None, notes)]),
            claim.speaker.text if claim.speaker else "",
            Text(row.sentence),
            Text(row.id, style="dim"),
        )
    return table


def control_table(held: Iterable[HeldPlace], title: str, name: Namer) -> Table:
    table = _table(title, "place", "country", "state", "holder", "since", "confidence", "last heard")
    for each in held:
        holding = each.holding
        table.add_row(
            each.place.name,
            each.place.country or "",
            Text(holding.state, style=STATE_STYLE[holding.state]),
            name(holding.holder) if holding.holder else "",
            holding.valid_from.isoformat(),
            f"{holding.confidence:.2f}",
            each.seen.isoformat(),
        )
    return table


def life_table(life: Iterable[HeldPlace], title: str, name: Namer, sentences: dict[str, str]) -> Table:
    table = _table(title, "from", "to", "state", "holder", "confidence", "evidence for", "against")
    for each in life:
        holding = each.holding
        table.add_row(
            holding.valid_from.isoformat(),
            holding.valid_to.isoformat() if holding.valid_to else "…",
            Text(holding.state, style=STATE_STYLE[holding.state]),
            name(holding.holder) if holding.holder else "",
            f"{holding.confidence:.2f}",
            _told(holding.claims_for, sentences),
            _told(holding.claims_against, sentences),
        )
    return table


def _told(claims: Iterable[str], sentences: Mapping[str, str]) -> Text:
    """One line a sentence, however many claims it makes."""
    return Text("\n".join(dict.fromkeys(sentences.get(claim, claim) for claim in claims)))


def incidents_table(told: Iterable[tuple[Incident, Place | None, Sequence[StoredClaim]]]) -> Table:
    """One row an incident, with the sentences of its claims."""
    table = _table("Incidents", "when", "kind", "where", "origins", "claims", "id")
    for incident, place, claims in told:
        sentences = [f"#{row.id} {row.sentence.strip()}" for row in claims]
        table.add_row(
            incident.when.iso() if incident.when else "—",
            incident.kind,
            place.name if place else "",
            str(len(incident.origins)),
            Text("\n".join(sentences)),
            Text(incident.id, style="dim"),
        )
    return table


def taker_note(taker: Inferred | None) -> str:
    """Why somebody is taken for the taker whom a claim does not name."""
    return f" (taker not named; inferred: {taker.reason})" if taker else ""


def findings_table(findings: Iterable[Finding], named: Mapping[str, str]) -> Table:
    """One row a finding; ``named`` gives the names of sides."""
    table = _table("Findings", "known", "audit", "verdict", "words", "computed", "dispatch")
    for finding in findings:
        table.add_row(
            finding.known.isoformat() if finding.known else "",
            finding.audit,
            Text(finding.verdict, style=VERDICT_STYLE[finding.verdict]),
            Text(finding.words),
            Text(sides_named(finding.computed, named) + (f" ({finding.note})" if finding.note else "")),
            finding.dispatch or "",
        )
    return table


def decisions_table(decisions: Iterable[Decision]) -> Table:
    table = _table("Decisions", "made", "author", "action", "subject", "changes", "reason", "id")
    for each in decisions:
        changes = ", ".join(f"{name}={value}" for name, value in each.changes.items())
        table.add_row(
            f"{each.made:%Y-%m-%d %H:%M}",
            each.author,
            each.action,
            each.subject,
            changes,
            each.reason,
            each.id,
        )
    return table


def pairs_table(title: str, scores: Mapping[str, object]) -> Table:
    table = _table(title, "measure", "value")
    for name, value in scores.items():
        table.add_row(name.replace("_", " "), str(value))
    return table


def outcomes_table(outcomes: Iterable[Mapping[str, Any]]) -> Table:
    """One row a fact: whether the dispatches report it, and what the ledger makes of it."""
    table = _table(
        "Changes", "place", "day", "from", "to", "reported", "found", "days off", "days until held"
    )
    for each in outcomes:
        error, delay = each["error"], each["delay"]
        table.add_row(
            each["fact"], each["day"], each["from"], each["to"], "yes" if each["reported"] else "no",
            Text("yes", style="green") if each["found"] else Text("no", style="red"),
            "" if error is None else f"{error:+d}", "" if delay is None else str(delay),
        )  # fmt: skip
    return table


def reliability_table(title: str, rows: Iterable[tuple[float, float, int]]) -> Table:
    table = _table(title, "confidence shown", "share right", "place-days")
    for mean, right, number in rows:
        table.add_row(f"{mean:.2f}", f"{right:.2f}", str(number))
    return table
