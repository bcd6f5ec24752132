"""Scores of recognition and resolution."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from frontlog.errors import EvaluationError
from frontlog.evaluation.places import PlaceScores, eval_places, overall, read_articles
from frontlog.gazetteer.lookup import Gazetteer
from tests.conftest import shared


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def write(path: Path, *records: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
    return path


def gold(text: str, name: str, lat: float | None, lon: float | None, ident: int | None) -> dict[str, object]:
    start = text.index(name)
    return {
        "start": start,
        "end": start + len(name),
        "text": name,
        "lat": lat,
        "lon": lon,
        "geonameid": ident,
    }


def test_a_right_answer_counts_and_a_wrong_one_does_not(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = "Officials in Kandahar and Herat agreed."
    places = [gold(text, "Kandahar", 31.61, 65.71, 1138336), gold(text, "Herat", -30.0, 20.0, 1)]
    (scores,) = eval_places(
        [write(tmp_path / "toy.jsonl.gz", {"id": "a", "text": text, "places": places})], gazetteer
    )
    assert scores.accuracy == 0.5
    assert scores.f1 == 1.0
    assert scores.as_record()["corpus"] == "toy"


def test_an_unanswered_mention_is_wrong_and_one_without_a_point_does_not_count(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    text = "Officials in Zzyrkhan and Herat agreed."
    places = [gold(text, "Zzyrkhan", 31.6, 65.7, None), gold(text, "Herat", None, None, None)]
    (scores,) = eval_places(
        [write(tmp_path / "toy.jsonl.gz", {"id": "a", "text": text, "places": places})], gazetteer
    )
    assert len(scores.errors) == 1
    assert scores.accuracy == 0


def test_a_country_is_right_by_its_id_wherever_its_point_is(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = "Talks in Russia went on."
    places = [gold(text, "Russia", 10.0, 10.0, 2017370)]
    (scores,) = eval_places(
        [write(tmp_path / "toy.jsonl.gz", {"id": "a", "text": text, "places": places})], gazetteer
    )
    assert scores.accuracy == 1


def test_a_malformed_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"bad\.jsonl\.gz:1"):
        list(read_articles(write(tmp_path / "bad.jsonl.gz", {"id": "a"})))


def test_pooling_adds_up() -> None:
    one, two = PlaceScores("a", 2, 3, 1, [0.0], 1, 1, 1), PlaceScores("b", 4, 5, 3, [500.0], 1, 0, 0)
    pooled = overall([one, two])
    assert (pooled.found, pooled.gold, pooled.exact, pooled.accuracy) == (6, 8, 4, 0.5)


@pytest.mark.shared
@pytest.mark.slow
def test_the_four_halves_stay_above_the_bar(gazetteer: Gazetteer) -> None:
    bars = {"lgl_dev": 0.78, "trnews_dev": 0.90, "geovirus_dev": 0.88, "gwn_dev": 0.78}
    scores = eval_places([shared(f"data/places/{name}.jsonl.gz") for name in bars], gazetteer)
    assert {s.corpus: s.accuracy >= bars.get(s.corpus, 0) for s in scores} == {s.corpus: True for s in scores}
    assert scores[-1].f1 >= 0.80
