"""Trains the network on all articles but those of a fold, or on all."""

import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
import torch  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.documents import FOLDS, fold_of, open_tokenizer, read_documents
from bench.cross_encoder.examples import Example, Recipe, make_example, plan
from bench.cross_encoder.model import CrossEncoder, example_loss, load_model, logits_of
from bench.cross_encoder.options import FILE, SEED, WEIGHTS


def make_optimizer(model: CrossEncoder, rate: float) -> tuple[torch.optim.Optimizer, list[float]]:
    """AdamW, the head at ten times the rate since it starts from nothing.

    Returns:
        the optimiser, and the full rate of each of its groups.
    """
    trained = [p for p in model.bert.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "lr": rate, "weight_decay": 0.01},
        {"params": [p for p in trained if p.ndim <= 1], "lr": rate, "weight_decay": 0.0},
        {"params": list(model.head.parameters()), "lr": 10 * rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    return optimizer, [group["lr"] for group in optimizer.param_groups]


@dataclass(slots=True)
class Tally:
    """What training saw so far.

    Attributes:
        losses: of each step.
        hits: of each example with a gold sentence, whether the highest logit was on one, before it was learnt.
        tokens: read so far, without padding.
    """

    losses: list[float] = field(default_factory=list)
    hits: list[bool] = field(default_factory=list)
    tokens: int = 0


def learn(model: CrossEncoder, examples: Sequence[Example], tally: Tally, *, half: bool = False) -> None:
    """Add the gradient of one step's examples; multiplied in bfloat16 if `half`.

    On a CPU a few questions at a time: a step's activations together would take gigabytes.
    """
    device = model.head.weight.device
    together, rows = (3, 8) if device.type == "cpu" else (len(examples), 64)
    total = 0.0
    for first in range(0, len(examples), max(1, together)):
        group = examples[first : first + together]
        windows = [w for e in group for w in e.windows]
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
            found = iter(logits_of(model, windows, rows))
        loss = torch.zeros((), device=device)
        for example in group:
            logits = torch.cat([next(found) for _ in example.windows])
            gold = torch.tensor([s[0] in example.gold for w in example.windows for s in w.spans], device=device)
            loss = loss + example.weight * example_loss(logits, gold) / len(examples)
            if example.gold:
                tally.hits.append(bool(gold[int(logits.argmax())]))
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]  # torch
        total += float(loss.detach())
        tally.tokens += sum(len(w.ids) for w in windows)
    tally.losses.append(total)


@click.command()
@WEIGHTS
@click.option("--news", type=FILE, required=True, help="News question set.")
@click.option("--wiki", type=FILE, required=True, help="Wikipedia question set.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the model and the log.")
@click.option("--fold", type=click.IntRange(0, FOLDS - 1), help="Leave out this fold; train on all if not given.")
@SEED
@click.option("--order", default=0, show_default=True, help="Another order of the examples; the folds stay.")
@click.option("--threads", default=1, show_default=True)
@click.option("--device", default="cpu", show_default=True, help="As PyTorch names it: cpu, or cuda.")
@click.option("--rate", default=1e-4, show_default=True, help="Peak learning rate.")
@click.option("--questions", "size", default=8, show_default=True, help="Questions in a step.")
@click.option("--news-share", default=1.0, show_default=True, help="Share of the examples from news to use.")
@click.option("--wiki-share", default=0.7, show_default=True, help="Share of those from Wikipedia.")
@click.option("--minutes", type=float, help="Let the rate fall to 0 by then, however far the epoch got.")
@click.option("--stop", type=int, help="Stop after so many steps, as if there were more to come.")
@click.option("--made", default=0.25, show_default=True, help="Share of the questions that are made unanswerable.")
@click.option("--loose", default=0.0, show_default=True, help="Share of the examples whose sentences are shuffled.")
@click.option("--bare", default=0.0, show_default=True, help="Share of the questions that lose their question mark.")
@click.option("--written", default=1, show_default=True, help="Times that a written unanswerable question comes.")
@click.option("--verbs", is_flag=True, help="Make questions unanswerable by another verb, too.")
@click.option("--half", is_flag=True, help="Multiply in bfloat16: faster on a CPU that has AMX, and on a GPU.")
@click.option("--start", multiple=True, type=FILE, help="Start from a trained state; of several, from their mean.")
def train(  # noqa: PLR0913, PLR0917 - one argument an option
    weights: Path, news: Path, wiki: Path, out: Path, fold: int | None, seed: int, threads: int, rate: float,
    size: int, news_share: float, wiki_share: float, minutes: float | None, made: float, loose: float, bare: float,
    written: int, stop: int | None, start: tuple[Path, ...], device: str, order: int, *, verbs: bool, half: bool,
) -> None:  # fmt: skip
    """Train on all articles but those of a fold, or on all.

    A fold takes about three quarters of an hour of one core. `--minutes` is for a shared machine; without
    it, the same seed gives the same model on the same machine.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    torch.manual_seed(seed + order)
    recipe = Recipe(made=made, loose=loose, bare=bare, written=written, verbs=verbs)
    # What goes on from a trained state sees another order of the examples.
    rng = random.Random(f"{seed}:{fold}" + f":{order}" * bool(order) + ":more" * bool(start))  # noqa: S311 - nothing here is a secret
    tokenizer = open_tokenizer(weights)
    plans = []
    for sort, path, share in (("news", news, news_share), ("wiki", wiki, wiki_share)):
        documents = [d for d in read_documents(path, tokenizer) if fold_of(d.id, seed) != fold]
        laid = plan(documents, sort, rng, recipe)
        rng.shuffle(laid)
        plans += laid[: round(share * len(laid))]
    rng.shuffle(plans)
    model = load_model(weights, start).train().to(device)
    optimizer, rates = make_optimizer(model, rate)
    steps = math.ceil(len(plans) / size)
    warm = 20 if start else max(1, steps // 16)
    tally, started = Tally(), time.monotonic()
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for step in range(steps if stop is None else min(stop, steps)):
            spent = time.monotonic() - started
            done = max(step / steps, spent / (60 * minutes) if minutes else 0.0)
            if done >= 1:
                break
            for parameters, full in zip(optimizer.param_groups, rates, strict=True):
                parameters["lr"] = full * min((step + 1) / warm, 1 - done)
            examples = (make_example(p, tokenizer, rng, recipe) for p in plans[step * size : (step + 1) * size])
            optimizer.zero_grad()
            learn(model, [e for e in examples if e is not None], tally, half=half)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            if (step + 1) % 20 == 0:
                line = {
                    "step": step + 1, "of": steps, "done": round(done, 3), "seconds": round(spent),
                    "loss": round(float(np.mean(tally.losses[-60:])), 4), "tokens": tally.tokens,
                    "hit": round(float(np.mean(tally.hits[-300:])), 3),
                }  # fmt: skip
                log.write(json.dumps(line) + "\n")
                log.flush()
            if (step + 1) % 250 == 0:
                torch.save(model.state_dict(), out / "model.pt")
    torch.save(model.state_dict(), out / "model.pt")
