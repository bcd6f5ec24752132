"""One run by one runner, timed: ``python -m benchmarks.one_runner local|ray FILE FOLDER READER JOBS``."""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from frontlog.scale.cluster import RayRunner
from frontlog.scale.extraction import extract
from frontlog.scale.folder import Folder
from frontlog.scale.local import LocalRunner
from frontlog.scale.work import OpenNamed
from frontlog.sources import open_all

_RUNNERS: dict[str, Any] = {"ray": RayRunner, "local": LocalRunner}


def main(runner: str, file: str, folder: str, reader: str, jobs: str) -> None:
    with (
        Folder(Path(folder)).opened() as opened,
        closing(_RUNNERS[runner](OpenNamed(reader), int(jobs))) as run,
    ):
        _ = run.version  # waits for the first reader
        began = time.monotonic()
        extract(open_all([file], today=date.today()), opened, run)
        print(json.dumps({"seconds": time.monotonic() - began}))


if __name__ == "__main__":
    main(*sys.argv[1:])
