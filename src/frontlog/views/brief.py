"""The day's report in Markdown: what changed, what is claimed, disputed and put right, with sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from frontlog.ledger.store import DAWN, ClaimQuery, HeldPlace, Store, StoredClaim
from frontlog.model import Finding, Kind
from frontlog.views.records import Namer, sides_named

SHOWN: tuple[Kind, ...] = (
    "take",
    "leave",
    "hold",
    "advance",
    "besiege",
    "clash",
    "strike",
    "agree",
    "demand",
)

EVIDENCE = 2
"""Sentences shown under one place."""
NOTHING = "Nothing became known on this day."


def brief(store: Store, on: date, country: str | None, name: Namer) -> str:
    """Write the report of what was known at the end of ``on`` and not the day before."""
    now = {held.place.id: held for held in store.holdings(on, known=on, country=country)}
    eve = max(on, DAWN + timedelta(days=1)) - timedelta(days=1)
    before = {held.place.id: held for held in store.holdings(eve, known=eve, country=country)}
    changed = [held for id, held in now.items() if _differs(before.get(id), held)]
    sure = [held for held in changed if held.holding.state == "held"]
    claimed = [held for held in changed if held.holding.state == "claimed"]
    disputed = [held for held in now.values() if held.holding.state == "contested"]
    put_right = _put_right(store, on, eve, before, name)
    claims = list(store.claims(ClaimQuery(kinds=SHOWN, country=country, known_first=on, known=on, limit=200)))
    findings = [
        each for each in store.findings(known=on) if each.known == on and each.verdict == "does not fit"
    ]
    named = {side: name(side) for side, _ in store.sides()}
    where = f", {country}" if country else ""
    parts = [
        f"# {on.day} {on:%B %Y}{where}\n",
        _section(
            "Changed hands", [_held_line(store, held, before.get(held.place.id), name) for held in sure]
        ),
        _section("Claimed", [_held_line(store, held, before.get(held.place.id), name) for held in claimed]),
        _section("Disputed", [_held_line(store, held, None, name) for held in disputed]),
        _section("Put right", put_right),
        _section("What does not fit", [_finding_line(each, named) for each in findings]),
        _section("Reported", [_claim_line(rows) for rows in _tellings(claims)]),
    ]
    return "\n".join(part for part in parts if part) + ("" if any(parts[1:]) else f"\n{NOTHING}\n")


def _differs(before: HeldPlace | None, now: HeldPlace) -> bool:
    if before is None:
        return True
    return (before.holding.holder, before.holding.state) != (now.holding.holder, now.holding.state)


def _section(title: str, lines: Iterable[str]) -> str:
    found = list(lines)
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in found) + "\n" if found else ""


def _held_line(store: Store, held: HeldPlace, before: HeldPlace | None, name: Namer) -> str:
    holding = held.holding
    who = name(holding.holder) if holding.holder else "nobody"
    was = f", before: {name(before.holding.holder)}" if before and before.holding.holder not in (
        None, holding.holder) else ""  # fmt: skip
    since = "" if holding.valid_from == held.seen else f" since {holding.valid_from.isoformat()}"
    evidence = _sources(store, holding.claims_for or holding.claims_against)
    return f"**{held.place.name}**: {holding.state}, {who}{since} ({holding.confidence:.2f}{was}){evidence}"


def _put_right(store: Store, on: date, eve: date, before: dict[str, HeldPlace], name: Namer) -> list[str]:
    """Places whose yesterday is seen otherwise today than it was seen yesterday."""
    lines = []
    revised = {held.place.id: held for held in store.holdings(eve, known=on)}
    for id, was in before.items():
        seen_now = revised.get(id)
        holder = seen_now.holding.holder if seen_now else None
        if holder != was.holding.holder:
            old, new = (name(side) if side else "nobody known" for side in (was.holding.holder, holder))
            lines.append(f"**{was.place.name}** on {eve.isoformat()}: was thought {old}'s, now {new}'s")
    return lines


def _sources(store: Store, claims: Sequence[str]) -> str:
    rows = [row for claim in claims if (row := store.claim(claim)) is not None]
    told = _tellings(rows)[:EVIDENCE]
    return "".join(f'\n  - "{rows[0].sentence.strip()}" ({_whence(rows)})' for rows in told)


def _whence(rows: Sequence[StoredClaim]) -> str:
    """Who says it in which outlet, and which others print the same sentence."""
    speaker = rows[0].claim.speaker
    outlets = dict.fromkeys(_outlet(row) for row in rows)
    first, *others = outlets
    also = f"; also {', '.join(others)}" if others else ""
    return (f"{speaker.text}, " if speaker else "") + first + also


def _outlet(row: StoredClaim) -> str:
    outlet = row.publisher or row.title or row.claim.dispatch
    return f"[{outlet}]({row.url})" if row.url else outlet


def _finding_line(finding: Finding, named: Mapping[str, str]) -> str:
    computed = sides_named(finding.computed, named)
    return f'{finding.audit}: "{finding.words}"; {computed} ({finding.dispatch})'


def _tellings(rows: Iterable[StoredClaim]) -> list[list[StoredClaim]]:
    """Claims by their sentence: one line, however many claims it makes and papers print it."""
    found: dict[str, list[StoredClaim]] = {}
    for row in rows:
        found.setdefault(" ".join(row.sentence.split()), []).append(row)
    return list(found.values())


def _claim_line(rows: Sequence[StoredClaim]) -> str:
    kinds = ", ".join(dict.fromkeys(row.claim.kind for row in rows))
    return f"{kinds}: {rows[0].sentence.strip()} ({_whence(rows)})"
