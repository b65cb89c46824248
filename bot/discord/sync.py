"""Telling Discord the commands: once at a start, and only when they are not what it was told the last time."""

import contextlib
import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.discord.replies import describe

log = logging.getLogger(__name__)


async def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of all that Discord is told about the commands, in every language."""
    translator = tree.translator
    told = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    commands = sorted(told, key=lambda c: (str(c["name"]), str(c["type"])))
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


async def sync(tree: app_commands.CommandTree[Any], application: int, folder: Path) -> bool:
    """Tell Discord the commands if they changed; a failure is logged and the bot goes on with what Discord has.

    Args:
        tree: the commands.
        application: the application's id; each has a file of its own.
        folder: where the hash of what was told is kept.

    Returns:
        whether Discord was told.
    """
    file = folder / f"commands-{application}.sha256"
    now = await fingerprint(tree)
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if file.read_text("ascii").strip() == now:
            return False
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.CommandSyncFailure) as error:
        log.error("Discord did not take the commands (%s); those it has stay as they are.", describe(error))  # noqa: TRY400 - the sentence says it
        return False
    log.info("Discord was told the commands.")
    try:
        _write(file, now + "\n")
    except OSError as error:
        log.warning("%s cannot be written (%s); the commands are told again at the next start.", file, error.strerror)
    return True


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as draft:
            draft.write(text)
        Path(name).replace(file)
    except BaseException:  # whatever it was: no half-written file stays, and it goes on up
        Path(name).unlink(missing_ok=True)
        raise
