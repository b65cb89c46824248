"""The slash commands, defined once: the shell parses them, Discord registers them, /help lists them."""

import enum
import re
import unicodedata
from dataclasses import dataclass, replace
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


MAX_QUESTION = 1_000
"""Characters. A question is a sentence or two; more is a pasted text."""

MAX_CHECKED = 4_000
"""Characters of a text that is checked against the article: the longest message in Discord."""

MAX_ARTICLE = 100
"""Characters by which an article of the library is named: its number, or words of its headline."""

_OF_ARTICLE = Parameter(
    "article",
    N_("Which article of the library: choose one, or type words of its headline"),
    "string",
    required=False,
    autocomplete=True,
    maximum=MAX_ARTICLE,
    surfaces=DISCORD_ONLY,
)

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
        _OF_ARTICLE,
        Parameter(
            "before",
            N_("Only articles from before a day, month or year: 2021-07-08, 2021-07 or 2021"),
            "string",
            required=False,
            maximum=20,
            surfaces=DISCORD_ONLY,
        ),
        Parameter(
            "after",
            N_("Only articles from a day, month or year on: 2021-07-08, 2021-07 or 2021"),
            "string",
            required=False,
            maximum=20,
            surfaces=DISCORD_ONLY,
        ),
    ),
)
ARTICLE = Command("article", N_("What article this is: headline, byline, date, and what was set aside"), (_OF_ARTICLE,))
PASSAGE = Command(
    "passage",
    N_("Read a passage of the article"),
    (
        Parameter("number", N_("The passage's number, as it is cited"), "integer", autocomplete=True, minimum=1),
        _OF_ARTICLE,
    ),
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

LIBRARY = Group("library", N_("The articles that I answer from: add, list, search, refresh, remove"))

FILES = 5
"""Files that one /library add takes; its form takes as many again."""

_ONE_ARTICLE = Parameter(
    "article",
    N_("Which article: choose one, or type words of its headline"),
    "string",
    autocomplete=True,
    minimum=1,
    maximum=MAX_ARTICLE,
)
LIBRARY_ADD = Command(
    "add",
    N_("Add articles: an address, files, or nothing for a form that takes text"),
    (
        Parameter(
            "url",
            N_("Address of a page with an article, or several with spaces between them"),
            "string",
            required=False,
            maximum=4_000,
        ),
        *(
            Parameter(
                "file" if n == 1 else f"file{n}",
                N_("A text, Markdown, HTML, PDF, EPUB or DOCX file"),
                "attachment",
                required=False,
                surfaces=EVERYWHERE if n == 1 else DISCORD_ONLY,
            )
            for n in range(1, FILES + 1)
        ),
    ),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_LIST = Command(
    "list",
    N_("The articles in the library"),
    (
        Parameter(
            "matching",
            N_("Only those whose headline or address holds this"),
            "string",
            required=False,
            maximum=MAX_ARTICLE,
        ),
    ),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_SHOW = Command(
    "show",
    N_("An article of the library: headline, date, address, and what can be done with it"),
    (_ONE_ARTICLE,),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_SEARCH = Command(
    "search",
    N_("Passages of the library that hold some words"),
    (Parameter("words", N_("The words to look for"), "string", minimum=1, maximum=MAX_QUESTION),),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_REFRESH = Command(
    "refresh",
    N_("Fetch an article again, or all of them, ten at a time, and see what changed since"),
    (replace(_ONE_ARTICLE, required=False),),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)
LIBRARY_REMOVE = Command(
    "remove",
    N_("Remove an article from the library; you are asked once more before"),
    (_ONE_ARTICLE,),
    surfaces=DISCORD_ONLY,
    group=LIBRARY,
)

COMMANDS: tuple[Command, ...] = (
    ASK,
    ARTICLE,
    PASSAGE,
    WHY,
    CHECK,
    NEW,
    LIBRARY_ADD,
    LIBRARY_LIST,
    LIBRARY_SHOW,
    LIBRARY_SEARCH,
    LIBRARY_REFRESH,
    LIBRARY_REMOVE,
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
    N_("/library"),
    N_("/add"),
    N_("/list"),
    N_("/show"),
    N_("/search"),
    N_("/refresh"),
    N_("/remove"),
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
    N_("article:"),
    N_("before:"),
    N_("after:"),
    N_("url:"),
    N_("file:"),
    N_("file2:"),
    N_("file3:"),
    N_("file4:"),
    N_("file5:"),
    N_("matching:"),
    N_("words:"),
)
"""The names as the catalogues hold them, a command's with its slash and a parameter's with a colon, so that neither is
taken for a word of a sentence; a test holds them to the commands."""

BY_NAME: dict[str, Command] = {command.path: command for command in COMMANDS}
"""By name, with the group's in front."""


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
    command, name, rest = _named(stripped[1:])
    known = ", ".join(c.shown for c in commands_on(Surface.SHELL))
    if command is None:
        raise CommandError("There is no command /{name}; the commands are {known}.", name=name, known=known)
    if Surface.SHELL not in command.surfaces:
        raise CommandError(
            "{command} is for Discord alone; the commands are {known}.", command=command.shown, known=known
        )
    values: dict[str, str | int | bool] = {}
    for parameter in command.parameters:
        if parameter.required or Surface.SHELL not in parameter.surfaces:
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


def _named(typed: str) -> tuple[Command | None, str, str]:
    """The command that a line names, the name as it was typed, and what is typed behind it."""
    name, _space, rest = typed.partition(" ")
    word, _space, after = rest.strip().partition(" ")
    for called, behind in ((f"{name} {word}".strip(), after), (name, rest)):
        # Some keyboards and clipboards give é as two characters.
        plain = unicodedata.normalize("NFC", called).lower()
        command = BY_NAME.get(plain) or next((c for c in COMMANDS if c.shown == f"/{plain}"), None)
        if command is not None:
            return command, called, behind
    return None, unicodedata.normalize("NFC", name), rest


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
