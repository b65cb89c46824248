"""Writes a trained network as ONNX.

The graph is laid by hand: one window at a time, so that it holds no padding, no mask and no batch axis, and one
product gives queries, keys and values.
"""

import math
import tempfile
from pathlib import Path
from typing import Any

import click
import numpy as np
import onnx  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training
from numpy.typing import NDArray
from onnxruntime.quantization import quantize_dynamic  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.model import CrossEncoder, load_model
from bench.cross_encoder.options import FILE, WEIGHTS


class _Graph:
    """Collects the nodes and weights of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        self.weights.append(onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, name: str, outputs: int = 1, **attributes: Any) -> str:  # noqa: ANN401 - onnx has no types
        """Add a node and return the name of its (first) output; further ones are `name.1`, `name.2` ..."""
        outs = [name, *(f"{name}.{i}" for i in range(1, outputs))]
        self.nodes.append(onnx.helper.make_node(op, list(inputs), outs, name=name, **attributes))
        return name

    def linear(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply and add, x @ weight.T + bias; weight has shape (outputs, inputs) as in torch."""
        product = self.node("MatMul", x, self.weight(f"{name}.weight", weight.T), name=f"{name}.matmul")
        return self.node("Add", product, self.weight(f"{name}.bias", bias), name=name)

    def norm(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32], epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        scale, shift = self.weight(f"{name}.weight", weight), self.weight(f"{name}.bias", bias)
        return self.node("LayerNormalization", x, scale, shift, name=name, axis=-1, epsilon=epsilon)


