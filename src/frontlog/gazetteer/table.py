"""The gazetteer's file: named arrays behind a JSON header, mapped into memory, shared by processes."""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontlog.errors import GazetteerError

MAGIC = b"FLGAZ01\n"
_ALIGN = 64
_REMEDY = "rebuild it with: frontlog gazetteer build"


def write_table(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write atomically, so that a killed build leaves the old file or none."""
    columns: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, array in arrays.items():
        columns[name] = {"dtype": array.dtype.str, "length": len(array), "offset": offset}
        offset += -(-array.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"meta": dict(meta), "columns": columns}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as out:
            start = len(MAGIC) + 8 + len(header)
            padding = -start % _ALIGN
            out.write(MAGIC + (len(header) + padding).to_bytes(8, "little") + header + b" " * padding)
            for array in arrays.values():
                out.write(array.tobytes())
                out.write(b"\0" * (-array.nbytes % _ALIGN))
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def read_table(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Map the file; raises GazetteerError when it is not a gazetteer of this version or is cut short."""
    try:
        with path.open("rb") as file:
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read ({error}); {_REMEDY}") from error
    if view[: len(MAGIC)] != MAGIC:
        raise GazetteerError(f"{path}: not a frontlog gazetteer of this version; {_REMEDY}")
    start = len(MAGIC) + 8
    data = start + int.from_bytes(view[len(MAGIC) : start], "little")
    try:
        header = json.loads(view[start:data])
        arrays = {
            name: np.frombuffer(view, column["dtype"], column["length"], data + column["offset"])
            for name, column in header["columns"].items()
        }
    except (ValueError, KeyError) as error:
        raise GazetteerError(f"{path}: cut short or damaged; {_REMEDY}") from error
    return header["meta"], arrays


def pack_strings(values: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return a UTF-8 blob and offsets, one more than values."""
    encoded = [value.encode() for value in values]
    offsets = np.zeros(len(encoded) + 1, np.uint32)
    offsets[1:] = np.cumsum([len(value) for value in encoded])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets
