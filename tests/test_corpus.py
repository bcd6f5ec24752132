"""The corpus: marks rejoin to what was marked, parts are fixed by war and month."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpus.keep import HERE, add_marked, read_lines, write_lines
from corpus.rejoin import faults, public_texts, rejoined, written
from corpus.split import part_of
from corpus.standoff import anchor, rejoin

from tests.conftest import shared

TEXT = "Rebels took Azra on Monday. The army left Azra; rebels took Nawa, a police officer said."


def claim(**fields: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "kind": "take", "cue": "took", "agent": [], "target": [], "places": [], "extent": "whole",
        "when": None, "when_text": None, "said_by": None, "standing": "fact", "deaths": None,
    }  # fmt: skip
    return blank | fields


def azra(text: str, **fields: Any) -> dict[str, Any]:
    return claim(places=[{"text": text, "name": text, "country": "AF"}], **fields)


def test_marks_rejoin_to_the_record_they_were_made_of() -> None:
    record = {
        "id": "x-2020-01-06-01",
        "date": "2020-01-06",
        "text": TEXT,
        "claims": [
            azra("Azra", agent=["Rebels"], when="2020-01-06", when_text="on Monday"),
            azra("Azra", kind="leave", cue="left", agent=["army"]),
            azra("Nawa", agent=["rebels"], said_by="police officer"),
        ],
    }
    assert rejoin(anchor(record), "2020-01-06", TEXT) == record
    assert list(faults(record)) == []


def test_a_cue_that_occurs_twice_is_anchored_beside_its_arguments() -> None:
    marks = anchor({"id": "x", "text": TEXT, "claims": [azra("Nawa", agent=["rebels"])]})
    assert marks["claims"][0]["cue"][0] == TEXT.index("took Nawa")


def test_a_quote_that_is_not_in_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="captured"):
        anchor({"id": "x", "text": TEXT, "claims": [claim(cue="captured")]})


def test_one_war_and_month_is_never_in_two_parts() -> None:
    parts: dict[tuple[str, str], set[str]] = {}
    for marks in read_lines(HERE / "marks.jsonl"):
        countries = Counter(
            place["country"] for c in marks["claims"] for place in c["places"] if place["country"]
        )
        war = min(countries, key=lambda c: (-countries[c], c)) if countries else "-"
        parts.setdefault((war, marks["id"][5:12]), set()).add(marks["part"])
        assert marks["part"] == part_of(marks)
    assert {len(found) for found in parts.values()} == {1}


@pytest.mark.shared
def test_the_kept_marks_follow_the_contract_on_the_public_text() -> None:
    texts = public_texts(shared("data/wcep/wcep_dev.jsonl.gz"))
    rows = [record for name in ("marks.jsonl", "second.jsonl") for _, record in rejoined(name, texts)]
    assert len(rows) > 1500
    assert [fault for record in rows for fault in faults(record)] == []


def test_a_second_marking_is_kept_beside_and_the_test_part_stays_closed(tmp_path: Path) -> None:
    marks, second = tmp_path / "marks.jsonl", tmp_path / "second.jsonl"
    days = [f"2020-{month:02d}-0{day}" for month in range(1, 13) for day in (1, 2)]
    records = [
        {"id": f"x-{day}-01", "date": day, "text": TEXT, "claims": [azra("Azra", agent=["Rebels"])]}
        for day in days
    ]
    source = tmp_path / "marked.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in [*records[:12], records[3]]), "utf-8")
    add_marked([source], marks, second)
    assert [row["id"] for row in read_lines(second)] == [records[3]["id"]]
    kept = {row["id"]: row["part"] for row in read_lines(marks)}
    assert len(kept) == 12
    assert "test" in kept.values()
    doubted = {**records[0], "claims": [azra("Azra", agent=["Rebels"], when="2020-01-01")]}
    write_lines(source, [doubted, *records])
    add_marked([source], marks, second)
    after = {row["id"]: row["part"] for row in read_lines(marks)}
    assert {id_: after[id_] for id_ in kept} == kept
    assert "test" not in {part for id_, part in after.items() if id_ not in kept}
    assert [row["id"] for row in read_lines(second)] == [records[0]["id"], records[3]["id"]]


def test_the_written_dispatches_follow_the_contract_letter_for_letter() -> None:
    rows = [record for _, record in written()]
    assert len(rows) > 500
    assert [fault for record in rows for fault in faults(record)] == []
    for record in rows:
        assert [date.fromisoformat(record["date"])]
        for claim in record["claims"]:
            quotes = [claim["cue"], *claim["agent"], *claim["target"], *(p["text"] for p in claim["places"])]
            assert all(quote in record["text"] for quote in quotes)
