"""The bot process under load: `python -m bench.load.bot PORT`; the real thing but for Discord's address."""

import sys

import discord.gateway
import discord.http
import yarl

from bot.cli import main


def redirect(port: int) -> None:
    """Point discord.py at a port of this machine."""
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")


if __name__ == "__main__":
    redirect(int(sys.argv[1]))
    sys.argv = ["pullquote", "discord"]
    main()
