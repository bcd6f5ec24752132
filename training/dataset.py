"""Examples for the network: windows of pieces, with the claims that begin in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from frontlog.model import Span
from frontlog.reading.learned.labels import (
    BEGIN,
    EXTENTS,
    INSIDE,
    KIND_INDEX,
    ROLES,
    STANDINGS,
    WHENS,
)  # fmt: skip
from frontlog.reading.learned.windows import Window, windows
from frontlog.reading.numbers import numbers
from frontlog.reading.passages import passages
from frontlog.reading.sentences import sentences

UNTOLD = -100
ROUND = 16
"""Windows are padded to a multiple of this: the processor's kernels are compiled anew for every new shape."""


@dataclass(frozen=True, slots=True)
class Target:
    """One gold claim in one window: the piece its cue begins with, its kind, tags a role, and labels.

    ``tags`` is roles × pieces; a role whose truth is not known is all ``UNTOLD``, which the loss passes over.
    """

    piece: int
    kind: int
    tags: Tensor
    standing: int
    extent: int
    when: int


@dataclass(frozen=True, slots=True)
class Example:
    """One window and its gold claims."""

    record: str
    text: str
    window: Window
    targets: tuple[Target, ...]


def examples(
    marks: Iterable[Mapping[str, Any]], texts: Mapping[str, str], tokenizer: Tokenizer
) -> list[Example]:
    """Make examples of stand-off marks and the texts they belong to, cut as the reader cuts them."""
    made: list[Example] = []
    for record in marks:
        text = texts[record["id"]]
        for window in windows(text, sentences(text, passages(text)), tokenizer):
            found = [target(claim, window, text) for claim in record["claims"]]
            made.append(Example(record["id"], text, window, tuple(item for item in found if item)))
    return made


def target(claim: Mapping[str, Any], window: Window, text: str) -> Target | None:
    """Return the claim as a target, or None where its cue begins outside the window's core."""
    piece = window.piece_at(claim["cue"][0])
    if piece is None or not window.core_start <= piece < window.core_end:
        return None
    deaths = _death_spans(claim, text)
    spans: dict[str, Sequence[Sequence[int]]] = {
        "cue": [claim["cue"]],
        "agent": claim["agent"],
        "target": claim["target"],
        "place": [place["span"] for place in claim["places"]],
        "time": [claim["when_text"]] if claim["when_text"] else [],
        "speaker": [claim["said_by"]] if claim["said_by"] else [],
        "deaths": deaths or [],
    }
    tags = torch.zeros(len(ROLES), len(window.ids), dtype=torch.long)
    for index, role in enumerate(ROLES):
        if role == "deaths" and deaths is None:
            tags[index] = UNTOLD
            continue
        for span in spans[role]:
            pieces = window.pieces(Span(*span))
            for nth, at in enumerate(pieces):
                tags[index, at] = INSIDE if nth else BEGIN
    when = "told" if claim["when_text"] else "published" if claim["when"] else "untold"
    return Target(
        piece=piece,
        kind=KIND_INDEX[claim["kind"]],
        tags=tags,
        standing=STANDINGS.index(claim["standing"]),
        extent=EXTENTS.index(claim["extent"]) if claim["extent"] else UNTOLD,
        when=WHENS.index(when),
    )


def _death_spans(claim: Mapping[str, Any], text: str) -> list[list[int]] | None:
    """Where the number of deaths stands: one span, or two that add up to it; None if it cannot be found."""
    if claim["deaths"] is None:
        return []
    found = sorted(numbers(text), key=lambda item: abs(item[0].start - claim["cue"][0]))
    for span, value in found:
        if value == claim["deaths"]:
            return [[span.start, span.end]]
    for nth, (span, value) in enumerate(found):
        for other, more in found[nth + 1 :]:
            if value + more == claim["deaths"]:
                return sorted([[span.start, span.end], [other.start, other.end]])
    return None


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: ``ids`` and ``mask`` are windows × pieces, ``core`` marks where cues are looked for.

    ``any`` and ``kinds`` are windows × pieces; ``kinds`` is ``UNTOLD`` where no cue begins.
    """

    ids: Tensor
    mask: Tensor
    core: Tensor
    any: Tensor
    kinds: Tensor
    examples: tuple[Example, ...]


def collate(group: Sequence[Example]) -> Batch:
    """Pad a group of examples to one batch."""
    longest = max(len(example.window.ids) for example in group)
    size = (len(group), longest + -longest % ROUND)
    ids = torch.zeros(size, dtype=torch.long)
    mask, core, any_ = torch.zeros(size), torch.zeros(size), torch.zeros(size)
    kinds = torch.full(size, UNTOLD)
    for row, example in enumerate(group):
        window = example.window
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        core[row, window.core_start : window.core_end] = 1
        for item in example.targets:
            any_[row, item.piece] = 1
            kinds[row, item.piece] = item.kind
    return Batch(ids, mask, core, any_, kinds, tuple(group))
