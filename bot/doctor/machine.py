"""The machine: versions, memory, packages that are optional, who runs this, and who may read its settings."""

import importlib.util
import os
import platform
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.findings import Finding, State
from bot.settings import Settings
from bot.translation import N_, _
from index.database import OLDEST
from index.library.opening import is_shared

SUBJECTS = (N_("python"), N_("sqlite"), N_("memory"), N_("cards"), N_("user"), N_("secrets"))

LEAST_MEMORY = 300
"""Megabytes that should be free: the bot takes some 250 with its model, and more with a library."""


def machine(settings: Settings) -> Iterator[Finding]:
    """Each of them."""
    version = platform.python_version()
    yield Finding(
        State.RIGHT, "python", _("{version} on {system}.").format(version=version, system=platform.platform(terse=True))
    )
    yield sqlite()
    if (free := available(Path("/proc/meminfo"))) is not None:
        yield memory(free)
    yield cards()
    if is_shared(settings.library or "") and importlib.util.find_spec("lancedb") is None:
        yield Finding(
            State.WRONG,
            "store",
            _("PULLQUOTE_LIBRARY names a place for LanceDB, which is not installed."),
            _("Install it with: {command}").format(command="pip install 'pullquote[scale]'"),
        )
    if sys.platform != "win32" and os.geteuid() == 0 and not in_container():
        yield Finding(
            State.NOTE,
            "user",
            _("This runs as root, which it need not."),
            _("Give the bot a user of its own, as deploy/pullquote.service does."),
        )
    yield from environment_file(Path(".env"))


def sqlite() -> Finding:
    """The SQLite that Python has."""
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST:
        remedy = _("Install Python with SQLite 3.37 or newer.")
        return Finding(State.WRONG, "sqlite", _("{version} is too old.").format(version=version), remedy)
    return Finding(State.RIGHT, "sqlite", f"{version}.")


def available(file: Path) -> int | None:
    """Megabytes of memory that a program could have now, as Linux tells; None elsewhere."""
    try:
        for line in file.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    except (OSError, ValueError, IndexError):
        return None
    return None


def memory(free: int) -> Finding:
    """Whether that is enough.

    Args:
        free: megabytes.
    """
    sentence = _("{megabytes} MB are free.").format(megabytes=free)
    if free < LEAST_MEMORY:
        remedy = _("The bot takes some 250 MB: stop something else, or add swap.")
        return Finding(State.NOTE, "memory", sentence, remedy)
    return Finding(State.RIGHT, "memory", sentence)


def cards() -> Finding:
    """Whether answers can be drawn as images."""
    from bot.card.fonts import SERIF

    if all(importlib.util.find_spec(name) for name in ("typst", "fontTools")) and SERIF.path is not None:
        return Finding(State.RIGHT, "cards", _("answers can be drawn as images."))
    return Finding(
        State.NOTE,
        "cards",
        _("answers cannot be drawn as images, because the packages for it are not installed."),
        _("Install them with: {command}").format(command="pip install 'pullquote[card]'"),
    )


def environment_file(file: Path) -> Iterator[Finding]:
    """Whether others can read the file with the token."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        holds = "TOKEN=" in file.read_text("utf-8", "replace")
    except OSError:
        return
    if holds and mode & 0o077:
        yield Finding(
            State.WRONG,
            "secrets",
            _("{file} holds the token and can be read by others (mode {mode}).").format(file=file, mode=f"{mode:o}"),
            _("Run: {command}").format(command=f"chmod 600 {file}"),
        )


def in_container() -> bool:
    """Whether this runs in a container."""
    return Path("/.dockerenv").exists() or Path("/run/.containerenv").exists() or "container" in os.environ
