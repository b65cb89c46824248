"""What is kept: votes, questions that were not answered, how many were asked a day, and conversations for a while.

Times are whole seconds since 1970 (UTC), ids are Discord's (0 <= id < 2**63). What an answer is made of is kept as the
numbers of its sentences, not as text: the article has the text.
"""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.conversation import Conversation
from bot.records.owner import Owner

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

DAY = 86_400
"""Seconds."""


class Verdict(enum.IntEnum):
    """What a person thinks of an answer or of a refusal."""

    UP = 1
    DOWN = -1


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's verdict on one answer or refusal; there is one for each person and answer.

    Attributes:
        owner: where it was asked.
        answer: id of the answer, unique for each time that something is asked.
        person: who voted.
        verdict: thumbs up or down.
        question: as it was asked.
        article: id of the article.
        sentences: numbers of the quoted sentences in their order; empty for a refusal.
        confidence: of the answer or refusal, 0..1.
        at: when the vote was cast.
    """

    owner: Owner
    answer: int
    person: int
    verdict: Verdict
    question: str
    article: str
    sentences: tuple[int, ...]
    confidence: float
    at: int

    @property
    def on_refusal(self) -> bool:
        """Whether it is on a refusal."""
        return not self.sentences


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that the article does not answer, once for each time it was asked.

    Attributes:
        owner: where it was asked.
        answer: id of the refusal, as votes name it.
        person: who asked.
        question: as it was asked.
        missing: the question's words that the article never uses.
        article: id of the article.
        confidence: of the best sentence, 0..1.
        at: when it was asked.
    """

    owner: Owner
    answer: int
    person: int
    question: str
    missing: tuple[str, ...]
    article: str
    confidence: float
    at: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions an owner had on one day (UTC); counts alone, nobody's questions.

    Attributes:
        day: the day.
        answered: how many were answered.
        refused: how many were not.
    """

    day: dt.date
    answered: int
    refused: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person asked in a place of late, so that a follow-up is understood; one for each owner, person and place.

    Attributes:
        owner: where it was asked.
        person: who asked.
        place: id of the channel, thread or direct messages.
        conversation: the questions as they were understood, and the numbers of the quoted sentences.
        at: when it was asked last.
    """

    owner: Owner
    person: int
    place: int
    conversation: Conversation
    at: int


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept about a person.

    Attributes:
        votes: their votes, wherever they were cast, oldest first.
        refusals: their questions that were not answered, wherever they were asked, oldest first.
        conversations: what they asked of late, in all places, the one that rested longest first.
    """

    votes: tuple[Vote, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    conversations: tuple[Remembered, ...] = ()


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is kept of an owner and is to be taken over by another store; conversations, which soon end, are left out.

    Attributes:
        votes: all of them.
        refusals: all of them.
        tallies: of all days.
        settings: what was set, by name.
    """

    votes: tuple[Vote, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    tallies: tuple[Tally, ...] = ()
    settings: Mapping[str, Json] = field(default_factory=dict)


def day_of(at: int) -> dt.date:
    """The day (UTC) of a time in seconds since 1970."""
    return dt.datetime.fromtimestamp(at, dt.UTC).date()
