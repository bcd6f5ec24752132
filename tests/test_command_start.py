"""What the command loads before it reads: nothing that the texts at hand do not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHORT = "date 2013-05-02 Fighters of the Dawn Brigade seized the town of Otay on Thursday, residents said.\n"


def imported(folder: Path, text: str) -> set[str]:
    """The modules that ``frontlog read`` imports for one text."""
    (folder / "one.txt").write_text(text)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "frontlog.cli", "read", str(folder / "one.txt"),
         "--ledger", str(folder / "l.db")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def test_a_short_item_is_read_without_the_parser(tmp_path: Path) -> None:
    loaded = imported(tmp_path, SHORT)
    assert "onnxruntime" in loaded
    assert not loaded & {"spacy", "torch"}


def test_a_long_story_is_read_without_torch_wherever_it_is_installed(tmp_path: Path) -> None:
    loaded = imported(tmp_path, SHORT.rstrip() + " The mayor had left the town a day before." * 20)
    assert "spacy" in loaded
    assert "torch._C" not in loaded
