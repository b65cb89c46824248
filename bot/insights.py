"""What moderators see of their server: the questions nobody could answer, the answers marked wrong, and how many; pure.

    found = insights(votes, refusals, tallies, today, days=30)

What goes in is one owner's alone; whoever reads it from the store sees to that.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.records import Refusal, Tally, Verdict, Vote
from bot.records.model import day_of
from index.analyzer import tokens

RANGES: tuple[int, ...] = (7, 30, 90)
"""Days that can be looked back."""

DAILY = 14
"""Days up to which each day is counted by itself; beyond, each week."""

_ASKING = frozenset("what which who whom whose when where why how not no".split())
"""Stop words that make another question of the same topic: "who left" is not "when left"."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """A day, or a week from Monday on.

    Attributes:
        start: its first day.
        answered: questions that were answered.
        refused: questions that were not.
        up: thumbs up, on answers and refusals.
        down: thumbs down.
    """

    start: dt.date
    answered: int = 0
    refused: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the article does not answer, in all the ways it was put.

    Attributes:
        question: as it was asked the last time.
        times: how often.
        people: by how many.
        last: when it was asked last, seconds since 1970.
        missing: words that the article never uses, the most frequent first.
        disputed: how many said that the refusal is wrong.
    """

    question: str
    times: int
    people: int
    last: int
    missing: tuple[str, ...]
    disputed: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that somebody marked wrong.

    Attributes:
        question: as it was asked the last time.
        down: how many marked it wrong.
        up: how many marked the answer to the same question right.
        last: when it was marked wrong last, seconds since 1970.
        article: id of the article.
        sentences: numbers of the sentences quoted, as they were the last time.
        confidence: of that answer, 0..1.
    """

    question: str
    down: int
    up: int
    last: int
    article: str
    sentences: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Insights:
    """All of it.

    Attributes:
        days: how far it looks back, today included.
        weekly: whether the periods are weeks, else they are days.
        periods: all of them in order, those without a question too.
        unanswered: the most asked first.
        wrong: the most marked first.
    """

    days: int
    weekly: bool
    periods: tuple[Period, ...]
    unanswered: tuple[Unanswered, ...]
    wrong: tuple[Wrong, ...]

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return sum(p.answered for p in self.periods)

    @property
    def refused(self) -> int:
        """Questions that were not."""
        return sum(p.refused for p in self.periods)

    @property
    def up(self) -> int:
        """Thumbs up."""
        return sum(p.up for p in self.periods)

    @property
    def down(self) -> int:
        """Thumbs down."""
        return sum(p.down for p in self.periods)


def first_day(today: dt.date, days: int) -> dt.date:
    """The first of the days looked at."""
    return today - dt.timedelta(days=days - 1)


def key(question: str) -> str:
    """What two ways to put a question have in common: its terms in their order, and what it asks for.

    "How much did the ferry cost?" and "how much did ferry costs" are one question, "who left?" and "when left?" two.
    """
    kept = [t.term for t in tokens(question) if not t.stop or t.term in _ASKING]
    return " ".join(kept) or " ".join(question.casefold().split())


def insights(
    votes: Sequence[Vote], refusals: Sequence[Refusal], tallies: Sequence[Tally], today: dt.date, days: int
) -> Insights:
    """Sum up what one owner's people asked and thought of it.

    Args:
        votes: of the days looked at, and of one owner.
        refusals: the same.
        tallies: the same.
        today: the last day (UTC).
        days: how many to look back, today included; 1 or more.
    """
    weekly = days > DAILY
    return Insights(
        days,
        weekly,
        _periods(votes, tallies, first_day(today, days), today, weekly=weekly),
        _unanswered(refusals, votes),
        _wrong(votes),
    )


def _periods(
    votes: Iterable[Vote], tallies: Iterable[Tally], first: dt.date, last: dt.date, *, weekly: bool
) -> tuple[Period, ...]:
    """Counts by day or by week."""

    def start_of(day: dt.date) -> dt.date:
        return day - dt.timedelta(days=day.weekday()) if weekly else day

    answered: Counter[dt.date] = Counter()
    refused: Counter[dt.date] = Counter()
    for tally in tallies:
        if first <= tally.day <= last:
            answered[start_of(tally.day)] += tally.answered
            refused[start_of(tally.day)] += tally.refused
    cast = Counter((start_of(day), vote.verdict) for vote in votes if first <= (day := day_of(vote.at)) <= last)
    step = dt.timedelta(days=7 if weekly else 1)
    made = []
    start = start_of(first)
    while start <= last:
        up, down = cast[start, Verdict.UP], cast[start, Verdict.DOWN]
        made.append(Period(start, answered[start], refused[start], up, down))
        start += step
    return tuple(made)


def _groups(items: Iterable[T], by: Iterable[Hashable]) -> list[list[T]]:
    """Items that have the same key, each group in the order it came in."""
    groups: dict[Hashable, list[T]] = {}
    for item, its_key in zip(items, by, strict=True):
        groups.setdefault(its_key, []).append(item)
    return list(groups.values())


def _unanswered(refusals: Sequence[Refusal], votes: Iterable[Vote]) -> tuple[Unanswered, ...]:
    """The questions that were not answered, put together where they are the same."""
    disputed = Counter(key(v.question) for v in votes if v.on_refusal and v.verdict is Verdict.DOWN)
    found = []
    for group in _groups(refusals, (key(r.question) for r in refusals)):
        last = max(group, key=lambda r: (r.at, r.answer))
        missing = Counter(word for r in group for word in r.missing)
        found.append(
            Unanswered(
                last.question,
                len(group),
                len({r.person for r in group}),
                last.at,
                tuple(sorted(missing, key=lambda word: (-missing[word], word))),
                disputed[key(last.question)],
            )
        )
    return tuple(sorted(found, key=lambda u: (-u.times, -u.last, u.question)))


def _wrong(votes: Sequence[Vote]) -> tuple[Wrong, ...]:
    """The answers that were marked wrong, put together where question and article are the same."""
    on_answers = [v for v in votes if not v.on_refusal]
    found = []
    for group in _groups(on_answers, ((key(v.question), v.article) for v in on_answers)):
        down = [v for v in group if v.verdict is Verdict.DOWN]
        if not down:
            continue
        last = max(down, key=lambda v: (v.at, v.answer))
        found.append(
            Wrong(
                last.question,
                len(down),
                len(group) - len(down),
                last.at,
                last.article,
                last.sentences,
                last.confidence,
            )
        )
    return tuple(sorted(found, key=lambda w: (-w.down, -w.last, w.question)))
