"""A store of each version that was released, as SQL; `python -m tests.stores` writes those of today's version.

Do that before a release whose tables are new, and commit what it writes: whoever upgrades from it later has such a
store. A file that was written is never changed.
"""

import re
from pathlib import Path

from bot.records.migrations import VERSION
from index.library.migrations import VERSION as LIBRARY_VERSION

HERE = Path(__file__).parent


def _by_version(pattern: str) -> dict[int, Path]:
    found = ((re.fullmatch(pattern, file.name), file) for file in HERE.iterdir())
    return {int(match[1]): file for match, file in found if match}


RECORDS = _by_version(r"v(\d+)\.sql")
"""Version -> a store of the bot's records."""

LIBRARIES = _by_version(r"library-v(\d+)\.sql")
"""Version -> a library, in a file of its own."""

OLD = tuple(RECORDS[version] for version in sorted(RECORDS) if version < VERSION)

__all__ = ["HERE", "LIBRARIES", "LIBRARY_VERSION", "OLD", "RECORDS", "VERSION"]
