"""The two readers joined: each dispatch is read by the one meant for its length, and seconding lowers the bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from frontlog.model import Dispatch, Draft, Span
from frontlog.reading.claims import Prepared
from frontlog.reading.combined import ByLengthExtractor, CombinedExtractor
from frontlog.reading.learned.decode import Thresholds


@dataclass(frozen=True)
class Fixed:
    """An extractor that gives one draft of its own kind for every dispatch."""

    item: Draft
    version: str = "1"
    thresholds: Thresholds = field(default_factory=lambda: Thresholds(accept=0.5))

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        return [[self.item] for _ in batch]

    def propose(self, prepared: Prepared) -> Iterator[Draft]:
        yield self.item


def prepared(length: int) -> Prepared:
    return Prepared(Dispatch("d", datetime(2020, 1, 1, tzinfo=UTC), "x" * length), (), (), ())


def test_short_items_go_to_the_trained_reader_and_long_stories_to_the_rules() -> None:
    learned, rules = Fixed(Draft("take", Span(0, 1))), Fixed(Draft("leave", Span(0, 1)))
    joined = ByLengthExtractor(learned, rules, longest=10)  # type: ignore[arg-type]
    kinds = [
        drafts[0].kind for drafts in joined.extract([prepared(5), prepared(50), prepared(10), prepared(11)])
    ]
    assert kinds == ["take", "leave", "take", "leave"]


def test_an_unsure_draft_is_kept_when_the_rules_find_the_same_kind_there() -> None:
    unsure = Fixed(Draft("take", Span(0, 4), confidence=0.35))
    agreeing, other = Fixed(Draft("take", Span(2, 6))), Fixed(Draft("leave", Span(2, 6)))
    assert CombinedExtractor(unsure, agreeing).extract([prepared(9)]) == [[unsure.item]]  # type: ignore[arg-type]
    assert CombinedExtractor(unsure, other).extract([prepared(9)]) == [[]]  # type: ignore[arg-type]
