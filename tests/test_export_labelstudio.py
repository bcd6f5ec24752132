"""Tasks to annotators and their corrections back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from frontlog.errors import SourceError
from frontlog.ledger import SqliteStore
from frontlog.ledger.store import ClaimQuery
from frontlog.model import KINDS
from frontlog.views.export.labelstudio import Returned, config, returned, tasks_bytes

from .ledger_tellings import TALIBAN, day, telling

MADE = datetime(2021, 9, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "ledger.db") as opened:
        opened.add_readings([telling(name, day(9), "take", TALIBAN) for name in "abc"], "r1")
        yield opened


def annotated(store: SqliteStore) -> list[dict[str, Any]]:
    """The tasks as they come back when an annotator only pressed Submit."""
    tasks = json.loads(tasks_bytes(store, ClaimQuery()))
    return [
        {**task, "annotations": [{"result": deepcopy(task["predictions"][0]["result"])}]} for task in tasks
    ]


def back(tasks: object) -> Returned:
    return returned("export.json", json.dumps(tasks), "Reza", MADE)


def test_the_labelling_knows_every_kind() -> None:
    labels = ElementTree.fromstring(config()).findall(".//Label")
    assert [label.get("value") for label in labels] == list(KINDS)


def test_a_task_marks_the_cue_of_each_claim(store: SqliteStore) -> None:
    (first, *_) = json.loads(tasks_bytes(store, ClaimQuery()))
    (region, *_) = first["predictions"][0]["result"]
    value = region["value"]
    assert first["data"]["text"][value["start"] : value["end"]] == value["text"]
    assert region["id"] in {row.id for row in store.claims()}


def test_what_was_left_taken_away_and_altered_becomes_decisions(store: SqliteStore) -> None:
    left, taken, altered = annotated(store)
    taken["annotations"][0]["result"] = []
    for item in altered["annotations"][0]["result"]:
        if item["from_name"] == "kind":
            item["value"]["labels"] = ["leave"]
        if item["from_name"] == "when":
            item["value"]["text"] = ["2021-08-08"]
    decisions = back([left, taken, altered]).decisions
    assert [each.action for each in decisions] == ["accept", "reject", "correct"]
    assert decisions[2].changes == {"kind": "leave", "when": "2021-08-08"}
    for each in decisions:
        store.decide(each)
    assert [row.accepted for row in store.claims()] == [True, False, None]


def test_tasks_nobody_worked_on_say_nothing(store: SqliteStore) -> None:
    untouched, skipped, last = annotated(store)
    untouched["annotations"] = []
    skipped["annotations"][0] |= {"was_cancelled": True, "result": []}
    last["annotations"].append({"result": []})
    assert [each.action for each in back([untouched, skipped, last]).decisions] == ["reject"]


def test_spans_that_annotators_added_are_counted(store: SqliteStore) -> None:
    tasks = annotated(store)
    new = {"id": "x1", "from_name": "kind", "value": {"start": 0, "end": 3, "labels": ["clash"]}}
    tasks[0]["annotations"][0]["result"].append(new)
    assert back(tasks).added == 1


def test_the_same_export_loaded_twice_is_the_same_decisions(store: SqliteStore) -> None:
    for _ in range(2):
        for each in back(annotated(store)).decisions:
            store.decide(each)
    assert len(store.decisions()) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("{}", "not a list"),
        ('[{"annotations": [{"result": []}], "predictions": []}]', "task"),
    ],
)
def test_another_file_is_refused_with_its_remedy(text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        returned("export.json", text, "Reza", MADE)


def test_a_day_that_is_none_is_refused_by_claim(store: SqliteStore) -> None:
    tasks = annotated(store)
    for item in tasks[0]["annotations"][0]["result"]:
        if item["from_name"] == "when":
            item["value"]["text"] = ["last week"]
    with pytest.raises(SourceError, match="last week"):
        back(tasks)
