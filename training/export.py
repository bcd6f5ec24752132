"""The trained network as two ONNX graphs with 8-bit weights, checked against the network they came from."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network import Network


def export(network: Network, folder: Path) -> float:
    """Write ``finder.onnx`` and ``arguer.onnx``; returns the largest difference of a probability of a cue."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 20000, (2, 24))
    mask = torch.ones(2, 24)
    hidden, scores = network.finder(ids, mask)
    piece, kind = torch.tensor([3, 5]), torch.tensor([0, 1])
    pieces = torch.export.Dim("pieces", min=4, max=512)
    rows = torch.export.Dim("rows", min=1, max=4096)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch)
        torch.onnx.export(
            network.finder, (ids, mask), str(whole / "finder.onnx"), dynamo=True, external_data=False,
            input_names=["ids", "mask"], output_names=["hidden", "scores"],
            dynamic_shapes=({0: rows, 1: pieces}, {0: rows, 1: pieces}),
        )  # fmt: skip
        torch.onnx.export(
            network.arguer, (hidden, mask, piece, kind), str(whole / "arguer.onnx"), dynamo=True,
            external_data=False, input_names=["hidden", "mask", "piece", "kind"],
            output_names=["tags", "labels"],
            dynamic_shapes=({0: rows, 1: pieces}, {0: rows, 1: pieces}, {0: rows}, {0: rows}),
        )  # fmt: skip
        for name in ("finder", "arguer"):
            _drop_notes(whole / f"{name}.onnx")
            quantize_dynamic(
                whole / f"{name}.onnx",
                folder / f"{name}.onnx",
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            )
    session = onnxruntime.InferenceSession(folder / "finder.onnx", providers=["CPUExecutionProvider"])
    _, small = session.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})
    gap = 1 / (1 + np.exp(-small[..., 0])) - scores[..., 0].detach().sigmoid().numpy()
    return float(np.abs(gap).max())


def _drop_notes(path: Path) -> None:
    """Drop the exporter's notes: inner shapes, which the quantiser contradicts, and traces of the source."""
    model = onnx.load(path)
    del model.graph.value_info[:]
    del model.metadata_props[:]
    for thing in (model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        del thing.metadata_props[:]
        thing.doc_string = ""
    onnx.save(model, path)
