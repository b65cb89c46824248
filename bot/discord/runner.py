"""Starts the bot, stops it gracefully, and turns Discord's refusals into sentences an operator can act on."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Iterator

import aiohttp
import discord

from bot.assistant import Assistant
from bot.discord.client import PullquoteClient
from bot.discord.logs import set_up_logs
from bot.settings import Settings
from bot.translation import N_
from index.errors import PullquoteError, SettingsError
from index.fetch import Fetcher
from index.phrases import reason

log = logging.getLogger(__name__)

DRAIN = 10.0
"""Seconds that a stop waits for answers under way."""

SWITCH = 0.001
"""Seconds after which a thread that answers must let go of Python's lock when the event loop asks for it; Python's own
five milliseconds make the gateway's slowest replies five times as slow while two threads answer."""

PORTAL = "https://discord.com/developers/applications"

_WRONG = N_(
    "Discord does not accept the token in PULLQUOTE_DISCORD_TOKEN: make a new one in the developer portal "
    "(Bot > Reset Token) and set it."
)
_REFUSALS = {
    4004: _WRONG,
    4010: N_("Discord refuses the shard (4010): start the bot again."),
    4011: N_("Discord asks for more shards (4011): start the bot again, it takes as many as Discord asks for."),
    4012: N_("Discord no longer speaks this version of its gateway (4012): update discord.py."),
    4013: N_("Discord does not know an intent that was asked for (4013): update Pullquote and discord.py."),
    4014: N_(
        "Discord refuses an intent (4014): Pullquote needs none of the privileged ones; look at the switches under "
        "Bot > Privileged Gateway Intents in the developer portal, then start the bot again."
    ),
}


def token_of(settings: Settings) -> str:
    """The bot's token.

    Raises:
        SettingsError: there is none.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(
            "There is no Discord token: make a bot at {portal} (Bot > Reset Token) and put its token into "
            "PULLQUOTE_DISCORD_TOKEN.",
            portal=PORTAL,
        )
    if any(not "!" <= character <= "~" for character in token):
        # It becomes an HTTP header, which takes nothing else.
        raise SettingsError(_WRONG)
    return token


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Turn what Discord says no with into a sentence.

    Raises:
        SettingsError: the token or the application's settings are wrong.
        PullquoteError: Discord cannot be reached, or fails.
    """
    try:
        yield
    except discord.LoginFailure:
        raise SettingsError(_WRONG) from None
    except discord.PrivilegedIntentsRequired:
        raise SettingsError(_REFUSALS[4014]) from None
    except discord.ConnectionClosed as error:
        if error.code in _REFUSALS:
            raise SettingsError(_REFUSALS[error.code]) from None
        raise PullquoteError("Discord closed the connection ({code}): start the bot again.", code=error.code) from None
    except discord.HTTPException as error:
        raise PullquoteError(
            "Discord answered with HTTP {status}: try again in a few minutes.", status=error.status
        ) from None
    except (aiohttp.ClientError, discord.GatewayNotFound, OSError) as error:
        file = getattr(error, "filename", None)
        if file is not None:  # no matter of the network
            raise PullquoteError(
                "{file} cannot be opened ({reason}): check the folder and its permissions.",
                file=file,
                reason=reason(error),
            ) from None
        raise PullquoteError(
            "Discord cannot be reached ({reason}): check the network and try again.", reason=type(error).__name__
        ) from None


def run(settings: Settings, assistant: Assistant, *, fetcher: Fetcher | None = None) -> int:
    """Run the bot until it is told to stop (SIGTERM, SIGINT).

    Args:
        settings: as the operator set them.
        assistant: answers.
        fetcher: fetches pages for libraries; one that reaches public addresses alone if None.

    Returns:
        the exit status, 0.

    Raises:
        SettingsError: the token is missing or wrong, or the application's settings keep the bot out.
        PullquoteError: Discord cannot be reached, or fails.
    """
    token = token_of(settings)
    sys.setswitchinterval(SWITCH)
    set_up_logs(settings)
    with refusals():
        asyncio.run(_serve(settings, assistant, token, fetcher))
    return 0


async def _serve(settings: Settings, assistant: Assistant, token: str, fetcher: Fetcher | None) -> None:
    """Serve until a signal comes or Discord refuses."""
    client = PullquoteClient(settings, assistant, fetcher=fetcher)
    stop = asyncio.Event()
    with _signals(stop):
        async with client:
            serving = asyncio.create_task(client.start(token))
            stopping = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if stop.is_set():
                    log.info("Stopping: finishing what is under way.")
                    if not await client.work.drain(DRAIN):
                        log.warning("Some answers were not finished within %d seconds.", DRAIN)
            finally:
                await client.close()
                client.work.close()
                stopping.cancel()
                if stop.is_set():
                    serving.cancel()
                    await asyncio.wait({serving})
                    if not serving.cancelled():
                        serving.exception()  # of a connection that was closed under its hands; nobody minds any more
        if not stop.is_set():
            await serving
    log.info("Stopped.")


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Set the event at SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    kinds = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(kind) for kind in kinds]
    for kind in kinds:
        try:
            loop.add_signal_handler(kind, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(kind, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(kind)
            signal.signal(kind, handler)
