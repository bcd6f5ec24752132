"""The word that tells two readers apart when anything they read by has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontlog.reading.fingerprint import fingerprint
from frontlog.reading.reader import Reader


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small frontlog: some lexicons, a model, code, and data that reading never looks at."""
    for name in (
        "data/cues/verbs.tsv", "data/actors.tsv", "data/model/net.onnx", "data/holdings.toml",
        "data/codes/cameo.tsv", "data/built/gazetteer.flg", "reading/rules/slots.py", "gazetteer/lookup.py",
        "model.py", "ledger/derive.py",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"first words of {name}")
    return tmp_path


def of(package: Path) -> str:
    return fingerprint(package / "data" / "built" / "gazetteer.flg", package)


def test_it_stays_while_nothing_changes(package: Path) -> None:
    assert of(package) == of(package)
    assert len(of(package)) == 12


@pytest.mark.parametrize(
    "name",
    [
        "data/cues/verbs.tsv", "data/actors.tsv", "data/model/net.onnx", "data/built/gazetteer.flg",
        "reading/rules/slots.py", "gazetteer/lookup.py", "model.py",
    ],
)  # fmt: skip
def test_it_changes_with_what_reading_depends_on(package: Path, name: str) -> None:
    before = of(package)
    (package / name).write_text("other words")
    assert of(package) != before


def test_a_new_lexicon_and_a_renamed_one_change_it(package: Path) -> None:
    seen = {of(package)}
    (package / "data" / "rivers.tsv").write_text("a river")
    seen.add(of(package))
    (package / "data" / "rivers.tsv").rename(package / "data" / "streams.tsv")
    seen.add(of(package))
    assert len(seen) == 3


@pytest.mark.parametrize("name", ["data/holdings.toml", "data/codes/cameo.tsv", "ledger/derive.py"])
def test_it_stays_when_what_comes_after_reading_changes(package: Path, name: str) -> None:
    before = of(package)
    (package / name).write_text("other words")
    assert of(package) == before


def test_another_library_changes_it(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of(package)
    monkeypatch.setattr("frontlog.reading.fingerprint.version", lambda _: "99.0")
    assert of(package) != before


def test_a_readers_version_tells_it() -> None:
    reader = Reader.open(reader="rules")
    assert reader.version == f"rules-{reader.extractor.version}@{fingerprint(reader.gazetteer.path)}"


def test_it_changes_with_what_stands_in_a_users_own_files_and_not_with_where_they_lie(
    package: Path, tmp_path: Path
) -> None:
    own, moved = tmp_path / "own.tsv", tmp_path / "moved.tsv"
    gazetteer = package / "data" / "built" / "gazetteer.flg"
    own.write_text("one line")
    moved.write_text("one line")
    first = fingerprint(gazetteer, package, [own])
    assert first != of(package)
    assert first == fingerprint(gazetteer, package, [moved])
    own.write_text("another line")
    assert fingerprint(gazetteer, package, [own]) != first
