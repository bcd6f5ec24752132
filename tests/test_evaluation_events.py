"""Claims scored as events of other schemes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontlog.errors import EvaluationError
from frontlog.evaluation.events import Scheme, score_file
from frontlog.model import KINDS, Claim, Dispatch, Kind, Party, Reading, Span, Standing


def saying(kind: Kind, agent: str = "") -> Claim:
    parties = (Party(Span(0, 1), agent),) if agent else ()
    return Claim("d", kind, Span(0, 4), "word", Span(0, 9), agents=parties)


def reads(*claims: Claim):  # type: ignore[no-untyped-def]
    def read(dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        return (Reading(dispatch, claims=claims) for dispatch in dispatches)

    return read


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_every_kind_has_a_root_and_a_class() -> None:
    scheme = Scheme.open()
    for kind in KINDS:
        assert scheme.root(saying(kind)).isupper()
        assert scheme.class_of(saying(kind)) in "01234"


def test_the_claim_of_the_marked_source_gives_the_root(tmp_path: Path) -> None:
    row = {"sentence": "…", "gold_root": "ACCUSE", "source": "the Kutno government", "target": "rebels"}
    path = write(tmp_path / "roots.jsonl", row)
    scores = score_file(path, reads(saying("attack", "rebels"), saying("accuse", "Kutno government")))
    assert scores.value == 1.0


def test_control_is_a_taking_or_leaving_told_as_fact(tmp_path: Path) -> None:
    path = write(
        tmp_path / "types.jsonl",
        {"text": "a", "type": "GOV_REGAINS_TERIT"}, {"text": "b", "type": "AIR_STRIKE"},
    )  # fmt: skip
    assert score_file(path, reads(saying("take"))).value == pytest.approx(2 / 3)
    assert score_file(path, reads(saying("strike"))).value == 0.0


def test_a_text_without_a_claim_is_neutral(tmp_path: Path) -> None:
    path = write(tmp_path / "classes.jsonl", {"text": "a", "label": 0})
    assert score_file(path, reads()).value == 1.0


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no known event set"):
        score_file(write(tmp_path / "x.jsonl", {"words": 1}), reads())


@pytest.mark.parametrize(
    ("kind", "standing", "root"),
    [
        ("release", "planned", "AGREE"),
        ("release", "denied", "REJECT"),
        ("release", "fact", "YIELD"),
        ("strike", "planned", "THREATEN"),
        ("strike", "denied", "ASSAULT"),
    ],
)
def test_what_is_promised_refused_or_threatened_has_the_root_of_that(
    kind: Kind, standing: Standing, root: str
) -> None:
    assert Scheme.open().root(replace(saying(kind), standing=standing)) == root
