"""Whose something is: a server's, a person's, or the local shell's. What one owner has, no other sees."""

import re
from dataclasses import dataclass
from typing import Literal, Self

_WRITTEN = re.compile(r"(server|person):([0-9]{1,20})|shell:0")


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whose it is.

    Attributes:
        kind: a Discord server, a person (direct messages, and servers that did not install the bot), or the shell.
        id: Discord's id of the server or person; 0 for the shell.
    """

    kind: Literal["server", "person", "shell"]
    id: int

    def __str__(self) -> str:
        """As it is written in a store: `server:123`."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read what `str()` wrote.

        Raises:
            ValueError: it is no owner.
        """
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"{written!r} is no owner.")
        if match[1] is None:
            return cls("shell", 0)
        return cls("server" if match[1] == "server" else "person", int(match[2]))


SHELL = Owner("shell", 0)


def server(number: int) -> Owner:
    """A Discord server."""
    return Owner("server", number)


def person(number: int) -> Owner:
    """A person."""
    return Owner("person", number)
