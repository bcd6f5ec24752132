"""Options that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from frontlog.reading.actors import Actors

Item = TypeVar("Item")
READERS = ("auto", "rules", "model", "both")
DEFAULT_LEDGER = "frontlog.db"


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


class Country(click.ParamType[str]):
    """A country by its ISO 3166-1 code in any case, or by its name."""

    name = "COUNTRY"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if len(value) == 2 and value.isascii() and value.isalpha():
            return value.upper()
        if code := actors().country(value):
            return code
        self.fail(f"{value!r} is no country; give its name or its ISO 3166-1 code, such as AF", param, ctx)


@cache
def actors() -> Actors:
    """The registry of actors, opened when a verb first asks for it."""
    from frontlog.reading.actors import Actors

    return Actors.open()


def country_option(help: str = "Only this country, by ISO 3166-1 code or name.") -> Callable[..., Any]:
    """Add ``--country``."""
    return click.option("--country", type=Country(), help=help)


def period_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--from``, ``--to``, ``--known`` and ``--limit``: days on both clocks, and how many answers."""
    for option in reversed(
        (
            click.option("--from", "first", type=Day(), help="First day in the world."),
            click.option("--to", "last", type=Day(), help="Last day in the world."),
            click.option("--known", type=Day(), help="Only what was known by the end of this day."),
            click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True),
        )
    ):
        command = option(command)
    return command


def console() -> Console:
    """Where tables go. A pipe has no width: long lines are better than folded ones there."""
    found = Console()
    return found if found.is_terminal else Console(width=180)


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--json``: JSON lines on standard output in place of a table."""
    return click.option("--json", "json_", is_flag=True, help="Write JSON lines in place of a table.")(
        command
    )


def ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--ledger``, a SQLite file or a ``postgresql://`` address."""
    return click.option(
        "-l",
        "--ledger",
        "--into",
        "ledger",
        default=DEFAULT_LEDGER,
        show_default=True,
        envvar="FRONTLOG_LEDGER",
        help="The ledger: a file, or postgresql://…",
    )(command)


def reader_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--reader``."""
    return click.option(
        "--reader", type=click.Choice(READERS), default="auto", show_default=True,
        help="What finds claims; auto takes the model for short items and the rules for long stories.",
    )(command)  # fmt: skip


def actors_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--actors`` and ``--sides``: a user's own files, for this process and its children."""
    return click.option(
        "--actors", "--sides", "own", multiple=True, type=click.Path(exists=True, dir_okay=False),
        expose_value=False, callback=_name_own_files,
        help="Your own file of actors or of sides, beside the installed ones; more than one may be given."
             " FRONTLOG_ACTORS names them for all verbs.",
    )(command)  # fmt: skip


def _name_own_files(ctx: click.Context, _: click.Parameter, named: tuple[str, ...]) -> None:
    if named:
        ctx.with_resource(_own_files(os.pathsep.join(str(Path(each).resolve()) for each in named)))


@contextmanager
def _own_files(named: str) -> Iterator[None]:
    before = os.environ.get("FRONTLOG_ACTORS")
    os.environ["FRONTLOG_ACTORS"] = named
    try:
        yield
    finally:
        os.environ.pop("FRONTLOG_ACTORS")
        if before is not None:
            os.environ["FRONTLOG_ACTORS"] = before


def sources_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``SOURCE…``: files, folders, or ``-`` for standard input."""
    return click.argument(
        "source", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
    )(command)


def today() -> datetime:
    """The clock, read at the rim and passed in from there."""
    return datetime.now(UTC)


@contextmanager
def progress(what: str) -> Iterator[Callable[[Iterable[Item]], Iterator[Item]]]:
    """Show on stderr how many items have gone by, once a second of work has passed."""
    bar = Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    began = datetime.now(UTC)

    def count(items: Iterable[Item]) -> Iterator[Item]:
        task = bar.add_task(what, total=None)
        for item in items:
            if not bar.live.is_started and (datetime.now(UTC) - began).total_seconds() > 1:
                bar.start()
            bar.advance(task)
            yield item

    try:
        yield count
    finally:
        bar.stop()
