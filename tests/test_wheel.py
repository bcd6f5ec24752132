"""The wheel that a checkout gives: whole, and at work where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "frontlog"
BUILT = ("data/built/gazetteer.flg", "data/built/map/countries.json", "web/static/vendor/maplibre-gl.mjs")

pytestmark = pytest.mark.slow


def build(what: str, checkout: Path, folder: Path) -> Path:
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (made,) = folder.glob("frontlog-*.*")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel, and sees what the wheel needs in this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=True)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        str(folder / "bin" / "python"),
    ]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def run(fresh: Path, folder: Path, program: str, *words: str) -> str:
    home = {
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    given = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | home
    command = [str(fresh / program), *words]
    return subprocess.run(
        command, cwd=folder, env=given, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def test_the_wheel_has_what_was_built_and_no_leavings(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"frontlog/{name}" for name in BUILT if (PACKAGE / name).exists()}
    assert wanted <= names
    assert {"frontlog/ledger/schema.sql", "frontlog/py.typed", "frontlog/data/model/finder.onnx"} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith((".part", ".db"))]


def test_a_source_archive_gives_the_same_wheel_and_has_what_tests_and_builds_it(
    wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.glob("frontlog-*")
    again = build("wheel", unpacked, tmp_path / "wheel")
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "Makefile",
        "LICENSE",
        "tests/conftest.py",
        "benchmarks/soak.py",
        "docs/scale.md",
        "package.json",
    ):
        assert (unpacked / name).is_file()


def test_an_installed_wheel_reads_and_answers(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text(
        "date 2021-08-09\nTaliban fighters seized Kunduz on Sunday, residents said.\n"
    )
    run(fresh, tmp_path, "frontlog", "read", "told.txt", "--ledger", "l.db")
    told = run(fresh, tmp_path, "frontlog", "claims", "--ledger", "l.db", "--json")
    (claim,) = map(json.loads, told.splitlines())
    assert (claim["kind"], claim["places"][0]["name"]) == ("take", "Kunduz")


def test_an_installed_wheel_uses_its_own_files(fresh: Path, tmp_path: Path) -> None:
    if not (PACKAGE / BUILT[0]).exists():
        pytest.skip("this checkout has no gazetteer built: run make install")
    told = run(
        fresh, tmp_path, "python", "-c",
        "import frontlog; from frontlog.gazetteer.lookup import Gazetteer;"
        "print(frontlog.__file__); print(Gazetteer.open().path)",
    )  # fmt: skip
    assert all(Path(line).is_relative_to(fresh.parent) for line in told.splitlines())
    assert not (tmp_path / "cache").exists()
