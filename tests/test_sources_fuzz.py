"""A short run of the coverage-guided fuzzer over all formats (``tests/fuzz_sources.py`` for long ones)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frontlog.sources.kinds import SUFFIXES
from tests.test_sources_formats import SEEDS

FUZZER = Path(__file__).with_name("fuzz_sources.py")
FIRST_SUFFIX = 2


@pytest.mark.slow
def test_fuzzer_finds_no_escaping_error_and_no_text_unaccounted_for(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="fuzzing needs atheris; pip install 'frontlog[dev]'")
    for name, seed in SEEDS.items():
        suffix = sorted(SUFFIXES).index(name.rpartition(".")[2])
        (tmp_path / name).write_bytes(bytes([FIRST_SUFFIX + suffix]) + seed)
    run = subprocess.run(
        [sys.executable, str(FUZZER), str(tmp_path), "-runs=600", "-seed=7", "-max_len=4000", "-timeout=20",
         f"-artifact_prefix={tmp_path}/"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    assert "Done 600 runs" in run.stderr
