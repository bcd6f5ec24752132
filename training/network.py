"""The network: a small BERT whose top layers stand twice, to find cues and to read their arguments.

Layers below the split are run once a window. The first copy of the layers above finds cues; the second runs
once a cue, with the cue's piece and kind added to its input: every argument is read in the light of it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from frontlog.model import KINDS
from frontlog.reading.learned.labels import EXTENTS, ROLES, STANDINGS, WHENS


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder; the defaults are those of the 6-layer MiniLM."""

    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    positions: int = 512
    split: int = 4


class Layer(nn.Module):
    """One BERT layer, post-norm."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x``: batch × pieces × width; ``mask``: batch × 1 × 1 × pieces, added to the attention scores."""
        batch, pieces, width = x.shape
        size = (batch, pieces, self.heads, width // self.heads)
        query, key, value = (
            part(x).view(size).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, pieces, width)
        x = self.norm1(x + self.dropout(self.output(mixed)))
        return cast(Tensor, self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x))))))


class Finder(nn.Module):
    """Finds cues: gives the hidden states at the split and, a piece, the logits of any cue and each kind."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.types = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Sequential(
            nn.Linear(shape.width, shape.width), nn.GELU(), nn.Dropout(dropout),
            nn.Linear(shape.width, 1 + len(KINDS)),
        )  # fmt: skip

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """``ids`` and ``mask``: batch × pieces."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(positions)[None] + self.types.weight[0]
        x = self.dropout(self.norm(x))
        added = additive(mask, x.dtype)
        for layer in self.layers[: self.shape.split]:
            x = layer(x, added)
        split = x
        for layer in self.layers[self.shape.split :]:
            x = layer(x, added)
        return split, self.head(x)


class Arguer(nn.Module):
    """Reads one cue's arguments off the hidden states at the split."""

    def __init__(self, finder: Finder, dropout: float) -> None:
        super().__init__()
        shape = finder.shape
        self.layers = copy.deepcopy(finder.layers[shape.split :])
        self.kinds = nn.Embedding(len(KINDS), shape.width)
        nn.init.normal_(self.kinds.weight, std=0.5)
        self.tags = nn.Linear(shape.width, 3 * len(ROLES))
        self.labels = nn.Sequential(
            nn.Linear(shape.width, shape.width), nn.GELU(), nn.Dropout(dropout),
            nn.Linear(shape.width, 1 + len(STANDINGS) + len(EXTENTS) + len(WHENS)),
        )  # fmt: skip

    def forward(self, hidden: Tensor, mask: Tensor, piece: Tensor, kind: Tensor) -> tuple[Tensor, Tensor]:
        """``hidden``: cues × pieces × width; ``mask``: cues × pieces; ``piece``, ``kind``: cues.

        Gives tags, cues × roles × pieces × 3, and labels: valid, then standings, extents and whens.
        """
        at = (torch.arange(hidden.shape[1], device=hidden.device)[None] == piece[:, None]).to(hidden.dtype)
        x = hidden + at[:, :, None] * self.kinds(kind)[:, None, :].to(hidden.dtype)
        added = additive(mask, x.dtype)
        for layer in self.layers:
            x = layer(x, added)
        cues, pieces, _ = x.shape
        tags = self.tags(x).view(cues, pieces, len(ROLES), 3).transpose(1, 2)
        return tags, self.labels((at[:, None, :] @ x)[:, 0])


class Network(nn.Module):
    """Finder and arguer together."""

    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.finder = Finder(shape or Shape(), dropout)
        self.arguer = Arguer(self.finder, dropout)

    def start_from(self, weights: Path) -> None:
        """Load the encoder's pretrained weights, and copy its top layers into the arguer."""
        given = load_file(str(weights))
        own = self.finder.state_dict()
        for name in own:
            source = _source_name(name)
            if source in given:
                own[name] = given[source]
            elif not name.startswith("head"):
                raise KeyError(f"{weights}: no weight {source!r} for {name!r}")
        self.finder.load_state_dict(own)
        self.arguer.layers.load_state_dict(self.finder.layers[self.finder.shape.split :].state_dict())
        for embedding in (self.finder.words, self.finder.positions, self.finder.types):
            embedding.requires_grad_(False)  # few marks, many words: what is known of rare names stays


def additive(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """Turn a 0/1 mask (batch × pieces) into one that is added to attention scores."""
    return (1.0 - mask.to(dtype))[:, None, None, :] * -10_000.0


_LAYER_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "output": "attention.output.dense", "norm1": "attention.output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "norm2": "output.LayerNorm",
}  # fmt: skip
_EMBEDDING_NAMES = {
    "words": "word_embeddings", "positions": "position_embeddings", "types": "token_type_embeddings",
    "norm": "LayerNorm",
}  # fmt: skip


def _source_name(name: str) -> str:
    parts = name.split(".")
    if parts[0] == "layers":
        return f"encoder.layer.{parts[1]}.{_LAYER_NAMES[parts[2]]}.{parts[3]}"
    if parts[0] in _EMBEDDING_NAMES:
        return f"embeddings.{_EMBEDDING_NAMES[parts[0]]}.{parts[1]}"
    return name
