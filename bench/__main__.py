"""Measures everything and writes bench/RESULTS.md: `make bench DATA=folder`, or `python -m bench --data folder`."""

from dataclasses import fields
from pathlib import Path

import click

from bench.results import store
from bench.results.options import Options
from bench.results.progress import progress_bar
from bench.results.report import PARTS, measure, write

KEYS = tuple(part.key for part in PARTS)

HERE = Path(__file__).resolve().parent

QUICK = HERE.parent / "build" / "bench"
"""Where a run with --limit is written unless told otherwise."""


def _parts(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The keys in a list with commas."""
    if value is None:
        return KEYS
    keys = tuple(key.strip() for key in value.split(",") if key.strip())
    unknown = [key for key in keys if key not in KEYS]
    if unknown:
        raise click.BadParameter(f"there is no part {', '.join(unknown)}; the parts are {', '.join(KEYS)}.")
    return keys


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the data sets.")
@click.option(
    "--only", "parts", callback=_parts, help=f"Parts to measure, with commas: {','.join(KEYS)}. Default: all."
)
@click.option(
    "--method", "methods", multiple=True, help="Key of a method to measure anew in qa, as2, questions; may repeat."
)
@click.option("--limit", type=click.IntRange(min=1), help="A quick look: the first N articles, pages or questions.")
@click.option(
    "--runs", default=11, show_default=True, type=click.IntRange(min=1), help="Cold starts; questions a size."
)
@click.option("--rounds", default=1_000, show_default=True, type=click.IntRange(min=10), help="Bootstrap resamples.")
@click.option(
    "--out-of-fold",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Cross-validated outcomes of our trained parts, as bench.train_fusion writes them.  [default: those of the "
    "shipped weights, bench/out_of_fold.jsonl]",
)
@click.option(
    "--minilm", type=click.Path(exists=True, path_type=Path), help="Folder of MiniLM's weights and vocab.txt."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: bench]")
@click.option("--render", is_flag=True, help="Measure nothing; write RESULTS.md and the plots from results.json.")
@click.pass_context
def main(context: click.Context, /, parts: tuple[str, ...], out: Path | None, *, render: bool, **_: object) -> None:
    """Measure our pipeline and its peers; write RESULTS.md, plots and results.json.

    Parts that are not measured keep what results.json holds of them. Without --data the parts that need the data
    sets are left out.
    """
    # A quick look does not overwrite the report.
    out = out or (QUICK if context.params["limit"] else HERE)
    options = Options(**{field.name: context.params[field.name] for field in fields(Options)})
    results = store.read(out / "results.json")
    if not render:
        if options.data is None:
            click.echo("The data sets are not at hand; name their folder: make bench DATA=folder", err=True)
        with progress_bar() as watch:
            try:
                measure(results, options, parts, watch, lambda: write(results, out))
            except ValueError as error:
                raise click.ClickException(str(error)) from None
    for path in write(results, out):
        click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
