"""Layouts (Components V2): how texts and buttons are put together; knows nothing of what they say."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.render.discord_markdown import escape

ANSWERED = discord.Colour(0x3B82C4)
REFUSED = discord.Colour(0x8A8F98)

PER_ROW = 5
"""Buttons that a row takes."""


def layout(
    texts: Sequence[str],
    buttons: Sequence[ui.Item[Any]] = (),
    *,
    below: Sequence[ui.Item[Any]] = (),
    accent: discord.Colour | None = ANSWERED,
    picture: discord.MediaGalleryItem | None = None,
) -> ui.LayoutView:
    """A framed column of texts with rows of buttons below.

    Args:
        texts: Markdown, one text display each; what the first says stands apart from the others.
        buttons: below them, five to a row.
        below: further buttons, which begin a row of their own.
        accent: the colour of the frame's edge.
        picture: an image between texts and buttons; its description is its alt text.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=accent)
    for position, text in enumerate(texts):
        if position == 1:
            container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(text))
    if picture is not None:
        container.add_item(ui.MediaGallery(picture))
    for group in (buttons, below):
        for first in range(0, len(group), PER_ROW):
            container.add_item(ui.ActionRow(*group[first : first + PER_ROW]))
    view.add_item(container)
    # Buttons are found by their custom_id (DynamicItem). A view that is not stopped would be kept by discord.py
    # for every message sent, for as long as the process lives.
    view.stop()
    return view


def notice(sentence: str) -> ui.LayoutView:
    """A sentence on its own; escaped, because an error may repeat what a person typed."""
    return layout([escape(sentence)], accent=None)


def parts_of(message: discord.Message | None) -> tuple[list[str], list[discord.Button], discord.Colour | None]:
    """The texts, the buttons and the colour of a message that `layout` made; nothing of any other message."""
    container = message.components[0] if message and message.components else None
    if not isinstance(container, discord.Container):
        return [], [], None
    texts = [item.content for item in container.children if isinstance(item, discord.TextDisplay)]
    rows = [item for item in container.children if isinstance(item, discord.ActionRow)]
    return texts, [b for row in rows for b in row.children if isinstance(b, discord.Button)], container.accent_colour


def custom_ids_of(message: discord.Message | None) -> frozenset[str]:
    """The custom_ids of all buttons and menus of a message."""
    found: set[str] = set()
    left: list[Any] = list(message.components) if message else []
    while left:
        component = left.pop()
        left += getattr(component, "children", ())
        if custom_id := getattr(component, "custom_id", None):
            found.add(custom_id)
    return frozenset(found)
