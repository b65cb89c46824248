"""What Discord says was given to a command, held to what the command takes.

Discord checks it too, but by the command as it was told to it, which may be another version's; and discord.py believes
what comes.
"""

from collections.abc import Iterable, Mapping

import discord

from bot.command import Parameter
from bot.translation import N_
from index.errors import CommandError

_TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "attachment": discord.Attachment}


def check_values(parameters: Iterable[Parameter], values: Mapping[str, object]) -> None:
    """Refuse values of other types than they should have, outside the limits, and those that no choice offers.

    Args:
        parameters: of the command.
        values: by the names of parameters; None for one that was left out.

    Raises:
        CommandError: one does not fit.
    """
    for parameter in parameters:
        value = values.get(parameter.name)
        if isinstance(value, str) and parameter.type == "string" and len(value) > (parameter.maximum or len(value)):
            raise CommandError(
                N_("“{name}” has {length:,} characters and may have {most:,}: write less."),
                name=parameter.shown,
                length=len(value),
                most=parameter.maximum,
            )
        if not (_fits(parameter, value) if value is not None else not parameter.required):
            raise CommandError("Discord sent a value that this command does not take; try again.")


def _fits(parameter: Parameter, value: object) -> bool:
    if not isinstance(value, _TYPES[parameter.type]) or (isinstance(value, bool) and parameter.type != "boolean"):
        return False
    size = len(value) if isinstance(value, str) else value
    if isinstance(size, int) and not isinstance(size, bool):
        least = size if parameter.minimum is None else parameter.minimum
        most = size if parameter.maximum is None else parameter.maximum
        if not least <= size <= most:
            return False
    return not parameter.choices or value in parameter.choices
