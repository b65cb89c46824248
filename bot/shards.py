"""The part of the bot's shards that one process runs."""

import re
from dataclasses import dataclass
from typing import Self

from bot.translation import N_
from index.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Shards:
    """A run of shards, written `0-15/64`: the first sixteen of 64. `3/4` is the last of four.

    Attributes:
        first: number of the first, 0 or more.
        last: number of the last, below `of`.
        of: how many there are in all processes together.
    """

    first: int
    last: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a part as it is written in PULLQUOTE_SHARDS.

        Raises:
            SettingsError: there are no such shards.
        """
        found = re.fullmatch(r"(\d+)(?:-(\d+))?/(\d+)", text.strip())
        if found:
            first, of = int(found[1]), int(found[3])
            last = int(found[2]) if found[2] else first
            if first <= last < of:
                return cls(first, last, of)
        raise SettingsError(
            N_(
                "PULLQUOTE_SHARDS is “{text}”, which names no shards: write the first, the last and how many there are "
                "in all, counted from 0, such as 0-15/64."
            ),
            text=text,
        )

    def __str__(self) -> str:
        """As it is written in the setting."""
        return f"{self.first}-{self.last}/{self.of}" if self.first != self.last else f"{self.first}/{self.of}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The shards, in order."""
        return tuple(range(self.first, self.last + 1))