def build_onnx(model: CrossEncoder) -> Any:  # noqa: ANN401, PLR0915 - one statement a node, in the order of the reading
    """Lay the model out as ONNX.

    Inputs: ids (tokens,) int64; types (tokens,) int64; pool (sentences, tokens) float32. Output: logits (sentences,)
    float32. The word embeddings, half of all weights, are int8 with one scale a row; the rest is still float32.
    """
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    config = model.bert.config
    size, heads, epsilon = config.hidden_size, config.num_attention_heads, config.layer_norm_eps
    g = _Graph()
    table = state["bert.embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    quantised = np.round(table / np.maximum(scale, 1e-12)).astype(np.int8)
    rows = g.node("Gather", g.weight("words", quantised), "ids", name="word_rows", axis=0)
    rows = g.node("Cast", rows, name="word_floats", to=onnx.TensorProto.FLOAT)
    scales = g.node("Gather", g.weight("word_scales", scale.astype(np.float32)), "ids", name="word_row_scales", axis=0)
    x = g.node("Mul", rows, scales, name="word_vectors")
    length = g.node("Shape", "ids", name="length")
    places = g.weight("places", state["bert.embeddings.position_embeddings.weight"])
    zero = g.weight("zero", np.array([0], np.int64))
    place = g.node("Slice", places, zero, length, zero, name="place_rows")
    x = g.node("Add", x, place, name="placed")
    kinds = g.weight("kinds", state["bert.embeddings.token_type_embeddings.weight"])
    x = g.node("Add", x, g.node("Gather", kinds, "types", name="kind_rows", axis=0), name="embedded")
    prefix = "bert.embeddings.LayerNorm"
    x = g.norm(x, "embedding_norm", state[f"{prefix}.weight"], state[f"{prefix}.bias"], epsilon)
    split = g.weight("heads", np.array([0, heads, size // heads], np.int64))
    join = g.weight("joined", np.array([0, size], np.int64))
    for layer in range(config.num_hidden_layers):
        p, n = f"bert.encoder.layer.{layer}", f"layer{layer}"
        # The query's factor 1 / sqrt(head size) goes into its weights.
        factor = 1 / math.sqrt(size // heads)
        parts = [(state[f"{p}.attention.self.{k}.weight"], state[f"{p}.attention.self.{k}.bias"])
                 for k in ("query", "key", "value")]  # fmt: skip
        weight = np.concatenate([parts[0][0] * factor, parts[1][0], parts[2][0]]).astype(np.float32)
        bias = np.concatenate([parts[0][1] * factor, parts[1][1], parts[2][1]]).astype(np.float32)
        qkv = g.linear(x, f"{n}.qkv", weight, bias)
        g.node("Split", qkv, name=f"{n}.part", outputs=3, axis=-1, num_outputs=3)
        shaped = [
            g.node("Reshape", f"{n}.part{s}", split, name=f"{n}.split{i}") for i, s in enumerate(("", ".1", ".2"))
        ]
        query = g.node("Transpose", shaped[0], name=f"{n}.query", perm=[1, 0, 2])
        key = g.node("Transpose", shaped[1], name=f"{n}.key", perm=[1, 2, 0])
        value = g.node("Transpose", shaped[2], name=f"{n}.value", perm=[1, 0, 2])
        attention = g.node("Softmax", g.node("MatMul", query, key, name=f"{n}.dots"), name=f"{n}.attention", axis=-1)
        mixed = g.node("MatMul", attention, value, name=f"{n}.mixed")
        mixed = g.node("Transpose", mixed, name=f"{n}.turned", perm=[1, 0, 2])
        mixed = g.node("Reshape", mixed, join, name=f"{n}.joined")
        o = f"{p}.attention.output"
        out = g.linear(mixed, f"{n}.out", state[f"{o}.dense.weight"], state[f"{o}.dense.bias"])
        x = g.node("Add", out, x, name=f"{n}.residual")
        x = g.norm(x, f"{n}.norm", state[f"{o}.LayerNorm.weight"], state[f"{o}.LayerNorm.bias"], epsilon)
        i, o = f"{p}.intermediate.dense", f"{p}.output"
        wide = g.node("Gelu", g.linear(x, f"{n}.wide", state[f"{i}.weight"], state[f"{i}.bias"]), name=f"{n}.gelu")
        out = g.linear(wide, f"{n}.narrow", state[f"{o}.dense.weight"], state[f"{o}.dense.bias"])
        x = g.node("Add", out, x, name=f"{n}.residual2")
        x = g.norm(x, f"{n}.norm2", state[f"{o}.LayerNorm.weight"], state[f"{o}.LayerNorm.bias"], epsilon)
    pooled = g.node("MatMul", "pool", x, name="pooled")
    head = state["head.weight"].T
    own = g.node("MatMul", pooled, g.weight("head.sentence", head[:size]), name="head.sentence_part")
    cls = g.node("Gather", x, zero, name="cls", axis=0)
    shared = g.linear(cls, "head.cls", head[size:].T, state["head.bias"])
    total = g.node("Add", own, shared, name="columns")
    g.node("Squeeze", total, g.weight("last", np.array([-1], np.int64)), name="logits")
    info = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        g.nodes,
        "cross_encoder",
        [
            info("ids", onnx.TensorProto.INT64, ["tokens"]),
            info("types", onnx.TensorProto.INT64, ["tokens"]),
            info("pool", onnx.TensorProto.FLOAT, ["sentences", "tokens"]),
        ],
        [info("logits", onnx.TensorProto.FLOAT, ["sentences"])],
        g.weights,
    )
    # An old IR version, so that every onnxruntime since 1.17 reads the file.
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(made)
    return made


@click.command()
@WEIGHTS
@click.option("--state", multiple=True, type=FILE, required=True, help="A trained model.pt; of several, their mean.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The ONNX file to write.")
@click.option("--full", is_flag=True, help="Leave the products in float32, to compare.")
def export(weights: Path, state: tuple[Path, ...], out: Path, *, full: bool) -> None:
    """Write a trained model as ONNX with int8 products, about 23 MB."""
    made = build_onnx(load_model(weights, state).eval())
    if full:
        onnx.save(made, out)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float.onnx"
        onnx.save(made, source)
        # Seven bits: with eight, processors without VNNI saturate in 16-bit sums and would rank differently.
        quantize_dynamic(
            source,
            out,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=["head.sentence_part", "head.cls.matmul"],
        )
