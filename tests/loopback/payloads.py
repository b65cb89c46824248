"""Objects as Discord writes them."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from tests.loopback.schema import COMPONENTS_V2, EPHEMERAL

Json = dict[str, Any]

APPLICATION = 400000000000000001
BOT = 400000000000000002
GUILD = 400000000000000003
CHANNEL = 400000000000000004
DM = 400000000000000005
ALICE = 400000000000000011
BEN = 400000000000000012
MIRA = 400000000000000013
"""A moderator of every server; the others may not manage any."""

LIBRARIANS = 400000000000000014
"""A role of the first server, which Ben has."""

OTHER_GUILD = 400000000000000023
OTHER_CHANNEL = 400000000000000024

NAMES = {BOT: "Pullquote", ALICE: "alice", BEN: "ben", MIRA: "mira"}

THREAD = 400000000000000025
"""A thread in the channel."""

GUILDS = {CHANNEL: GUILD, THREAD: GUILD, OTHER_CHANNEL: OTHER_GUILD}
"""The server that a channel is in."""

OF_SHARDS = [(95_400_000_000 + n) << 22 for n in range(6)]
"""Servers of which the n-th comes by the n-th of six shards, each with a channel whose id is one more."""

GUILDS |= {number + 1: number for number in OF_SHARDS}

MANAGE_GUILD = 1 << 5
MANAGE_MESSAGES = 1 << 13
ORDINARY = 2248473465835073
"""Permissions of people without a role."""

_EPOCH = 1_420_070_400_000
"""Milliseconds: the first of January 2015, when Discord's ids begin."""


def snowflakes() -> Iterator[int]:
    """Ids as Discord gives them: the time, then a count; each greater than the one before."""
    last = 0
    while True:
        now = int(dt.datetime.now(dt.UTC).timestamp() * 1000) - _EPOCH
        last = max(now << 22, last + 1)
        yield last


def user(number: int) -> Json:
    """A person, or the bot."""
    return {
        "id": str(number),
        "username": NAMES[number],
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": NAMES[number].title(),
        "primary_guild": None,
        "bot": number == BOT,
    }


def own_user() -> Json:
    """The bot as it sees itself."""
    return user(BOT) | {"mfa_enabled": True, "locale": "en-US", "verified": True}


def application() -> Json:
    """The application as its bot sees it."""
    return {
        "id": str(APPLICATION),
        "name": "Pullquote",
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(ALICE),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["identify"],
        "bot": user(BOT),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}, "1": {}},
    }


def permissions(number: int) -> int:
    """What a person may do."""
    return ORDINARY | MANAGE_GUILD | MANAGE_MESSAGES if number == MIRA else ORDINARY


def member(number: int) -> Json:
    """A person in the server."""
    return {
        "user": user(number),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(LIBRARIANS)] if number == BEN else [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "permissions": str(permissions(number)),
        "communication_disabled_until": None,
    }


def channel(number: int) -> Json:
    """The text channel, or the direct messages with Alice."""
    if number == DM:
        return {"id": str(DM), "type": 1, "last_message_id": None, "recipients": [user(ALICE)], "flags": 0}
    if number == THREAD:
        return thread()
    return {
        "id": str(number),
        "type": 0,
        "guild_id": str(GUILDS.get(number, GUILD)),
        "name": "news",
        "position": 0,
        "permission_overwrites": [],
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "last_message_id": None,
        "flags": 0,
    }


def thread() -> Json:
    """The thread."""
    return {
        "id": str(THREAD),
        "type": 11,
        "guild_id": str(GUILD),
        "parent_id": str(CHANNEL),
        "owner_id": str(ALICE),
        "name": "ferry",
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "message_count": 1,
        "member_count": 2,
        "total_message_sent": 1,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2024-01-01T00:00:00+00:00",
            "locked": False,
        },
    }


def guild(number: int = GUILD) -> Json:
    """A server."""
    everyone = {
        "id": str(number),
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(ORDINARY),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(number),
        "name": "Harbour",
        "icon": None,
        "owner_id": str(ALICE),
        "region": "",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [everyone, everyone | {"id": str(LIBRARIANS), "name": "librarians", "position": 1}],
        "members": [member(BOT)],
        "channels": [channel(c) for c, g in GUILDS.items() if g == number],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "member_count": 3,
        "large": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "application_id": None,
        "premium_progress_bar_enabled": False,
        "unavailable": False,
    }


def message(number: int, where: int, author: int, body: Json, files: dict[str, bytes] | None = None) -> Json:
    """A message made of what was sent.

    Args:
        number: its id.
        where: the channel.
        author: who sent it.
        body: what was sent.
        files: what was uploaded with it, by name.
    """
    ids = itertools.count(1)
    attached = {name: _attachment(n, name, data) for n, (name, data) in enumerate((files or {}).items(), number + 1)}
    made: Json = {
        "type": 19 if body.get("message_reference") else 0,
        "id": str(number),
        "channel_id": str(where),
        "author": user(author),
        "content": body.get("content") or "",
        "timestamp": dt.datetime.now(dt.UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": list(attached.values()),
        "embeds": body.get("embeds") or [],
        "pinned": False,
        "flags": body.get("flags", 0) & (COMPONENTS_V2 | EPHEMERAL),
        "components": [_numbered(c, ids, attached) for c in body.get("components") or []],
    }
    if reference := body.get("message_reference"):
        made["message_reference"] = {"type": 0, "channel_id": str(where), "message_id": str(reference["message_id"])}
    return made


def _attachment(number: int, name: str, data: bytes) -> Json:
    """An uploaded file."""
    url = f"https://cdn.invalid/attachments/{number}/{name}"
    return {"id": str(number), "filename": name, "size": len(data), "url": url, "proxy_url": url}


def _media(attachment: Json) -> Json:
    """A file where a component shows it."""
    return {key: attachment[key] for key in ("id", "url", "proxy_url")}


def _numbered(component: Json, ids: Iterator[int], attached: Json) -> Json:
    """A component with the id that Discord gives each, and what it shows in the place of `attachment://name`."""
    made = component | {"id": next(ids)}
    if "components" in component:
        made["components"] = [_numbered(c, ids, attached) for c in component["components"]]
    if "default_values" in component:
        made["default_values"] = [value | {"id": str(value["id"])} for value in component["default_values"]]
    if "emoji" in component:
        made["emoji"] = {key: value for key, value in component["emoji"].items() if value is not None}
    if component["type"] == 12:
        made["items"] = [
            {"description": None, "spoiler": False}
            | item
            | {"media": _media(attached[item["media"]["url"].removeprefix("attachment://")])}
            for item in component["items"]
        ]
    if component["type"] == 13:
        shown = attached[component["file"]["url"].removeprefix("attachment://")]
        made |= {"file": _media(shown), "name": shown["filename"], "size": shown["size"]}
        made.setdefault("spoiler", False)
    if component["type"] == 17:
        made = {"accent_color": None, "spoiler": False} | made
    return made
