"""frontlog: dated dispatches about a war, turned into a sourced ledger of who holds what, and since when.

>>> import frontlog
>>> with frontlog.open("ledger.db") as ledger:  # doctest: +SKIP
...     ledger.control(date(2021, 8, 11), known=date(2021, 8, 11))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontlog.frames import Ledger
    from frontlog.model import Dispatch, Reading

__version__ = "0.1.0"
__all__ = ["__version__", "open", "read"]


def open(path: str | Path) -> Ledger:
    """Open a ledger that ``frontlog read`` made; its methods give data frames."""
    from frontlog.frames import open_ledger

    return open_ledger(path)


def read(dispatches: Iterable[Dispatch], reader: str = "auto") -> Iterator[Reading]:
    """Read dispatches into claims, in order and without a ledger."""
    from frontlog.reading.reader import Reader

    return Reader.open(reader=reader).read(dispatches)
