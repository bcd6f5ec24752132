"""The training loop: both stages at once; the first's false cues are the second's negatives."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from frontlog.model import CONTROL_KINDS, KINDS
from frontlog.reading.learned.labels import EXTENTS, STANDINGS
from training.dataset import UNTOLD, Batch, Example, collate
from training.network import Network

ROUND = 8
"""Cues are padded to a multiple of this: the processor's kernels are compiled anew for every new shape."""
CONTROL = frozenset(KINDS.index(kind) for kind in CONTROL_KINDS)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that training depends on besides the data."""

    epochs: int = 5
    batch: int = 16
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    decay: float = 0.01
    warmup: float = 0.1
    layer_decay: float = 0.9
    dropout: float = 0.1
    negatives: int = 1
    seed: int = 20210811


def optimiser(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with a lower rate for the pretrained layers, falling towards the bottom."""
    groups = []
    depth = network.finder.shape.layers
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        parts = name.split(".")
        if parts[0] == "finder" and parts[1] in {"words", "positions", "types", "norm"}:
            rate = recipe.rate * recipe.layer_decay ** (depth + 1)
        elif parts[1] == "layers":
            level = int(parts[2]) + (network.finder.shape.split if parts[0] == "arguer" else 0)
            rate = recipe.rate * recipe.layer_decay ** (depth - 1 - level)
        else:
            rate = recipe.head_rate
        decay = 0.0 if weight.ndim == 1 else recipe.decay
        groups.append({"params": [weight], "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups)


def finding_loss(scores: Tensor, batch: Batch) -> Tensor:
    """How badly cues were found: any cue or none for each piece of the core, and the kind of each cue."""
    any_ = functional.binary_cross_entropy_with_logits(scores[..., 0], batch.any, reduction="none")
    any_ = (any_ * batch.core).sum() / batch.any.sum().clamp(min=1)
    flat = batch.kinds.view(-1)
    if not (flat != UNTOLD).any():
        return any_
    return any_ + functional.cross_entropy(scores[..., 1:].reshape(-1, len(KINDS)), flat, ignore_index=UNTOLD)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cues for the second stage: gold ones with their targets, and likely mistakes of the first stage."""

    rows: list[int]
    pieces: list[int]
    kinds: list[int]
    gold: list[tuple[int, int] | None]


def choose(scores: Tensor, batch: Batch, negatives: int, rng: random.Random) -> Chosen:
    """Take every gold cue, and in each window up to ``negatives`` pieces that the first stage likes."""
    chosen = Chosen([], [], [], [])
    likely = scores[..., 0].detach().sigmoid() * batch.core * (1 - batch.any)
    kinds = scores[..., 1:].detach()
    for row, example in enumerate(batch.examples):
        for nth, item in enumerate(example.targets):
            _add(chosen, row, item.piece, item.kind, (row, nth))
            if rng.random() < 0.25:
                second = int(kinds[row, item.piece].topk(2).indices[rng.randrange(2)])
                if all(other.piece != item.piece or other.kind != second for other in example.targets):
                    _add(chosen, row, item.piece, second, None)
        for piece in likely[row].topk(min(negatives, likely.shape[1])).indices.tolist():
            if likely[row, piece] > 0.03:
                _add(chosen, row, piece, int(kinds[row, piece].argmax()), None)
    return chosen


def _add(chosen: Chosen, row: int, piece: int, kind: int, gold: tuple[int, int] | None) -> None:
    chosen.rows.append(row)
    chosen.pieces.append(piece)
    chosen.kinds.append(kind)
    chosen.gold.append(gold)


def arguing_loss(network: Network, hidden: Tensor, batch: Batch, chosen: Chosen) -> Tensor:
    """How badly arguments and labels were read, and whether the mistakes were told from claims."""
    spare = -len(chosen.rows) % ROUND
    rows = torch.tensor(chosen.rows + [0] * spare)
    tags, labels = network.arguer(
        hidden[rows],
        batch.mask[rows],
        torch.tensor(chosen.pieces + [0] * spare),
        torch.tensor(chosen.kinds + [0] * spare),
    )
    tags, labels = tags[: len(chosen.rows)], labels[: len(chosen.rows)]
    truth = torch.tensor([float(gold is not None) for gold in chosen.gold])
    loss = functional.binary_cross_entropy_with_logits(labels[:, 0].float(), truth)
    positive = [nth for nth, gold in enumerate(chosen.gold) if gold]
    if not positive:
        return loss
    items = [batch.examples[gold[0]].targets[gold[1]] for gold in chosen.gold if gold]
    gold_tags = torch.full((len(positive), tags.shape[1], tags.shape[2]), UNTOLD)
    for nth, item in enumerate(items):
        gold_tags[nth, :, : item.tags.shape[1]] = item.tags
    # Nearly all pieces are outside: the sum is shared among those inside, or they would hardly count.
    inside = (gold_tags > 0).sum().clamp(min=1)
    loss = (
        loss
        + functional.cross_entropy(
            tags[positive].float().reshape(-1, 3), gold_tags.view(-1), ignore_index=UNTOLD, reduction="sum"
        )
        / inside
    )
    first, second = 1 + len(STANDINGS), 1 + len(STANDINGS) + len(EXTENTS)
    for scores, values in (
        (labels[positive, 1:first], [item.standing for item in items]),
        (labels[positive, first:second], [item.extent if item.kind in CONTROL else UNTOLD for item in items]),
        (labels[positive, second:], [item.when for item in items]),
    ):
        gold = torch.tensor(values)
        if (gold != UNTOLD).any():
            loss = loss + 0.5 * functional.cross_entropy(scores.float(), gold, ignore_index=UNTOLD)
    return loss


def train(
    network: Network,
    data: Sequence[Example],
    recipe: Recipe,
    after: Callable[[int, float], None] | None = None,
) -> None:
    """Train in place. ``after`` is called with each epoch's number and mean loss."""
    rng = random.Random(recipe.seed)
    steps = math.ceil(len(data) / recipe.batch) * recipe.epochs
    optimise = optimiser(network, recipe)
    warm = max(1, int(steps * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimise, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    for epoch in range(recipe.epochs):
        network.train()
        total = 0.0
        for group in batches(data, recipe.batch, rng):
            batch = collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden, scores = network.finder(batch.ids, batch.mask)
                scores = scores.float()
                loss = finding_loss(scores, batch)
                chosen = choose(scores, batch, recipe.negatives, rng)
                if chosen.rows:
                    loss = loss + arguing_loss(network, hidden, batch, chosen)
            optimise.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimise.step()
            schedule.step()
            total += float(loss.detach())
        if after:
            after(epoch, total / math.ceil(len(data) / recipe.batch))


def batches(data: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Shuffle, then group windows of like length, so that little is padding."""
    order = sorted(range(len(data)), key=lambda at: len(data[at].window.ids) + rng.uniform(0, 24))
    groups = [[data[at] for at in order[start : start + size]] for start in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups
