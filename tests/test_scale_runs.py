"""Runs over many dispatches: what survives crashes, kills, hangs and a full disk; the sums add up."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from frontlog.errors import RunError
from frontlog.ledger import open_store
from frontlog.model import Dispatch
from frontlog.scale.extraction import extract
from frontlog.scale.folder import Entry, Folder
from frontlog.scale.loading import load
from frontlog.scale.local import LocalRunner
from frontlog.scale.rows import readings_in
from frontlog.scale.shards import cut
from frontlog.sources import Skipped, open_all

from .scale_reader import (
    FakeReader,
    OpenNothing,
    OpenVersion,
    contents,
    dispatch,
    dispatches,
    quarantined,
    run,
)

pytest.importorskip("pyarrow")


def ids(path: Path) -> list[str]:
    return sorted(each.dispatch.id for file in path.glob("*.parquet") for each in readings_in(file))


def mixed(bad: Dispatch) -> list[Dispatch]:
    told = dispatches(30)
    return [*told[:11], bad, *told[11:]]


def test_everything_read_is_in_the_folder_and_the_sum_adds_up(tmp_path: Path) -> None:
    told = [*dispatches(50), Skipped("notes.txt", "no date", "date it")]
    manifest = run(tmp_path, told)  # type: ignore[arg-type]
    assert ids(tmp_path) == sorted(each.id for each in dispatches(50))
    assert manifest.sum() == "51 found = 50 read + 1 skipped + 0 quarantined"
    assert Folder(tmp_path).manifest() == manifest
    assert "no date" in (tmp_path / "skipped.jsonl").read_text()


def test_one_process_and_three_write_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path / "one", dispatches(60), jobs=1)
    run(tmp_path / "three", dispatches(60), jobs=3)
    assert contents(tmp_path / "one") == contents(tmp_path / "three")


def test_a_worker_killed_once_costs_nothing(tmp_path: Path) -> None:
    told = mixed(dispatch("victim", f"DIEONCE {tmp_path / 'flag'}"))
    manifest = run(tmp_path / "out", told)
    assert (tmp_path / "flag").exists()
    assert (manifest.read, manifest.quarantined) == (31, 0)


@pytest.mark.parametrize(
    ("order", "reason"), [("CRASH", "SIGKILL"), ("HANG", "longer than"), ("RAISE", "three lines too many")]
)
def test_a_poisoned_dispatch_is_quarantined_and_the_rest_read(
    tmp_path: Path, order: str, reason: str
) -> None:
    manifest = run(tmp_path, mixed(dispatch("bad", f"{order} now")), patience=1.0)
    assert manifest.sum() == "31 found = 30 read + 0 skipped + 1 quarantined"
    assert ids(tmp_path) == sorted(each.id for each in dispatches(30))
    assert list(quarantined(tmp_path)) == ["bad"]
    assert reason in quarantined(tmp_path)["bad"]


def test_dispatches_that_cannot_be_read_together_are_quarantined_with_the_reason(tmp_path: Path) -> None:
    manifest = run(tmp_path, mixed(dispatch("shy", "ALONE at last")))
    assert manifest.found == 31
    assert "shy" in quarantined(tmp_path)
    assert all("together with the others" in reason for reason in quarantined(tmp_path).values())
    assert manifest.read + len(quarantined(tmp_path)) == 31


def test_a_run_killed_at_random_goes_on_to_the_same_folder(tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.scale_reader", str(killed), "300"]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    wanted = random.randint(2, 8)
    deadline = time.monotonic() + 60
    while len(list(killed.glob("*.parquet"))) < wanted and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (killed / "manifest.json").exists()
    (killed / "abcdef.parquet.part").write_bytes(b"half a file")
    kept = {path.name: path.stat().st_mtime_ns for path in killed.glob("*.parquet")}
    run(killed, dispatches(300, "SLOW"))
    run(tmp_path / "straight", dispatches(300, "SLOW"), jobs=4)
    assert contents(killed) == contents(tmp_path / "straight")
    assert kept.items() <= {path.name: path.stat().st_mtime_ns for path in killed.glob("*.parquet")}.items()


def test_a_shard_damaged_on_disk_is_written_again(tmp_path: Path) -> None:
    run(tmp_path, dispatches(40))
    before = contents(tmp_path)
    next(tmp_path.glob("*.parquet")).write_bytes(b"PAR1 but no more")
    run(tmp_path, dispatches(40))
    assert contents(tmp_path) == before


def test_a_full_disk_stops_the_run_with_its_remedy_and_the_run_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [3]
    write = Path.open

    def limited(self: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if mode == "wb" and self.parent == tmp_path / "full":
            room[0] -= 1
            if room[0] < 0:
                write(self, "wb").close()
                raise OSError(28, "No space left on device")
        return write(self, mode, *rest, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", limited)
        with pytest.raises(RunError, match=r"No space left on device.*run the same command"):
            run(tmp_path / "full", dispatches(60))
    assert not list((tmp_path / "full").glob("*.part"))
    run(tmp_path / "full", dispatches(60))
    run(tmp_path / "roomy", dispatches(60))
    assert contents(tmp_path / "full") == contents(tmp_path / "roomy")


def test_a_reader_that_cannot_be_opened_stops_the_run_at_once(tmp_path: Path) -> None:
    runner = LocalRunner(OpenNothing(), 2)
    with Folder(tmp_path).opened() as folder, pytest.raises(RunError, match="no gazetteer here"):
        extract(dispatches(5), folder, runner)
    runner.close()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        Folder(tmp_path).opened(),
        pytest.raises(RunError, match="another run"),
        Folder(tmp_path).opened(),
    ):
        pass


def test_dispatches_added_later_leave_most_shards_as_they_are() -> None:
    told = dispatches(400)
    before = {shard.name("r") for shard in cut(told, 8)}
    after = {shard.name("r") for shard in cut([dispatch("new", "A late arrival"), *told], 8)}
    assert len(before - after) <= 2


def test_a_reader_that_changes_in_mid_run_stops_it(tmp_path: Path) -> None:
    told = mixed(dispatch("bad", "CRASH now"))
    version = tmp_path / "version"
    version.write_text("fake-1")

    def upgrade(_: Entry) -> None:
        version.write_text("fake-2")

    runner = LocalRunner(OpenVersion(str(version)), 1)
    try:
        with Folder(tmp_path / "out").opened() as folder, pytest.raises(RunError, match="changed in mid-run"):
            extract(told, folder, runner, size=8, on_shard=upgrade)
    finally:
        runner.close()


def test_another_reader_names_its_shards_otherwise() -> None:
    (shard,) = cut(dispatches(3), 100)
    assert shard.name("rules-1") != shard.name("rules-2")


def test_a_loaded_folder_gives_the_ledger_that_reading_gives(tmp_path: Path) -> None:
    run(tmp_path / "out", dispatches(60))
    with open_store(tmp_path / "loaded.db") as loaded, open_store(tmp_path / "read.db") as straight:
        tally = load(tmp_path / "out", loaded)
        straight.add_readings(FakeReader().read(dispatches(60)), "fake-1")
        assert (tally.new, tally.claims) == (60, 60)
        assert loaded.digest() == straight.digest()
        assert list(loaded.claims()) == list(straight.claims())
        assert load(tmp_path / "out", loaded).known == 60


def test_an_unfinished_folder_is_not_loaded(tmp_path: Path) -> None:
    with open_store(tmp_path / "ledger.db") as store, pytest.raises(RunError, match="frontlog extract"):
        load(tmp_path, store)


def test_quarantined_dispatches_can_be_read_again_as_a_source(tmp_path: Path) -> None:
    bad = dispatch("bad", "RAISE the alarm, said the colonel when the rebels came to the bridge")
    run(tmp_path, mixed(bad))
    again = list(open_all([str(tmp_path / "quarantine")], today=date(2026, 1, 1)))
    assert again == [bad]
