"""The conversations in a store's SQLite file."""

from collections.abc import Iterable
from typing import Any

from bot.records.model import Remembered
from bot.records.owner import Owner
from bot.records.packing import packed, unpacked
from bot.records.protocol import MOST_CONVERSATIONS
from bot.records.sqlite_file import SQLiteFile

_COLUMNS = "o.name, c.person, c.place, c.conversation, c.at"
_OWN = "owner = (SELECT id FROM owners WHERE name = ?)"


class SQLiteConversations(SQLiteFile):
    """What `Records` does with conversations."""

    def keep_conversations(self, kept: Iterable[Remembered]) -> None:
        """Keep conversations, each in place of that of its owner, person and place, unless that one is younger."""
        with self._writing() as connection:
            for one in kept:
                connection.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
                    "SET conversation = excluded.conversation, at = excluded.at WHERE excluded.at >= at",
                    (self._own(one.owner), one.person, one.place, packed(one.conversation), one.at),
                )

    def conversation(self, owner: Owner, number: int, place: int) -> Remembered | None:
        """The conversation of a person in a place, however old, or None where there is none."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM conversations c JOIN owners o ON o.id = c.owner "  # noqa: S608 - our columns
            "WHERE o.name = ? AND c.person = ? AND c.place = ?",
            str(owner),
            number,
            place,
        )
        return _remembered(rows[0]) if rows else None

    def forget_conversation(self, owner: Owner, number: int, place: int) -> None:
        """Erase the conversation of a person in a place, if there is one."""
        with self._writing() as connection:
            erased = connection.execute(
                f"DELETE FROM conversations WHERE {_OWN} AND person = ? AND place = ?",  # noqa: S608 - our words
                (str(owner), number, place),
            ).rowcount
        if erased:
            self._settle()

    def expire_conversations(self, before: int, most: int = MOST_CONVERSATIONS) -> int:
        """Erase the conversations of all owners that are older than a time, and of more than `most` the oldest."""
        with self._writing() as connection:
            erased = connection.execute("DELETE FROM conversations WHERE at < ?", (before,)).rowcount
            left = connection.execute("SELECT count(*) FROM conversations").fetchone()[0]
            if left > most:
                erased += connection.execute(
                    "DELETE FROM conversations WHERE (owner, person, place) IN ("
                    "SELECT owner, person, place FROM conversations c JOIN owners o ON o.id = c.owner "
                    "ORDER BY at, o.name, person, place LIMIT ?)",
                    (left - most,),
                ).rowcount
        if erased:
            self._settle()
        return erased

    def _conversations_of(self, number: int) -> tuple[Remembered, ...]:
        """The conversations of a person, the one that rested longest first."""
        rows = self._read(
            f"SELECT {_COLUMNS} FROM conversations c JOIN owners o ON o.id = c.owner WHERE c.person = ? "  # noqa: S608 - our columns
            "ORDER BY c.at, o.name, c.place",
            number,
        )
        return tuple(map(_remembered, rows))


def _remembered(row: tuple[Any, ...]) -> Remembered:
    owner, person, place, conversation, at = row
    return Remembered(Owner.parse(owner), person, place, unpacked(conversation), at)
