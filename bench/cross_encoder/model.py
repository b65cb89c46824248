"""The network and its loss."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training
from transformers import BertModel  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.windows import collate
from bot.reading.windows import Window


class CrossEncoder(torch.nn.Module):  # type: ignore[misc, unused-ignore]  # untyped where torch is absent
    """MiniLM with a linear head over (mean of the sentence's tokens, [CLS])."""

    def __init__(self, bert: Any) -> None:  # noqa: ANN401 - transformers' own types do not name it
        """Put a head on an encoder; it starts at zero, so that training starts from "nothing answers"."""
        super().__init__()
        self.bert = bert
        self.head = torch.nn.Linear(2 * bert.config.hidden_size, 1)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.constant_(self.head.bias, -2.0)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor, pool: torch.Tensor) -> torch.Tensor:
        """Logits, shape (windows, sentences); the arguments are those of `Batch`."""
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state.float()
        sentence = pool @ hidden
        cls = hidden[:, :1, :].expand(-1, pool.shape[1], -1)
        logits: torch.Tensor = self.head(torch.cat([sentence, cls], -1)).squeeze(-1)
        return logits


def load_model(folder: Path, states: Sequence[Path] = ()) -> CrossEncoder:
    """Build the model from a folder with MiniLM's weights; load a trained state, or the mean of several.

    Dropout is off: it costs 40 % of the speed on a CPU, and no example is seen more than twice.
    """
    bert = BertModel.from_pretrained(
        str(folder),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    # Frozen: a rare word that training never shows keeps its place beside its neighbours that training moves.
    bert.embeddings.word_embeddings.weight.requires_grad = False
    model = CrossEncoder(bert)
    if states:
        loaded = [torch.load(path, map_location="cpu", weights_only=True) for path in states]
        model.load_state_dict({name: torch.stack([s[name] for s in loaded]).mean(0) for name in loaded[0]})
    return model


def example_loss(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Loss of one question.

    Args:
        logits: shape (sentences,).
        gold: shape (sentences,), bool.

    Returns:
        scalar: -log P(gold, against all sentences and "does not say"); where there is a gold sentence, plus
        -log P(gold, against the sentences alone), so that the order is learnt whatever the doubt whether any answers.
    """
    null = logits.new_zeros(1)
    everything = torch.logsumexp(torch.cat([null, logits]), 0)
    if not bool(gold.any()):
        return everything
    wanted = torch.logsumexp(logits[gold], 0)
    return (everything - wanted) + (torch.logsumexp(logits, 0) - wanted)


def logits_of(model: CrossEncoder, windows: Sequence[Window], size: int = 8) -> list[torch.Tensor]:
    """Logits of each window's sentences, shape (sentences of that window,) each; similar lengths run together.

    They run where the model is. Lengths are rounded up to 32: oneDNN compiles its products anew for every shape, which
    took a fifth of all time.
    """
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    found: list[torch.Tensor] = [torch.empty(0)] * len(windows)
    for first in range(0, len(order), size):
        rows = order[first : first + size]
        batch = collate([windows[i] for i in rows], 32)
        parts = (torch.from_numpy(getattr(batch, f.name)) for f in dataclasses.fields(batch))
        out = model(*(part.to(model.head.weight.device) for part in parts))
        for row, i in enumerate(rows):
            found[i] = out[row, : len(windows[i].spans)]
    return found
