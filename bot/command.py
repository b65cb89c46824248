"""What a slash command is: its name, its parameters, and where it can be used."""

import enum
from dataclasses import dataclass
from typing import Literal

from bot.translation import _


class Surface(enum.Enum):
    """Where a command can be used."""

    SHELL = enum.auto()
    DISCORD = enum.auto()


EVERYWHERE = frozenset(Surface)
DISCORD_ONLY = frozenset({Surface.DISCORD})
SHELL_ONLY = frozenset({Surface.SHELL})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a command.

    Attributes:
        name: as it is typed; lower case.
        description: one line, at most 100 characters (Discord's limit).
        type: what it takes; an attachment is a file, which only Discord can give.
        required: whether the command needs it.
        autocomplete: whether values are suggested while typing.
        minimum: least value (integer) or length (string).
        maximum: greatest value (integer) or length (string).
        choices: the only values that it takes; empty where any will do. At most 25 (Discord's limit).
        surfaces: where it is a field of its own; elsewhere it is left to the text, as `article:3` in a question.
    """

    name: str
    description: str
    type: Literal["string", "integer", "boolean", "attachment"]
    required: bool = True
    autocomplete: bool = False
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str | int, ...] = ()
    surfaces: frozenset[Surface] = EVERYWHERE

    @property
    def shown(self) -> str:
        """Its name in the language in force."""
        name = f"{self.name}:"
        return _(name).strip(": ").lower()


@dataclass(frozen=True, slots=True)
class Group:
    """A word that several commands share in front of theirs.

    Attributes:
        name: as it is typed behind the slash; lower case.
        description: one line, at most 100 characters (Discord's limit).
    """

    name: str
    description: str

    @property
    def shown(self) -> str:
        """Its name in the language in force, with the slash: `/library`."""
        name = f"/{self.name}"
        return _(name).lower()


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command.

    Attributes:
        name: as it is typed behind the slash, or behind its group; lower case.
        description: one line, at most 100 characters (Discord's limit).
        parameters: in order, required ones first.
        surfaces: where it can be used.
        moderators: whether it is for those who may manage the server. Such a command is about a server, so it is
            shown in servers that installed the bot and nowhere else; whoever runs it is checked once more.
        group: the word in front of its name, or None.
    """

    name: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    surfaces: frozenset[Surface] = EVERYWHERE
    moderators: bool = False
    group: Group | None = None

    @property
    def path(self) -> str:
        """Its name with its group's in front: `library add`."""
        return f"{self.group.name} {self.name}" if self.group else self.name

    @property
    def shown(self) -> str:
        """Its name in the language in force, with the slash and its group: `/ask`, `/library add`."""
        name = f"/{self.name}"
        return f"{self.group.shown} {_(name).lower().removeprefix('/')}" if self.group else _(name).lower()

    @property
    def usage(self) -> str:
        """The command with its parameters, named in the language in force: `/ask question [private]`.

        Those that only Discord has are left out: it shows them by itself.
        """
        parts = (p.shown if p.required else f"[{p.shown}]" for p in self.parameters if p.surfaces == EVERYWHERE)
        return " ".join((self.shown, *parts))
