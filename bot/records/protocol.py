"""What a store of records does. An engine implements `Records`; nothing else of it is used.

Each method is one transaction: it happens whole or not at all, also when the process is killed in the middle of it.
Methods block, and an engine may insist on being used by the thread that opened it: `bot.records.worker` is how the
event loop calls it. Every method but those whose name says otherwise sees one owner alone.

Raises, all methods: RecordsError: the store cannot be read or written.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.records.model import Belongings, Json, Kept, Refusal, Remembered, Tally, Vote
from bot.records.owner import Owner

MOST = 20_000
"""Votes or questions read at once: what a busy server has in a month, and about 10 MB."""

MOST_CONVERSATIONS = 100_000
"""Conversations in a store, when it was last looked through; of four questions each they are 35 MB."""


class Records(Protocol):
    """A store."""

    def note_answer(self, owner: Owner, at: int) -> None:
        """Count a question that was answered."""

    def note_refusal(self, refusal: Refusal) -> None:
        """Count a question that was not answered, and keep it; the same one twice is kept once."""

    def cast(self, vote: Vote) -> Vote | None:
        """Take a vote: in place of the person's other vote on the answer, or, where it is the same, back.

        Returns:
            the vote that now holds, or None where it was taken back.
        """

    def votes(self, owner: Owner, since: int, most: int = MOST) -> tuple[Vote, ...]:
        """The votes cast at `since` or later, oldest first; of more than `most` the newest."""

    def refusals(self, owner: Owner, since: int, most: int = MOST) -> tuple[Refusal, ...]:
        """The unanswered questions of `since` or later, oldest first; of more than `most` the newest."""

    def tallies(self, owner: Owner, since: dt.date) -> tuple[Tally, ...]:
        """How much was asked on each day with questions, from `since` on, oldest first."""

    def settings(self, owner: Owner) -> dict[str, Json]:
        """What was set, by name."""

    def set(self, owner: Owner, values: Mapping[str, Json]) -> None:
        """Set some settings; None takes one away."""

    def take_over(self, owner: Owner, belongings: Belongings) -> None:
        """Take over what another store keeps of an owner; doing it again changes nothing.

        Of a vote that is in both the younger holds, of a day's counts the larger, of a setting the one that is here.
        """

    def keep_conversations(self, kept: Iterable[Remembered]) -> None:
        """Keep conversations, each in place of that of its owner, person and place, unless that one is younger."""

    def conversation(self, owner: Owner, number: int, place: int) -> Remembered | None:
        """The conversation of a person in a place, however old, or None where there is none."""

    def forget_conversation(self, owner: Owner, number: int, place: int) -> None:
        """Erase the conversation of a person in a place, if there is one."""

    def expire_conversations(self, before: int, most: int = MOST_CONVERSATIONS) -> int:
        """Erase the conversations of all owners that are older than a time, and of more than `most` the oldest.

        Of those that are equally old the first by owner, person and place go first.

        Returns:
            how many were erased.
        """

    def about_person(self, number: int) -> Kept:
        """All that is kept about a person, in all places."""

    def erase_person(self, number: int) -> int:
        """Erase all that is kept about a person in all places, and all that belongs to them.

        Returns:
            how many votes and questions were erased; conversations are not counted. A server's counts a day stay:
            they are about nobody.
        """

    def erase_owner(self, owner: Owner) -> int:
        """Erase all that belongs to an owner, the settings and everybody's conversations there too.

        Returns:
            how many votes and questions were erased; conversations are not counted.
        """

    def erase_before(self, owner: Owner, before: int) -> int:
        """Erase what is older than a time.

        Returns:
            how many votes and questions were erased; conversations are not counted. A day's count goes when the whole
            day is older, and an owner of whom nothing is left is forgotten, unless it is noted that it has left.
        """

    def owners(self) -> tuple[Owner, ...]:
        """All owners that anything is kept of, in order."""

    def depart(self, owner: Owner, at: int) -> None:
        """Note that an owner has left; the first time counts. Where nothing is kept of it, nothing is noted."""

    def stay(self, owner: Owner) -> None:
        """Note that an owner is here, after all."""

    def departed(self) -> dict[Owner, int]:
        """The owners that have left, and when."""

    def close(self) -> None:
        """Let go of the store; nothing can be called afterwards."""
