"""Follow up: a form for the next question, which is read in the light of the answer that the button is on."""

import re
from typing import Any

import discord
from discord import ui

from bot.commands import MAX_QUESTION
from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import FollowUpId
from bot.discord.library.looking import check_articles
from bot.discord.replies import acknowledge
from bot.translation import _

FORM = re.compile(r"pq:q:(?P<article>[0-9a-f]{12})")
"""The form's custom_id."""

FIELD = "question"


class FollowUpButton(Action, template=FollowUpId.PATTERN):
    """Opens a form."""

    ID = FollowUpId
    EMOJI = "\N{SPEECH BALLOON}"

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("Follow up")

    async def press(self, interaction: Interaction) -> None:
        """Open the form; what it follows is read from the message when the form is sent."""
        await check_articles(interaction, self.wanted.article)
        modal = form(self.wanted.article)
        await acknowledge(interaction, lambda: interaction.response.send_modal(modal))


def form(article: str) -> ui.Modal:
    """A form with one field.

    Args:
        article: id of the article that the follow-up is about.
    """
    modal = ui.Modal(title=_("Follow up"), custom_id=f"pq:q:{article}")
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        placeholder=_("And when? Why? What else did they say?"),
        min_length=1,
        max_length=MAX_QUESTION,
    )
    modal.add_item(ui.Label(text=_("What do you want to know next?"), component=field))
    # What is sent is read from the interaction itself, so that a restart in between loses nothing; a modal that is
    # not stopped would be kept by discord.py until somebody sends it.
    modal.stop()
    return modal
