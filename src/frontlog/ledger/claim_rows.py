"""Questions for claims as SQL, and rows as claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from frontlog.ledger.codec import PlaceOf, claim_of, moment
from frontlog.ledger.store import ClaimQuery, StoredClaim
from frontlog.ledger.words import Wanted

_FIELDS = """
SELECT c.n, c.id, c.known, c.body, d.id, d.published, d.publisher, d.url, d.title,
  substr(d.text, json_extract(c.body, '$.sentence[0]') + 1,
         json_extract(c.body, '$.sentence[1]') - json_extract(c.body, '$.sentence[0]'))"""
SELECT = _FIELDS + " FROM claims c JOIN dispatches d ON d.n = c.dispatch"
# Scores are worked out once, before anything is joined or sorted; the smaller, the better.
_BEST = (
    "WITH found AS MATERIALIZED (SELECT rowid AS n, bm25(claims_text) AS score FROM claims_text"
    " WHERE claims_text MATCH :words)"
    + _FIELDS
    + " FROM found JOIN claims c ON c.n = found.n JOIN dispatches d ON d.n = c.dispatch"
)


def select(query: ClaimQuery) -> tuple[str, dict[str, Any]]:
    """The SQL of one page, oldest first unless asked otherwise."""
    where, values = _where(query)
    values["limit"] = -1 if query.limit is None else query.limit
    if query.best_first and Wanted.of(query.text or ""):
        return _best(query, where, values)
    way, sign = ("DESC", "<") if query.newest_first else ("ASC", ">")
    if query.after is not None:
        where += f" AND (c.known, c.n) {sign} (SELECT known, n FROM claims WHERE n = :after)"
        values["after"] = query.after
    return f"{SELECT} WHERE {where} ORDER BY c.known {way}, c.n {way} LIMIT :limit", values


def _best(query: ClaimQuery, where: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The SQL of one page of those that fit the words best, the newer of two that fit alike."""
    if query.after is not None:
        where += " AND (found.score, -c.n) > (SELECT score, -n FROM found WHERE n = :after)"
        values["after"] = query.after
    return f"{_BEST} WHERE {where} ORDER BY found.score, c.n DESC LIMIT :limit", values


def count(query: ClaimQuery) -> tuple[str, dict[str, Any]]:
    where, values = _where(query)
    return f"SELECT count(*) FROM claims c JOIN dispatches d ON d.n = c.dispatch WHERE {where}", values


def _where(query: ClaimQuery) -> tuple[str, dict[str, Any]]:
    parts = ["c.current = 1"]
    values: dict[str, Any] = {}

    def add(sql: str, **named: Any) -> None:
        parts.append(sql)
        values.update(named)

    if query.kinds:
        names = {f"kind{at}": kind for at, kind in enumerate(query.kinds)}
        add(f"c.kind IN ({', '.join(':' + name for name in names)})", **names)
    if query.place:
        add("c.n IN (SELECT claim FROM claim_units WHERE unit = :place)", place=query.place)
    if query.country:
        add("c.n IN (SELECT claim FROM claim_units WHERE country = :country)", country=query.country)
    if query.actor:
        add(
            "c.n IN (SELECT claim FROM claim_parties WHERE side = :actor"
            " UNION SELECT claim FROM claim_parties WHERE actor = :actor)",
            actor=query.actor,
        )
    if query.text and (wanted := Wanted.of(query.text)):
        add("c.n IN (SELECT rowid FROM claims_text WHERE claims_text MATCH :words)", **wanted.values)
    if query.dispatch:
        add("c.dispatch = (SELECT n FROM dispatches WHERE id = :dispatch)", dispatch=query.dispatch)
    if query.source:
        add("(d.publisher = :source OR d.id = :source)", source=query.source)
    if query.standing:
        add("c.standing = :standing", standing=query.standing)
    for name, sql, day in (
        ("first", "c.when_last >= :first", query.first),
        ("last", "c.when_first <= :last", query.last),
        ("known_first", "c.known >= :known_first", query.known_first),
        ("known", "c.known <= :known", query.known),
    ):
        if day is not None:
            add(sql, **{name: day.isoformat()})
    return " AND ".join(parts), values


def stored(row: tuple[Any, ...], place: PlaceOf, accepted: Mapping[str, bool]) -> StoredClaim:
    n, id, known, body, dispatch, published, publisher, url, title, sentence = row
    return StoredClaim(
        claim_of(dispatch, json.loads(body), place), id, sentence, date.fromisoformat(known),
        moment(published), publisher, url, title, n, accepted.get(id),
    )  # fmt: skip
