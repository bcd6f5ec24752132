"""The measure of claims: what counts as one place, one actor, a match and a near day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontlog.errors import EvaluationError
from frontlog.evaluation.claims import compare, near, places_agree, summed
from frontlog.evaluation.gold import GoldRecord, Marked, Named, gold_records, same_actor, same_place
from frontlog.model import Dispatch, Interval, Kind


def claim(
    kind: Kind = "take", places: tuple[str, ...] = ("Sarna",), agents: tuple[str, ...] = ("rebels",)
) -> Marked:
    return Marked(
        kind, "seized", agents, (), tuple(Named(p, p) for p in places), "whole",
        Interval.parse("2015-06-17"), None, "fact", None,
    )  # fmt: skip


def record(*claims: Marked) -> GoldRecord:
    return GoldRecord(Dispatch("r", datetime(2015, 6, 17, tzinfo=UTC), "Text."), claims)


def f1(gold: list[Marked], guesses: list[Marked], measure: str = "all") -> float:
    return summed((compare(record(*gold), guesses),)).scores[measure].f1


def test_the_same_claims_score_one() -> None:
    assert f1([claim(), claim("hold")], [claim("hold"), claim()]) == 1.0


def test_a_claim_too_many_costs_precision() -> None:
    scores = summed((compare(record(claim()), [claim(), claim("clash")]),)).scores["all"]
    assert (scores.precision, scores.recall) == (0.5, 1.0)


def test_another_side_fails_control_but_not_kind_and_place() -> None:
    gold, guess = [claim()], [claim(agents=("army",))]
    assert f1(gold, guess, "control") == 0.0
    assert f1(gold, guess, "control kind + place") == 1.0


def test_containers_are_not_punished_outside_control() -> None:
    assert places_agree(claim("bomb"), claim("bomb", ("Sarna", "North Province", "Sarnia")))
    assert not places_agree(claim("take"), claim("take", ("Sarna", "North Province", "Sarnia")))


def test_no_place_agrees_only_with_no_place() -> None:
    assert places_agree(claim(places=()), claim(places=()))
    assert not places_agree(claim(places=()), claim())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Named("the city of Ḥims", "Homs"), Named("Hims", "Homs"), True),
        (Named("Sarna Province", "Sarna"), Named("Sarna", "Sarna"), True),
        (Named("palace in Sarna", None), Named("palace", None), True),
        (Named("A", "A", "u:1"), Named("B", "B", "u:1"), True),
        (Named("Sarna", "Sarna"), Named("Kutno", "Kutno"), False),
    ],
)
def test_places_are_compared_by_name_text_or_id(one: Named, other: Named, same: bool) -> None:
    assert same_place(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("rebel forces led by Ivo Lan", "rebel forces", True),
        ("Kutno Liberation Army (KLA)", "Kutno Liberation Army", True),
        ("army", "rebels", False),
    ],
)
def test_actors_are_compared_by_head_word(one: str, other: str, same: bool) -> None:
    assert same_actor(one, other) is same


def test_days_are_near_within_one() -> None:
    day = Interval.parse("2015-06-17")
    assert near(day, Interval.parse("2015-06-16"))
    assert not near(day, Interval.parse("2015-06-15"))
    assert not near(day, None)
    assert near(None, None)


def test_a_bad_gold_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "date": "2015-06-17", "text": "T", "claims": [{"kind": "grab"}]}\n')
    with pytest.raises(EvaluationError, match=r"gold\.jsonl:1"):
        list(gold_records(path))
