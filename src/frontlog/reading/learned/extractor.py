"""The trained extractor: two ONNX graphs run over windows of many dispatches at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from frontlog.errors import ReadingError
from frontlog.model import Draft
from frontlog.reading.claims import Prepared
from frontlog.reading.learned.decode import Cue, Floats, Outputs, Thresholds, cues, draft
from frontlog.reading.learned.labels import EXTENTS, KIND_INDEX, STANDINGS
from frontlog.reading.learned.windows import Window, open_tokenizer, windows

PIECES_AT_ONCE = 4096
FILES = ("finder.onnx", "arguer.onnx", "tokenizer.json", "thresholds.json")
STANDING_AT = 1
EXTENT_AT = STANDING_AT + len(STANDINGS)
WHEN_AT = EXTENT_AT + len(EXTENTS)


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of one dispatch of a batch."""

    dispatch: int
    text: str
    window: Window


@dataclass(frozen=True, slots=True)
class LearnedExtractor:
    """Finds claims with the trained network. Pure: the same dispatches give the same drafts in any batch."""

    finder: InferenceSession
    arguer: InferenceSession
    tokenizer: Tokenizer
    thresholds: Thresholds
    version: str
    name: str = "model"

    @classmethod
    def open(cls, folder: Path | None = None, threads: int = 1) -> LearnedExtractor:
        """Open the graphs in a folder, the package's own by default; raises ReadingError without them."""
        folder = folder or Path(str(files("frontlog") / "data" / "model"))
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ReadingError(f"{folder} lacks {', '.join(missing)}; use --reader rules, or make train")
        options = SessionOptions()
        options.intra_op_num_threads = threads
        chosen = json.loads((folder / "thresholds.json").read_text("utf-8"))
        version = chosen.pop("version", "unversioned")
        chosen["kinds"] = tuple((kind, value) for kind, value in chosen["kinds"])
        providers = ["CPUExecutionProvider"]
        return cls(
            InferenceSession(folder / "finder.onnx", options, providers=providers),
            InferenceSession(folder / "arguer.onnx", options, providers=providers),
            open_tokenizer(folder / "tokenizer.json"),
            Thresholds(**chosen),
            version,
        )

    def extract(self, batch: Sequence[Prepared]) -> list[list[Draft]]:
        """Return the drafts of each prepared dispatch, in the order of their cues."""
        pieces = [
            Piece(at, prepared.text, window)
            for at, prepared in enumerate(batch)
            for window in windows(prepared.text, prepared.sentences, self.tokenizer)
        ]
        pieces.sort(key=lambda piece: len(piece.window.ids))
        found: list[list[Draft]] = [[] for _ in batch]
        for group in _groups(pieces):
            for at, item in self._read(group):
                if item.confidence >= self.thresholds.of(item.kind):
                    found[at].append(item)
        return [_without_doubles(drafts) for drafts in found]

    def _read(self, group: Sequence[Piece]) -> Iterator[tuple[int, Draft]]:
        ids, mask = _pad([piece.window for piece in group])
        hidden, scores = self.finder.run(None, {"ids": ids, "mask": mask})
        proposed = [
            (row, cue)
            for row, piece in enumerate(group)
            for cue in cues(piece.window, scores[row], self.thresholds)
        ]
        size = max(1, PIECES_AT_ONCE // ids.shape[1])
        for start in range(0, len(proposed), size):
            some = proposed[start : start + size]
            for (row, cue), outputs in zip(some, self._argue(some, hidden, mask), strict=True):
                piece = group[row]
                kept = Outputs(
                    outputs.tags[:, : len(piece.window.ids)],
                    outputs.valid, outputs.standing, outputs.extent, outputs.when,
                )  # fmt: skip
                yield piece.dispatch, draft(cue, kept, piece.window, piece.text)

    def _argue(
        self, some: Sequence[tuple[int, Cue]], hidden: Floats, mask: npt.NDArray[np.float32]
    ) -> Iterator[Outputs]:
        rows = [row for row, _ in some]
        tags, labels = self.arguer.run(
            None,
            {
                "hidden": hidden[rows],
                "mask": mask[rows],
                "piece": np.array([cue.piece for _, cue in some], dtype=np.int64),
                "kind": np.array([KIND_INDEX[cue.kind] for _, cue in some], dtype=np.int64),
            },
        )
        for its_tags, its in zip(tags, labels, strict=True):
            valid = float(1.0 / (1.0 + np.exp(-its[0])))
            yield Outputs(its_tags, valid, its[STANDING_AT:EXTENT_AT], its[EXTENT_AT:WHEN_AT], its[WHEN_AT:])


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Group windows, sorted by length, so that a padded group stays within ``PIECES_AT_ONCE``."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (len(group) + 1) * len(piece.window.ids) > PIECES_AT_ONCE:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _pad(group: Sequence[Window]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    width = max(len(window.ids) for window in group)
    ids = np.zeros((len(group), width), dtype=np.int64)
    mask = np.zeros((len(group), width), dtype=np.float32)
    for row, window in enumerate(group):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1.0
    return ids, mask


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep the surest of drafts of one kind whose cues overlap, in the order of their cues."""
    kept: list[Draft] = []
    for item in sorted(drafts, key=lambda item: (-item.confidence, item.cue)):
        if not any(item.kind == other.kind and item.cue.overlaps(other.cue) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: (item.cue, item.kind))
