"""A user's own actors and sides: named to a verb, they are read by, and the reader has another version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontlog.cli import main
from frontlog.errors import DataFileError
from frontlog.ledger import open_store
from frontlog.reading.actors import Actors
from frontlog.scale.work import OpenNamed

ACTORS = (
    "id\tname\tkind\tcountry\tside\tfrom\tto\taliases\n"
    "lakesfront\tLakes Front\tgroup\tCD\tlakesfront\t\t\tLF\n"
)
SIDES = "country\twho\tside\tfrom\tto\tsource\nCD\tlakesfront\tlakes-alliance\t\t\thttps://example.org\n"


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "actors.tsv").write_text(ACTORS)
    (tmp_path / "sides.tsv").write_text(SIDES)
    return str(tmp_path / "actors.tsv"), str(tmp_path / "sides.tsv")


def run(*arguments: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output


def test_read_and_rebuild_take_a_users_own_files(tmp_path: Path, own: tuple[str, str]) -> None:
    story, ledger = tmp_path / "story.txt", str(tmp_path / "ledger.db")
    story.write_text("date 2012-11-20\nThe Lakes Front captured Goma on Monday, residents said.\n")
    run("read", str(story), "--ledger", ledger, "--reader", "rules", "--actors", own[0], "--sides", own[1])
    assert "FRONTLOG_ACTORS" not in os.environ
    with open_store(ledger) as store:
        (claim,) = [row.claim for row in store.claims() if row.claim.kind == "take"]
        assert [party.actor for party in claim.agents] == ["lakesfront"]
        held = store.sides()
    assert [side for side, _ in held] == ["lakes-alliance"]
    run("rebuild", "--ledger", ledger, "--actors", own[0], "--sides", own[1])
    with open_store(ledger) as store:
        assert store.sides() == held


def test_what_was_read_with_own_files_is_of_another_version(own: tuple[str, str]) -> None:
    with_own, without = OpenNamed("rules", own)().version, OpenNamed("rules")().version
    assert with_own.partition("@")[0] == without.partition("@")[0]
    assert with_own != without
    assert OpenNamed("rules", own[:1])().version not in (with_own, without)


def test_the_environment_names_files_for_all_verbs(
    own: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRONTLOG_ACTORS", os.pathsep.join(own))
    assert Actors.open().actor("lakesfront") is not None
    monkeypatch.setenv("FRONTLOG_ACTORS", own[0] + "-gone")
    with pytest.raises(DataFileError, match="no such file"):
        Actors.open()
