"""Scores the whole pipeline on conversations: follow-ups, and questions that stand alone and are not to be bent.

python -m bench.conversations tests/conversations/conversations-dev.jsonl [--kinds] [--bent] [--errors]

The turns of a conversation are asked in order; what is known of the turns before are the bot's own answers.
`--kinds` shows no question, so that a set which nobody looked at stays so.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import click

from bench.questions import Question
from bot.about import about
from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversation, FollowUp, Turn
from bot.conversation.resolver import resolve
from bot.question import clean
from index.errors import QuestionError
from index.readers import read_article
from index.sample import sample_path

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "conversations" / "articles"

SAMPLE = "sample"
FIRST, FOLLOW_UP, STAND_ALONE = "first", "follow-up", "stand-alone"


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn of a conversation.

    Attributes:
        question: with its right sentences, none where the article does not answer.
        kind: "first", "follow-up" or "stand-alone".
    """

    question: Question
    kind: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation about an article.

    Attributes:
        id: unique in its set.
        article: "sample", or the name of a file of `ARTICLES`.
        turns: in the order in which they are asked.
    """

    id: str
    article: str
    turns: tuple[Asked, ...]


@dataclass(slots=True)
class Score:
    """Counts over a set.

    Attributes:
        answerable: follow-up turns that the article answers.
        first: those whose right sentence is ranked first.
        first_three: those whose right sentence is among the first three.
        refused: those that were not answered.
        unanswerable: follow-up turns that it leaves open.
        abstained: those that were not answered.
        alone: questions that stand alone, the first of each conversation left out.
        bent: those that were read differently, or answered with another first sentence than asked by themselves.
        kinds: kind of follow-up as it was read -> counts of those that the article answers: all, first, first three.
        errors: a line for each turn that went wrong.
        bendings: a line for each question that was bent; they are among the errors too.
    """

    answerable: int = 0
    first: int = 0
    first_three: int = 0
    refused: int = 0
    unanswerable: int = 0
    abstained: int = 0
    alone: int = 0
    bent: int = 0
    kinds: dict[FollowUp, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[str] = field(default_factory=list)
    bendings: list[str] = field(default_factory=list)


def load_talks(path: Path) -> list[Talk]:
    """Read a set, one JSON object a line: conversations, or questions that stand alone with the one before them."""
    return [_talk(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _talk(row: dict[str, object]) -> Talk:
    turns = row.get("turns")
    if turns is None:
        before = {"question": row["before"], "gold": [], "kind": FIRST}
        turns = [before, {**row, "kind": STAND_ALONE}]
    assert isinstance(turns, list)  # noqa: S101 - a set of another form is a mistake of ours
    asked = tuple(
        Asked(Question(f"{row['id']}.{n}", t["question"], tuple(tuple(a) for a in t["gold"])), t["kind"])
        for n, t in enumerate(turns, start=1)
    )
    return Talk(str(row["id"]), str(row["article"]), asked)


@cache
def assistant_for(article: str) -> Assistant:
    """An assistant on the sample article or one of `ARTICLES`."""
    return Assistant(read_article(sample_path() if article == SAMPLE else ARTICLES / f"{article}.txt"))


def score(talks: Sequence[Talk]) -> Score:
    """Hold every conversation; each turn is asked for its three best sentences, and as a person would ask it."""
    result = Score()
    for talk in talks:
        assistant = assistant_for(talk.article)
        conversation = Conversation(article=assistant.article.id)
        for turn in talk.turns:
            conversation = _take(turn, assistant, conversation, result)
    return result


def _take(turn: Asked, assistant: Assistant, conversation: Conversation, result: Score) -> Conversation:
    """Ask a turn, count it, and go on with what the bot answered."""
    asked = turn.question
    ranked: Answer | Abstention | None = None
    answered: Answer | Abstention | None = None
    try:
        ranked = assistant.ask(asked.question, top=3, threshold=0, conversation=conversation)
        answered = assistant.ask(asked.question, conversation=conversation)
    except QuestionError as error:
        result.errors.append(f"{asked.id} not asked: {asked.question} -> {error}")
    if turn.kind == STAND_ALONE:
        result.alone += 1
        by_itself = assistant.ask(asked.question)
        if answered is not None and (answered.read_as or _first(answered) != _first(by_itself)):
            result.bent += 1
            result.bendings.append(f"{asked.id} bent: {asked.question} => {answered.read_as}")
            result.errors.append(result.bendings[-1])
    if turn.kind == FOLLOW_UP:
        texts = [q.text for q in ranked.quotes] if isinstance(ranked, Answer) else []
        read = f"{asked.question} => {answered.read_as if answered else None}"
        said = isinstance(answered, Answer)
        if not asked.gold:
            result.unanswerable += 1
            result.abstained += not said
            if said and answered is not None:
                result.errors.append(f"{asked.id} answered {answered.confidence:.2f}: {read} -> {texts[0]}")
        else:
            right = [asked.is_right(t) for t in texts]
            result.answerable += 1
            result.first += bool(right and right[0])
            result.first_three += any(right)
            result.kinds[_kind(turn, assistant, conversation)].update(
                {"all": 1, "first": bool(right and right[0]), "first_three": any(right)}
            )
            result.refused += not said
            if not (right and right[0]):
                place = right.index(True) + 1 if any(right) else "none"
                result.errors.append(f"{asked.id} right at {place}: {read} -> {texts[0] if texts else ''}")
            if not said:
                result.errors.append(f"{asked.id} refused: {read}")
    if answered is None:
        return conversation
    return replace(conversation.after(Turn.of(answered, assistant.index)), article=assistant.article.id)


def _kind(turn: Asked, assistant: Assistant, conversation: Conversation) -> FollowUp:
    """How a turn was read."""
    asked = clean(turn.question.question)
    return FollowUp.NONE if about(asked) else resolve(asked, conversation, assistant.index).kind


def _first(found: Answer | Abstention) -> str | None:
    """The first sentence that an answer quotes; None of none."""
    return found.quotes[0].text if isinstance(found, Answer) else None


def share(count: int, of: int) -> float:
    """A share, 0..1; 0 of nothing."""
    return count / of if of else 0.0


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kinds", is_flag=True, help="Count the follow-ups by how they were read.")
@click.option("--bent", is_flag=True, help="List the questions that stand alone and were bent.")
@click.option("--errors", is_flag=True, help="List every turn that went wrong.")
def main(path: Path, *, kinds: bool, bent: bool, errors: bool) -> None:
    """Score the shipped pipeline on a set of conversations."""
    found = score(load_talks(path))
    for name in ("first", "first_three", "refused"):
        print(f"{name:12} {share(getattr(found, name), found.answerable):.3f}  n={found.answerable} follow-ups")
    print(f"{'abstained':12} {share(found.abstained, found.unanswerable):.3f}  n={found.unanswerable} follow-ups")
    print(f"{'unchanged':12} {1 - share(found.bent, found.alone):.3f}  n={found.alone} that stand alone")
    if kinds:
        for kind in sorted(found.kinds):
            told = found.kinds[kind]
            print(f"{kind:12} first {told['first']:3}, in three {told['first_three']:3}, of {told['all']:3}")
    if bent:
        print(*found.bendings, sep="\n")
    if errors:
        print(*found.errors, sep="\n")


if __name__ == "__main__":
    main()
