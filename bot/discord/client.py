"""The client: what it asks Discord for, what it takes, and questions that come as messages."""

import asyncio
import contextlib
import logging
import re
import sys
from collections.abc import AsyncIterator

import aiohttp
import discord

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.cooldown import Cooldowns
from bot.dialogue import Dialogue
from bot.discord import answering, forms, guild_settings
from bot.discord.buttons import BUTTONS, follow_up, is_ours
from bot.discord.conversations import KeptConversations
from bot.discord.gateway import ShardedClient
from bot.discord.intake import Intake
from bot.discord.keeping import Keeping, owner_of, owner_of_message
from bot.discord.libraries import Libraries
from bot.discord.library import form as library_form
from bot.discord.life import Life, Requests, TooLate, current, living
from bot.discord.memory import LastAnswers, Paged, Seen, Spoken
from bot.discord.operating import Operations
from bot.discord.recall import conversation_since
from bot.discord.replies import describe, report, view_for
from bot.discord.shared import Shared
from bot.discord.suggesting import Suggesting
from bot.discord.sync import sync
from bot.discord.translator import CatalogueTranslator
from bot.discord.tree import PullquoteTree
from bot.discord.upkeep import Upkeep
from bot.discord.views import layout, notice
from bot.discord.work import Work
from bot.machines import placed
from bot.records import Owner
from bot.render import discord_text
from bot.server_settings import ServerSettings
from bot.settings import Settings
from bot.suggestions import Suggestion, suggestions
from bot.translation import N_, _, speaking
from index.errors import CommandError
from index.fetch import Fetcher

log = logging.getLogger(__name__)

STOPPING = N_("I am being restarted; ask again in a minute.")
STALE = N_("This button or form is of another version than mine; ask your question again.")


def intents() -> discord.Intents:
    """What the bot hears: servers and channels, and messages that mention it or come to it directly.

    None of these is privileged: Discord gives the text of just those messages without the message content intent.
    """
    chosen = discord.Intents.none()
    chosen.guilds = True
    chosen.guild_messages = True
    chosen.dm_messages = True
    return chosen


