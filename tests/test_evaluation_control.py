"""The evaluation of holdings against dated changes: its measures move as they should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontlog.cli import main
from frontlog.errors import EvaluationError
from frontlog.evaluation.control import evaluate, named, read_facts, reliability
from frontlog.gazetteer.lookup import Gazetteer
from frontlog.ledger import open_store
from frontlog.ledger.sqlite import SqliteStore
from frontlog.ledger.track import tracks
from frontlog.reading.actors import Actors

from .ledger_tellings import ARMY, MAZAR, TALIBAN, day, false_alarm, telling

HEAD = "place,country,lat,lon,from_actor,to_actor,date,date_alt,source1,source2,n_src_read,note\n"
FALL = "Mazar-i-Sharif,Afghanistan,36.7,67.1,Afghan government,Taliban,2021-08-14,,x,y,2,\n"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text(HEAD + FALL)
    return path


@pytest.fixture
def gazetteer() -> Gazetteer:
    class OneCity:
        def find(self, name: str, countries: object = ()) -> tuple[object, ...]:
            return (MAZAR,) if name == "Mazar-i-Sharif" else ()

    return OneCity()  # type: ignore[return-value]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(tmp_path / "ledger.db") as opened:
        yield opened


def scores(store: SqliteStore, facts: Path, gazetteer: Gazetteer) -> dict[str, float | int]:
    return evaluate(store, read_facts(facts, Actors.open()), gazetteer).scores()


def test_a_well_told_fall_is_found_dated_and_held(
    store: SqliteStore, facts: Path, gazetteer: Gazetteer
) -> None:
    store.add_readings(false_alarm(), "r1")
    found = scores(store, facts, gazetteer)
    assert (found["found"], found["dated_within_a_day"], found["false_early_held"]) == (1.0, 1.0, 0)
    assert found["right_retrospective"] == 1.0
    assert found["median_delay_to_held"] in (0, 1)


def test_a_ledger_that_believes_the_alarm_is_marked_down(
    store: SqliteStore, facts: Path, gazetteer: Gazetteer
) -> None:
    early = [
        telling(f"a{at}", day(8), "take", TALIBAN, text=f"Mazar-i-Sharif fell, said {at}.") for at in range(3)
    ]
    store.add_readings(early, "r1")
    found = scores(store, facts, gazetteer)
    assert found["false_early_held"] == 1
    assert found["dated_within_a_day"] == 0.0


def test_a_change_that_no_dispatch_tells_is_not_counted_as_missed(
    store: SqliteStore, facts: Path, gazetteer: Gazetteer
) -> None:
    store.add_reading(telling("calm", day(11), "hold", ARMY, text="Shops were open in the north."), "r1")
    assert scores(store, facts, gazetteer)["reported"] == 0


def test_days_after_a_change_that_no_dispatch_tells_are_told_apart(
    store: SqliteStore, facts: Path, gazetteer: Gazetteer
) -> None:
    store.add_reading(telling("calm", day(11), "hold", ARMY, text="Shops were open in the north."), "r1")
    silent = scores(store, facts, gazetteer)
    assert (silent["place_days"], silent["place_days_reported"]) == (60, 0)
    assert silent["place_days_since_report"] == 0
    store.add_readings(false_alarm(), "r1")
    told = scores(store, facts, gazetteer)
    assert told["place_days_reported"] == told["place_days_since_report"] == told["place_days"]
    assert told["right_retrospective_reported"] == told["right_retrospective"]


@pytest.mark.parametrize(
    ("place", "text", "found"),
    [
        ("al-Qaim", "near Al-Qa'im", True),
        ("El Daein", "in Ed Daein", True),
        ("Deir ez-Zor", "Deir ez Zor", True),
        ("al-Bab", "Bab the cook", False),
        ("East Aleppo", "Aleppo", True),
        ("Rawa", "Sarawak", False),
    ],
)
def test_a_places_name_is_found_as_papers_vary_it(place: str, text: str, found: bool) -> None:
    assert bool(named(place).search(text)) is found


def test_bad_facts_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + FALL.replace("2021-08-14", "soon"))
    with pytest.raises(EvaluationError, match=":2:"):
        read_facts(path, Actors.open())
    path.write_text("place,date\n")
    with pytest.raises(EvaluationError, match="no column"):
        read_facts(path, Actors.open())


def test_reliability_sets_confidence_beside_what_was_right(
    store: SqliteStore, facts: Path, gazetteer: Gazetteer
) -> None:
    store.add_readings(false_alarm(), "r1")
    report = evaluate(store, read_facts(facts, Actors.open()), gazetteer)
    rows = reliability(report.filtered)
    assert sum(number for _, _, number in rows) == len(report.filtered)
    assert all(0.5 <= mean <= 1 and 0 <= right <= 1 for mean, right, _ in rows)


def test_a_source_that_was_wrong_is_told_from_one_that_was_right(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    records = {each.source: each for each in tracks(store)}
    assert (records["outlet alarm"].wrong, records["outlet fall"].borne_out) == (1, 1)
    assert records["outlet fall"].letter == "F"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["control", "--on", "2021-08-15"], 0, "Mazar-i-Sharif"),
        (["control", "--on", "2021-08-15", "--json"], 0, '"holder": "taliban"'),
        (["control", "--on", "soon"], 2, "write it as"),
        (["place", "Mazar-i-Sharif", "--known", "2021-08-10"], 0, "claimed"),
        (["place", "Nowhere"], 2, "no place named"),
        (["claims", "--kind", "leave", "--json"], 0, '"against_interest": true'),
        (["audit"], 1, "overturned"),
        (["brief", "--on", "2021-08-15"], 0, "## Changed hands"),
        (["decide", "reject"], 2, "name an action"),
        (["decide", "--log"], 0, "no decision"),
    ],
)
def test_verbs_answer_with_their_exit_codes(
    store: SqliteStore, arguments: list[str], code: int, words: str
) -> None:
    store.add_readings(false_alarm(), "r1")
    result = CliRunner().invoke(main, [*arguments, "--ledger", str(store.path)])
    assert (result.exit_code, words in result.output) == (code, True), result.output


def test_a_decision_is_made_and_listed(store: SqliteStore) -> None:
    store.add_readings(false_alarm(), "r1")
    claim = next(store.claims()).id
    ledger = ["--ledger", str(store.path)]
    result = CliRunner().invoke(
        main, ["decide", "reject", claim, "--author", "Reza", "--reason", "forged", *ledger]
    )
    assert result.exit_code == 0, result.output
    listed = CliRunner().invoke(main, ["decide", "--log", "--json", *ledger])
    assert '"reason": "forged"' in listed.output
