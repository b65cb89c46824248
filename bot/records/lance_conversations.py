"""The conversations in a store in LanceDB."""

from collections import defaultdict
from collections.abc import Iterable

from bot.records.lance_tables import TABLES, LanceTables, Row, made
from bot.records.model import Remembered
from bot.records.owner import Owner
from bot.records.packing import packed, unpacked
from bot.records.protocol import MOST_CONVERSATIONS

CONVERSATIONS = "kind = 'conversation'"

AT_ONCE = 500
"""Rows that one deletion names."""


class LanceConversations(LanceTables):
    """What `Records` does with conversations."""

    def keep_conversations(self, kept: Iterable[Remembered]) -> None:
        """Keep conversations, each in place of that of its owner, person and place, unless that one is younger."""
        tables: defaultdict[int, dict[str, Remembered]] = defaultdict(dict)
        for one in sorted(kept, key=lambda remembered: remembered.at):
            tables[self._number(one.owner)][_key(one.owner, one.person, one.place)] = one
        for number, ones in tables.items():
            rows = self._known(*{one.owner for one in ones.values()})
            for key, one in ones.items():
                body = packed(one.conversation)
                rows.append(made(key, one.owner, "conversation", who=one.person, at=one.at, body=body))
            self._write(self._table(number), rows, unless="target.at > source.at")

    def conversation(self, owner: Owner, number: int, place: int) -> Remembered | None:
        """The conversation of a person in a place, however old, or None where there is none."""
        key = _key(owner, number, place)
        rows = self._read(self._of(owner), f"key = '{key}'")
        return remembered(rows[0]) if rows else None

    def forget_conversation(self, owner: Owner, number: int, place: int) -> None:
        """Erase the conversation of a person in a place, if there is one."""
        table, key = self._of(owner), _key(owner, number, place)
        if self._rows(table, f"key = '{key}'"):
            self._delete(table, f"key = '{key}'")

    def expire_conversations(self, before: int, most: int = MOST_CONVERSATIONS) -> int:
        """Erase the conversations of all owners that are older than a time, and of more than `most` the oldest."""
        erased = left = 0
        for table in map(self._table, range(TABLES)):
            if self._rows(table, old := f"{CONVERSATIONS} AND at < {before:d}"):
                erased += self._delete(table, old)
                self._tidy(table)
            left += self._rows(table, CONVERSATIONS)
        return erased + (self._erase_oldest(left - most) if left > most else 0)

    def _erase_oldest(self, count: int) -> int:
        """Erase so many conversations."""
        oldest = sorted(
            (row["at"], row["owner"], row["person"], _place(row), number)
            for number in range(TABLES)
            for row in self._read(self._table(number), CONVERSATIONS, ["key", "owner", "person", "at"])
        )[:count]
        tables: defaultdict[int, list[str]] = defaultdict(list)
        for _at, owner, person, place, number in oldest:
            tables[number].append(f"'{_key(Owner.parse(owner), person, place)}'")
        for number, keys in tables.items():
            for n in range(0, len(keys), AT_ONCE):
                chosen = ", ".join(keys[n : n + AT_ONCE])
                self._delete(self._table(number), f"key IN ({chosen})")
            self._tidy(self._table(number))
        return len(oldest)


def remembered(row: Row) -> Remembered:
    """A conversation from its row."""
    return Remembered(Owner.parse(row["owner"]), row["person"], _place(row), unpacked(row["body"]), row["at"])


def _key(owner: Owner, number: int, place: int) -> str:
    return f"{owner}/conversation/{number:d}/{place:d}"


def _place(row: Row) -> int:
    return int(row["key"].rpartition("/")[2])
