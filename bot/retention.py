"""What is old goes: at every start, and once a day; conversations, which are short-lived, every few minutes."""

from bot.records.model import DAY
from bot.records.owner import Owner
from bot.records.protocol import Records
from bot.server_settings import ServerSettings

GRACE = 7
"""Days after which a server that removed the bot is erased. It may come back, and a READY that lacked a server by a
fault of Discord's must not cost that server its settings; a moderator can erase all at once before."""

OVER = 10
"""Minutes between two looks at conversations that are over."""


def overdue(records: Records, now: int) -> tuple[Owner, ...]:
    """The owners who left more than `GRACE` days ago: all of theirs is to be erased.

    Args:
        records: the store.
        now: seconds since 1970.
    """
    return tuple(owner for owner, at in records.departed().items() if at <= now - GRACE * DAY)


def purge(records: Records, now: int) -> int:
    """Erase what is older than its owner's retention, and all of those who left more than `GRACE` days ago.

    Args:
        records: the store.
        now: seconds since 1970.

    Returns:
        how many votes and questions were erased.
    """
    erased = sum(records.erase_owner(owner) for owner in overdue(records, now))
    for owner in records.owners():
        days = ServerSettings.from_stored(records.settings(owner)).retention
        erased += records.erase_before(owner, now - days * DAY)
    return erased
