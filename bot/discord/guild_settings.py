"""/settings: what moderators set for their server, with menus and a form; it holds at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord
from discord import ui

from bot.discord import forms
from bot.discord.buttons.action import Action
from bot.discord.moderation import moderated
from bot.discord.replies import acknowledge, respond
from bot.discord.settings_view import DEFAULT, settings_view
from bot.server_settings import (
    LONGEST_RETENTION,
    MOST_CHANNELS,
    MOST_ROLES,
    RETENTION,
    ServerSettings,
    parse_retention,
    parse_threshold,
)
from bot.translation import LANGUAGES, _
from index.errors import CommandError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

FORM = re.compile(r"pq:g:form")


@dataclass(frozen=True, slots=True)
class SettingId:
    """A menu or button of /settings. It names no server: what is set is always the one's where it is used.

    Attributes:
        name: of the setting, or "form" for the button that opens the form.
    """

    name: str

    MENU: ClassVar[re.Pattern[str]] = re.compile(
        r"pq:g:(?P<name>channels|private|language|threshold|retention|editing|editors)"
    )
    BUTTON: ClassVar[re.Pattern[str]] = re.compile(r"pq:g:(?P<name>exact|everywhere)")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:g:{self.name}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of a pattern."""
        return cls(match["name"])


class SettingMenu(Action, template=SettingId.MENU):
    """A menu; what is chosen holds at once."""

    ID = SettingId

    def __init__(self, wanted: SettingId) -> None:
        """Make it again when it was chosen from; how it is shown is `settings_view`'s."""
        bare: Any = ui.Select(custom_id=str(wanted), options=[discord.SelectOption(label=DEFAULT)])
        super(Action, self).__init__(bare)
        self.wanted = wanted

    async def press(self, interaction: "Interaction") -> None:
        """Set it, and show the settings as they are now."""
        owner = moderated(interaction)
        keeping = interaction.client.keeping
        data: Any = interaction.data or {}
        chosen = [str(value) for value in data.get("values", [])]
        changed = await keeping.change(owner, lambda now: with_choice(now, self.wanted.name, chosen))
        await _redraw(interaction, changed)


class SettingButton(Action, template=SettingId.BUTTON):
    """Opens the form for exact numbers, or lets the bot answer everywhere again."""

    ID = SettingId

    async def press(self, interaction: "Interaction") -> None:
        """Do it."""
        owner = moderated(interaction)
        keeping = interaction.client.keeping
        if self.wanted.name == "everywhere":
            changed = await keeping.change(owner, lambda now: replace(now, channels=frozenset()))
            await _redraw(interaction, changed)
            return
        now = await keeping.settings(owner)
        threshold = interaction.client.settings.threshold if now.threshold is None else now.threshold
        fields = [
            forms.text_field(
                "threshold",
                _("How sure an answer must be"),
                f"{threshold * 100:g} %",
                hint=_("0 % always answers, 100 % hardly ever; empty for the default."),
            ),
            forms.text_field(
                "retention",
                _("Days that votes and questions are kept"),
                str(now.retention),
                hint=_("1 to {most}; empty for the default, {default}.").format(
                    most=LONGEST_RETENTION, default=RETENTION
                ),
            ),
        ]
        await forms.show(interaction, "pq:g:form", _("Exact numbers"), fields)


async def form_submitted(interaction: "Interaction", values: dict[str, str]) -> None:
    """Set the numbers of the form, both or none.

    Raises:
        CommandError: it is no moderator who sent it, or a number does not fit.
    """
    owner = moderated(interaction)
    keeping = interaction.client.keeping
    threshold = parse_threshold(values.get("threshold", ""))
    retention = parse_retention(values.get("retention", ""))
    changed = await keeping.change(owner, lambda now: replace(now, threshold=threshold, retention=retention))
    await _redraw(interaction, changed)


def with_choice(now: ServerSettings, name: str, chosen: list[str]) -> ServerSettings:
    """The settings after a choice from a menu; a value that no menu offers, which only a made up one is, is refused.

    Args:
        now: before it.
        name: of the setting.
        chosen: values of the options.

    Raises:
        CommandError: the value does not fit.
    """
    value = chosen[0] if chosen else DEFAULT
    read: dict[str, Callable[[], ServerSettings]] = {
        "channels": lambda: replace(now, channels=frozenset(int(v) for v in chosen[:MOST_CHANNELS])),
        "private": lambda: replace(now, private={DEFAULT: None, "yes": True, "no": False}[value]),
        "language": lambda: replace(now, language=None if value == DEFAULT else LANGUAGES[LANGUAGES.index(value)]),
        "threshold": lambda: replace(now, threshold=None if value == DEFAULT else parse_threshold(value)),
        "retention": lambda: replace(now, retention=parse_retention("" if value == DEFAULT else value)),
        "editing": lambda: replace(now, everyone_edits={DEFAULT: False, "everyone": True}[value]),
        "editors": lambda: replace(now, editors=frozenset(int(v) for v in chosen[:MOST_ROLES])),
    }
    try:
        return read[name]()
    except (KeyError, ValueError):
        raise CommandError("This menu is of another version than mine; use /settings again.") from None


async def show_settings(interaction: "Interaction") -> None:
    """Show the settings with their menus.

    Raises:
        CommandError: it is no moderator who asks.
        RecordsError: the store cannot be read.
    """
    now = await interaction.client.keeping.settings(moderated(interaction))
    await respond(interaction, _view(interaction, now), ephemeral=True)


async def _redraw(interaction: "Interaction", now: ServerSettings) -> None:
    """Show the settings in the place of those before."""
    view = _view(interaction, now)
    if interaction.message is None:
        await respond(interaction, view, ephemeral=True)
        return
    await acknowledge(interaction, lambda: interaction.response.edit_message(view=view))


def _view(interaction: "Interaction", now: ServerSettings) -> ui.LayoutView:
    own = interaction.client.settings
    return settings_view(now, private=own.private, threshold=own.threshold)
