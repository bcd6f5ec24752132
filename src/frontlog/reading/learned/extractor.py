"""The trained extractor: two ONNX graphs run over a dispatch's windows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from frontlog.errors import ReadingError
from frontlog.model import Draft
from frontlog.reading.claims import Prepared
from frontlog.reading.learned.decode import Cue, Floats, Outputs, Thresholds, cues, draft, placed
from frontlog.reading.learned.labels import EXTENTS, KIND_INDEX, STANDINGS
from frontlog.reading.learned.reach import reached, stays_only
from frontlog.reading.learned.tidy import tidied
from frontlog.reading.learned.windows import open_tokenizer, windows

FILES = ("finder.onnx", "arguer.onnx", "tokenizer.json", "thresholds.json")
STANDING_AT = 1
EXTENT_AT = STANDING_AT + len(STANDINGS)
WHEN_AT = EXTENT_AT + len(EXTENTS)


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
        return [self._kept(self.propose(prepared)) for prepared in batch]

    def propose(self, prepared: Prepared) -> Iterator[Draft]:
        """Yield every draft that was looked at closer, however unsure.

        Windows are run one by one: the 8-bit graphs scale their numbers by the whole input, so that a window
        would otherwise be read differently in different company.
        """
        names = [mention.span for mention in prepared.places]
        for window in windows(prepared.text, prepared.sentences, self.tokenizer):
            ids = np.array([window.ids], dtype=np.int64)
            mask = np.ones(ids.shape, dtype=np.float32)
            hidden, scores = self.finder.run(None, {"ids": ids, "mask": mask})
            found = cues(window, scores[0], self.thresholds)
            for cue, outputs in zip(found, self._argue(found, hidden, mask), strict=True):
                item = tidied(draft(cue, outputs, window, prepared.text), prepared.text, names)
                item = reached(item, prepared.text, prepared.sentences)
                if placed(item) and not stays_only(item, prepared.text, names):
                    yield item

    def _argue(self, found: Sequence[Cue], hidden: Floats, mask: Floats) -> Iterator[Outputs]:
        if not found:
            return
        rows = np.zeros(len(found), dtype=np.int64)
        tags, labels = self.arguer.run(
            None,
            {
                "hidden": hidden[rows],
                "mask": mask[rows],
                "piece": np.array([cue.piece for cue in found], dtype=np.int64),
                "kind": np.array([KIND_INDEX[cue.kind] for cue in found], dtype=np.int64),
            },
        )
        for its_tags, its in zip(tags, labels, strict=True):
            valid = float(1.0 / (1.0 + np.exp(-its[0])))
            yield Outputs(its_tags, valid, its[STANDING_AT:EXTENT_AT], its[EXTENT_AT:WHEN_AT], its[WHEN_AT:])

    def _kept(self, drafts: Iterable[Draft]) -> list[Draft]:
        return without_doubles([d for d in drafts if d.confidence >= self.thresholds.of(d.kind)])


def without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep the surest of drafts of one kind that share their cue or tell the same, in the order of cues."""
    kept: list[Draft] = []
    for item in sorted(drafts, key=lambda item: (-item.confidence, item.cue)):
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: (item.cue, item.kind))


def _same(one: Draft, other: Draft) -> bool:
    if one.kind != other.kind:
        return False
    told = (one.agents, one.places, one.time, one.standing) == (
        other.agents, other.places, other.time, other.standing,
    )  # fmt: skip
    return one.cue.overlaps(other.cue) or (told and bool(one.places))
