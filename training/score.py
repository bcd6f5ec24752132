"""A quick measure while training: drafts against marks by kind, place and agent. Not the published one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from frontlog.model import CONTROL_KINDS, KINDS, Draft, Span
from frontlog.reading.learned.decode import Outputs, Thresholds, cues, draft, placed
from frontlog.reading.learned.labels import EXTENTS, STANDINGS
from training.dataset import Example, collate
from training.network import Network


def predict(network: Network, data: Sequence[Example], thresholds: Thresholds) -> dict[str, list[Draft]]:
    """Return every draft the network proposes for each record, with its confidence; nothing is cut off."""
    network.eval()
    found: dict[str, list[Draft]] = {}
    first, second = 1 + len(STANDINGS), 1 + len(STANDINGS) + len(EXTENTS)
    with torch.no_grad():
        for start in range(0, len(data), 32):
            batch = collate(data[start : start + 32])
            hidden, scores = network.finder(batch.ids, batch.mask)
            for row, example in enumerate(batch.examples):
                drafts = found.setdefault(example.record, [])
                proposed = cues(example.window, scores[row].numpy(), thresholds)
                if not proposed:
                    continue
                rows = torch.full((len(proposed),), row)
                tags, labels = network.arguer(
                    hidden[rows], batch.mask[rows],
                    torch.tensor([cue.piece for cue in proposed]),
                    torch.tensor([KINDS.index(cue.kind) for cue in proposed]),
                )  # fmt: skip
                for nth, cue in enumerate(proposed):
                    outputs = Outputs(
                        tags=tags[nth, :, : len(example.window.ids)].numpy(),
                        valid=float(labels[nth, 0].sigmoid()),
                        standing=labels[nth, 1:first].numpy(),
                        extent=labels[nth, first:second].numpy(),
                        when=labels[nth, second:].numpy(),
                    )
                    item = draft(cue, outputs, example.window, example.text)
                    if placed(item):
                        drafts.append(item)
    return found


@dataclass(slots=True)
class Tally:
    """True positives, predictions and gold claims."""

    right: int = 0
    said: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.gold)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.said), self.right / max(1, self.gold)
        return f"P {precision:.3f} R {recall:.3f} F {self.f1:.3f} (n {self.gold})"


def tally(
    drafts: Mapping[str, Sequence[Draft]],
    marks: Iterable[Mapping[str, Any]],
    keep: Callable[[Draft], bool],
    control: bool,
) -> Tally:
    """Count matches: same kind and a place span in common; for control claims an agent span in common too."""
    result = Tally()
    for record in marks:
        gold = [c for c in record["claims"] if not control or c["kind"] in CONTROL_KINDS]
        said = [
            d for d in drafts.get(record["id"], []) if keep(d) and (not control or d.kind in CONTROL_KINDS)
        ]
        result.gold += len(gold)
        result.said += len(said)
        left = list(gold)
        for item in said:
            for claim in left:
                if matches(item, claim, control):
                    left.remove(claim)
                    result.right += 1
                    break
    return result


def matches(item: Draft, claim: Mapping[str, Any], control: bool) -> bool:
    """Whether a draft is a marked claim: kind and place, and, for control, agent."""
    if item.kind != claim["kind"] or not _meet(item.places, [p["span"] for p in claim["places"]]):
        return False
    return not control or _meet(item.agents, claim["agent"])


def _meet(one: Sequence[Span], other: Sequence[Sequence[int]]) -> bool:
    if not one or not other:
        return not one and not other
    return any(span.overlaps(Span(*gold)) for span in one for gold in other)
