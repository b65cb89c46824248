"""The command tree: Discord's commands made from `bot.commands`, admission, and errors as sentences."""

import inspect
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.command import Command, Group, Parameter, Surface
from bot.commands import commands_on
from bot.discord.checking import check_message
from bot.discord.commands import COMPLETERS, HANDLERS, Completer, Handler
from bot.discord.replies import describe, report
from bot.discord.translator import CHECK_MENU
from bot.discord.values import check_values
from index.errors import CommandError, PullquoteError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]
    Tree = app_commands.CommandTree[PullquoteClient]
else:
    Tree = app_commands.CommandTree

log = logging.getLogger(__name__)

_TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "attachment": discord.Attachment}


class PullquoteTree(Tree):
    """The commands, installable to servers and to people, and usable wherever Discord lets them be."""

    def __init__(self, client: "PullquoteClient") -> None:
        """Make the commands."""
        super().__init__(
            client,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        groups: dict[Group, app_commands.Group] = {}
        for command in commands_on(Surface.DISCORD):
            made_command = made(command, HANDLERS[command.path])
            if command.group is None:
                self.add_command(made_command)
                continue
            if command.group not in groups:
                groups[command.group] = made_group(command.group)
                self.add_command(groups[command.group])
            groups[command.group].add_command(made_command)
        self.add_command(app_commands.ContextMenu(name=locale_str(CHECK_MENU), callback=check_message))

    async def interaction_check(self, interaction: "Interaction", /) -> bool:
        """Whether to act on it: not twice, and not while stopping."""
        return await interaction.client.admit(interaction)

    async def on_error(self, interaction: "Interaction", error: app_commands.AppCommandError, /) -> None:
        """Tell what went wrong; nothing can be said to an autocompletion."""
        cause: BaseException = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if interaction.type is discord.InteractionType.autocomplete:
            log.info("An autocompletion came to nothing: %s", describe(cause))
            return
        async with interaction.client.serving(interaction):
            if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
                cause = CommandError("This command is of another version than mine; reload Discord and try again.")
            elif isinstance(cause, app_commands.TransformerError):
                cause = CommandError("Discord sent a value that this command does not take; try again.")
            await report(interaction, cause)


def made_group(group: Group) -> app_commands.Group:
    """A group for Discord, without its commands yet."""
    return app_commands.Group(name=locale_str(group.name), description=locale_str(group.description))


def made(command: Command, handler: Handler) -> app_commands.Command[Any, ..., None]:
    """A command for Discord; names, descriptions, types and limits as in the one definition."""

    async def run(interaction: "Interaction", **values: str | int | bool | discord.Attachment | None) -> None:
        async with interaction.client.serving(interaction):
            try:
                check_values(command.parameters, values)
                await handler(interaction, **values)
            except PullquoteError as error:
                await report(interaction, error)  # foreseen, so it is none for discord.py to log

    # discord.py reads the parameters off the callback's signature.
    interaction = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_ONLY, annotation=discord.Interaction)
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # a function takes any attribute
        [interaction, *(_parameter(p) for p in command.parameters)]
    )
    described = app_commands.describe(**{p.name: locale_str(p.description) for p in command.parameters})(run)
    chosen = {p.name: [app_commands.Choice(name=str(c), value=c) for c in p.choices] for p in command.parameters}
    described = app_commands.choices(**{name: choices for name, choices in chosen.items() if choices})(described)
    result: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=locale_str(command.name),
        description=locale_str(command.description),
        callback=described,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False) if command.moderators else None,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
        if command.moderators
        else None,
    )
    if command.moderators:
        result.default_permissions = discord.Permissions(manage_guild=True)
    for parameter in command.parameters:
        if parameter.autocomplete:
            completer = suggesting(COMPLETERS[command.path, parameter.name])
            result.autocomplete(parameter.name)(completer)  # type: ignore[arg-type]  # made at run time
    return result


def suggesting(completer: Completer) -> Completer:
    """A completer that has nothing to suggest where there is a reason not to; nobody could be told it."""

    async def complete(interaction: "Interaction", typed: Any) -> list[app_commands.Choice[Any]]:  # noqa: ANN401 - Discord's
        try:
            return await completer(interaction, typed)
        except PullquoteError as error:
            log.info("Nothing is suggested: %s", describe(error))
            return []

    return complete


def _parameter(parameter: Parameter) -> inspect.Parameter:
    """A parameter as discord.py reads it."""
    annotation: Any = _TYPES[parameter.type]
    if parameter.minimum is not None or parameter.maximum is not None:
        annotation = app_commands.Range[annotation, parameter.minimum, parameter.maximum]
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if parameter.required else None,
        annotation=annotation if parameter.required else annotation | None,
    )
