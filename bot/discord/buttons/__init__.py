"""The buttons below the bot's messages, one file a family; a press is matched to one of `BUTTONS`."""

import discord

from bot.discord.buttons.action import Action
from bot.discord.buttons.answers import answer_view
from bot.discord.buttons.more import MoreButton, more_view
from bot.discord.buttons.passage import PassageButton, passage_view
from bot.discord.buttons.share import ShareButton
from bot.discord.views import parts_of

BUTTONS: tuple[type[Action], ...] = (PassageButton, MoreButton, ShareButton)


def is_ours(custom_id: str, message: discord.Message | None) -> bool:
    """Whether a press will be acted on: some button answers to the custom_id, and the message does hold it."""
    known = any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in BUTTONS)
    return known and any(button.custom_id == custom_id for button in parts_of(message)[1])


__all__ = ["BUTTONS", "Action", "answer_view", "is_ours", "more_view", "passage_view"]
