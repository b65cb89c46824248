"""The settings that asking in a terminal reads, as they are where nothing is set.

To import pydantic takes longer than to find an answer. Who set nothing has nothing to be checked, and does not wait
for it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.answer import THRESHOLD
from index.library.quota import QUOTAS

if TYPE_CHECKING:
    from bot.settings import Settings

PREFIX = "PULLQUOTE_"
ENV_FILE = ".env"

Asking: TypeAlias = "Settings | Defaults"
"""What asking takes: the settings, or these where none is set."""


class Defaults:
    """What holds where nothing is set; `bot.settings.Settings` says what each is."""

    article: Path | None = None
    url: str | None = None
    library: str | None = None
    server_articles: int = QUOTAS["server"].articles
    person_articles: int = QUOTAS["person"].articles
    threshold: float = THRESHOLD
    quotes: int = 3
    state: Path | None = None

    @property
    def state_folder(self) -> Path:
        """The folder for what is remembered between starts; need not exist yet."""
        return state_folder(self.state)


def state_folder(state: Path | None) -> Path:
    """The folder for what is remembered between starts, where this one is set for it, or none."""
    if state is not None:
        return state
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "pullquote"


def nothing_is_set() -> bool:
    """Whether neither the environment nor a file holds any setting; an empty one counts for none."""
    prefix = PREFIX.lower()
    if any(value and name.lower().startswith(prefix) for name, value in os.environ.items()):
        return False
    try:
        Path(ENV_FILE).stat()
    except FileNotFoundError:
        return True
    except OSError:
        # Whoever reads the settings says what is wrong with it.
        pass
    return False
