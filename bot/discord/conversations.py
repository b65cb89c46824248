"""What people asked before, in the store: a conversation goes on after a restart, and in another process.

A question is read in the light of what is in memory. `refresh` brings that up to the store before, because another
process that has the store may have answered a question meanwhile, or erased what there was. What a question adds is
written soon after its answer, and nobody waits for that.
"""

import asyncio
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import cast

from bot.conversation import MINUTES, MOST, Conversation
from bot.discord.keeping import Keeping
from bot.records import Kept, Owner, Records, Remembered
from index.errors import RecordsError

log = logging.getLogger(__name__)

BRIDGE = 60.0
"""Seconds that a conversation stays in memory after it was read or written; a question waits less for its turn."""

PATIENCE = 1.0
"""Seconds that a question waits for what came before it; Discord waits for three."""

TRIM = 1_000
"""Conversations that a process writes before it looks whether the store has too many; `Upkeep` looks besides."""

Key = tuple[Owner, int, int]
"""Owner, person, place."""


class KeptConversations:
    """The conversation of each person in each place, in the store; a `Memory` whose places are (owner, id).

    Nothing is read of another person, another place or another owner. Safe to use from several threads.
    """

    def __init__(
        self, keeping: Keeping, *, minutes: float = MINUTES, most: int = MOST, clock: Callable[[], float] = time.time
    ) -> None:
        """Prepare.

        Args:
            keeping: the store.
            minutes: how long a conversation is kept after its last turn, > 0.
            most: conversations in memory, and as many that wait to be written; the oldest go first.
            clock: seconds since 1970.
        """
        self._keeping = keeping
        self._life = 60.0 * minutes
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._recent: OrderedDict[Key, tuple[float, Remembered]] = OrderedDict()
        self._unsaved: OrderedDict[Key, Remembered] = OrderedDict()
        self._written = 0

    def __len__(self) -> int:
        """The conversations in memory."""
        with self._lock:
            return len(self._recent.keys() | self._unsaved.keys())

    def get(self, person: Hashable, place: Hashable) -> Conversation | None:
        """The conversation as far as memory has it, or None where there is none that is young enough."""
        with self._lock:
            found = self._known(_key(person, place))
        return found.conversation if found is not None and self._is_young(found) else None

    def put(self, person: Hashable, place: Hashable, conversation: Conversation) -> None:
        """Keep a conversation, in place of the one before; it counts as young again, and is written soon."""
        key, now = _key(person, place), self._clock()
        with self._lock:
            before = self._known(key)
            # A machine whose clock is slow must not be taken for one whose turn is old.
            at = int(now) if before is None else max(int(now), before.at)
            self._recall(Remembered(*key, conversation, at))
            self._unsaved[key] = Remembered(*key, conversation, at)
            self._unsaved.move_to_end(key)
            if len(self._unsaved) > self._most:
                self._unsaved.popitem(last=False)
        self._keeping.note(self._write)

    def forget(self, person: Hashable, place: Hashable) -> bool:
        """Forget a conversation and erase it, which blocks; whether there was one that was young enough.

        Raises:
            RecordsError: the store cannot be written.
        """
        key = _key(person, place)
        with self._lock:
            known = self._known(key)
            self._drop([key])

        def erase(records: Records) -> Remembered | None:
            there = records.conversation(*key)
            records.forget_conversation(*key)
            return there

        there = self._keeping.wait(erase)
        return any(one is not None and self._is_young(one) for one in (known, there))

    async def refresh(self, owner: Owner, person: int, place: int) -> None:
        """Have in memory what the store has of a conversation; where it cannot be read in time, memory must do."""

        def read(records: Records) -> None:
            there = records.conversation(owner, person, place)
            with self._lock:
                waiting = self._unsaved.get((owner, person, place))
                if waiting is not None and (there is None or there.at <= waiting.at):
                    return
                self._drop([(owner, person, place)])
                if there is not None:
                    self._recall(there)

        try:
            async with asyncio.timeout(PATIENCE):
                await self._keeping.run(read)
        except RecordsError as error:
            log.warning("What was asked before cannot be read. %s", error)
        except TimeoutError:
            log.warning("What was asked before was not read within %g seconds: the store is slow.", PATIENCE)

    def about_person(self, records: Records, number: int) -> Kept:
        """All that is kept about a person, in all places, with what waits to be written."""
        kept = records.about_person(number)
        with self._lock:
            waiting = {key: one for key, one in self._unsaved.items() if one.person == number}
        written = (one for one in kept.conversations if (one.owner, one.person, one.place) not in waiting)
        return replace(kept, conversations=(*written, *waiting.values()))

    def forget_person(self, number: int) -> None:
        """Have nothing of a person in memory, nor waiting to be written; the store is the caller's to erase, next."""
        with self._lock:
            self._drop([key for key in (*self._recent, *self._unsaved) if key[1] == number])

    def forget_owner(self, owner: Owner) -> None:
        """Have nothing of an owner in memory, nor waiting to be written; the store is the caller's to erase, next."""
        with self._lock:
            self._drop([key for key in (*self._recent, *self._unsaved) if key[0] == owner])

    def expire(self, records: Records) -> int:
        """Erase in the store what is over, and the oldest of too many; how many these were.

        Raises:
            RecordsError: the store cannot be written.
        """
        return records.expire_conversations(int(self._clock() - self._life))

    def _write(self, records: Records) -> None:
        """Write what waits to be written; what could not be stays, and is tried again after the next question."""
        with self._lock:
            for key in [key for key, one in self._unsaved.items() if not self._is_young(one)]:
                del self._unsaved[key]
            batch = dict(self._unsaved)
        if not batch:
            return  # an earlier call wrote it as well
        records.keep_conversations(batch.values())
        with self._lock:
            for key, one in batch.items():
                if self._unsaved.get(key) is one:
                    del self._unsaved[key]
        self._written += len(batch)
        if self._written >= TRIM:
            self._written = 0
            self.expire(records)

    def _known(self, key: Key) -> Remembered | None:
        """What memory has; with the lock."""
        over = self._clock() - BRIDGE
        while self._recent and next(iter(self._recent.values()))[0] < over:
            self._recent.popitem(last=False)
        return self._unsaved[key] if key in self._unsaved else self._recent.get(key, (0.0, None))[1]

    def _recall(self, one: Remembered) -> None:
        """Have it in memory for a while; with the lock."""
        key = (one.owner, one.person, one.place)
        self._recent[key] = (self._clock(), one)
        self._recent.move_to_end(key)
        if len(self._recent) > self._most:
            self._recent.popitem(last=False)

    def _drop(self, keys: list[Key]) -> None:
        """Have them in memory no longer; with the lock."""
        for key in keys:
            self._recent.pop(key, None)
            self._unsaved.pop(key, None)

    def _is_young(self, one: Remembered) -> bool:
        return one.at >= self._clock() - self._life


def _key(person: Hashable, place: Hashable) -> Key:
    """The key of a person's conversation in a place, as `bot.discord.libraries` names them."""
    owner, number = cast("tuple[Owner, int]", place)
    return owner, cast("int", person), number
