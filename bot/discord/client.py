"""The client: what it asks Discord for, what it takes, and questions that come as messages."""

import logging
import re
import sys

import discord

from bot.assistant import Assistant
from bot.conversation import Conversations
from bot.dialogue import Dialogue
from bot.discord.buttons import BUTTONS, answer_view, is_ours
from bot.discord.memory import LastAnswers, Seen
from bot.discord.replies import describe, report, sentence_for
from bot.discord.sync import sync
from bot.discord.tree import PullquoteTree
from bot.discord.views import layout, notice
from bot.discord.work import Work
from bot.render import discord_text
from bot.settings import Settings
from index.errors import CommandError

log = logging.getLogger(__name__)

STOPPING = "I am being restarted; ask again in a minute."
STALE = "This button or form is of another version than mine; ask your question again."


def intents() -> discord.Intents:
    """What the bot hears: servers and channels, and messages that mention it or come to it directly.

    None of these is privileged: Discord gives the text of just those messages without the message content intent.
    """
    chosen = discord.Intents.none()
    chosen.guilds = True
    chosen.guild_messages = True
    chosen.dm_messages = True
    return chosen


class PullquoteClient(discord.AutoShardedClient):
    """The bot.

    Attributes:
        settings: as the operator set them.
        assistant: answers.
        dialogue: answers in the light of what was asked before.
        work: what is under way.
        last: last answers, for `/why`.
        tree: the commands.
    """

    def __init__(self, settings: Settings, assistant: Assistant) -> None:
        """Make the client; needs a running event loop."""
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # no message is ever looked up again, so none is kept
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.settings = settings
        self.assistant = assistant
        self.dialogue = Dialogue(assistant, Conversations(minutes=settings.conversation_minutes))
        self.work = Work()
        self.last = LastAnswers()
        self._seen = Seen()
        self.tree = PullquoteTree(self)

    async def setup_hook(self) -> None:
        """Before the gateway: register the buttons, tell Discord the commands if they changed."""
        self.add_dynamic_items(*BUTTONS)
        if self.application_id is not None:
            await sync(self.tree, self.application_id, self.settings.state_folder)

    async def on_ready(self) -> None:
        """Say so in the log; comes again after a long break, so nothing is done here."""
        log.info("Ready in %d servers.", len(self.guilds))

    async def admit(self, interaction: discord.Interaction["PullquoteClient"]) -> bool:
        """Whether to act on an interaction: the first time it comes, and not while stopping."""
        if not self._seen.is_new(interaction.id):
            return False
        if self.work.stopping:
            if interaction.type is not discord.InteractionType.autocomplete:
                await report(interaction, CommandError(STOPPING))
            return False
        return True

    async def on_interaction(self, interaction: discord.Interaction["PullquoteClient"]) -> None:
        """Answer what nothing else answers: buttons and forms of an older version, or made up."""
        if interaction.type is discord.InteractionType.component:
            if is_ours(interaction.custom_id or "", interaction.message):
                return
        elif interaction.type is not discord.InteractionType.modal_submit:
            return
        if await self.admit(interaction):
            with self.work.item():
                await report(interaction, CommandError(STALE))

    async def on_message(self, message: discord.Message) -> None:
        """Take a mention and a direct message for a question."""
        if message.author.bot or message.webhook_id is not None or self.work.stopping or self.user is None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        mention = re.compile(rf"<@!?{self.user.id}>")
        if message.guild is not None and not mention.search(message.content):
            return
        if self._seen.is_new(message.id):
            with self.work.item():
                await self._answer(message, mention.sub(" ", message.content).strip())

    async def _answer(self, message: discord.Message, question: str) -> None:
        """Answer a message; without a question in it, say what can be asked."""
        try:
            if question:
                result = await self.work.compute(lambda: self.assistant.ask(question))
                self.last.put(message.author.id, message.channel.id, result)
                view = answer_view(result, self.assistant.index)
            else:
                view = layout(discord_text.help_text())
        except Exception as error:  # noqa: BLE001 - the one place where a message's error becomes a sentence
            view = notice(sentence_for(error) or STALE)
        reference = discord.MessageReference.from_message(message, fail_if_not_exists=False)
        try:
            await message.channel.send(view=view, reference=reference)
        except (discord.HTTPException, OSError) as error:
            log.warning("A message could not be answered: %s", describe(error))

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what went wrong in an event; its arguments hold what people wrote and stay out of the log."""
        del args, kwargs
        log.error("An event came to nothing: %s", event_method, exc_info=sys.exc_info())
