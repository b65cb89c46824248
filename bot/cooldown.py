"""Cooldowns: how often someone may ask, as a token bucket a person (or a place), bounded in memory.

Kept as the generic cell rate algorithm does: one number a key, the time at which the bucket would be full again.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MINUTE = 60.0
"""Seconds."""

FORGIVEN = 1e-6
"""Seconds too early that are let pass, so that who comes when told to is not refused by a rounding."""

MOST_KEYS = 50_000
"""People and places remembered at a time, a few megabytes; a full bucket is the same as one that is forgotten."""


class Cooldown:
    """A token bucket for each key: `burst` at once, and `rate` a minute in the long run."""

    def __init__(
        self,
        rate: float,
        *,
        burst: float | None = None,
        most: int = MOST_KEYS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with every bucket full.

        Args:
            rate: tokens a minute, > 0; 0 never refuses.
            burst: tokens that a full bucket holds, at least 1; half of the rate if None.
            most: keys kept; the one not used for longest goes first.
            clock: seconds, ascending.
        """
        self._every = MINUTE / rate if rate > 0 else 0.0
        self._depth = self._every * max(rate / 2 if burst is None else burst, 1.0)
        self._most = most
        self._clock = clock
        self._full_at: OrderedDict[Hashable, float] = OrderedDict()

    def __len__(self) -> int:
        """The keys that are kept."""
        return len(self._full_at)

    def wait(self, key: Hashable) -> float:
        """Seconds until a token is there; 0.0 where there is one now. Takes none."""
        if not self._every:
            return 0.0
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now)
        return max(full_at + self._every - self._depth - now, 0.0)

    def take(self, key: Hashable) -> float:
        """Take a token.

        Returns:
            0.0 where it was taken, else the seconds until there is one; a refusal costs nothing.
        """
        if not self._every:
            return 0.0
        if (seconds := self.wait(key)) > FORGIVEN:
            return seconds
        now = self._clock()
        self._full_at[key] = max(self._full_at.get(key, now), now) + self._every
        self._full_at.move_to_end(key)
        while len(self._full_at) > self._most or next(iter(self._full_at.values())) <= now:
            self._full_at.popitem(last=False)
        return 0.0


class Cooldowns:
    """A person's cooldown and a place's, taken together or not at all."""

    PLACE_FACTOR = 5
    """People that may ask in one place as fast as each of them may; a channel full of readers is none of the bots
    that a cooldown is there for."""

    def __init__(self, rate: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with every bucket full.

        Args:
            rate: questions a minute of one person; 0 never refuses.
            clock: seconds, ascending.
        """
        self._people = Cooldown(rate, clock=clock)
        self._places = Cooldown(rate * self.PLACE_FACTOR, clock=clock)
        self._told = Cooldown(1.0, burst=1.0, clock=clock)

    def take(self, person: int, place: int) -> float:
        """Take a question of a person in a place.

        Returns:
            0.0 where it may be asked, else the seconds until it may.
        """
        seconds = max(self._people.wait(person), self._places.wait(place))
        if seconds > FORGIVEN:
            return seconds
        self._people.take(person)
        self._places.take(place)
        return 0.0

    def may_tell(self, person: int, place: int) -> bool:
        """Whether a person may be told in a place to wait: once a minute, because notices are messages too."""
        return self._told.take((person, place)) == 0.0


def moment(seconds: float, now: float) -> int:
    """The whole second, of those that `now` counts, when a wait is over."""
    return math.ceil(now + seconds)
