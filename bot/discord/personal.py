"""/privacy, /export and /forget: what is kept about whoever asks; and, for moderators, about their server."""

import io
import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord
from discord import ui

from bot import privacy as said
from bot.discord.buttons.action import Action
from bot.discord.keeping import owner_of
from bot.discord.moderation import is_moderator, moderated
from bot.discord.replies import acknowledge, respond
from bot.discord.views import ANSWERED, layout
from bot.privacy import ServerCounts
from bot.records import Kept, Records, Tally, person
from bot.records.model import day_of
from bot.render.discord_markdown import escape
from bot.translation import _, n_
from index.errors import CommandError
from index.library.opening import is_shared

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

EXPORT = "pullquote-export.json"

MOST_TEXT = 3_000_000
"""Characters of articles in an export, so that it stays below the ten megabytes that Discord takes in any script."""


async def show_privacy(interaction: "Interaction") -> None:
    """Show what is stored, in general and now.

    Raises:
        RecordsError: the store cannot be read.
    """
    keeping, owner, who = interaction.client.keeping, owner_of(interaction), interaction.user.id
    conversations = interaction.client.conversations

    def read(records: Records) -> tuple[Kept, int, int]:
        of_server = owner.kind == "server"
        votes = len(records.votes(owner, 0)) if of_server else 0
        return conversations.about_person(records, who), votes, len(records.refusals(owner, 0)) if of_server else 0

    kept, votes, refusals = await keeping.run(read)
    settings = await keeping.settings(owner)
    articles = await interaction.client.libraries.count(owner)
    counts = ServerCounts(votes, refusals, settings, articles) if owner.kind == "server" else None
    own, libraries = interaction.client.settings, interaction.client.libraries
    texts = said.texts(
        kept,
        settings.retention,
        own.conversation_minutes,
        counts,
        articles=await libraries.count(person(who)),
        questions_logged=own.log_questions,
        shared=own.library is not None and is_shared(own.library),
    )
    await respond(interaction, layout([escape(text) for text in texts]), ephemeral=True)


async def give_export(interaction: "Interaction") -> None:
    """Give a person all that is kept about them, as a file that only they see.

    Raises:
        RecordsError: the store cannot be read.
    """
    client, who = interaction.client, interaction.user.id

    def read(records: Records) -> tuple[Kept, tuple[Tally, ...]]:
        return client.conversations.about_person(records, who), records.tallies(person(who), day_of(0))

    kept, tallies = await client.keeping.run(read)
    remembered = tuple(result.question for result in client.last.of(who))
    export = said.export(
        who,
        int(time.time()),
        kept,
        tallies,
        remembered=remembered,
        language=client.spoken.get(who),
        library=await client.libraries.all_of(person(who), MOST_TEXT),
    )
    data = json.dumps(export, ensure_ascii=False, indent=2).encode("utf-8", "replace")

    async def send() -> None:
        file = discord.File(io.BytesIO(data), EXPORT)
        await interaction.response.send_message(view=export_view(), file=file, ephemeral=True)

    await acknowledge(interaction, send)


def export_view() -> ui.LayoutView:
    """What an export comes with; the file is sent beside it, as `EXPORT`."""
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ANSWERED)
    container.add_item(ui.TextDisplay(_("All that I keep about you, in all places. Only you see this message.")))
    container.add_item(ui.File(f"attachment://{EXPORT}"))
    view.add_item(container)
    view.stop()
    return view


@dataclass(frozen=True, slots=True)
class ForgetId:
    """Erases something.

    Attributes:
        what: "me", or the server in two steps: "server" asks once more, "sure" erases. It names no server and no
            person: what is erased is always the one's who presses, and the one's where it is pressed.
    """

    what: str

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(r"pq:f:(?P<what>me|server|sure)")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:f:{self.what}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["what"])


class ForgetButton(Action, template=ForgetId.PATTERN):
    """Erases, or asks once more."""

    ID = ForgetId
    STYLE = discord.ButtonStyle.danger

    async def press(self, interaction: "Interaction") -> None:
        """Do it, and say what was done in the place of the question."""
        if not (interaction.message and interaction.message.flags.ephemeral):
            # Ours are only ever on a message that its asker alone sees.
            raise CommandError("Use /forget to erase what is kept.")
        if self.wanted.what == "me":
            sentence = await self._me(interaction)
            view = layout([sentence], accent=None)
        elif self.wanted.what == "server":
            moderated(interaction)
            sentence = _(
                "This erases every thumb, every question, every conversation, the library and the settings of this "
                "server, and cannot be undone."
            )
            view = layout([sentence], [ForgetButton(ForgetId("sure"), _("Erase all of it"))], accent=None)
        else:
            owner = moderated(interaction)
            await interaction.client.libraries.erase(owner)
            interaction.client.conversations.forget_owner(owner)
            sentence = _erased(await interaction.client.keeping.erase(owner))
            view = layout([sentence, _("The settings of this server are as they were at first.")], accent=None)
        await acknowledge(interaction, lambda: interaction.response.edit_message(view=view))

    async def _me(self, interaction: "Interaction") -> str:
        """Erase all that is kept about the one who pressed."""
        client, who = interaction.client, interaction.user.id
        await client.libraries.erase(person(who))
        client.conversations.forget_person(who)
        erased = await client.keeping.run(lambda records: records.erase_person(who))
        client.last.forget_person(who)
        client.paged.forget_person(who)
        client.spoken.forget_person(who)
        return _erased(erased)


def _erased(count: int) -> str:
    """What was done."""
    return n_(
        "Erased: {n} thumb or question, and all else that was kept.",
        "Erased: {n} thumbs and questions, and all else that was kept.",
        count,
    ).format(n=count)


async def ask_to_forget(interaction: "Interaction") -> None:
    """Ask whether to erase what is kept about a person; a moderator may choose the server's instead.

    Raises:
        RecordsError: the store cannot be read.
    """
    who = interaction.user.id
    conversations = interaction.client.conversations
    kept = await interaction.client.keeping.run(lambda records: conversations.about_person(records, who))
    texts = [
        _("**Erase what is kept about you?** It cannot be undone; /export gives you a copy first."),
        escape(said.about_you(kept, await interaction.client.libraries.count(person(who)))),
    ]
    buttons: list[ui.Item[Any]] = [ForgetButton(ForgetId("me"), _("Erase what is kept about me"))]
    if is_moderator(interaction):
        buttons.append(ForgetButton(ForgetId("server"), _("Erase all of this server's …")))
    await respond(interaction, layout(texts, buttons, accent=None), ephemeral=True)
