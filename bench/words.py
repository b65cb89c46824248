"""The answer inside the sentence: token F1 of the marked words against the words that answer.

    python -m bench.words [PATH]

A line of a set is `{"id", "article", "question", "answer": [text], "gold": [[fragment]]}`: `article` names a file of
`tests/questions/articles`, or the sample; any text of `answer` is right; a sentence is right that holds every fragment
of one list of `gold`. Both are empty where the article does not answer. Each question was written before anyone saw
what the program marks.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import click

from bench.questions import Question, load_questions
from bench.scoring import ROUNDS, bootstrap, token_f1
from bot.answer import Answer, Quote
from bot.assistant import Assistant
from index.article import Article
from index.readers import read_article
from index.sample import sample_path

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "questions"

ANSWERS = QUESTIONS / "answers.jsonl"


@dataclass(frozen=True, slots=True)
class Worded:
    """A question with the words that answer it.

    Attributes:
        question: with its right sentences.
        answers: texts, each of which answers; none where the article does not.
    """

    question: Question
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """F1 of what could be shown for one question, each 0..1.

    Attributes:
        first: the words marked in the first quote.
        first_whole: the first quote as it stands.
        given: the words marked in the right sentence, wherever it is ranked.
        given_whole: the right sentence as it stands.
        any: whether the right sentence has a mark at all.
    """

    first: float
    first_whole: float
    given: float
    given_whole: float
    any: bool


def articles() -> Iterator[tuple[str, Article]]:
    """(name, article) of the sample and of our own short stories, in the order of their names."""
    yield "sample", read_article(sample_path())
    for path in sorted((QUESTIONS / "articles").glob("*.txt")):
        yield path.stem, read_article(path)


def load(path: Path = ANSWERS) -> Mapping[str, Sequence[Worded]]:
    """Read a set: article -> its questions."""
    found: dict[str, list[Worded]] = {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for row, question in zip(rows, load_questions(path), strict=True):
        found.setdefault(row["article"], []).append(Worded(question, tuple(row["answer"])))
    return found


def marked_words(quote: Quote) -> str:
    """What is marked in a quote, with spaces between stretches."""
    return " ".join(quote.text[start:end] for start, end in quote.marks)


def measure(assistant: Assistant, questions: Sequence[Worded]) -> list[Marked]:
    """Score the marks for the questions that the article answers."""
    rows = []
    for worded in questions:
        if not worded.answers:
            continue
        asked = worded.question
        result = assistant.ask(asked.question, top=len(assistant.index.sentences), threshold=0.0)
        quotes = result.quotes if isinstance(result, Answer) else ()
        right = next((q for q in quotes if asked.is_right(q.text)), None)
        first = quotes[0] if quotes else None

        def f1(quote: Quote | None, accepted: Sequence[str] = worded.answers, *, whole: bool) -> float:
            return token_f1(quote.text if whole else marked_words(quote), accepted) if quote else 0.0

        rows.append(
            Marked(
                f1(first, whole=False),
                f1(first, whole=True),
                f1(right, whole=False),
                f1(right, whole=True),
                bool(right and right.marks),
            )
        )
    return rows


def measure_all(path: Path = ANSWERS) -> list[Marked]:
    """Score the marks over every article of a set."""
    sets = load(path)
    return [row for name, article in articles() if name in sets for row in measure(Assistant(article), sets[name])]


NAMES = {
    "first": "the words marked in the first quote",
    "first_whole": "the whole first quote",
    "given": "the words marked in the right sentence",
    "given_whole": "the whole right sentence",
}


def summary(rows: Sequence[Marked], *, rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """Mean F1 of each of `NAMES`, with its 95 % interval over questions: (value, low, high)."""
    found = {}
    for field in NAMES:
        column = [float(getattr(row, field)) for row in rows]
        found[field] = (mean(column) if column else 0.0, *bootstrap([[v] for v in column], rounds=rounds))
    return found


@click.command()
@click.argument("path", default=ANSWERS, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(path: Path) -> None:
    """Print token F1 of the marked words, beside the whole sentence and nothing."""
    rows = measure_all(path)
    for field, (value, low, high) in summary(rows).items():
        click.echo(f"{NAMES[field]:40} F1 {value:.3f} [{low:.3f}, {high:.3f}]  n={len(rows)}")
    click.echo(f"{'nothing':40} F1 0.000")
    click.echo(f"right sentences with a mark: {mean(row.any for row in rows):.3f}")


if __name__ == "__main__":
    main()
