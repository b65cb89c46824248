"""Which of the bot's machines this is, and when it may IDENTIFY: machines that share nothing take turns by the clock.

Discord takes one IDENTIFY in five seconds from each place in `max_concurrency`, from all machines together. Time since
1970 is dealt into turns of one IDENTIFY each, and the turns to the machines, one after the other. A turn is longer than
Discord asks for by as much as clocks may differ, so that two machines never come too close, though neither hears of the
other.
"""

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.shards import Shards
from bot.translation import N_
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

CLOCKS = 1.0
"""Seconds that the clocks of two machines may differ, together with what one's way to Discord takes longer than the
other's. Clocks that are set from the network (NTP) differ by some hundredths."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One of some machines, written `2/4`: the second of four.

    Attributes:
        number: which one, 1 to `of`.
        of: how many there are.
    """

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a machine as it is written in PULLQUOTE_MACHINE.

        Raises:
            SettingsError: there is no such machine.
        """
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text.strip())
        if found and 1 <= int(found[1]) <= int(found[2]):
            return cls(int(found[1]), int(found[2]))
        raise SettingsError(
            N_(
                "PULLQUOTE_MACHINE is “{text}”, which names no machine: write which one this is and how many there are "
                "in all, counted from 1, such as 2/4."
            ),
            text=text,
        )

    def __str__(self) -> str:
        """As it is written in the setting."""
        return f"{self.number}/{self.of}"

    def turn(self, at: float, spacing: float) -> float:
        """When to do something that no two machines may do within a time of each other.

        Args:
            at: not before this, in seconds since 1970.
            spacing: seconds between two.

        Returns:
            the beginning of this machine's first turn from then on; `at` itself where there is no other machine.
        """
        if self.of == 1:
            return at
        long = spacing + CLOCKS
        first = math.ceil(at / long)
        return (first + (self.number - 1 - first) % self.of) * long


ALONE = Machine()
"""The only machine."""


def placed(settings: "Settings") -> tuple[Shards | None, Machine]:
    """The shards that this process runs, None for all, and the machine that it runs on.

    Raises:
        SettingsError: one of them is none, or they do not fit each other.
    """
    shards = None if settings.shards is None else Shards.parse(settings.shards)
    machine = Machine.parse(settings.machine)
    if machine.of > 1 and (shards is None or shards.of < machine.of):
        raise SettingsError(
            N_(
                "PULLQUOTE_MACHINE is {machine}, but PULLQUOTE_SHARDS leaves no part to the other machines: set it to "
                "this one's part of at least {n} shards, such as {example}."
            ),
            machine=str(machine),
            n=machine.of,
            example=f"{16 * machine.number - 16}-{16 * machine.number - 1}/{16 * machine.of}",
        )
    return shards, machine
