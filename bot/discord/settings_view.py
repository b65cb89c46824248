"""What /settings shows: the settings in words, in menus; what they do when they are used stands in `guild_settings`."""

from typing import Any

import discord
from discord import ui

from bot.discord.views import ANSWERED
from bot.render.words import labelled, percent
from bot.server_settings import (
    LONGEST_RETENTION,
    MOST_CHANNELS,
    MOST_ROLES,
    PRESETS,
    RETENTION,
    ServerSettings,
    preset_of,
)
from bot.translation import LANGUAGES, _, n_

DEFAULT = "default"
"""The value of a menu's first option: what holds unless it is set."""

KEPT = (7, 30, RETENTION, 180, LONGEST_RETENTION)
"""Days of retention that the menu offers; any other goes through the form."""

NATIVE = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ru": "Русский"}
"""The languages in their own words, so that everyone finds theirs."""

ANSWERING = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.category,
)


def custom_id(name: str) -> str:
    """The custom_id of the menu or button of a setting."""
    return f"pq:g:{name}"


def settings_view(now: ServerSettings, *, private: bool, threshold: float) -> ui.LayoutView:
    """The settings with their menus.

    Args:
        now: what is set.
        private: what the operator set for where the server set nothing.
        threshold: the same.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ANSWERED)
    head = _("**Settings of this server**\nWhat you choose holds at once, for everyone here.")
    container.add_item(ui.TextDisplay(head))
    menus: tuple[tuple[str, *tuple[ui.Item[Any], ...]], ...] = (
        (_("Where I may answer, mentions included; none chosen is everywhere"), _channels(now)),
        (_("Who sees an answer to /ask"), _private(now, default=private)),
        (_("Language of my replies; quotes stay as they are"), _language(now)),
        (_("How sure an answer must be"), _thresholds(now, threshold)),
        (_("How long thumbs and unanswered questions are kept"), _retention(now)),
        (_("Who may add to the library and remove from it"), _editing(now), _editors(now)),
    )
    for title, *below in menus:
        container.add_item(ui.TextDisplay(title))
        for menu in below:
            container.add_item(ui.ActionRow(menu))
    buttons: list[ui.Button[Any]] = [ui.Button(label=_("Exact numbers"), custom_id=custom_id("exact"))]
    if now.channels:
        buttons.append(ui.Button(label=_("Answer everywhere"), custom_id=custom_id("everywhere")))
    container.add_item(ui.ActionRow(*buttons))
    view.add_item(container)
    view.stop()  # discord.py need not keep it: its menus are found by their custom_id
    return view


def _channels(now: ServerSettings) -> ui.ChannelSelect[Any]:
    chosen = [
        discord.SelectDefaultValue(id=c, type=discord.SelectDefaultValueType.channel) for c in sorted(now.channels)
    ]
    menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("channels"),
        channel_types=list(ANSWERING),
        placeholder=_("Everywhere"),
        min_values=0,
        max_values=MOST_CHANNELS,
        default_values=chosen,
    )
    return menu


def _editing(now: ServerSettings) -> ui.Select[Any]:
    options = [
        (DEFAULT, _("Those who may manage the server"), _("And the roles below, if any are chosen")),
        ("everyone", _("Everyone"), ""),
    ]
    return _menu("editing", options, "everyone" if now.everyone_edits else DEFAULT)


def _editors(now: ServerSettings) -> ui.RoleSelect[Any]:
    chosen = [discord.SelectDefaultValue(id=r, type=discord.SelectDefaultValueType.role) for r in sorted(now.editors)]
    menu: ui.RoleSelect[Any] = ui.RoleSelect(
        custom_id=custom_id("editors"),
        placeholder=_("Roles that may, too"),
        min_values=0,
        max_values=MOST_ROLES,
        default_values=chosen,
    )
    return menu


def _menu(name: str, options: list[tuple[str, str, str]], chosen: str) -> ui.Select[Any]:
    """A menu of words.

    Args:
        name: of the setting.
        options: (value, label, description).
        chosen: the value that is set.
    """
    made = [
        discord.SelectOption(label=label[:100], value=value, description=about[:100] or None, default=value == chosen)
        for value, label, about in options
    ]
    return ui.Select(custom_id=custom_id(name), options=made)


def _private(now: ServerSettings, *, default: bool) -> ui.Select[Any]:
    everyone, asker = _("Everyone in the channel"), _("The asker alone, with a button to share it")
    options = [
        (DEFAULT, _("Default: {what}").format(what=asker if default else everyone), ""),
        ("no", everyone, ""),
        ("yes", asker, ""),
    ]
    return _menu("private", options, DEFAULT if now.private is None else "yes" if now.private else "no")


def _language(now: ServerSettings) -> ui.Select[Any]:
    own = (DEFAULT, _("Each person's own"), _("The language of their Discord, English where I do not speak it"))
    return _menu("language", [own, *((name, NATIVE[name], "") for name in LANGUAGES)], now.language or DEFAULT)


def _thresholds(now: ServerSettings, default: float) -> ui.Select[Any]:
    named = {
        "cautious": (_("Cautious"), _("Answers only what is more likely right than not")),
        "balanced": (_("Balanced"), _("Some refusals too many, some answers beside the point")),
        "bold": (_("Bold"), _("Seldom refuses, and is more often wrong")),
    }
    options = [(DEFAULT, _("Default: {what}").format(what=percent(default)), "")]
    options += [
        (f"{value:g}", labelled(named[name][0], percent(value)), named[name][1]) for name, value in PRESETS.items()
    ]
    chosen = DEFAULT
    if now.threshold is not None:
        preset = preset_of(now.threshold)
        chosen = f"{PRESETS[preset] if preset else now.threshold:g}"
        if preset is None:
            options.append((chosen, percent(now.threshold), _("Set by its number")))
    return _menu("threshold", options, chosen)


def _retention(now: ServerSettings) -> ui.Select[Any]:
    days = sorted({*KEPT, now.retention})
    return _menu(
        "retention", [(str(d), n_("{n} day", "{n} days", d).format(n=d), "") for d in days], str(now.retention)
    )
