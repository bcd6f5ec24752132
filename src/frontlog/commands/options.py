"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Item = TypeVar("Item")
READERS = ("auto", "rules", "model", "both")
DEFAULT_LEDGER = "frontlog.db"


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
