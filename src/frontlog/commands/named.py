"""What a user names in the words of the trade, as the ledger has it: a place, a side, a source, a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

import click

from frontlog.commands.options import actors
from frontlog.errors import LedgerError
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger import SqliteStore
from frontlog.ledger.store import ClaimQuery
from frontlog.model import Place

_OFFERED = 5


def place_named(store: SqliteStore, words: str, country: str | None = None) -> Place:
    """A place by id, by name, or by another spelling of its name that the gazetteer has.

    Of several with one name it is the one that is spoken of most, and stderr names the others. Raises
    click.UsageError, with names that are near, where the ledger has none.
    """
    if (by_id := store.place(words)) is not None:
        return by_id
    named = store.places(name=words, country=country)
    if not named and (named := _spelt_otherwise(store, words, country)):
        click.echo(f"{words} is taken for {named[0].name} ({named[0].id})", err=True)
    if not named:
        raise click.UsageError(f"no place named {words!r} in the ledger{_near(words, _place_names(store))}")
    best = max(named, key=lambda each: (store.count_claims(ClaimQuery(place=each.id)), each.population))
    if others := [each for each in named if each.id != best.id and each.name == best.name]:
        also = ", ".join(f"{each.id}, a {each.kind} in {each.country}" for each in others[:_OFFERED])
        click.echo(f"{best.name} is taken for {best.id}, a {best.kind}; there is also {also}", err=True)
    return best


def side_named(store: SqliteStore, words: str, on: date | None = None) -> str:
    """The id of a side or actor by id or name; raises click.UsageError where no claim names it.

    Who bears a name changes: it is read as of ``on``, by default the ledger's last day.
    """
    sides = [side for side, _ in store.sides()]
    span = days_known(store)
    day = on or (span[1] if span else None)
    resolved = actors().resolve(words, day) if day and ":" not in words else None
    meant = [side for side in sides if actors().name(side).casefold() == words.casefold()]
    for who in dict.fromkeys([words, *meant, *([resolved.side] if resolved and resolved.side else [])]):
        if store.count_claims(ClaimQuery(actor=who)):
            return who
    known = "; ".join(f"{side} ({actors().name(side)})" for side in sides[: 2 * _OFFERED])
    raise click.UsageError(f"no claim names {words!r}; sides in the ledger: {known or 'none'}")


def source_named(store: SqliteStore, words: str) -> str:
    """A publisher in any case or by a part of its name, or a dispatch's id."""
    publishers = [name for name, _ in store.publishers()]
    if words in publishers or store.dispatch(words) is not None:
        return words
    wanted = words.casefold()
    found = [name for name in publishers if name.casefold() == wanted]
    found = found or [name for name in publishers if wanted in name.casefold()]
    if len(found) != 1:
        what = f"several publishers: {'; '.join(found)}" if found else "no publisher and no dispatch"
        raise click.UsageError(f"{words!r} is {what}{'' if found else _near(words, publishers)}")
    return found[0]


def days_known(store: SqliteStore, country: str | None = None) -> tuple[date, date] | None:
    """The first and last day on which the ledger learnt anything, of one country if given."""
    days = [each.known for each in store.counts(country)]
    return (min(days), max(days)) if days else None


def settle(store: SqliteStore) -> None:
    """Audit what a load left; where the ledger cannot be written, say that its findings are behind."""
    try:
        store.audit_new()
    except LedgerError as error:
        click.echo(f"findings are not up to date: {error}", err=True)


def nothing(store: SqliteStore, what: str, country: str | None = None) -> None:
    """Say on stderr that an answer is empty, and what the ledger knows of."""
    about = f" of {country}" if country else ""
    span = days_known(store, country)
    if span is None:
        listed = ", ".join(code for code, _ in store.countries()[: 2 * _OFFERED])
        told = f"the ledger has no claim{about}" + (f"; it has claims of {listed}" if listed else "")
    else:
        told = f"what the ledger knows{about} became known from {span[0]} to {span[1]}"
    click.echo(f"{what}: {told}", err=True)


def _spelt_otherwise(store: SqliteStore, words: str, country: str | None) -> list[Place]:
    countries = [country] if country else [code for code, _ in store.countries()]
    readings = Gazetteer.open().find(words, countries)
    return [
        each
        for reading in readings
        for each in store.places(name=reading.name, country=reading.country)
        if each.id == reading.id
    ]


def _place_names(store: SqliteStore) -> list[str]:
    return [each.name for each in store.places()]


def _near(words: str, names: Iterable[str]) -> str:
    """Names with the words in them, or else names much like them, as the end of a message."""
    plain = {name.casefold(): name for name in names}
    wanted = words.casefold()
    found = [key for key in plain if wanted in key] or get_close_matches(wanted, plain, _OFFERED)
    return f"; did you mean {', '.join(plain[key] for key in found[:_OFFERED])}?" if found else ""
