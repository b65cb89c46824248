"""Runs the bot against a Discord on 127.0.0.1: `python run_bot.py PORT`; all else is the real thing.

LOOPBACK_SPACING and LOOPBACK_SILENCE, in seconds, shorten what Discord makes a test wait for: the time between two
IDENTIFYs, and how long a connection may be silent. LOOPBACK_FIRST sets how long there is for a first response, which a
busy machine may need longer for than Discord would wait. LOOPBACK_FAST is how many seconds the machine's clock is fast.
"""

import os
import socket
import sys
import time

import discord.gateway
import discord.http
import yarl
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.discord import check_token, gateway, life, run
from bot.discord.shared import Shared
from bot.settings import load_settings
from index.errors import PullquoteError
from index.fetch import Fetcher
from tests.loopback.story import story_assistant


class Everywhere(AbstractResolver):
    """Finds every name of the web on 127.0.0.1, but those with "inside" in them, which are in a private network."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The address."""
        del family
        address = "10.0.0.7" if "inside" in host else "127.0.0.1"
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0),
        ]

    async def close(self) -> None:
        """Nothing is held."""


def main() -> int:
    """Point discord.py at the port, then do as `pullquote discord` does, or as `check` with that argument."""
    port = int(sys.argv[1])
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
    gateway.SPACING = float(os.environ.get("LOOPBACK_SPACING", gateway.SPACING))
    gateway.HEARTBEAT_TIMEOUT = float(os.environ.get("LOOPBACK_SILENCE", gateway.HEARTBEAT_TIMEOUT))
    life.FIRST = float(os.environ.get("LOOPBACK_FIRST", life.FIRST))
    if fast := float(os.environ.get("LOOPBACK_FAST", "0")):
        right = time.time
        time.time = lambda: right() + fast
        (Shared.__init__.__kwdefaults__ or {})["clock"] = time.time
    try:
        settings = load_settings()
        if "check" in sys.argv:
            findings = check_token(settings)
            for good, sentence in findings:
                sys.stdout.write(f"{'right' if good else 'wrong'} {sentence}\n")
            return 0 if all(good for good, _ in findings) else 2
        fetcher = Fetcher(resolver=Everywhere(), endpoints={("127.0.0.1", port)})
        return run(settings, story_assistant(settings.quotes), fetcher=fetcher)
    except PullquoteError as error:
        sys.stderr.write(f"pullquote: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
