"""Sending: the one place where replies leave and the one place where an error becomes a sentence."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.discord.life import TooLate, current
from bot.discord.views import layout, notice
from bot.discord.work import Overloaded
from bot.operations.observation import note_error
from bot.render.discord_markdown import escape
from bot.translation import N_, _, told
from index.errors import CommandError, PullquoteError, RecordsError

log = logging.getLogger(__name__)

ALREADY_ACKNOWLEDGED = 40060
GONE = frozenset({10062, 10015, 50027})
"""Unknown interaction, unknown webhook, invalid webhook token: too late for any answer, nothing to be done."""

SERVER_ERROR = 500
TOO_MANY = 429

RETRY_AFTER = 0.2
"""Seconds before the one quick retry of a callback that broke; the first answer is due within three."""

WITHDRAWN = N_("There is no answer to show.")


class TooFast(CommandError):
    """Somebody asks faster than they may.

    Attributes:
        until: when they may again, in seconds since 1970.
    """

    def __init__(self, until: int) -> None:
        """Say so, and when to try again."""
        super().__init__(N_("You ask faster than I may answer; try again in a moment."))
        self.until = until


Interaction = discord.Interaction[Any]


async def acknowledge(interaction: Interaction, send: Callable[[], Awaitable[object]]) -> None:
    """Make the first response, which is all of the answer or nearly so; see `_acknowledged`.

    Where it is not confirmed in time, nobody may have been told: the interaction counts as failed.

    Args:
        interaction: what is responded to.
        send: makes the response.
    """
    if not await _acknowledged(interaction, send):
        note_error(TooLate("a first response was not confirmed"))


async def _acknowledged(interaction: Interaction, send: Callable[[], Awaitable[object]]) -> bool:
    """Make the first response, with one quick retry where the connection breaks; discord.py makes none.

    Where it is not confirmed in time, be it that Discord fails, that discord.py waits for a rate limit to pass, or that
    this machine is too busy to send it, it may have arrived all the same, so that whoever has an answer still tries to
    give it.

    Returns:
        whether it was confirmed.
    """
    confirmed = False
    try:
        async with asyncio.timeout_at(current().first):
            try:
                await _once(send)
            except (aiohttp.ClientConnectionError, ConnectionError, TimeoutError):
                await asyncio.sleep(RETRY_AFTER)
                await _once(send)
            confirmed = True
    except TimeoutError:
        log.warning("Discord did not confirm a first response in time.")
    interaction.extras["acknowledged"] = True
    return confirmed


async def _once(send: Callable[[], Awaitable[object]]) -> None:
    """Send; that Discord has the response already, from a try whose answer was lost, is as good."""
    try:
        await send()
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


def is_acknowledged(interaction: Interaction) -> bool:
    """Whether the first response was made."""
    return interaction.response.is_done() or "acknowledged" in interaction.extras


async def defer(interaction: Interaction, *, ephemeral: bool) -> None:
    """Show "thinking"; whether the answer is for its asker alone is settled here."""
    await _acknowledged(interaction, lambda: interaction.response.defer(ephemeral=ephemeral, thinking=True))
    interaction.extras["pending"] = "ephemeral" if ephemeral else "public"


async def respond(interaction: Interaction, view: discord.ui.LayoutView, *, ephemeral: bool) -> None:
    """Make the first response a message."""
    await acknowledge(interaction, lambda: interaction.response.send_message(view=view, ephemeral=ephemeral))


async def fill_in(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Put the answer in the place of "thinking", or of the message that the pressed button is on."""
    try:
        async with asyncio.timeout_at(current().end):
            try:
                await interaction.edit_original_response(view=view)
            except (aiohttp.ClientConnectionError, ConnectionError):
                await interaction.edit_original_response(view=view)  # an edit may be made twice
    except TimeoutError:
        raise TooLate("an answer could not be brought in its time") from None
    interaction.extras.pop("pending", None)


