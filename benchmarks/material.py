"""What is measured on: current-events records beside the checkout, or texts made up on the spot."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "wcep" / "wcep_dev.jsonl.gz"
_TOWNS = ("Kunduz", "Goma", "Mosul", "Idlib", "Bakhmut", "Mekelle", "Aden", "Sirte", "Hodeidah", "Palmyra")
_TELLINGS = (
    "{side} fighters seized {town} on {day} after soldiers left their posts, residents said.",
    "An air strike near {town} killed {number} people overnight, a police spokesman told reporters.",
    "The government said that its troops still hold {town} and denied that {side} had entered it.",
    "Officials met in {town} for talks about a ceasefire, which {side} rejected on {day}.",
    "A car bomb went off outside a market in {town}; {number} were wounded. Nobody took responsibility.",
    "The company said that sales of cars in {town} had grown by {number} per cent this year.",
)
_SIDES = ("Rebel", "Taliban", "Houthi", "M23")
_DAYS = ("Monday", "Tuesday", "Friday", "Sunday")


def corpus_name() -> str:
    return "current-events records" if CORPUS.exists() else "made-up records"


def write(path: Path, number: int) -> None:
    """Write ``number`` records as JSON lines; from the corpus they are taken at even distances."""
    records = _sampled(number) if CORPUS.exists() else list(islice(made_up(), number))
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record) + "\n")


def _sampled(number: int) -> list[dict[str, Any]]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    step = max(1, len(records) // number)
    return records[: number * step : step][:number]


def made_up() -> Iterator[dict[str, Any]]:
    """Records without end, no two of one id and few of one text."""
    choice = random.Random(7).choice
    for number in count():
        said = [
            choice(_TELLINGS).format(
                side=choice(_SIDES), town=choice(_TOWNS), day=choice(_DAYS), number=2 + number % 40
            )
            for _ in range(1 + number % 3)
        ]
        day = date(2014, 1, 1) + timedelta(days=number % 2000)
        yield {"id": f"made-up-{number}", "date": day.isoformat(), "text": " ".join(said)}
