"""Files that are missing, no files, of another kind or nobody's to write: said in one line, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from frontlog.cli import main
from frontlog.views.mapdata import MapData


def said(*arguments: object, code: int = 2) -> str:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(range(128, 256)) * 4)
    return path


def test_places_of_what_cannot_be_read(tmp_path: Path, noise: Path) -> None:
    assert "nosuch.jsonl: No such file" in said("places", tmp_path / "nosuch.jsonl")
    assert "directory" in said("places", tmp_path)
    assert "save it as UTF-8" in said("places", noise)


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text("date 2021-08-09 Fighters took the town of Otay.")
    nowhere = tmp_path / "no" / "folder" / "out.jsonl"
    assert "out.jsonl: No such file" in said("places", text, "-o", nowhere)
    assert "out.jsonl: No such file" in said("extract", text, "-o", nowhere)


def test_imports_that_are_no_places_leave_the_gazetteer_alone(
    tmp_path: Path, noise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    other = tmp_path / "other.csv"
    other.write_text("x,y\n")
    for file in (noise, other):
        assert "give the columns name, lat and lon" in said("gazetteer", "import", file)
    assert not (tmp_path / "data").exists()


def test_facts_that_are_none(tmp_path: Path, noise: Path) -> None:
    from frontlog.ledger import open_store

    open_store(tmp_path / "l.db").close()
    assert "no column 'place'" in said("eval", "control", noise, "--ledger", tmp_path / "l.db")


def test_the_map_is_still_there_with_a_gazetteer_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if MapData.open().missing:
        pytest.skip("needs the base map: make install")
    monkeypatch.delenv("FRONTLOG_MAPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "frontlog").mkdir()
    (tmp_path / "frontlog" / "places.jsonl").write_text("")
    assert MapData.open().missing is None
