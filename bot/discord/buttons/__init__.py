"""The buttons below the bot's messages, one file a family; a press is matched to one of `BUTTONS`."""

import discord

from bot.discord.buttons.action import Action
from bot.discord.buttons.answers import answer_view
from bot.discord.buttons.card import CardButton
from bot.discord.buttons.delete import DeleteButton
from bot.discord.buttons.follow_up import FollowUpButton
from bot.discord.buttons.more import AcrossButton, MoreButton, more_view
from bot.discord.buttons.pages import PageButton, paged_view
from bot.discord.buttons.passage import PassageButton, passage_view
from bot.discord.buttons.share import ShareButton
from bot.discord.feedback import DownButton, UpButton
from bot.discord.guild_settings import SettingButton, SettingMenu
from bot.discord.insights import InsightsButton
from bot.discord.library.buttons import ArticleButton, ArticleMenu, FurtherButton, TurnButton
from bot.discord.personal import ForgetButton
from bot.discord.views import custom_ids_of

BUTTONS: tuple[type[Action], ...] = (
    PassageButton,
    MoreButton,
    AcrossButton,
    FollowUpButton,
    CardButton,
    ShareButton,
    DeleteButton,
    PageButton,
    UpButton,
    DownButton,
    InsightsButton,
    ArticleButton,
    TurnButton,
    FurtherButton,
    ArticleMenu,
    SettingMenu,
    SettingButton,
    ForgetButton,
)


def is_ours(custom_id: str, message: discord.Message | None) -> bool:
    """Whether a press will be acted on: some button answers to the custom_id, and the message does hold it."""
    known = any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in BUTTONS)
    return known and custom_id in custom_ids_of(message)


__all__ = ["BUTTONS", "Action", "answer_view", "is_ours", "more_view", "paged_view", "passage_view"]
