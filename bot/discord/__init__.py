"""The Discord bot: the only folder of the project that imports discord."""

import discord

from bot.discord.check import check_token
from bot.discord.runner import run

# Pullquote has no voice; without this, discord.py warns at every start that it cannot speak.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

__all__ = ["check_token", "run"]
