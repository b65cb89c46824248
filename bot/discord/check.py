"""What `pullquote check` finds out about the token and the application, over HTTP alone."""

import asyncio

import discord

from bot.discord.runner import refusals, token_of
from bot.settings import Settings
from bot.translation import _, told
from index.errors import PullquoteError

PATIENCE = 30.0
"""Seconds."""

Finding = tuple[bool, str]


def check_token(settings: Settings) -> list[Finding]:
    """Log in and look at the application; the token is never part of a sentence.

    Returns:
        (whether it is right, a sentence) for each thing looked at.
    """
    try:
        token = token_of(settings)
        with refusals():
            return asyncio.run(_look(token))
    except PullquoteError as error:
        return [(False, told(error))]


async def _look(token: str) -> list[Finding]:
    """Log in without connecting to the gateway."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            async with asyncio.timeout(PATIENCE):
                await client.login(token)
        except TimeoutError:
            sentence = _("Discord did not answer within {seconds} seconds: try again in a few minutes.")
            return [(False, sentence.format(seconds=f"{PATIENCE:.0f}"))]
        if client.application is None or client.user is None:
            return [(False, _("Discord did not say what application the token belongs to: try again."))]
        return _findings(client.application, client.user.name)


def _findings(application: discord.AppInfo, name: str) -> list[Finding]:
    """What an operator should know of the application."""
    found = [
        (
            True,
            _("The Discord token is right: the bot is {name}, of the application {application}.").format(
                name=name, application=application.name
            ),
        ),
        (True, _("No privileged intent is needed: leave the switches under Bot > Privileged Gateway Intents off.")),
    ]
    if application.interactions_endpoint_url is not None:
        found.append(
            (False, _("The application has an interactions endpoint URL, so commands never reach the bot: remove it."))
        )
    if application.bot_require_code_grant:
        found.append((False, _("Bot > Requires OAuth2 Code Grant is on, so nobody can invite the bot: turn it off.")))
    if application.user_integration_config is not None and application.guild_integration_config is None:
        found.append((False, _("Installation > Guild Install is off, so no server can add the bot: turn it on.")))
    if not application.bot_public:
        found.append((True, _("The bot is private: you alone can add it to servers (Bot > Public Bot).")))
    permissions = discord.Permissions(
        view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
    )
    url = discord.utils.oauth_url(application.id, permissions=permissions, scopes=("bot", "applications.commands"))
    found.append((True, _("Invite it to a server with {url}").format(url=url)))
    return found
