"""What came from the gateway, before discord.py makes objects of it: whose it is, and how long it was on its way.

An interaction that Discord sent more than three seconds ago cannot be answered any more. Its id says when it was made,
by Discord's clock; what that clock says now is learned from those that come when little comes, and are not held up.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.records import Owner, person, server

COMMAND, AUTOCOMPLETE, FORM = 2, 4, 5
"""Types of an interaction, beside that of a component."""

_GROUPS = (1, 2)
"""Types of an option that is a command in a group, or a group in a group."""

QUIET = 0.05
"""Seconds without an interaction after which the next one was surely not held up by others before it."""

DOUBT = 30.0
"""Seconds in which every interaction seemed to be late after which it is the clocks that are wrong."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An interaction as it came.

    Attributes:
        number: its id.
        token: lets whoever has it answer.
        kind: its type, as Discord numbers them.
        name: of the command, with those of its groups before it; or the custom_id.
        user: id of who used it.
        guild: id of the server that it was used in, or None.
        owner: whose it is, as `bot.discord.keeping.owner_of` says it.
        locale: the language of the person's Discord.
        at: when it came, in the loop's seconds, less what it was late then.
    """

    number: int
    token: str
    kind: int
    name: str
    user: int
    guild: int | None
    owner: Owner
    locale: str
    at: float

    @classmethod
    def of(cls, data: Mapping[str, Any], at: float) -> Self:
        """Read what Discord sent.

        Raises:
            KeyError, TypeError, ValueError: it is not made like an interaction.
        """
        guild = int(data["guild_id"]) if data.get("guild_id") else None
        user = int((data["member"]["user"] if "member" in data else data["user"])["id"])
        inside = data.get("data") or {}
        owners = data.get("authorizing_integration_owners") or {}
        owns = guild is not None and str(owners.get("0", "")) == str(guild)
        return cls(
            number=int(data["id"]),
            token=str(data["token"]),
            kind=int(data["type"]),
            name=_name(inside),
            user=user,
            guild=guild,
            owner=server(guild) if owns and guild is not None else person(user),
            locale=str(data.get("locale") or ""),
            at=at,
        )


def _name(data: Mapping[str, Any]) -> str:
    """What was used."""
    name = str(data.get("name") or data.get("custom_id") or "")
    options = data.get("options") or ()
    while options and options[0].get("type") in _GROUPS:
        name = f"{name} {options[0]['name']}"
        options = options[0].get("options") or ()
    return name


class Lateness:
    """How long interactions were on their way, as far as this machine held them up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet.

        Args:
            clock: seconds, ascending; from any beginning.
        """
        self._clock = clock
        self._ahead: float | None = None
        self._last = -1e9
        self._timely = 0.0

    def of(self, number: int, limit: float) -> float:
        """Seconds by which an interaction that comes now is late.

        Args:
            number: its id.
            limit: seconds that count as much too late.
        """
        now = self._clock()
        # How far this clock is ahead of Discord's, with what the interaction took on its way.
        ahead = now - (number >> 22) / 1000
        quiet, self._last = now - self._last > QUIET, now
        if self._ahead is None or quiet or ahead < self._ahead:
            self._ahead = ahead
        late = ahead - self._ahead
        if late < limit:
            self._timely = now
        elif now - self._timely > DOUBT:
            self._ahead, self._timely, late = ahead, now, 0.0
        return late
