"""Scores the whole pipeline on a set of questions about one article.

python -m bench.questions tests/questions/dev.jsonl [--article PATH] [--errors]
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bench.qa import Outcome
from bot.answer import Answer, Quote
from bot.assistant import Assistant
from index.readers import read_article
from index.sample import sample_path


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right sentences.

    Attributes:
        id: unique in its set.
        question: as it is asked.
        gold: alternatives; a sentence is right when it holds every fragment of one of them. Empty where the
            article does not answer.
    """

    id: str
    question: str
    gold: tuple[tuple[str, ...], ...]

    def is_right(self, sentence: str) -> bool:
        """Whether a sentence answers; quotation marks and case do not matter."""
        text = _plain(sentence)
        return any(all(_plain(fragment) in text for fragment in alternative) for alternative in self.gold)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1) over a set; n is the number of questions behind each.

    Attributes:
        answerable: n of the questions that the article answers.
        unanswerable: n of the others.
        first: the right sentence is ranked first.
        first_three: the right sentence is among the first three.
        abstained: unanswerable questions that were not answered.
        refused: answerable questions that were not answered.
        furniture: quotes that lie in the page's furniture; a count.
        errors: a line for each question that went wrong.
        outcomes: of each question, in order: the rank of the right sentence among the first three, the confidence.
        answered: of each question, in order: whether it was answered at the assistant's threshold.
    """

    answerable: int
    unanswerable: int
    first: float
    first_three: float
    abstained: float
    refused: float
    furniture: int
    errors: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()
    answered: tuple[bool, ...] = ()


def _plain(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''")).casefold()


def load_questions(path: Path) -> list[Question]:
    """Read a set, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Question(r["id"], r["question"], tuple(tuple(a) for a in r["gold"])) for r in rows]


def score(assistant: Assistant, questions: Sequence[Question]) -> Score:
    """Ask every question twice: for its three best sentences, and as a person would."""
    errors: list[str] = []
    outcomes: list[Outcome] = []
    given: list[bool] = []
    first = first_three = refused = abstained = furniture = 0
    answerable = [q for q in questions if q.gold]
    unanswerable = [q for q in questions if not q.gold]
    for asked in questions:
        ranked = assistant.ask(asked.question, top=3, threshold=0)
        result = assistant.ask(asked.question)
        quotes: tuple[Quote, ...] = ranked.quotes if isinstance(ranked, Answer) else ()
        furniture += sum(assistant.article.paragraphs[q.citation.paragraph - 1].furniture for q in quotes)
        answered = isinstance(result, Answer)
        given.append(answered)
        right = [asked.is_right(q.text) for q in quotes]
        rank = right.index(True) if any(right) else None
        outcomes.append(Outcome(rank, result.confidence, bool(asked.gold)))
        sure = f"{result.confidence:.2f}"
        if not asked.gold:
            abstained += not answered
            if answered:
                errors.append(f"{asked.id} answered {sure}: {asked.question} -> {quotes[0].text}")
            continue
        first += bool(right and right[0])
        first_three += any(right)
        refused += not answered
        if not (right and right[0]):
            place = right.index(True) + 1 if any(right) else "none"
            errors.append(f"{asked.id} right at {place} {sure}: {asked.question} -> {quotes[0].text if quotes else ''}")
        if not answered:
            errors.append(f"{asked.id} refused {sure}: {asked.question}")
    yes, no = max(1, len(answerable)), max(1, len(unanswerable))
    return Score(
        len(answerable),
        len(unanswerable),
        first / yes,
        first_three / yes,
        abstained / no,
        refused / yes,
        furniture,
        tuple(errors),
        tuple(outcomes),
        tuple(given),
    )


@click.command()
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--article", type=click.Path(exists=True, path_type=Path), help="Default: the sample article.")
@click.option("--errors", is_flag=True, help="List every question that went wrong.")
def main(questions: Path, article: Path | None, *, errors: bool) -> None:
    """Score the shipped pipeline on a set of questions about one article."""
    result = score(Assistant(read_article(article or sample_path())), load_questions(questions))
    for name in ("first", "first_three", "refused"):
        print(f"{name:12} {getattr(result, name):.3f}  n={result.answerable}")
    print(f"{'abstained':12} {result.abstained:.3f}  n={result.unanswerable}")
    print(f"{'furniture':12} {result.furniture}")
    if errors:
        print(*result.errors, sep="\n")


if __name__ == "__main__":
    main()
