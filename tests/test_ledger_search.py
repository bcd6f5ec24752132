"""Words that are looked for: what is asked of the index, and what of a text is marked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from frontlog.ledger import open_store
from frontlog.ledger.words import Wanted, folded

from .ledger_tellings import TALIBAN, day, telling


def test_joined_and_quoted_words_stand_together() -> None:
    assert [each.words for each in Wanted.of('Al-Qaim "north gate" bridge').phrases] == [
        ("al", "qaim"), ("north", "gate"), ("bridge",),
    ]  # fmt: skip


def test_no_word_asks_nothing() -> None:
    assert not Wanted.of(' "" -- * ')


def test_found_words_are_marked_where_they_stand() -> None:
    text = "Zêbar and Zebari: the gate's guards left Zêbar."
    marked = [span.of(text) for span in Wanted.of("zebar guard*").spans(text)]
    assert marked == ["Zêbar", "guards", "Zêbar"]


def test_letters_that_fold_to_others_keep_their_places() -> None:
    text = "İki bölük ﬁeld"
    assert [span.of(text) for span in Wanted.of("iki field").spans(text)] == ["İki", "ﬁeld"]


@given(st.text(max_size=40))
def test_whatever_is_typed_can_be_asked(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (a)")
    if wanted := Wanted.of(typed):
        connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (wanted.match,)).fetchall()
    connection.close()


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_ledger_from_before_gets_its_words(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_store(path) as store:
        store.add_reading(telling("a", day(9), "take", TALIBAN, text="Fighters took Zarnab."), "r1")
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE dispatches_text")
    connection.commit()
    connection.close()
    with open_store(path) as store:
        assert [each.id for each in store.search("zarnab")] == ["a"]


def test_rebuilding_mends_the_index_of_words(tmp_path: Path) -> None:
    with open_store(tmp_path / "l.db") as store:
        store.add_reading(telling("a", day(9), "take", TALIBAN, text="Fighters took Zarnab."), "r1")
        with store._connections.write() as connection:
            connection.execute("INSERT INTO dispatches_text (dispatches_text) VALUES ('delete-all')")
        assert store.search("zarnab") == []
        store.rebuild()
        assert [each.id for each in store.search("zarnab")] == ["a"]
