"""What the bot remembers while it runs, all of it bounded: last answers for `/why`, interactions already seen."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.answer import Abstention, Answer

LIFE = 3600.0
"""Seconds that a last answer is kept, as /privacy says."""

MOST_ANSWERS = 10_000
MOST_SEEN = 10_000


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

    def _is_over(self, since: float, now: float) -> bool:
        return now - since > self._life


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
