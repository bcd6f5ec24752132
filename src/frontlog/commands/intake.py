"""Dispatches in, with every skipped input counted and named: what ``read`` and ``extract`` share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from frontlog.commands.options import today
from frontlog.model import Dispatch
from frontlog.sources import Skipped, open_all


@dataclass(slots=True)
class Intake:
    """Counts what went in: ``found`` = ``taken`` + ``len(skipped)`` at any time."""

    taken: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    def dispatches(self, paths: Iterable[Path]) -> Iterator[Dispatch]:
        """Yield the readable dispatches of the paths, and keep what was skipped with its reason."""
        for item in open_all([str(path) for path in paths], today=today().date()):
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self.taken += 1
                yield item

    def report(self) -> None:
        """Name on stderr each input that was skipped, and the sum."""
        for item in self.skipped:
            click.echo(f"skipped {item.where}: {item.reason}; {item.remedy}", err=True)
        found = self.taken + len(self.skipped)
        click.echo(f"{found} found = {self.taken} read + {len(self.skipped)} skipped", err=True)
