"""Applies an exported model as the product does: one window after the other, on one thread."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import onnxruntime  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.documents import (
    CANDIDATES,
    FOLDS,
    encode,
    fold_of,
    open_tokenizer,
    read_documents,
    top,
)
from bench.cross_encoder.options import FILE, MODEL, SEED, WEIGHTS
from bench.cross_encoder.windows import collate
from bench.scoring import average_precision
from bot.reading.windows import QUESTION_TOKENS, SENTENCE_TOKENS, Window, pack, with_neighbours


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """Open an exported model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def read_windows(session: onnxruntime.InferenceSession, windows: Sequence[Window]) -> dict[int, float]:
    """Run windows through an exported model; position of a sentence -> its logit."""
    logits: dict[int, float] = {}
    for window in windows:
        batch = collate([window])
        (values,) = session.run(None, {"ids": batch.ids[0], "types": batch.types[0], "pool": batch.pool[0]})
        logits.update({span[0]: float(v) for span, v in zip(window.spans, values, strict=True)})
    return logits


@click.command()
@WEIGHTS
@MODEL
@click.option("--questions", "path", type=FILE, required=True, help="Question set.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The JSON lines to write.")
@click.option("--fold", type=click.IntRange(0, FOLDS - 1), help="Only the articles of this fold.")
@SEED
@click.option("--candidates", "k", default=CANDIDATES, show_default=True, help="BM25 sentences to read around.")
@click.option("--sample", default=1.0, show_default=True, help="Share of the questions, seeded.")
@click.option("--neighbours", type=click.IntRange(0), default=1, show_default=True, help="Read on each side of one.")
@click.option("--no-lead", is_flag=True, help="Leave the headline out.")
@click.option("--apart", is_flag=True, help="Read each sentence in a window of its own.")
def score(  # noqa: PLR0913, PLR0917 - one argument an option
    weights: Path, model: Path, path: Path, out: Path, fold: int | None, seed: int, k: int, sample: float,
    neighbours: int, *, no_lead: bool, apart: bool,
) -> None:  # fmt: skip
    """Score a question set with an exported model.

    Writes one line a question: {"article", "question", "answerable", "sentences": [[start, end, logit, BM25 with
    passage, own BM25, gold], ...]} for the sentences that were read, in the order of the article.
    """
    tokenizer = open_tokenizer(weights)
    session = open_session(model)
    rng = random.Random(seed)  # noqa: S311 - nothing here is a secret
    with out.open("w", encoding="utf-8") as file:
        for document in read_documents(path, tokenizer):
            if fold is not None and fold_of(document.id, seed) != fold:
                continue
            for question in document.questions:
                if rng.random() >= sample:
                    continue
                read = with_neighbours(
                    top(question.bm25, k), len(document.sentences), before=neighbours, behind=neighbours
                )
                groups = [[i] for i in read] if apart else [read]
                lead = [] if no_lead else document.lead
                windows = [w for g in groups for w in pack(question.ids, lead, {i: document.sentences[i] for i in g})]
                rows = [
                    [*document.offsets[i], round(logit, 4), round(float(question.bm25[i]), 4),
                     round(float(question.sentence_bm25[i]), 4), i in question.gold]
                    for i, logit in sorted(read_windows(session, windows).items())
                ]  # fmt: skip
                record = {"article": document.id, "question": question.id, "answerable": question.answerable,
                          "sentences": rows}  # fmt: skip
                file.write(json.dumps(record) + "\n")


@click.command()
@WEIGHTS
@MODEL
@click.argument("paths", nargs=-1, type=FILE)
def select(weights: Path, model: Path, paths: tuple[Path, ...]) -> None:
    """Mean average precision over sets for answer sentence selection: loose candidates without an article."""
    tokenizer = open_tokenizer(weights)
    session = open_session(model)
    for path in paths:
        found = []
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            labels: list[int] = record["labels"]
            if not any(labels):
                continue
            question = encode(tokenizer, [record["question"]], QUESTION_TOKENS)[0]
            # One window a candidate: loose candidates are no context for each other.
            sentences = encode(tokenizer, record["candidates"], SENTENCE_TOKENS)
            windows = [w for i, s in enumerate(sentences) for w in pack(question, [], {i: s})]
            logits = read_windows(session, windows)
            # Equal scores count against the method, so that no order of the file helps.
            order = sorted(range(len(sentences)), key=lambda i: (-logits[i], labels[i]))
            found.append(average_precision([labels[i] for i in order]))
        click.echo(f"{path.stem}: MAP {np.mean(found):.3f} over {len(found)} questions")
