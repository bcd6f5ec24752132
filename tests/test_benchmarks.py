"""The benchmarks themselves: that they measure what they say, and that their page can be written."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from benchmarks import material, report, soak
from benchmarks.gauge import gauge
from benchmarks.ledger_claims import War, readings

from frontlog.scale.folder import Entry

STEP = {"step": "rules", "dispatches": 10, "sentences": 20, "wall_s": 2.0, "cpu_s": 1.0, "memory_mb": 400}
WAY = {
    "reader": "rules", "jobs": 2, "found": 10, "read": 9, "skipped": 1, "quarantined": 0, "claims": 4,
    "extract_s": 4.0, "extract_cpu_s": 3.0, "extract_memory_mb": 700, "load_s": 1.0, "load_cpu_s": 0.5,
    "load_memory_mb": 100, "ledger_mb": 0.1, "rebuild_s": 0.2, "control_ms": 0.1, "claims_ms": 0.2,
    "words_ms": 0.3,
}  # fmt: skip


WORK = """
import time
held = bytearray(80_000_000)
held[::4096] = held[1::4096]  # every page written, so that it counts
began = time.process_time()
while time.process_time() < began + 0.4:
    pass
"""


def test_a_childs_memory_and_time_are_seen() -> None:
    told = gauge([sys.executable, "-c", WORK])
    assert told.memory > 70
    assert told.cpu >= 0.4
    assert told.wall >= told.cpu * 0.5


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        gauge([sys.executable, "-c", "raise SystemExit(2)"])


def test_made_up_records_are_many_and_unlike() -> None:
    records = list(islice(material.made_up(), 300))
    assert len({record["id"] for record in records}) == 300
    assert len({record["text"] for record in records}) > 290


def test_a_made_up_war_is_the_same_each_time_and_its_spans_quote_their_text() -> None:
    war = War(countries=("AF", "SY"), places=50, claims_each=4)
    told = list(readings(200, war))
    assert told == list(readings(200, war))
    assert sum(len(each.claims) for each in told) == 200
    for each in told:
        for claim in each.claims:
            assert claim.cue.of(each.dispatch.text) == claim.cue_text
            (place,) = claim.places
            assert place.span.of(each.dispatch.text) == place.text
            assert claim.sentence.contains(claim.agents[0].span)


@pytest.mark.parametrize("step", ["sources", "sentences", "keywords"])
def test_a_step_tells_what_it_did(tmp_path: Path, step: str) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in islice(material.made_up(), 30)))
    command = [sys.executable, "-m", "benchmarks.steps", step, str(file)]
    told = json.loads(subprocess.check_output(command, cwd=Path(__file__).parents[1], text=True))
    assert told["dispatches"] == 30
    assert told["sentences"] >= 30


def test_the_page_has_the_measured_figures(tmp_path: Path) -> None:
    results = {"command": "c", "machine": "two cores", "material": "m", "steps": [STEP], "ways": [WAY]}
    report.write(results, tmp_path)
    page = (tmp_path / "performance.md").read_text()
    assert "| the whole reading, by rules | 5 | 10 | 20 | 400 |" in page
    assert "9 + 1 + 0" in page
    assert "two cores" in page
    assert report.LONG_RUNS.read_text() in page


def test_a_soak_has_one_bad_record_in_fifty() -> None:
    lines = [json.loads(line) for line in soak.records(700)]
    assert len({line["id"] for line in lines}) == 700
    bad = [line for at, line in enumerate(lines) if at % 50 == 49]
    assert len({json.dumps({**line, "id": ""}) for line in bad}) == 7


@pytest.mark.parametrize(
    ("megabytes", "grows"), [([500, 520, 510, 530], False), ([500, 700, 900, 1100], True)]
)
def test_memory_that_keeps_growing_is_told(
    megabytes: list[float], grows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter(each for each in megabytes for _ in range(5))
    monkeypatch.setattr(soak, "memory_of", lambda _: next(steps))
    memory = soak.Memory(20)
    for _ in range(20):
        memory(Entry("f", 1, 1, 0, 0))
    assert memory.grows() is grows
