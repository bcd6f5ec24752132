"""Runs on Ray: the same bytes as without it, while nodes come and go and the head is restarted."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from frontlog.errors import RunError
from frontlog.scale.extraction import extract
from frontlog.scale.folder import Entry, Folder

from .scale_reader import OpenFake, contents, dispatch, dispatches, quarantined, run

pytest.importorskip("pyarrow")
ray = pytest.importorskip("ray")
pytestmark = pytest.mark.slow

TOLD = dispatches(160, "SLOW")
# A small machine under load starts a node slowly, has little shared memory, and may be nearly full already.
ROOM = 80 * 1024 * 1024
PATIENT = {"RAY_raylet_start_wait_time_s": "180", "RAY_memory_monitor_refresh_ms": "0"}


@pytest.fixture(autouse=True)
def one_cluster_at_a_time(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Clusters that start side by side take each other's ports, and the cores that each needs."""
    for name, value in PATIENT.items():
        monkeypatch.setenv(name, value)
    with (tmp_path_factory.getbasetemp().parent / "ray.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
        ray.shutdown()


def on_cluster(path: Path, cluster: Any, on_shard: Callable[[Entry], None] = lambda _: None) -> None:
    from frontlog.scale.cluster import RayRunner

    runner = RayRunner(OpenFake(), address=cluster.address)
    try:
        with Folder(path).opened() as folder:
            extract(TOLD, folder, runner, size=8, on_shard=on_shard)
    finally:
        runner.close()


@pytest.fixture
def straight(tmp_path: Path) -> dict[str, bytes]:
    run(tmp_path / "straight", TOLD)
    return contents(tmp_path / "straight")


def new_cluster() -> Any:
    from ray.cluster_utils import Cluster

    return Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": ROOM})


def test_a_node_that_is_added_and_one_that_is_taken_away_change_nothing(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    cluster = new_cluster()
    leaving = cluster.add_node(num_cpus=1, object_store_memory=ROOM)
    done: list[Entry] = []

    def change(entry: Entry) -> None:
        done.append(entry)
        if len(done) == 3:
            cluster.add_node(num_cpus=1, object_store_memory=ROOM)
            cluster.remove_node(leaving, allow_graceful=False)

    try:
        on_cluster(tmp_path / "ray", cluster, change)
    finally:
        cluster.shutdown()
    assert len(done) > 6
    assert contents(tmp_path / "ray") == straight


def test_a_run_goes_on_after_the_head_was_restarted(tmp_path: Path, straight: dict[str, bytes]) -> None:
    cluster = new_cluster()
    done: list[Entry] = []

    class HeadGone(Exception):
        pass

    def fall(entry: Entry) -> None:
        done.append(entry)
        if len(done) == 3:
            ray.shutdown()
            cluster.shutdown()
            raise HeadGone

    with pytest.raises(HeadGone):
        on_cluster(tmp_path / "ray", cluster, fall)
    assert not (tmp_path / "ray" / "manifest.json").exists()
    kept = set(contents(tmp_path / "ray"))
    cluster = new_cluster()
    try:
        on_cluster(tmp_path / "ray", cluster)
    finally:
        cluster.shutdown()
    assert len(kept) >= 3
    assert contents(tmp_path / "ray") == straight


def test_ray_gives_the_same_bytes_as_local(tmp_path: Path) -> None:
    from frontlog.scale.cluster import RayRunner

    told = [*TOLD[:11], dispatch("bad", "CRASH now"), *TOLD[11:30]]
    runner = RayRunner(OpenFake(), 2)
    try:
        with Folder(tmp_path / "ray").opened() as folder:
            extract(told, folder, runner, size=8)
    finally:
        runner.close()
    run(tmp_path / "local", told)
    both = [
        {name: data for name, data in contents(tmp_path / name).items() if "quarantine/" not in name}
        for name in ("ray", "local")
    ]
    assert both[0] == both[1]
    assert list(quarantined(tmp_path / "ray")) == ["bad"]


def test_a_cluster_that_is_not_there_is_named_with_its_remedy() -> None:
    from frontlog.scale.cluster import RayRunner

    with pytest.raises(RunError, match=r"no Ray cluster at 127\.0\.0\.1:1 .*ray start --head"):
        RayRunner(OpenFake(), address="127.0.0.1:1")
