"""What was known of a place before: as looking through everything finds it, without looking through everything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontlog.ledger.past import Pasts
from frontlog.ledger.takers import Past
from frontlog.ledger.weights import Evidence, Weights
from frontlog.model import Claim, Interval, Span

WEIGHTS = Weights.open()
START = date(2021, 8, 1)
SIDES = ("taliban", "gov:AF", "militia")


def on(number: int) -> date:
    return START + timedelta(days=number)


def claim(dispatch: str, when: Interval) -> Claim:
    return Claim(
        dispatch=dispatch, kind="take", cue=Span(0, 4), cue_text="took", sentence=Span(0, 9), when=when
    )


@st.composite
def tellings(draw: st.DrawFn) -> list[tuple[Evidence, str]]:
    told = []
    for number in range(draw(st.integers(0, 25))):
        known, ago = draw(st.integers(0, 60)), draw(st.integers(0, 40))
        told.append(
            Evidence(
                f"c{number // 2:02}", on(known), "o", draw(st.sampled_from(("gains", "holds", "presses", "leaves"))),
                draw(st.sampled_from(SIDES)), on(known - ago), on(known - ago), draw(st.integers(-1, 3)),
                generic=draw(st.booleans()),
            )
        )  # fmt: skip
    told.sort(key=lambda each: each.known)
    return [(each, f"d{number // 3}") for number, each in enumerate(told)]


def looked_through(told: list[tuple[Evidence, str]], known: date, asked: Claim) -> Past:
    when = asked.when
    assert when is not None

    def counts(piece: Evidence, dispatch: str) -> bool:
        if piece.weight <= 0 or piece.last > when.end:
            return False
        if piece.known < known:
            return True
        before = piece.effect == "holds" and piece.last < when.start and not piece.generic
        return dispatch == asked.dispatch and (before or piece.effect == "presses")

    before = [piece for piece, dispatch in told if counts(piece, dispatch)]
    having = [piece for piece in before if piece.effect in ("gains", "holds")]
    fighting = frozenset(
        piece.side
        for piece in before
        if piece.effect == "presses" and (when.end - piece.last).days <= WEIGHTS.pressing_days
    )
    if not having:
        return Past(fighting=fighting)
    newest = max(having, key=lambda piece: (piece.last, piece.known, piece.claim))
    gains = [
        piece.last
        for piece in having
        if piece.side == newest.side and piece.effect == "gains" and piece.known < known
    ]
    return Past(newest.side, max(gains, default=None), fighting)


@given(tellings(), st.integers(0, 30), st.integers(0, 3))
def test_the_past_is_what_looking_through_everything_finds(
    told: list[tuple[Evidence, str]], ago: int, days: int
) -> None:
    pasts = Pasts(WEIGHTS)
    for number, (piece, dispatch) in enumerate(told):
        asked = claim(
            dispatch, Interval(piece.known - timedelta(days=ago + days), piece.known - timedelta(days=ago))
        )
        assert pasts.before(piece.known, asked) == looked_through(told[:number], piece.known, asked)
        pasts.add(piece, dispatch)


def test_a_place_told_of_ten_thousand_times_is_not_looked_through_each_time() -> None:
    class Counted(Pasts):
        looked = 0

        def _back(self, said, day):  # type: ignore[no-untyped-def]
            for each in super()._back(said, day):
                Counted.looked += 1
                yield each

    pasts = Counted(WEIGHTS)
    for number in range(10_000):
        day = on(number // 10)
        pasts.before(day, claim(f"d{number}", Interval.day(day)))
        effect = ("gains", "holds", "presses")[number % 3]
        pasts.add(Evidence(f"c{number}", day, "o", effect, SIDES[number % 2], day, day, 900), f"d{number}")
    assert Counted.looked < 40 * 10_000
