"""Where the bot keeps things: the folder, the disk, and the database, read and not changed."""

import contextlib
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.findings import Finding, State
from bot.records import FILE
from bot.records.migrations import VERSION
from bot.settings import Settings
from bot.translation import N_, _, n_, told
from index import database
from index.errors import PullquoteError, RecordsError
from index.library.opening import is_shared

SUBJECTS = (N_("folder"), N_("disk"), N_("database"))

LEAST, LITTLE = 50, 500
"""Megabytes of the disk: with less than the first nothing can be written soon, with less than the second one should
make room."""

LONGEST_LOG = 64
"""Megabytes of a write-ahead log; SQLite starts it anew at 4, unless somebody reads for ever or a disk hangs."""

_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"})
"""File systems of other machines: SQLite's locks and its write-ahead log do not hold there."""


def storage(settings: Settings) -> Iterator[Finding]:
    """The state folder with the records, and the library where that is kept elsewhere on this machine."""
    places = [settings.state_folder / FILE]
    if settings.library and not is_shared(settings.library):
        place = Path(settings.library)
        places.append(place if place.suffix and not place.is_dir() else place / FILE)
    for file in dict.fromkeys(places):
        yield from folder(file.parent)
        if file.parent.is_dir():
            yield from disk(file.parent)
            yield from kept(file)


def folder(path: Path) -> Iterator[Finding]:
    """Whether it is there, writable, and nobody else's business."""
    try:
        found = path.stat()
    except FileNotFoundError:
        yield Finding(
            State.NOTE, "folder", _("{folder} is not there yet; it is made at the start.").format(folder=path)
        )
        return
    except OSError as error:
        yield Finding(
            State.WRONG,
            "folder",
            _("{folder} cannot be looked at ({reason}).").format(folder=path, reason=error.strerror),
            _("Set PULLQUOTE_STATE to a folder that belongs to the user of the bot."),
        )
        return
    wrong = False
    if not os.access(path, os.W_OK | os.X_OK):
        wrong = True
        command = f"chown -R {_user()} {path}"
        yield Finding(
            State.WRONG,
            "folder",
            _("{folder} cannot be written to by this user.").format(folder=path),
            _("Run, as root: {command}").format(command=command),
        )
    mode = stat.S_IMODE(found.st_mode)
    if sys.platform != "win32" and mode & 0o022:
        wrong = True
        yield Finding(
            State.WRONG,
            "folder",
            _("{folder} can be changed by others (mode {mode}).").format(folder=path, mode=f"{mode:o}"),
            _("Run: {command}").format(command=f"chmod 700 {path}"),
        )
    if (kind := file_system(path, Path("/proc/mounts"))) in _REMOTE:
        wrong = True
        yield Finding(
            State.WRONG,
            "folder",
            _("{folder} is on another machine ({kind}), where a database is damaged sooner or later.").format(
                folder=path, kind=kind
            ),
            _("Set PULLQUOTE_STATE to a folder on a disk of this machine."),
        )
    if not wrong:
        yield Finding(State.RIGHT, "folder", f"{path}.")


def file_system(path: Path, mounts: Path) -> str:
    """The kind of file system that a folder is on, as Linux tells; "" elsewhere."""
    try:
        lines = [line.split(" ") for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    at = path.resolve()
    points = [(Path(words[1]), words[2]) for words in lines if len(words) > 2]
    under = [(len(point.parts), kind) for point, kind in points if point == at or point in at.parents]
    return max(under, default=(0, ""), key=lambda found: found[0])[1]


def disk(path: Path) -> Iterator[Finding]:
    """Whether there is room."""
    free = shutil.disk_usage(path).free // 1_000_000
    sentence = _("{megabytes} MB are free at {folder}.").format(megabytes=f"{free:,}", folder=path)
    if free < LITTLE:
        state = State.WRONG if free < LEAST else State.NOTE
        yield Finding(state, "disk", sentence, _("Make room, or set PULLQUOTE_STATE to a folder on another disk."))
    else:
        yield Finding(State.RIGHT, "disk", sentence)
    if hasattr(os, "statvfs"):
        found = os.statvfs(path)
        if found.f_files and found.f_favail < 100:
            yield Finding(
                State.WRONG,
                "disk",
                _("There is no room for more files at {folder}.").format(folder=path),
                _("Delete what you do not need there: many small files, such as old logs."),
            )


def kept(file: Path) -> Iterator[Finding]:
    """Whether the database is whole, ours, of a version that we know, and for its owner's eyes alone."""
    if not file.exists():
        yield Finding(State.NOTE, "database", _("{file} is not there yet; it is made at the start.").format(file=file))
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    if sys.platform != "win32" and mode & 0o077:
        yield Finding(
            State.WRONG,
            "database",
            _("{file} can be read by others (mode {mode}).").format(file=file, mode=f"{mode:o}"),
            _("Run: {command}").format(command=f"chmod 600 {file}"),
        )
    with contextlib.suppress(OSError):
        size = file.with_name(f"{file.name}-wal").stat().st_size // 1_000_000
        if size > LONGEST_LOG:
            sentence = _("{file} has {megabytes} MB of changes that wait to be taken up.")
            yield Finding(
                State.NOTE,
                "database",
                sentence.format(file=file, megabytes=size),
                _("Restart the bot; if it stays so, look for another program that holds the file open."),
            )
    try:
        yield _looked_into(file)
    except PullquoteError as error:
        yield Finding(State.WRONG, "database", told(error))


def _looked_into(file: Path) -> Finding:
    """Read the whole file, changing nothing.

    Raises:
        RecordsError: it cannot be read, or is none of ours.
    """
    with database.told(file, RecordsError), contextlib.closing(_reading(file)) as connection:
        application = database.number(connection, "PRAGMA application_id")
        version = database.number(connection, "PRAGMA user_version")
        wrong = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
        size = file.stat().st_size // 1000
    if application not in (0, database.APPLICATION):
        raise RecordsError(N_("{file} is another program's database: move it away, or set PULLQUOTE_STATE."), file=file)
    # A library that is kept in a file of its own counts its version elsewhere.
    records = file.name == FILE
    if records:
        database.check_version(file, version, VERSION, RecordsError)
    if wrong != ["ok"]:
        sentence = _("{file} is damaged: {what}.").format(file=file, what="; ".join(wrong))
        remedy = _("Stop the bot, keep a copy of the file, and restore your last backup (pullquote backup).")
        return Finding(State.WRONG, "database", sentence, remedy)
    sentence = n_("{file} is whole: {n} kilobyte.", "{file} is whole: {n} kilobytes.", size).format(file=file, n=size)
    if records and version < VERSION:
        sentence += " " + _("It is an older version's, and brought up to date at the next start; back it up before.")
    return Finding(State.RIGHT, "database", sentence)


def _reading(file: Path) -> sqlite3.Connection:
    """A connection that only reads."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=database.PATIENCE / 1000)


def _user() -> str:
    """The name of the user that this runs as, or their number."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())
