"""Measures everything that can be measured here: `make bench`, or `make bench DATA=folder` with the data sets.

python -m bench [--data FOLDER] [--runs N]
"""

from pathlib import Path

import click

from bench import as2, pages, qa, questions, speed

SETS = Path(__file__).resolve().parents[1] / "tests" / "questions"


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the data sets.")
@click.option("--runs", default=11, show_default=True, help="Runs of each timing.")
@click.pass_context
def main(context: click.Context, data: Path | None, runs: int) -> None:
    """Print speed, memory and, where the data sets are at hand, the quality of the shipped pipeline."""

    def section(title: str, command: click.Command, **options: object) -> None:
        click.echo(f"\n## {title}\n")
        context.invoke(command, **options)

    section("Speed and memory", speed.main, runs=runs)
    for path in sorted(SETS.glob("*.jsonl")):
        section(f"Questions about the sample: {path.stem}", questions.main, questions=path, article=None, errors=False)
    if data is None:
        click.echo("\nThe data sets are not at hand; name their folder: make bench DATA=folder")
        return
    section("Questions on encyclopedia articles", qa.main, paths=(data / "qa" / "wiki-dev.jsonl",), articles=None)
    section("Answer sentence selection", as2.main, paths=tuple(sorted((data / "as2").glob("*.jsonl"))))
    section("Text copied off pages", pages.main, path=data, html=False)


if __name__ == "__main__":
    main()
