"""``frontlog eval places`` scores a corpus from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from frontlog.cli import main

TEXT = "Shelling was heard in Mosul and in Qwertyville on Monday."


def test_places_are_scored_by_span_and_distance(tmp_path: Path) -> None:
    start = TEXT.index("Mosul")
    gold = {
        "start": start,
        "end": start + 5,
        "text": "Mosul",
        "lat": 36.34,
        "lon": 43.13,
        "geonameid": None,
        "type": "",
    }
    corpus = tmp_path / "own.jsonl"
    corpus.write_text(json.dumps({"id": "a", "text": TEXT, "places": [gold]}) + "\n", "utf-8")
    result = CliRunner().invoke(main, ["eval", "places", str(corpus), "--json"])
    assert result.exit_code == 0, result.output
    row = json.loads(result.output)
    assert (row["corpus"], row["recall"], row["within_161km"]) == ("own", 1.0, 1.0)


def test_a_reader_nobody_knows_is_a_usage_error(tmp_path: Path) -> None:
    corpus = tmp_path / "own.jsonl"
    corpus.write_text("", "utf-8")
    assert CliRunner().invoke(main, ["eval", "events", str(corpus), "--reader", "oracle"]).exit_code == 2
