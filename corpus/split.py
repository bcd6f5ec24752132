"""Which part of the corpus a record belongs to: decided by its war and month, before any training.

A war's month is in one part as a whole, so that no test record has a sibling of the same days in training.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

SHARES = (("test", 18), ("tune", 8), ("train", 74))


def war_of(marks: Mapping[str, Any]) -> str:
    """The country that most of a record's marked places lie in, or ``-`` for a record without any."""
    countries = Counter(
        place["country"] for claim in marks["claims"] for place in claim["places"] if place["country"]
    )
    return min(countries, key=lambda country: (-countries[country], country)) if countries else "-"


def part_of(marks: Mapping[str, Any]) -> str:
    """Return the part of a public record, whose month stands in its id."""
    return part_of_month(marks, marks["id"][5:12])


def part_of_month(marks: Mapping[str, Any], month: str) -> str:
    """Return ``train``, ``tune`` or ``test``: the same for all of a war's month (``2014-06``)."""
    group = f"{war_of(marks)}:{month}"
    point = int(hashlib.sha256(group.encode()).hexdigest(), 16) % 100
    for part, share in SHARES:
        if point < share:
            return part
        point -= share
    raise AssertionError("shares add up to 100")
