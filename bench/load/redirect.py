"""Points discord.py at a Discord on this machine; alone, so that a bot which is not ours loads nothing of ours."""

import discord.gateway
import discord.http
import yarl


def redirect(port: int) -> None:
    """Point discord.py at a port of 127.0.0.1."""
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
