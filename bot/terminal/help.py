"""The command line's help and complaints in the language in force; click's own words stand in our catalogues."""

import re
from collections.abc import Callable
from typing import Any

import click

from bot.translation import N_, _

FRAME = (N_("Options"), N_("Commands"), N_("Show this message and exit."), N_("Show the version and exit."))
"""What click itself writes in a help page, for the catalogues."""

_COMPLAINTS = (
    N_("No such option '{name}'."),
    N_("No such command '{name}'."),
    N_("Missing argument '{name}'."),
    N_("Option '{name}' requires an argument."),
    N_("Got unexpected extra argument ({name})"),
    N_("Got unexpected extra arguments ({name})"),
    N_("Invalid value for '{name}':"),
    N_("Did you mean '{name}'?"),
)
"""What click says of a wrong command line, for the catalogues; the rest it says in English."""

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(re.escape(template).replace(r"\{name\}", "([^']+?)")), template) for template in _COMPLAINTS
)


def complaint(error: click.ClickException) -> str:
    """What is wrong with a command line."""
    said = error.format_message()
    for shape, template in _SHAPES:
        if match := shape.search(said):
            said = f"{said[: match.start()]}{_(template).format(name=match[1])}{said[match.end() :]}"
    return said


def show(error: click.ClickException) -> None:
    """Print what is wrong, how the command is used, and where its help is, on standard error."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        hint = _("Try '{command}' for help.").format(command=f"{context.command_path} --help")
        click.echo(f"{hint}\n", err=True)
    click.echo(_("Error: {message}").format(message=complaint(error)), err=True)


class SpokenOption(click.Option):
    """An option whose help is looked up when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help."""
        english = self.help
        self.help = _(english) if english else english
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


class SpokenCommand(click.Command):
    """A command whose help is looked up when it is shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence, for a list of commands."""
        english = self.help
        self.help = _(english) if english else english
        try:
            return super().get_short_help_str(limit)
        finally:
            self.help = english

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{_('Usage:')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [record for parameter in options if (record := parameter.get_help_record(ctx))]
        with formatter.section(_("Options")):
            formatter.write_dl([(names, _(text)) for names, text in records])


class SpokenGroup(SpokenCommand, click.Group):
    """The group of all commands."""

    command_class = SpokenCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options and commands."""
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        room = formatter.width - 6 - max(len(name) for name, _command in commands)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, command.get_short_help_str(room)) for name, command in commands if command])


def option(*declarations: str, **attributes: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own signature
    """`click.option`, its help looked up when it is shown."""
    return click.option(*declarations, cls=SpokenOption, **attributes)
