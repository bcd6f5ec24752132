"""Keep marked records as stand-off marks: python -m corpus.keep MARKED.jsonl… (once, after marking).

The first marking of a record goes to ``marks.jsonl``, a second one to ``second.jsonl``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.split import part_of
from corpus.standoff import anchor

HERE = Path(__file__).parent


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write JSON lines, sorted by id."""
    ordered = sorted(rows, key=lambda row: row["id"])
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in ordered)
    path.write_text(text, "utf-8")


def main(paths: list[str]) -> None:
    first: dict[str, dict[str, Any]] = {}
    second: dict[str, dict[str, Any]] = {}
    for record in (row for path in paths for row in read_lines(Path(path))):
        marks = anchor(record)
        if record["id"] in first:
            second.setdefault(record["id"], marks)
        else:
            first[record["id"]] = {"id": marks["id"], "part": part_of(marks), "claims": marks["claims"]}
    write_lines(HERE / "marks.jsonl", first.values())
    write_lines(HERE / "second.jsonl", second.values())
    print(f"{len(first)} records, {len(second)} of them marked twice")


if __name__ == "__main__":
    main(sys.argv[1:])
