"""Floors that the suite holds, from what was measured on small sets of our own: `python -m bench.floors --write`.

The sets are the questions about the sample, and those of `bench.words` over our own articles. A floor lies three
intervals below the measured figure: three times the distance to the lower end of its 95 % interval, and never less
than `LEAST` below, so that a figure without spread leaves room for a change of one question.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

import click
import numpy as np

from bench.pages import interval, match, story_of
from bench.pages import score as page_score
from bench.qa import Outcome
from bench.questions import Score, load_questions, score
from bench.scoring import auroc, bootstrap
from bench.words import QUESTIONS, Marked, articles, load, measure
from bot.assistant import Assistant
from index.readers import read_bytes

FLOORS = QUESTIONS / "floors.json"

INTERVALS = 3
"""How many intervals a floor lies below what was measured."""

LEAST = 0.03
"""The least distance of a floor from what was measured."""

ABOUT_THE_SAMPLE = ("dev", "visit")

ABOVE = (
    "We use cookies to keep this site working. Accept all or manage your choices.",
    "Log in or register for free to save articles",
)
BELOW = (
    "Support our newsroom",
    "Your contribution pays for reporters. Please consider a donation from 3 euros a month.",
    "Read more: Ten photographs of the week",
    "Sign up for our morning newsletter. Enter your email address; you can unsubscribe at any time.",
    "Share this article: copy link, email, print",
    "You must be logged in to post a comment",
)
"""What stands around a story on its page."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure with its floor, each 0..1.

    Attributes:
        n: questions or pages behind it.
        measured: the figure when the floor was set.
        low: lower end of its 95 % interval.
        floor: what the figure may not fall below.
    """

    n: int
    measured: float
    low: float
    floor: float


def _floor(n: int, measured: float, low: float) -> Floor:
    below = max(INTERVALS * (measured - low), LEAST)
    return Floor(n, round(measured, 4), round(low, 4), round(max(0.0, measured - below), 4))


def _share(values: Sequence[bool]) -> Floor:
    return _floor(len(values), mean(map(float, values)), bootstrap([[float(v)] for v in values])[0])


def _separates(outcomes: Sequence[Outcome]) -> Floor:
    rows = np.array([(o.confidence, o.answerable) for o in outcomes], dtype=np.float64)

    def statistic(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float:
        return auroc(values[:, 0].tolist(), (values[:, 1] > 0).tolist())

    return _floor(len(rows), statistic(rows), bootstrap([row[None] for row in rows], statistic)[0])


def _pages() -> Floor:
    """Page F1 of our own stories, put on a page with furniture around them."""
    matches = []
    for name, article in articles():
        if name != "sample":
            page = "\n\n".join((*ABOVE, article.text.strip(), *BELOW))
            matches.append(match(story_of(article), story_of(read_bytes(page.encode(), "page.txt"))))
    return _floor(len(matches), page_score(matches).f1, interval(matches)[0])


def figures() -> dict[str, Floor]:
    """Measure everything that has a floor, each with the floor that it would set."""
    stories = dict(articles())
    sets = load()
    marks: list[Marked] = []
    sample = Assistant(stories["sample"])
    scores: list[Score] = [score(sample, load_questions(QUESTIONS / f"{name}.jsonl")) for name in ABOUT_THE_SAMPLE]
    for name, questions in sets.items():
        assistant = sample if name == "sample" else Assistant(stories[name])
        scores.append(score(assistant, [worded.question for worded in questions]))
        marks.extend(measure(assistant, questions))
    outcomes = [o for found in scores for o in found.outcomes]
    given = [g for found in scores for g in found.answered]
    has = [o for o in outcomes if o.answerable]
    words = [row.given for row in marks]
    return {
        "H@1": _share([o.rank == 0 for o in has]),
        "H@3": _share([o.rank is not None for o in has]),
        "AUROC": _separates(outcomes),
        "answerable answered": _share([g for o, g in zip(outcomes, given, strict=True) if o.answerable]),
        "unanswerable told so": _share([not g for o, g in zip(outcomes, given, strict=True) if not o.answerable]),
        "token F1 of the marks": _floor(len(words), mean(words), bootstrap([[w] for w in words])[0]),
        "page F1": _pages(),
    }


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors as they were set."""
    return {name: Floor(**row) for name, row in json.loads(path.read_text("utf-8")).items()}


@click.command()
@click.option("--write", is_flag=True, help="Set the floors anew from these figures.")
def main(*, write: bool) -> None:
    """Print the figures that have floors."""
    found = figures()
    for name, row in found.items():
        click.echo(f"{name:24} {row.measured:.3f}  low {row.low:.3f}  floor {row.floor:.3f}  n={row.n}")
    if write:
        FLOORS.write_text(json.dumps({n: asdict(row) for n, row in found.items()}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
