"""Imports follow sources → reading → ledger → views, with model, errors and gazetteer below."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "frontlog"
BELOW: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "errors": frozenset(),
    "datafiles": frozenset({"errors"}),
    "likeness": frozenset(),
    "sources": frozenset({"model", "errors", "datafiles", "likeness"}),
    "gazetteer": frozenset({"model", "errors", "datafiles"}),
    "reading": frozenset({"model", "errors", "datafiles", "gazetteer"}),
    "ledger": frozenset({"model", "errors", "datafiles", "likeness", "gazetteer", "reading"}),
    "views": frozenset({"model", "errors", "datafiles", "gazetteer", "ledger"}),
    "scale": frozenset({"model", "errors", "datafiles", "gazetteer", "sources", "reading", "ledger"}),
    "evaluation": frozenset({"model", "errors", "datafiles", "gazetteer", "sources", "reading", "ledger"}),
    "web": frozenset({"model", "errors", "datafiles", "gazetteer", "ledger", "views"}),
}


def imported(path: Path) -> set[str]:
    """Names of frontlog's own rooms that a file imports."""
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("frontlog.") and "." in name}
    return rooms


def files() -> list[tuple[str, Path]]:
    found = [(path.relative_to(SRC).parts[0].removesuffix(".py"), path) for path in SRC.rglob("*.py")]
    return [(room, path) for room, path in found if room in BELOW]


@pytest.mark.parametrize(("room", "path"), files(), ids=lambda value: str(getattr(value, "stem", value)))
def test_a_room_imports_only_from_rooms_below_it(room: str, path: Path) -> None:
    own = {room, "__version__"}
    assert imported(path) - own <= BELOW[room]
