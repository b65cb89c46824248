"""A target for what an operator sets: the environment, the file `.env`, and what is made of a setting at the start."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.fuzz.places import reached
from bench.fuzz.promises import hold
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

_SECRET = "correct-horse-battery"  # noqa: S105 - a made-up one, which must stand in no line
_MOST_LINES = 8


@contextlib.contextmanager
def _place(environment: dict[str, str], env_file: bytes) -> Iterator[None]:
    """A folder with a file `.env`, and an environment that sets nothing else of ours."""
    before = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith("PULLQUOTE_")}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".env").write_bytes(env_file)
        try:
            os.environ.update(environment)
            with contextlib.chdir(folder):
                yield
        finally:
            for name in environment:
                os.environ.pop(name, None)
            os.environ.update(before)


def settings(data: bytes) -> None:
    """Settings, or one sentence that tells no secret; the environment goes before the file.

    The first byte says how many lines behind it are the environment's, each a byte that picks the setting and its
    value; the rest is the file. A tilde stands for the secret.
    """
    from bot.render.plain import shown
    from bot.settings import PREFIX, Settings, load_settings

    logging.getLogger("dotenv").setLevel(logging.ERROR)  # it warns of every line that is none
    fields = list(Settings.model_fields)
    *lines, rest = data[1:].replace(b"~", _SECRET.encode()).split(b"\n", data[0] % _MOST_LINES if data else 0)
    # No variable of an environment holds a NUL.
    set_ = {fields[line[0] % len(fields)]: os.fsdecode(line[1:].replace(b"\0", b"")) for line in lines if line}
    environment = {PREFIX + name.upper(): value for name, value in set_.items()}
    try:
        with _place(environment, rest):
            loaded = load_settings()
            _used(loaded, set_)
        if set_:
            with _place(environment, b""):
                alone = load_settings()
            for name, value in set_.items():
                hold(not value or getattr(loaded, name) == getattr(alone, name), "the environment goes before the file")
    except SettingsError as error:
        said = str(error)
        reached(("refused", said.split(" has no valid value", maxsplit=1)[0], said.rpartition(": ")[0][-30:]))
        hold("\n" not in shown(said) and all(c >= " " or c == "\t" for c in shown(said)), "a refusal is a sentence")
        if "names no" not in said:  # a machine and shards are repeated, as they are no secret
            hold(_SECRET not in said, "it tells no secret")
        raise


def _used(loaded: "Settings", set_: dict[str, str]) -> None:
    """What is made of them at the start."""
    from bot.machines import Machine
    from bot.operations.redaction import Redactor, secrets_of
    from bot.shards import Shards
    from bot.terminal.loading import quotas
    from index.library.opening import is_shared

    for name, field in type(loaded).model_fields.items():
        value = getattr(loaded, name)
        if value != field.default:
            reached(("set", name, name in set_, type(value).__name__))
    hold(0 <= loaded.threshold <= 1 <= loaded.quotes <= 3 and 0 <= loaded.cooldown <= 600, "numbers are in bounds")
    hold(0 < loaded.conversation_minutes <= 10_080, "so are minutes")
    hold(all(quota.articles >= 0 for quota in quotas(loaded).values()), "and quotas")
    hold(isinstance(loaded.state_folder, Path), "there is a folder for what is remembered")
    is_shared(loaded.library or "")
    for path in (loaded.article, loaded.library, loaded.state_folder):
        with contextlib.suppress(OSError):
            os.lstat(path or "")
    hold(_SECRET not in Redactor(secrets_of(loaded, os.environ)).clean(_told(loaded)), "a token stands in no line")
    Machine.parse(loaded.machine)
    if loaded.shards is not None:
        shards = Shards.parse(loaded.shards)
        hold(0 <= shards.first <= shards.last < shards.of, "there is a shard")


def _told(loaded: "Settings") -> str:
    """The token as a line may hold it, if it is the secret."""
    token = loaded.discord_token.get_secret_value() if loaded.discord_token else ""
    return f"{loaded.discord_token!r} {token if token.strip() == _SECRET else ''}"