class PullquoteClient(ShardedClient):
    """The bot.

    Attributes:
        settings: as the operator set them.
        assistant: answers.
        conversations: what was asked before.
        dialogue: answers in the light of that.
        work: what is under way.
        requests: what became of the requests to Discord.
        last: last answers, for `/why`.
        paged: the pages of long replies.
        spoken: the language of people's Discord.
        cooldowns: how often people may ask.
        keeping: what is kept between starts.
        libraries: what each owner is answered from.
        fetcher: fetches what is added by its address.
        operations: what the operator sees of all this.
        suggested: questions that the article answers; none until they are found.
        tree: the commands.
        intake: takes interactions as they come.
    """

    def __init__(self, settings: Settings, assistant: Assistant, *, fetcher: Fetcher | None = None) -> None:
        """Make the client; needs a running event loop.

        Args:
            settings: as the operator set them.
            assistant: answers from the operator's article.
            fetcher: fetches pages; one that reaches public addresses alone if None.
        """
        requests = Requests()
        shards, machine = placed(settings)
        super().__init__(
            shards=shards,
            shared=Shared(settings.state_folder, machine=machine),
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # no message is ever looked up again, so none is kept
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=requests.trace(),
        )
        self.requests = requests
        self.settings = settings
        self.assistant = assistant
        self.work = Work()
        self.last = LastAnswers()
        self.paged = Paged()
        self.spoken = Spoken()
        self.cooldowns = Cooldowns(settings.cooldown)
        self.operations = Operations(self)
        self.keeping = Keeping(
            settings.state_folder, library=settings.library, watch=self.operations.metrics.watch("records")
        )
        self.conversations = KeptConversations(self.keeping, minutes=settings.conversation_minutes)
        self.dialogue = Dialogue(assistant, self.conversations)
        self.suggested: tuple[Suggestion, ...] = ()
        self.libraries = Libraries(self.dialogue, settings, watch=self.operations.metrics.watch("library"))
        self.suggesting = Suggesting(self.libraries, self.work)
        self.fetcher = fetcher or Fetcher()
        self._upkeep = Upkeep(self.keeping, self.libraries, self.conversations)
        self._forms: dict[re.Pattern[str], forms.Submit] = {
            follow_up.FORM: self._follow_up,
            guild_settings.FORM: guild_settings.form_submitted,
            library_form.FORM: library_form.submitted,
        }
        self._suggesting: asyncio.Task[None] | None = None
        self._seen = Seen()
        self.tree = PullquoteTree(self)
        self.intake = Intake(self)
        self.work.pressed = self.intake.refusals.pressing

    async def setup_hook(self) -> None:
        """Before the gateway: open the store, register the buttons, tell Discord the commands if they changed.

        Raises:
            SettingsError: the port for health and metrics is taken.
            RecordsError: the store cannot be opened.
        """
        await self.operations.start()
        self.keeping.open()
        await asyncio.to_thread(self.libraries.open)
        self._upkeep.start()
        self.add_dynamic_items(*BUTTONS)
        await self.tree.set_translator(CatalogueTranslator())
        speaks_for_all = self.shard_ids is None or 0 in self.shard_ids
        if self.application_id is not None and speaks_for_all:
            await sync(self.tree, self.application_id, self.settings.state_folder)
        self._suggesting = asyncio.create_task(self._suggest())

    async def _suggest(self) -> None:
        """Find questions to suggest, in a thread; until then, and if it fails, none are suggested."""
        try:
            # A stop does not wait for it.
            found = await self.work.aside(lambda: suggestions(self.assistant, go_on=lambda: not self.work.stopping))
            self.suggested = found
        except Exception as error:  # noqa: BLE001 - suggestions are worth no stop
            log.warning("No questions can be suggested: %s", describe(error))

    async def close(self) -> None:
        """Close the gateway, and write what waits to be written."""
        if self._suggesting is not None:
            self._suggesting.cancel()
        self.suggesting.stop()
        self._upkeep.stop()
        await self.intake.refusals.finish()
        await super().close()
        await self.shared.close()
        await asyncio.to_thread(self.libraries.close)
        await asyncio.to_thread(self.keeping.close)
        await self.operations.stop()

    def examples(self) -> list[str]:
        """Questions to show a newcomer."""
        return [s.question for s in self.suggested[: discord_text.EXAMPLES]]

    def hold_back(self, person: int, place: int, owner: Owner | None = None) -> None:
        """Take a question of a person in a place; see `bot.discord.answering.hold_back`."""
        answering.hold_back(self, person, place, owner)

    @contextlib.asynccontextmanager
    async def serving(self, interaction: discord.Interaction["PullquoteClient"]) -> AsyncIterator[None]:
        """Count an interaction as work, and speak its language: the server's, else that of the person's Discord."""
        with self.work.item(), living(interaction.extras.setdefault("life", current())):
            self.spoken.put(interaction.user.id, str(interaction.locale))
            settings = await answering.settings_of(self, owner_of(interaction))
            with speaking(answering.language_for(settings, interaction.locale)):
                async with self.operations.interaction(interaction):
                    yield

    async def on_ready(self) -> None:
        """Say so in the log, and look who left meanwhile; comes again after a long break."""
        log.info("Ready in %d servers.", len(self.guilds))
        self._upkeep.reconcile({guild.id for guild in self.guilds}, self.shards.keys(), self.shard_count or 1)

    def is_new(self, number: int) -> bool:
        """Whether an interaction or message comes to this process for the first time; notes it."""
        return self._seen.is_new(number)

    async def admit(self, interaction: discord.Interaction["PullquoteClient"]) -> bool:
        """Whether to act on an interaction: the first time it comes, to any process, and not while stopping."""
        if not self.is_new(interaction.id):
            self.operations.metrics.drop("twice")
            return False
        if interaction.type is discord.InteractionType.autocomplete:
            # Two that answer do no harm, and it must be quick.
            if not self.work.stopping:
                self.operations.metrics.suggest()
            return not self.work.stopping
        with self.work.item(), living(interaction.extras.setdefault("life", current())):
            # A process that stops leaves what comes to the one that takes its place, if there is one. What came before
            # it was told to stop is its own: the stop waits for it.
            stopping = self.work.stopping
            left = stopping and await self.is_held_elsewhere(interaction.guild_id)
            if left or not await self.shared.claim(interaction.id):
                self.operations.metrics.drop("elsewhere")
                return False
            if stopping:
                self.operations.metrics.drop("stopping")
                with speaking(answering.language_for(ServerSettings(), interaction.locale)):
                    await report(interaction, CommandError(STOPPING))
                return False
        return True

    async def on_interaction(self, interaction: discord.Interaction["PullquoteClient"]) -> None:
        """Answer what nothing else answers: our form, and buttons and forms of an older version, or made up."""
        if interaction.type is discord.InteractionType.component:
            if is_ours(interaction.custom_id or "", interaction.message):
                return
        elif interaction.type is not discord.InteractionType.modal_submit:
            return
        if not await self.admit(interaction):
            return
        async with self.serving(interaction):
            await forms.submitted(interaction, self._forms, STALE)

    async def _follow_up(self, interaction: discord.Interaction["PullquoteClient"], values: dict[str, str]) -> None:
        """Answer a follow-up in the light of the message that its form was opened on.

        Raises:
            PullquoteError: it cannot be asked.
        """
        who, place = interaction.user.id, interaction.channel_id or 0
        owner = owner_of(interaction)
        await self.conversations.refresh(owner, who, place)
        since = await conversation_since(self.libraries, interaction.message, owner, who, place)
        if since is None:
            raise CommandError(STALE)
        private = interaction.message is not None and interaction.message.flags.ephemeral
        question = values.get(follow_up.FIELD, "")
        await answering.ask(interaction, question, private=True if private else None, since=since)

    async def on_message(self, message: discord.Message) -> None:
        """Take a mention, a reply that pings us, and a direct message for a question."""
        if message.author.bot or message.webhook_id is not None or self.work.stopping or self.user is None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        # A reply that pings us mentions us though its text does not; Discord gives its text then, too.
        if message.guild is not None and not any(user.id == self.user.id for user in message.mentions):
            return
        if not self.is_new(message.id) or not await self.shared.claim(message.id):
            return
        question = re.sub(rf"<@!?{self.user.id}>", " ", message.content).strip()
        with self.work.item(), living(Life()):
            settings = await answering.settings_of(self, owner_of_message(message))
            # A message does not tell its writer's language: the server's is the nearest, or the last that they used.
            locale = message.guild.preferred_locale if message.guild else self.spoken.get(message.author.id)
            with speaking(answering.language_for(settings, locale)), self.operations.message(message):
                await self._answer(message, question)

    async def _answer(self, message: discord.Message, question: str) -> None:
        """Answer a message; without a question in it, say what can be asked."""
        view: discord.ui.LayoutView | None
        try:
            if question:
                view = await answering.ask_in_message(self, message, question, await self._since(message))
            else:
                owner = owner_of_message(message)
                library_answers = await self.libraries.thread(lambda: self.libraries.has(owner))
                view = layout(discord_text.help_text([] if library_answers else self.examples()))
        except Exception as error:  # noqa: BLE001 - the one place where a message's error becomes a sentence
            view = view_for(error) or notice(_(STALE))
        if view is None:
            return
        reference = discord.MessageReference.from_message(message, fail_if_not_exists=False)
        try:
            await message.channel.send(view=view, reference=reference)
        except (discord.HTTPException, aiohttp.ClientError, OSError, TooLate) as error:
            log.warning("A message could not be answered: %s", describe(error))

    async def _since(self, message: discord.Message) -> Conversation | None:
        """The conversation up to the answer of ours that a message replies to; None for what is remembered."""
        answered = message.reference.resolved if message.reference else None
        if not isinstance(answered, discord.Message) or self.user is None or answered.author.id != self.user.id:
            return None
        owner, who, place = owner_of_message(message), message.author.id, message.channel.id
        await self.conversations.refresh(owner, who, place)
        return await conversation_since(self.libraries, answered, owner, who, place)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server took us in, or took us back."""
        self._upkeep.joined(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server put us out; what it had is erased after a while."""
        self._upkeep.left(guild.id)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what went wrong in an event; its arguments hold what people wrote and stay out of the log."""
        del args, kwargs
        log.error("An event came to nothing: %s", event_method, exc_info=sys.exc_info())
