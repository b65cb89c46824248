"""Codes in the place of ids: the same id has the same code in one installation's logs, and another one elsewhere."""

import contextlib
import hashlib
import logging
import os
import secrets
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "log.key"
"""Name of the file with the secret, in the state folder. Who deletes it breaks the tie to all older lines."""

_BYTES = 32
_DIGITS = 12
"""Hexadecimal digits of a code, 48 bits: a server of a million people has two alike once in 600 such servers."""


class Pseudonyms:
    """Makes codes."""

    def __init__(self, key: bytes) -> None:
        """Take the secret, at most 64 bytes."""
        self._key = key

    def of(self, number: int) -> str:
        """The code of an id."""
        return hashlib.blake2b(str(number).encode(), key=self._key, digest_size=_DIGITS // 2).hexdigest()


def load_pseudonyms(folder: Path) -> Pseudonyms:
    """The codes of an installation: its secret is in a file that only its owner reads, made at the first start.

    Where it can be neither read nor made, a secret of this process alone is used, and a line of the log says so.
    """
    file = folder / FILE
    try:
        with contextlib.suppress(FileNotFoundError):
            key = file.read_bytes()
            if len(key) == _BYTES:
                return Pseudonyms(key)
            file.unlink()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(_BYTES)
        # Written whole beside it, then put in its place: a start that is killed leaves no half of a secret.
        beside = folder / f"{FILE}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(key)
        try:
            with contextlib.suppress(FileExistsError):  # another process was quicker; its secret holds
                file.hardlink_to(beside)
        finally:
            beside.unlink()
        return Pseudonyms(file.read_bytes())
    except OSError as error:
        log.warning(
            "Codes in the log last until the next start: %s cannot be written (%s).", file, type(error).__name__
        )
        return Pseudonyms(secrets.token_bytes(_BYTES))
