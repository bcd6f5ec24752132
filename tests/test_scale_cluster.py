"""Runs on a Ray cluster whose nodes come and go and whose head is restarted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontlog.scale.extraction import extract
from frontlog.scale.folder import Entry, Folder

from .scale_reader import OpenFake, contents, dispatches, run

pytest.importorskip("pyarrow")
ray = pytest.importorskip("ray")
pytestmark = pytest.mark.slow

TOLD = dispatches(160, "SLOW")


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

    return Cluster(initialize_head=True, head_node_args={"num_cpus": 1})


def test_a_node_that_is_added_and_one_that_is_taken_away_change_nothing(
    tmp_path: Path, straight: dict[str, bytes]
) -> None:
    cluster = new_cluster()
    leaving = cluster.add_node(num_cpus=1)
    done: list[Entry] = []

    def change(entry: Entry) -> None:
        done.append(entry)
        if len(done) == 3:
            cluster.add_node(num_cpus=1)
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
