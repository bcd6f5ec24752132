"""The Python API gives data frames that agree with the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import frontlog
from frontlog.errors import LedgerError
from frontlog.ledger import open_store
from frontlog.reading.reader import Reader
from frontlog.sources import open_all

pytest.importorskip("pandas", reason="needs pandas; install the extra frames")
TEXT = "Rebel fighters captured Idlib on Saturday, a military spokesman said."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames")
    (folder / "one.txt").write_text(f"date 2015-03-28 {TEXT}", "utf-8")
    path = folder / "ledger.db"
    reader = Reader.open(reader="rules")
    found = list(open_all([str(folder / "one.txt")], today=date(2026, 1, 1)))
    with open_store(path) as store:
        store.add_readings(reader.read(found), reader=reader.version)
    return path


def test_claims_come_with_their_sentence(ledger: Path) -> None:
    with frontlog.open(ledger) as opened:
        claims = opened.claims(kinds=("take",))
    assert list(claims["sentence"]) == [TEXT]
    assert list(claims["places"]) == ["Idlib"]


def test_control_and_a_places_life_agree(ledger: Path) -> None:
    with frontlog.open(ledger) as opened:
        control = opened.control(date(2015, 3, 29))
        life = opened.place("Idlib")
    assert list(control["place"]) == ["Idlib"]
    assert life["valid_from"].iloc[-1] == control["valid_from"].iloc[0] == date(2015, 3, 28)


def test_a_ledger_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger"):
        frontlog.open(tmp_path / "none.db")
