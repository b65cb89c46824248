"""The slash commands, defined once: the shell parses them, Discord registers them, /help lists them."""

import enum
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.translation import N_, _
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

    @property
    def shown(self) -> str:
        """Its name in the language in force."""
        name = f"{self.name}:"
        return _(name).strip(": ").lower()


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
    def shown(self) -> str:
        """Its name in the language in force, with the slash: `/ask`."""
        name = f"/{self.name}"
        return _(name).lower()

    @property
    def usage(self) -> str:
        """The command with its parameters, named in the language in force: `/ask question [private]`."""
        parts = (p.shown if p.required else f"[{p.shown}]" for p in self.parameters)
        return " ".join((self.shown, *parts))


MAX_QUESTION = 1_000
"""Characters. A question is a sentence or two; more is a pasted text."""

MAX_CHECKED = 4_000
"""Characters of a text that is checked against the article: the longest message in Discord."""

ASK = Command(
    "ask",
    N_("Ask about the article; the answer is in its own words, with citations"),
    (
        Parameter(
            "question", N_("What you want to know"), "string", autocomplete=True, minimum=1, maximum=MAX_QUESTION
        ),
        Parameter(
            "private", N_("Show the answer to you alone; you can share it afterwards"), "boolean", required=False
        ),
    ),
)
ARTICLE = Command("article", N_("What article this is: headline, byline, date, and what was set aside"))
PASSAGE = Command(
    "passage",
    N_("Read a passage of the article"),
    (Parameter("number", N_("The passage's number, as it is cited"), "integer", autocomplete=True, minimum=1),),
)
WHY = Command("why", N_("Why the last answer is what it is: terms, scores, what was considered"))
CHECK = Command(
    "check",
    N_("Check a text against the article: what it says too, what it says differently, what it does not say"),
    (Parameter("text", N_("The text to check, such as a message"), "string", minimum=1, maximum=MAX_CHECKED),),
    surfaces=SHELL_ONLY,
)
NEW = Command("new", N_("Begin anew: forget what was asked here, so that no question is read as a follow-up"))
HELP = Command("help", N_("What you can ask, and how to check an answer"))
PRIVACY = Command("privacy", N_("What is stored about you, and what leaves this machine"))
INSIGHTS = Command(
    "insights",
    N_("What people asked here: what nobody could answer, and what was marked wrong"),
    (
        Parameter(
            "days",
            N_("How many days to look back"),
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
    N_("Where and how I answer in this server"),
    surfaces=DISCORD_ONLY,
    moderators=True,
)
EXPORT = Command("export", N_("A copy of all that is kept about you, as a file"))
FORGET = Command("forget", N_("Erase what is kept about you; you are asked once more before"))

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

NAMES: tuple[str, ...] = (
    N_("/ask"),
    N_("/article"),
    N_("/passage"),
    N_("/why"),
    N_("/check"),
    N_("/new"),
    N_("/help"),
    N_("/privacy"),
    N_("/export"),
    N_("/forget"),
    N_("/insights"),
    N_("/settings"),
    N_("question:"),
    N_("private:"),
    N_("number:"),
    N_("text:"),
    N_("days:"),
)
"""The names as the catalogues hold them, a command's with its slash and a parameter's with a colon, so that neither is
taken for a word of a sentence; a test holds them to the commands."""

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}


def commands_on(surface: Surface) -> tuple[Command, ...]:
    """The commands that can be used on a surface, in the order in which they are listed."""
    return tuple(command for command in COMMANDS if surface in command.surfaces)


HELP_INTRODUCTION = N_(
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
    (`/ask question private:true`). Names are understood in English and in the language in force.

    Raises:
        CommandError: an unknown command, a missing value, or a value of the wrong type.
    """
    stripped = line.strip()
    if not stripped.startswith("/"):
        return Invocation(ASK, {"question": stripped})
    name, _space, rest = stripped[1:].partition(" ")
    name = unicodedata.normalize("NFC", name)  # some keyboards and clipboards give é as two characters
    command = BY_NAME.get(name.lower()) or next((c for c in COMMANDS if c.shown == f"/{name.lower()}"), None)
    known = ", ".join(c.shown for c in commands_on(Surface.SHELL))
    if command is None:
        raise CommandError("There is no command /{name}; the commands are {known}.", name=name, known=known)
    if Surface.SHELL not in command.surfaces:
        raise CommandError(
            "{command} is for Discord alone; the commands are {known}.", command=command.shown, known=known
        )
    values: dict[str, str | int | bool] = {}
    for parameter in command.parameters:
        if parameter.required:
            continue
        found = re.search(rf"(?:^|\s)(?:{parameter.name}|{re.escape(parameter.shown)}):(\S+)\s*$", rest)
        if found:
            values[parameter.name] = _value(command, parameter, found[1])
            rest = rest[: found.start()]
    rest = rest.strip()
    required = [p for p in command.parameters if p.required]
    if not required:
        if rest:
            raise CommandError(
                "{command} takes nothing after it; type {usage}.", command=command.shown, usage=command.usage
            )
        return Invocation(command, values)
    parameter = required[0]
    rest = rest.removeprefix(f"{parameter.name}:").removeprefix(f"{parameter.shown}:").strip()
    if not rest:
        raise CommandError(
            "{command} needs a {parameter}; type {usage}.",
            command=command.shown,
            parameter=parameter.shown,
            usage=command.usage,
        )
    values[parameter.name] = _value(command, parameter, rest)
    return Invocation(command, values)


def _value(command: Command, parameter: Parameter, typed: str) -> str | int | bool:
    """Convert what was typed to the parameter's type.

    Raises:
        CommandError: it has another type.
    """
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
            raise CommandError(
                "The {parameter} of {command} is a whole number, such as 1, not “{typed}”.",
                parameter=parameter.shown,
                command=command.shown,
                typed=typed,
            )
        number = int(typed)
        if parameter.choices and number not in parameter.choices:
            raise _not_a_choice(command, parameter)
        return number
    if parameter.type == "boolean":
        if typed.lower() not in _BOOLEANS:
            raise CommandError("{parameter} is true or false, not “{typed}”.", parameter=parameter.shown, typed=typed)
        return _BOOLEANS[typed.lower()]
    if parameter.choices and typed not in parameter.choices:
        raise _not_a_choice(command, parameter)
    return typed


def _not_a_choice(command: Command, parameter: Parameter) -> CommandError:
    """What to say of a value that is none of the choices."""
    choices = ", ".join(str(choice) for choice in parameter.choices)
    return CommandError(
        "The {parameter} of {command} is one of {choices}.",
        parameter=parameter.shown,
        command=command.shown,
        choices=choices,
    )
