"""The options that several of the commands share."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True)
WEIGHTS = click.option("--weights", type=FILE, required=True, help="Folder with MiniLM's weights and tokenizer.json.")
MODEL = click.option("--model", type=FILE, required=True, help="An exported model.")
SEED = click.option("--seed", default=7, show_default=True)