async def report(interaction: Interaction, error: BaseException) -> None:
    """Tell a person what went wrong, in a sentence for them alone; never raises."""
    view = view_for(error)
    if view is None:
        return
    try:
        await tell(interaction, view)
    except (discord.HTTPException, aiohttp.ClientError, OSError, TooLate) as failure:
        log.warning("An error could not be told: %s", describe(failure))


def view_for(error: BaseException) -> discord.ui.LayoutView | None:
    """What to show a person of an error, or None where nobody can be told any more; logs like `sentence_for`."""
    note_error(error)
    if isinstance(error, TooFast):
        # A timestamp counts down in the reader's own language; escaped, it would be characters.
        again = _("You ask faster than I may answer; try again {when}.")
        return layout([escape(again).format(when=f"<t:{error.until}:R>")], accent=None)
    if isinstance(error, Overloaded):
        return overloaded(error.until)
    sentence = sentence_for(error)
    return None if sentence is None else notice(sentence)


def overloaded(until: int) -> discord.ui.LayoutView:
    """What to show who asked more than can be answered: when to try again, in seconds since 1970."""
    again = _("I am asked more than I can answer just now; try again {when}.")
    return layout([escape(again).format(when=f"<t:{until}:R>")], accent=None)


def sentence_for(error: BaseException) -> str | None:
    """What to tell a person about an error; logs what the operator should know.

    Returns:
        a sentence, or None where nobody can be told any more.
    """
    if isinstance(error, RecordsError):
        log.error("%s", error)  # names a file of the operator's, which is nobody else's business
        return _(
            "I cannot read or write what I keep just now; try again in a minute, and tell the operator if it stays so."
        )
    if isinstance(error, PullquoteError):
        return told(error)
    if _is_beyond_telling(error):
        return None
    if isinstance(error, discord.Forbidden):
        log.info("Discord does not let me write: %s", describe(error))
        return _("I may not write here; ask a moderator to let me see this channel and send messages in it.")
    number = secrets.token_hex(4)
    log.error("Error %s", number, exc_info=error)
    return _("Something went wrong; try again, and give the operator the number {number} if it stays so.").format(
        number=number
    )


def _is_beyond_telling(error: BaseException) -> bool:
    """Whether nobody can be told any more; the log is."""
    if isinstance(error, TooLate):
        log.warning("An answer came too late: %s.", error)
        return True
    if not isinstance(error, discord.HTTPException):
        return False
    if error.code in GONE:
        log.info("The interaction was gone before its answer: %s", describe(error))
        return True
    if error.status >= SERVER_ERROR or error.status == TOO_MANY:
        # Whatever would be told would fail as well, and be one request more.
        log.warning("Discord does not take an answer: %s", describe(error))
        return True
    return False


async def tell(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Send what only the person sees, by whatever way is still open."""
    pending = interaction.extras.get("pending")
    if not is_acknowledged(interaction):
        await respond(interaction, view, ephemeral=True)
    elif pending == "ephemeral":
        if not await _filled_in(interaction, view):
            await interaction.followup.send(view=view, ephemeral=True)
    elif pending == "public":
        # The first message after a public deferral is public whatever is asked for, and after one that was deleted
        # there may be none. So it is filled in with a few words first, and deleted last.
        filled = await _filled_in(interaction, notice(_(WITHDRAWN)))
        await interaction.followup.send(view=view, ephemeral=True)
        if filled:
            await interaction.delete_original_response()
    else:
        await interaction.followup.send(view=view, ephemeral=True)


async def _filled_in(interaction: Interaction, view: discord.ui.LayoutView) -> bool:
    """Fill in a pending response; whether Discord let that be."""
    try:
        await fill_in(interaction, view)
    except discord.HTTPException as error:
        log.info("A pending response could not be filled in: %s", describe(error))
        return False
    return True


def describe(error: BaseException) -> str:
    """An error in a line for the log; without the URL of the request, which holds an interaction's token."""
    if isinstance(error, discord.HTTPException):
        return f"HTTP {error.status}, code {error.code}"
    return type(error).__name__
