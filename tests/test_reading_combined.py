"""The two readers joined: each dispatch is read by the one meant for its length, and seconding lowers the bar."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from frontlog.model import Dispatch, Draft, Span
from frontlog.reading.by_length import ByLengthExtractor, OnDemand
from frontlog.reading.claims import Prepared
from frontlog.reading.combined import CombinedExtractor
from frontlog.reading.learned.decode import Thresholds
from frontlog.reading.learned.extractor import LearnedExtractor
from frontlog.reading.rules.extractor import RuleExtractor


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
    learned, rules = Fixed(Draft("take", Span(0, 1), confidence=0.6)), Fixed(Draft("leave", Span(0, 1)))
    joined = ByLengthExtractor(OnDemand(lambda: learned, "1"), OnDemand(lambda: rules, "1"), longest=10)
    kinds = [
        [draft.kind for draft in drafts]
        for drafts in joined.extract([prepared(5), prepared(50), prepared(10), prepared(11)])
    ]
    assert kinds == [["take"], ["leave"], ["take"], ["leave"]]


def test_in_a_long_story_the_trained_reader_adds_what_it_is_sure_of_where_the_rules_are_silent() -> None:
    rules = OnDemand(lambda: Fixed(Draft("leave", Span(8, 12))), "1")

    def kinds(item: Draft) -> list[str]:
        joined = ByLengthExtractor(OnDemand(lambda: Fixed(item), "1"), rules, longest=10)
        return [draft.kind for draft in joined.extract([prepared(50)])[0]]

    assert kinds(Draft("take", Span(0, 4), confidence=0.9)) == ["take", "leave"]
    assert kinds(Draft("take", Span(0, 4), confidence=0.6)) == ["leave"]
    assert kinds(Draft("take", Span(10, 14), confidence=0.9)) == ["leave"]


def test_a_reader_is_opened_once_and_only_when_a_text_for_it_comes() -> None:
    opened: list[str] = []

    def open_as(name: str) -> OnDemand:
        return OnDemand(lambda: opened.append(name) or Fixed(Draft("take", Span(0, 1))), name)  # type: ignore[func-returns-value]

    joined = ByLengthExtractor(open_as("learned"), open_as("rules"), longest=10)
    assert (joined.version, opened) == ("learned/rules", [])
    joined.extract([prepared(5), prepared(6)])
    joined.extract([prepared(7)])
    assert opened == ["learned"]
    joined.extract([prepared(50)])
    assert sorted(opened) == ["learned", "rules"]


def test_what_is_installed_is_named_by_its_version_without_being_opened_and_can_be_sent_away() -> None:
    from frontlog.reading.reader import Reader

    there = Reader.open("auto")
    assert (
        there.version.partition("@")[0]
        == f"auto-{LearnedExtractor.open().version}/{RuleExtractor.open().version}"
    )
    text = "Rebels seized Kutum on Friday, residents said. " * 30
    dispatch = Dispatch("d", datetime(2020, 1, 1, tzinfo=UTC), text)
    list(there.read([dispatch]))
    assert isinstance(there.extractor, ByLengthExtractor)
    again = pickle.loads(pickle.dumps(there.extractor))
    assert again.version == there.extractor.version
    assert len(pickle.dumps(there.extractor)) < 1000


def test_an_unsure_draft_is_kept_when_the_rules_find_the_same_kind_there() -> None:
    unsure = Fixed(Draft("take", Span(0, 4), confidence=0.35))
    agreeing, other = Fixed(Draft("take", Span(2, 6))), Fixed(Draft("leave", Span(2, 6)))
    assert CombinedExtractor(unsure, agreeing).extract([prepared(9)]) == [[unsure.item]]  # type: ignore[arg-type]
    assert CombinedExtractor(unsure, other).extract([prepared(9)]) == [[]]  # type: ignore[arg-type]
