"""Holdings from evidence: the rules, and the laws that hold whatever the evidence."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from frontlog.ledger.holdings import Segment, as_of, rows
from frontlog.ledger.weights import Evidence, Weights

from .ledger_tellings import day

WEIGHTS = Weights.open()
SURE, VOICE = 2197, 895


def said(
    claim: str,
    known: int,
    effect: str,
    side: str,
    when: int | None = None,
    weight: int = VOICE,
    origin: str = "",
) -> Evidence:
    happened = day(when or known)
    return Evidence(claim, day(known), origin or claim, effect, side, happened, happened, weight)


def answer(evidence: list[Evidence], on: int, known: int | None = None) -> tuple[str, str | None] | None:
    found = as_of(rows(evidence, WEIGHTS), day(on), day(known) if known else None)
    return (found.state, found.holder) if found else None


def test_one_voice_is_a_claim_and_several_are_a_holding() -> None:
    one = [said("a", 10, "gains", "red")]
    assert answer(one, 10) == ("claimed", "red")
    assert answer([*one, said("b", 11, "gains", "red", 10)], 10) == ("held", "red")


def test_an_origin_that_repeats_itself_is_hardly_more_sure() -> None:
    again = [said(id, 10 + at, "gains", "red", 10, weight=700, origin="wire") for at, id in enumerate("ab")]
    assert answer(again, 11) == ("claimed", "red")


def test_advancing_alone_never_changes_the_holder() -> None:
    told = [said("a", 1, "holds", "blue"), said("b", 2, "holds", "blue")]
    told += [
        said(f"c{at}", at, effect, "red", weight=220)
        for at in range(3, 9)
        for effect in ("absent", "presses")
    ]
    assert answer(told, 9) == ("held", "blue")


def test_a_place_that_others_have_entered_is_contested_and_then_in_doubt() -> None:
    told = [said("a", 1, "holds", "blue", weight=SURE), said("b", 2, "holds", "blue", weight=SURE)]
    assert answer(told, 9) == ("held", "blue")
    told += [said("c", 3, effect, "red", weight=220) for effect in ("absent", "presses", "part")]
    assert answer(told, 9) == ("contested", "blue")
    later = as_of(rows(told, WEIGHTS), date(2021, 12, 1))
    assert later is not None
    assert (later.state, later.holder) == ("claimed", "blue")
    settled = as_of(rows([*told, said("d", 5, "holds", "blue", weight=SURE)], WEIGHTS), day(9))
    assert settled is not None
    assert settled.state == "held"


def test_a_part_taken_makes_the_rest_no_less_news() -> None:
    whole = said("b", 5, "gains", "red", origin="wire")
    alone = as_of(rows([whole], WEIGHTS), day(6))
    after = as_of(rows([said("a", 3, "part", "red", origin="wire"), whole], WEIGHTS), day(6))
    assert alone is not None
    assert after is not None
    assert after.margin >= alone.margin


def test_silence_never_changes_the_holder() -> None:
    assert answer([said("a", 1, "gains", "red"), said("b", 1, "gains", "red")], 31) == ("held", "red")


def test_a_partial_claim_makes_the_place_contested_and_a_whole_one_settles_it() -> None:
    told = [said("a", 1, "holds", "blue"), said("b", 2, "holds", "blue"), said("c", 3, "part", "red")]
    assert answer(told, 4) == ("contested", "blue")
    assert answer([*told, said("d", 6, "holds", "blue")], 7) == ("held", "blue")
    assert answer([*told, said("e", 6, "gains", "red")], 7) == ("claimed", "red")


def test_a_place_left_to_nobody_is_vacated_and_to_its_attackers_is_theirs() -> None:
    told = [said("a", 1, "holds", "blue"), said("b", 5, "leaves", "blue", weight=SURE)]
    assert answer(told, 5) == ("vacated", None)
    assert answer([*told, said("c", 4, "presses", "red")], 5) == ("claimed", "red")


def test_the_day_is_the_one_that_most_give() -> None:
    told = [said("late", 12, "gains", "red"), *(said(f"r{at}", 13, "gains", "red", 11) for at in range(3))]
    assert answer(told, 10) is None
    assert answer(told, 11) == ("held", "red")


def test_background_over_a_long_time_counts_for_its_end() -> None:
    long = Evidence("a", day(20), "a", "gains", "red", date(2021, 1, 1), date(2021, 6, 30), VOICE)
    found = [(row.segment.first, row.segment.holder) for row in rows([long], WEIGHTS)]
    assert found == [(date(2021, 6, 30).toordinal(), "red")]


evidence_lists = st.lists(
    st.builds(
        lambda number, known, back, effect, side, weight, origin: Evidence(
            f"c{number}", day(1) + timedelta(days=known), origin, effect, side,
            day(1) + timedelta(days=known - back), day(1) + timedelta(days=known - back), weight,
        ),
        st.integers(0, 10_000), st.integers(0, 40), st.integers(0, 12),
        st.sampled_from(["gains", "holds", "leaves", "part", "absent", "presses"]),
        st.sampled_from(["red", "blue", "green"]), st.sampled_from([-800, 224, 716, 895, 2197]),
        st.sampled_from(["wire", "mayor", "outlet"]),
    ),
    max_size=14, unique_by=lambda each: each.claim,
)  # fmt: skip


def segments(evidence: list[Evidence], known: int) -> list[Segment]:
    found = [row.segment for row in rows(evidence, WEIGHTS) if row.known_from <= known < row.known_to]
    return sorted(found, key=lambda each: each.first)


@given(evidence_lists, st.randoms())
@settings(max_examples=150, deadline=None)
def test_order_changes_nothing(evidence: list[Evidence], dice: object) -> None:
    shuffled = list(evidence)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rows(shuffled, WEIGHTS) == rows(evidence, WEIGHTS)


@given(evidence_lists)
@settings(max_examples=150, deadline=None)
def test_what_was_known_on_a_day_is_what_one_would_derive_from_what_was_known(
    evidence: list[Evidence],
) -> None:
    for known in {each.known for each in evidence}:
        then = [each for each in evidence if each.known <= known]
        assert segments(evidence, known.toordinal()) == segments(then, known.toordinal())


@given(evidence_lists)
@settings(max_examples=150, deadline=None)
def test_no_two_segments_overlap_at_one_time_of_knowledge(evidence: list[Evidence]) -> None:
    for known in {each.known for each in evidence}:
        found = segments(evidence, known.toordinal())
        assert all(left.last < right.first for left, right in pairwise(found))


@given(evidence_lists)
@settings(max_examples=150, deadline=None)
def test_incremental_answers_are_those_of_starting_anew(evidence: list[Evidence]) -> None:
    """The newest answer does not depend on the days on which the evidence came to be known."""
    late = day(28, 12)
    told = [
        # Repeats and heirs are reckoned in order of knowledge, so this law is of other evidence.
        Evidence(e.claim, e.known, e.claim, e.effect, e.side, e.first, e.last, e.weight)
        for e in evidence
        if e.effect != "presses"
    ]
    at_once = [Evidence(e.claim, late, e.origin, e.effect, e.side, e.first, e.last, e.weight) for e in told]
    assert segments(at_once, late.toordinal()) == segments(told, late.toordinal())
