"""What was asked and quoted so far, by person and place; bounded, and forgotten after a while."""

import threading
import time
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from bot.answer import Abstention, Answer
from index.indexer import Index

TURNS = 8
"""Turns kept of a conversation: a follow-up seldom reaches back further than two or three."""

MOST = 10_000
"""Conversations kept; at eight turns of a few hundred bytes that is some tens of megabytes at the very most."""

MINUTES = 30.0
"""Minutes after the last question that a conversation is kept, unless a setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was quoted for it.

    Attributes:
        question: as it was understood, so that it stands alone.
        sentences: numbers of the quoted sentences among `Index.sentences`, best first; none where the article did
            not say.
        article: `Article.id` that the sentences are of; "" where that is not in doubt.
    """

    question: str
    sentences: tuple[int, ...] = ()
    article: str = ""

    @classmethod
    def of(cls, result: Answer | Abstention, index: Index) -> "Turn":
        """The turn that an answer or an abstention ends; what is in no sentence of the index is left out."""
        question = result.read_as or result.question
        for correction in result.corrections:
            question = question.replace(correction.typed, correction.read_as)
        quotes = result.quotes if isinstance(result, Answer) else ()
        return cls(question, sentences_at([q.citation.start for q in quotes], index))


def sentences_at(starts: list[int], index: Index) -> tuple[int, ...]:
    """The numbers of the sentences that begin at these offsets of the article's text, in the order given.

    Offsets at which no sentence begins are left out.
    """
    known = [s.start for s in index.sentences]
    found = ((bisect_left(known, start), start) for start in starts)
    return tuple(n for n, start in found if n < len(known) and known[n] == start)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and quoted so far, oldest first.

    Attributes:
        turns: at most `TURNS`.
        article: `Article.id` that the sentence numbers belong to; "" where that is not in doubt.
    """

    turns: tuple[Turn, ...] = ()
    article: str = ""

    def after(self, turn: Turn) -> "Conversation":
        """The conversation with one more turn, the oldest left out where there are too many."""
        return Conversation((*self.turns, turn)[-TURNS:], self.article)

    def within(self, article: str) -> "Conversation":
        """The conversation as one on this article alone: what was quoted of others is left out.

        Args:
            article: its `Article.id`.
        """
        turns = (t if t.article in ("", article) else Turn(t.question) for t in self.turns)
        return Conversation(tuple(turns), article)


class Memory(Protocol):
    """Where conversations are remembered; used from several threads.

    A person and a place are whatever tells one from another.
    """

    def get(self, person: Hashable, place: Hashable) -> Conversation | None:
        """The conversation, or None where there is none that is young enough."""

    def put(self, person: Hashable, place: Hashable, conversation: Conversation) -> None:
        """Keep a conversation, in place of the one before; it counts as young again."""

    def forget(self, person: Hashable, place: Hashable) -> bool:
        """Forget a conversation; whether there was one."""


class Conversations:
    """The conversation of each person in each place, forgotten some minutes after its last turn.

    In memory alone, as the shell has them. Bounded: the one that rested longest goes first. Safe to use from several
    threads.
    """

    def __init__(
        self, *, minutes: float = MINUTES, most: int = MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start empty.

        Args:
            minutes: how long a conversation is kept after its last turn, > 0.
            most: conversations kept; the one that rested longest goes first.
            clock: seconds, never descending.
        """
        self._life = 60.0 * minutes
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Hashable, Hashable], tuple[float, Conversation]] = OrderedDict()

    def __len__(self) -> int:
        """The conversations that are kept."""
        with self._lock:
            return len(self._kept)

    def get(self, person: Hashable, place: Hashable) -> Conversation | None:
        """The conversation, or None where there is none that is young enough."""
        with self._lock:
            self._expire()
            entry = self._kept.get((person, place))
            return entry[1] if entry else None

    def put(self, person: Hashable, place: Hashable, conversation: Conversation) -> None:
        """Keep a conversation, in place of the one before; it counts as young again."""
        with self._lock:
            self._kept[person, place] = (self._clock(), conversation)
            self._kept.move_to_end((person, place))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            self._expire()

    def forget(self, person: Hashable, place: Hashable) -> bool:
        """Forget a conversation; whether there was one."""
        with self._lock:
            self._expire()
            return self._kept.pop((person, place), None) is not None

    def _expire(self) -> None:
        """Drop what is over; entries stand in the order of their last turn."""
        over = self._clock() - self._life
        while self._kept and next(iter(self._kept.values()))[0] < over:
            self._kept.popitem(last=False)
