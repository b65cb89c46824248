"""What the bot remembers while it runs, all of it bounded.

Last answers for `/why`, pages of what is longer than a message, people's languages, interactions already seen.
"""

import datetime as dt
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.answer import Abstention, Answer

LIFE = 3600.0
"""Seconds that a last answer is kept, as /privacy says."""

MOST_ANSWERS = 10_000
MOST_SEEN = 10_000
MOST_SPOKEN = 10_000
MOST_PAGED = 500
"""Long replies kept, of some ten thousand characters each."""


class LastAnswers:
    """The last answer of each person in each place, forgotten after `life` seconds or when there are too many."""

    def __init__(
        self, *, most: int = MOST_ANSWERS, life: float = LIFE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start empty.

        Args:
            most: entries kept; the oldest goes first.
            life: seconds that an entry is kept.
            clock: seconds, ascending.
        """
        self._most = most
        self._life = life
        self._clock = clock
        self._kept: OrderedDict[tuple[int, int], tuple[float, Answer | Abstention]] = OrderedDict()

    def __len__(self) -> int:
        """The entries that are kept."""
        return len(self._kept)

    def put(self, person: int, place: int, result: Answer | Abstention) -> None:
        """Remember an answer, in place of the one before."""
        now = self._clock()
        self._kept[person, place] = (now, result)
        self._kept.move_to_end((person, place))
        while self._kept and (len(self._kept) > self._most or self._is_over(next(iter(self._kept.values()))[0], now)):
            self._kept.popitem(last=False)

    def get(self, person: int, place: int) -> Answer | Abstention | None:
        """The last answer, or None where there is none that is young enough."""
        entry = self._kept.get((person, place))
        if entry is None or self._is_over(entry[0], self._clock()):
            return None
        return entry[1]

    def of(self, person: int) -> tuple[Answer | Abstention, ...]:
        """The last answers of a person in all places, oldest first."""
        now = self._clock()
        return tuple(e[1] for key, e in self._kept.items() if key[0] == person and not self._is_over(e[0], now))

    def asked(self, person: int, place: int) -> dt.datetime | None:
        """When the last answer was given, or None where there is none that is young enough."""
        entry = self._kept.get((person, place))
        now = self._clock()
        if entry is None or self._is_over(entry[0], now):
            return None
        return dt.datetime.now(dt.UTC) - dt.timedelta(seconds=now - entry[0])

    def forget_person(self, person: int) -> int:
        """Forget the last answers of a person; how many there were."""
        theirs = [key for key in self._kept if key[0] == person]
        for key in theirs:
            del self._kept[key]
        return len(theirs)

    def _is_over(self, since: float, now: float) -> bool:
        return now - since > self._life


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a long reply.

    Attributes:
        texts: Markdown, one text display each.
        passages: passages that buttons below it open: (custom_id, label).
    """

    texts: tuple[str, ...]
    passages: tuple[tuple[str, str], ...] = ()


class Paged:
    """The pages of long replies, forgotten after `life` seconds or when there are too many."""

    def __init__(
        self, *, most: int = MOST_PAGED, life: float = LIFE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start empty; see `LastAnswers`."""
        self._most = most
        self._life = life
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, int, tuple[Leaf, ...]]] = OrderedDict()

    def __len__(self) -> int:
        """The replies that are kept."""
        return len(self._kept)

    def put(self, person: int, pages: tuple[Leaf, ...]) -> str:
        """Keep the pages of a reply to a person.

        Returns:
            a key, which nobody can guess.
        """
        key = secrets.token_hex(8)
        now = self._clock()
        self._kept[key] = (now, person, pages)
        while len(self._kept) > self._most or now - next(iter(self._kept.values()))[0] > self._life:
            self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> tuple[Leaf, ...] | None:
        """The pages, or None where they are kept no longer."""
        entry = self._kept.get(key)
        return entry[2] if entry and self._clock() - entry[0] <= self._life else None

    def forget_person(self, person: int) -> int:
        """Forget the replies to a person; how many there were."""
        theirs = [key for key, entry in self._kept.items() if entry[1] == person]
        for key in theirs:
            del self._kept[key]
        return len(theirs)


class Spoken:
    """The language of each person's Discord; of the last `most` people.

    Commands and buttons tell it, a direct message does not.
    """

    def __init__(self, most: int = MOST_SPOKEN) -> None:
        """Start empty."""
        self._most = most
        self._kept: OrderedDict[int, str] = OrderedDict()

    def put(self, person: int, locale: str) -> None:
        """Remember a person's locale, in place of the one before."""
        self._kept[person] = locale
        self._kept.move_to_end(person)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, person: int) -> str | None:
        """A person's locale, or None where it is not known."""
        return self._kept.get(person)

    def forget_person(self, person: int) -> None:
        """Forget a person's locale."""
        self._kept.pop(person, None)


class Seen:
    """Ids seen already; knows the last `most` of them."""

    def __init__(self, most: int = MOST_SEEN) -> None:
        """Start empty."""
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, number: int) -> bool:
        """Whether an id comes for the first time; notes it."""
        if number in self._ids:
            return False
        self._ids[number] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True
