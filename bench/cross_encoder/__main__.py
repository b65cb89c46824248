"""Trains, exports and measures the reranker.

    python -m bench.cross_encoder train --weights MINILM --news NEWS.jsonl --wiki WIKI.jsonl --fold 0 --out RUN0
    python -m bench.cross_encoder export --weights MINILM --state RUN0/model.pt --out RUN0.onnx
    python -m bench.cross_encoder score --weights MINILM --model RUN0.onnx --fold 0 --questions NEWS.jsonl ...
    python -m bench.cross_encoder report SCORES.jsonl

MINILM is a folder with the weights and the tokenizer of all-MiniLM-L6-v2 (Apache-2.0). The articles are dealt into
two folds; `--fold` trains on the other and then scores that one, for honest figures and for what learns from the
logits. The model that ships is the mean of two runs of both, `--order` 0 and 1
(`export` with `--state` four times).
"""

import click

from bench.cross_encoder.export import export
from bench.cross_encoder.report import report
from bench.cross_encoder.score import score, select
from bench.cross_encoder.train import train


@click.group()
def main() -> None:
    """Train, apply and export the cross-encoder."""


for command in (train, export, score, select, report):
    main.add_command(command)


if __name__ == "__main__":
    main()
