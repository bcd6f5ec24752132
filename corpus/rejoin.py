"""Rejoin the marks with the public text: python -m corpus.rejoin WCEP.jsonl.gz -o FOLDER.

Writes ``train.jsonl``, ``tune.jsonl``, ``test.jsonl`` and ``second.jsonl`` in the form of the claim contract,
``written-train.jsonl`` and ``written-tune.jsonl`` of the dispatches written for the corpus, and checks each
record as it goes: every quote in the text, every kind, standing, extent, day and country.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.keep import HERE, read_lines, write_lines
from corpus.standoff import rejoin
from frontlog.model import CONTROL_KINDS, KINDS

STANDINGS = {"fact", "denied", "planned", "possible"}
EXTENTS = {"whole", "part", "site"}
DAY = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?$")


def public_texts(path: Path) -> dict[str, dict[str, Any]]:
    """Read the public records, gzip or plain, by id."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def faults(record: Mapping[str, Any]) -> Iterator[str]:
    """Say what in a rejoined record does not follow the claim contract."""
    for nth, claim in enumerate(record["claims"]):
        where = f"{record['id']} claim {nth}"
        if claim["kind"] not in KINDS:
            yield f"{where}: kind {claim['kind']!r}"
        if claim["standing"] not in STANDINGS:
            yield f"{where}: standing {claim['standing']!r}"
        if (claim["extent"] in EXTENTS) != (claim["kind"] in CONTROL_KINDS):
            yield f"{where}: extent {claim['extent']!r} with kind {claim['kind']!r}"
        if claim["when"] is not None and not DAY.match(claim["when"]):
            yield f"{where}: when {claim['when']!r}"
        quotes = [claim["cue"], *claim["agent"], *claim["target"], *(p["text"] for p in claim["places"])]
        if any(not quote or quote != quote.strip() for quote in quotes):
            yield f"{where}: an empty or ragged quote among {quotes}"


def rejoined(name: str, texts: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Rejoin one file of marks; gives each record with its part."""
    return [
        (marks.get("part", "second"), rejoin(marks, texts[marks["id"]]["date"], texts[marks["id"]]["text"]))
        for marks in read_lines(HERE / name)
    ]


def written() -> list[tuple[str, dict[str, Any]]]:
    """Quote the dispatches written for the corpus; gives each with its part, ``written-tune`` or so."""
    return [
        (f"written-{row['part']}", rejoin(row, row["date"], row["text"]))
        for row in read_lines(HERE / "written.jsonl")
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("public", type=Path, help="the public records, as JSON lines, gzip or plain")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a folder to write into")
    args = parser.parse_args()
    texts = public_texts(args.public)
    rows = [*rejoined("marks.jsonl", texts), *rejoined("second.jsonl", texts), *written()]
    args.output.mkdir(parents=True, exist_ok=True)
    for part in sorted({its for its, _ in rows}):
        write_lines(args.output / f"{part}.jsonl", [record for its, record in rows if its == part])
    found = [fault for _, record in rows for fault in faults(record)]
    print(*found, sep="\n", file=sys.stderr)
    print(
        f"{len(rows)} records, {sum(len(record['claims']) for _, record in rows)} claims, {len(found)} faults"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
