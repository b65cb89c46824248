"""A line of the shell -> a command and the values of its parameters."""

import re
import unicodedata
from dataclasses import dataclass

from bot.command import Command, Parameter, Surface
from bot.commands import ASK, BY_NAME, COMMANDS, commands_on
from index.errors import CommandError


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
