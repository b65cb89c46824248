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

NAMES = {BOT: "Pullquote", ALICE: "alice", BEN: "ben"}

_EPOCH = 1_420_070_400_000
"""Milliseconds: the first of January 2015, when Discord's ids begin."""


def snowflakes() -> Iterator[int]:
    """Ids as Discord gives them: the time, then a count."""
    now = int(dt.datetime.now(dt.UTC).timestamp() * 1000) - _EPOCH
    return itertools.count(now << 22)


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


def member(number: int) -> Json:
    """A person in the server."""
    return {
        "user": user(number),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "permissions": "2248473465835073",
        "communication_disabled_until": None,
    }


def channel(number: int) -> Json:
    """The text channel, or the direct messages with Alice."""
    if number == DM:
        return {"id": str(DM), "type": 1, "last_message_id": None, "recipients": [user(ALICE)], "flags": 0}
    return {
        "id": str(number),
        "type": 0,
        "guild_id": str(GUILD),
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


def guild() -> Json:
    """The server."""
    everyone = {
        "id": str(GUILD),
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": "2248473465835073",
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(GUILD),
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
        "roles": [everyone],
        "members": [member(BOT)],
        "channels": [channel(CHANNEL)],
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


def message(number: int, where: int, author: int, body: Json) -> Json:
    """A message made of what was sent."""
    ids = itertools.count(1)
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
        "attachments": [],
        "embeds": body.get("embeds") or [],
        "pinned": False,
        "flags": body.get("flags", 0) & (COMPONENTS_V2 | EPHEMERAL),
        "components": [_numbered(c, ids) for c in body.get("components") or []],
    }
    if reference := body.get("message_reference"):
        made["message_reference"] = {"type": 0, "channel_id": str(where), "message_id": str(reference["message_id"])}
    return made


def _numbered(component: Json, ids: Iterator[int]) -> Json:
    """A component with the id that Discord gives each."""
    made = component | {"id": next(ids)}
    if "components" in component:
        made["components"] = [_numbered(c, ids) for c in component["components"]]
    if component["type"] == 17:
        made = {"accent_color": None, "spoiler": False} | made
    return made
