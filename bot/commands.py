"""The slash commands, defined once: the shell parses them, Discord registers them, /help lists them."""

import enum
import re
from dataclasses import dataclass
from typing import Literal

from bot.translation import _
from index.errors import CommandError


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
        type: what it takes.
        required: whether the command needs it.
        autocomplete: whether values are suggested while typing.
        minimum: least value (integer) or length (string).
        maximum: greatest value (integer) or length (string).
        choices: the only values that it takes; empty where any will do. At most 25 (Discord's limit).
    """

    name: str
    description: str
    type: Literal["string", "integer", "boolean"]
    required: bool = True
    autocomplete: bool = False
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command.

    Attributes:
        name: as it is typed behind the slash; lower case.
        description: one line, at most 100 characters (Discord's limit).
        parameters: in order, required ones first.
        surfaces: where it can be used.
        moderators: whether it is for those who may manage the server. Such a command is about a server, so it is
            shown in servers that installed the bot and nowhere else; whoever runs it is checked once more.
    """

    name: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    surfaces: frozenset[Surface] = EVERYWHERE
    moderators: bool = False

    @property
    def usage(self) -> str:
        """The command with its parameters: `/ask question [private]`."""
        parts = (p.name if p.required else f"[{p.name}]" for p in self.parameters)
        return " ".join((f"/{self.name}", *parts))


MAX_QUESTION = 1_000
"""Characters. A question is a sentence or two; more is a pasted text."""

MAX_CHECKED = 4_000
"""Characters of a text that is checked against the article: the longest message in Discord."""

ASK = Command(
    "ask",
    _("Ask about the article; the answer is in its own words, with citations"),
    (
        Parameter("question", _("What you want to know"), "string", autocomplete=True, minimum=1, maximum=MAX_QUESTION),
        Parameter("private", _("Show the answer to you alone; you can share it afterwards"), "boolean", required=False),
    ),
)
ARTICLE = Command("article", _("What article this is: headline, byline, date, and what was set aside"))
PASSAGE = Command(
    "passage",
    _("Read a passage of the article"),
    (Parameter("number", _("The passage's number, as it is cited"), "integer", autocomplete=True, minimum=1),),
)
WHY = Command("why", _("Why the last answer is what it is: terms, scores, what was considered"))
CHECK = Command(
    "check",
    _("Check a text against the article: what it says too, what it says differently, what it does not say"),
    (Parameter("text", _("The text to check, such as a message"), "string", minimum=1, maximum=MAX_CHECKED),),
    surfaces=SHELL_ONLY,
)
NEW = Command("new", _("Begin anew: forget what was asked here, so that no question is read as a follow-up"))
HELP = Command("help", _("What you can ask, and how to check an answer"))
PRIVACY = Command("privacy", _("What is stored about you, and what leaves this machine"))
INSIGHTS = Command(
    "insights",
    _("What people asked here: what nobody could answer, and what was marked wrong"),
    (
        Parameter(
            "days",
            _("How many days to look back"),
            "integer",
            required=False,
            choices=(7, 30, 90),
        ),
    ),
    surfaces=DISCORD_ONLY,
    moderators=True,
)
SETTINGS = Command(
    "settings",
    _("Where and how I answer in this server"),
    surfaces=DISCORD_ONLY,
    moderators=True,
)
EXPORT = Command("export", _("A copy of all that is kept about you, as a file"))
FORGET = Command("forget", _("Erase what is kept about you; you are asked once more before"))

COMMANDS: tuple[Command, ...] = (
    ASK,
    ARTICLE,
    PASSAGE,
    WHY,
    CHECK,
    NEW,
    HELP,
    PRIVACY,
    EXPORT,
    FORGET,
    INSIGHTS,
    SETTINGS,
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}


def commands_on(surface: Surface) -> tuple[Command, ...]:
    """The commands that can be used on a surface, in the order in which they are listed."""
    return tuple(command for command in COMMANDS if surface in command.surfaces)


HELP_INTRODUCTION = _(
    "Ask a question about the article. The answer is made of the article's own sentences, word for word, each "
    "with a number and the place where it stands. If the article does not say, you are told so, and why."
)

EXPLAINED = 5
"""Sentences that /why shows."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command line as a person typed it: the command and the values of its parameters."""

    command: Command
    values: dict[str, str | int | bool]


_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def parse(line: str) -> Invocation:
    """Parse a line of the shell.

    A line without a slash is a question. `name:value` sets an optional parameter, as Discord writes it
    (`/ask question private:true`).

    Raises:
        CommandError: an unknown command, a missing value, or a value of the wrong type.
    """
    stripped = line.strip()
    if not stripped.startswith("/"):
        return Invocation(ASK, {"question": stripped})
    name, _, rest = stripped[1:].partition(" ")
    command = BY_NAME.get(name.lower())
    if command is None or Surface.SHELL not in command.surfaces:
        known = ", ".join(f"/{c.name}" for c in commands_on(Surface.SHELL))
        wrong = f"There is no command /{name}" if command is None else f"/{command.name} is for Discord alone"
        raise CommandError(f"{wrong}; the commands are {known}.")
    values: dict[str, str | int | bool] = {}
    for parameter in command.parameters:
        if parameter.required:
            continue
        found = re.search(rf"(?:^|\s){parameter.name}:(\S+)\s*$", rest)
        if found:
            values[parameter.name] = _value(command, parameter, found[1])
            rest = rest[: found.start()]
    rest = rest.strip()
    required = [p for p in command.parameters if p.required]
    if not required:
        if rest:
            raise CommandError(f"/{command.name} takes nothing after it; type {command.usage}.")
        return Invocation(command, values)
    parameter = required[0]
    rest = rest.removeprefix(f"{parameter.name}:").strip()
    if not rest:
        raise CommandError(f"/{command.name} needs a {parameter.name}; type {command.usage}.")
    values[parameter.name] = _value(command, parameter, rest)
    return Invocation(command, values)


def _value(command: Command, parameter: Parameter, typed: str) -> str | int | bool:
    """Convert what was typed to the parameter's type.

    Raises:
        CommandError: it has another type.
    """
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
            raise CommandError(f"The {parameter.name} of /{command.name} is a whole number, such as 1, not “{typed}”.")
        number = int(typed)
        if parameter.choices and number not in parameter.choices:
            raise CommandError(_not_a_choice(command, parameter))
        return number
    if parameter.type == "boolean":
        if typed.lower() not in _BOOLEANS:
            raise CommandError(f"{parameter.name} is true or false, not “{typed}”.")
        return _BOOLEANS[typed.lower()]
    if parameter.choices and typed not in parameter.choices:
        raise CommandError(_not_a_choice(command, parameter))
    return typed


def _not_a_choice(command: Command, parameter: Parameter) -> str:
    """What to say of a value that is none of the choices."""
    choices = ", ".join(str(choice) for choice in parameter.choices)
    return f"The {parameter.name} of /{command.name} is one of {choices}."
