"""Keep marked records: python -m corpus.keep MARKED.jsonl…, once after marking.

The first marking of a public record goes to ``marks.jsonl``, a second one to ``second.jsonl``, both as
stand-off marks. Dispatches written for the corpus go to ``written.jsonl`` with their text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.split import part_of, part_of_month
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


def add_marked(paths: Iterable[Path], marks: Path, seconds: Path, again: bool = False) -> str:
    """Add quoted records to the kept marks: a record that comes twice gains a second marking.

    With ``again`` they are second markings of records kept before. Without it, a record kept before that is
    marked no differently is passed over, so that keeping the same files twice changes nothing.
    The test part is closed: it was fixed before any training, and what would fall into it is left out.
    """
    first = {row["id"]: row for row in read_lines(marks)} if marks.exists() else {}
    second = {row["id"]: row for row in read_lines(seconds)} if seconds.exists() else {}
    closed = {row["id"] for row in first.values() if row["part"] == "test"}
    before = frozenset(first)
    left_out = 0
    for record in (row for path in paths for row in read_lines(path)):
        row = anchor(record)
        part = part_of(row)
        if record["id"] not in first and part == "test" and closed:
            left_out += 1
        elif record["id"] not in first:
            first[record["id"]] = {"id": row["id"], "part": part, "claims": row["claims"]}
        elif again or record["id"] not in before or row["claims"] != first[record["id"]]["claims"]:
            second.setdefault(record["id"], row)
    write_lines(marks, first.values())
    write_lines(seconds, second.values())
    return f"{len(first)} records, {len(second)} of them marked twice, {left_out} left out of the test part"


def add_written(paths: Iterable[Path], written: Path) -> str:
    """Add dispatches written for the corpus, with their text and offsets; left out where the rule says test.

    They are invented, but often after a real war and month: the rule that parts the records parts them too.
    """
    kept = {row["id"]: row for row in read_lines(written)} if written.exists() else {}
    left_out = 0
    for row in (row for path in paths for row in read_lines(path)):
        part = part_of_month(row, row["date"][:7])
        if part == "test":
            left_out += 1
            continue
        kept[row["id"]] = {
            "id": row["id"], "date": row["date"], "part": part, "text": row["text"], "claims": row["claims"],
        }  # fmt: skip
    write_lines(written, kept.values())
    return f"{len(kept)} written dispatches, {left_out} left out of the test part"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, nargs="+", help="JSON lines of marked records")
    parser.add_argument("--again", action="store_true", help="they are second markings of kept records")
    parser.add_argument("--written", action="store_true", help="they are dispatches written for the corpus")
    args = parser.parse_args()
    if args.written:
        print(add_written(args.marked, HERE / "written.jsonl"))
    else:
        print(add_marked(args.marked, HERE / "marks.jsonl", HERE / "second.jsonl", args.again))


if __name__ == "__main__":
    main()
