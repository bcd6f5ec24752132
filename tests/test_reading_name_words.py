"""Lexicons of name recognition: a bad row is reported with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frontlog.errors import DataFileError
from frontlog.gazetteer import lexicons
from frontlog.reading import name_joints


@pytest.mark.parametrize(
    ("load", "header", "row"),
    [
        (lexicons.name_parts, "word\tpart", "boggy\tsoil"),
        (name_joints.load, "word\tuse", "Baron\tfief"),
    ],
)
def test_a_bad_row_is_reported_with_its_line(
    tmp_path: Path, load: Callable[[Path], object], header: str, row: str
) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(f"{header}\n{row}\n", "utf-8")
    with pytest.raises(DataFileError, match=r"words\.tsv:2"):
        load(path)


def test_particles_articles_and_titles_are_told_apart() -> None:
    assert "de" in name_joints.inside()
    assert "al" in name_joints.articles()
    assert "Gen" in name_joints.titles()
