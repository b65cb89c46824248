"""The store in one SQLite file."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from bot.records.model import Belongings, Json, Kept, Refusal, Tally, Verdict, Vote, day_of
from bot.records.owner import Owner, person
from bot.records.packing import text
from bot.records.protocol import MOST
from bot.records.sqlite_conversations import SQLiteConversations

_VOTE = "o.name, v.answer, v.person, v.verdict, v.question, v.article, v.sentences, v.confidence, v.at"
_REFUSAL = "o.name, r.answer, r.person, r.question, r.missing, r.article, r.confidence, r.at"

_ADD_REFUSAL = "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


class SQLiteRecords(SQLiteConversations):
    """`Records` in a file; for the thread that opens it."""

    def note_answer(self, owner: Owner, at: int) -> None:
        """Count a question that was answered."""
        with self._writing():
            self._count(self._own(owner), at, answered=1, refused=0)

    def note_refusal(self, refusal: Refusal) -> None:
        """Count a question that was not answered, and keep it; the same one twice is kept once."""
        with self._writing() as connection:
            own = self._own(refusal.owner)
            if connection.execute(_ADD_REFUSAL, _refusal_row(own, refusal)).rowcount:
                self._count(own, refusal.at, answered=0, refused=1)

    def _count(self, own: int, at: int, *, answered: int, refused: int) -> None:
        self._connection.execute(
            "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET answered = answered + excluded.answered, refused = refused + excluded.refused",
            (own, day_of(at).isoformat(), answered, refused),
        )

    def cast(self, vote: Vote) -> Vote | None:
        """Take a vote: in place of the person's other vote on the answer, or, where it is the same, back."""
        with self._writing() as connection:
            own = self._own(vote.owner)
            key = (own, vote.answer, vote.person)
            before = connection.execute(
                "SELECT verdict FROM votes WHERE (owner, answer, person) = (?, ?, ?)", key
            ).fetchone()
            connection.execute("DELETE FROM votes WHERE (owner, answer, person) = (?, ?, ?)", key)
            if before is not None and before[0] == vote.verdict:
                return None
            connection.execute("INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _vote_row(own, vote))
        return vote

    def take_over(self, owner: Owner, belongings: Belongings) -> None:
        """Take over what another store keeps of an owner; doing it again changes nothing."""
        with self._writing() as connection:
            own = self._own(owner)
            connection.executemany(
                "INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "verdict = excluded.verdict, question = excluded.question, article = excluded.article, "
                "sentences = excluded.sentences, confidence = excluded.confidence, at = excluded.at "
                "WHERE excluded.at > at",
                [_vote_row(own, vote) for vote in belongings.votes],
            )
            connection.executemany(_ADD_REFUSAL, [_refusal_row(own, refusal) for refusal in belongings.refusals])
            connection.executemany(
                "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET answered = max(answered, excluded.answered), refused = max(refused, excluded.refused)",
                [(own, day.day.isoformat(), day.answered, day.refused) for day in belongings.tallies],
            )
            connection.executemany(
                "INSERT INTO settings VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [(own, name, json.dumps(value)) for name, value in belongings.settings.items()],
            )

    def votes(self, owner: Owner, since: int, most: int = MOST) -> tuple[Vote, ...]:
        """The votes cast at `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(
            f"SELECT {_VOTE} FROM votes v JOIN owners o ON o.id = v.owner WHERE o.name = ? AND v.at >= ? "  # noqa: S608 - our columns
            "ORDER BY v.at DESC, v.answer DESC, v.person DESC LIMIT ?",
            str(owner),
            since,
            most,
        )
        return tuple(_vote(row) for row in reversed(rows))

    def refusals(self, owner: Owner, since: int, most: int = MOST) -> tuple[Refusal, ...]:
        """The unanswered questions of `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(
            f"SELECT {_REFUSAL} FROM refusals r JOIN owners o ON o.id = r.owner WHERE o.name = ? AND r.at >= ? "  # noqa: S608 - our columns
            "ORDER BY r.at DESC, r.answer DESC LIMIT ?",
            str(owner),
            since,
            most,
        )
        return tuple(_refusal(row) for row in reversed(rows))

    def tallies(self, owner: Owner, since: dt.date) -> tuple[Tally, ...]:
        """How much was asked on each day with questions, from `since` on, oldest first."""
        rows = self._read(
            "SELECT day, answered, refused FROM tallies t JOIN owners o ON o.id = t.owner "
            "WHERE o.name = ? AND day >= ? ORDER BY day",
            str(owner),
            since.isoformat(),
        )
        return tuple(Tally(dt.date.fromisoformat(day), answered, refused) for day, answered, refused in rows)

    def settings(self, owner: Owner) -> dict[str, Json]:
        """What was set, by name."""
        rows = self._read(
            "SELECT s.name, value FROM settings s JOIN owners o ON o.id = s.owner WHERE o.name = ? ORDER BY s.name",
            str(owner),
        )
        return {name: json.loads(value) for name, value in rows}

    def set(self, owner: Owner, values: Mapping[str, Json]) -> None:
        """Set some settings; None takes one away."""
        with self._writing() as connection:
            own = self._own(owner)
            for name, value in values.items():
                connection.execute("DELETE FROM settings WHERE (owner, name) = (?, ?)", (own, name))
                if value is not None:
                    connection.execute("INSERT INTO settings VALUES (?, ?, ?)", (own, name, json.dumps(value)))

    def about_person(self, number: int) -> Kept:
        """All that is kept about a person, in all places."""
        votes = self._read(
            f"SELECT {_VOTE} FROM votes v JOIN owners o ON o.id = v.owner WHERE v.person = ? "  # noqa: S608 - our columns
            "ORDER BY v.at, o.name, v.answer",
            number,
        )
        refusals = self._read(
            f"SELECT {_REFUSAL} FROM refusals r JOIN owners o ON o.id = r.owner WHERE r.person = ? "  # noqa: S608 - our columns
            "ORDER BY r.at, o.name, r.answer",
            number,
        )
        return Kept(tuple(map(_vote, votes)), tuple(map(_refusal, refusals)), self._conversations_of(number))

    def erase_person(self, number: int) -> int:
        """Erase all that is kept about a person in all places, and all that belongs to them."""
        with self._writing() as connection:
            erased = sum(
                connection.execute(f"DELETE FROM {table} WHERE person = ?", (number,)).rowcount  # noqa: S608 - our tables
                for table in ("votes", "refusals")
            )
            connection.execute("DELETE FROM conversations WHERE person = ?", (number,))
            connection.execute("DELETE FROM owners WHERE name = ?", (str(person(number)),))
        self._settle()
        return erased

    def erase_owner(self, owner: Owner) -> int:
        """Erase all that belongs to an owner, the settings too."""
        with self._writing() as connection:
            erased = sum(
                connection.execute(
                    f"DELETE FROM {table} WHERE owner = (SELECT id FROM owners WHERE name = ?)",  # noqa: S608 - our tables
                    (str(owner),),
                ).rowcount
                for table in ("votes", "refusals")
            )
            connection.execute("DELETE FROM owners WHERE name = ?", (str(owner),))  # and all that refers to it
        self._settle()
        return erased

    def erase_before(self, owner: Owner, before: int) -> int:
        """Erase what is older than a time."""
        with self._writing() as connection:
            erased = sum(
                connection.execute(
                    f"DELETE FROM {table} WHERE owner = (SELECT id FROM owners WHERE name = ?) AND at < ?",  # noqa: S608 - our tables
                    (str(owner), before),
                ).rowcount
                for table in ("votes", "refusals")
            )
            conversations = connection.execute(
                "DELETE FROM conversations WHERE owner = (SELECT id FROM owners WHERE name = ?) AND at < ?",
                (str(owner), before),
            ).rowcount
            connection.execute(
                "DELETE FROM tallies WHERE owner = (SELECT id FROM owners WHERE name = ?) AND day < ?",
                (str(owner), day_of(before).isoformat()),
            )
            connection.execute(
                "DELETE FROM owners WHERE name = ? AND NOT EXISTS (SELECT 1 FROM votes WHERE owner = owners.id) "
                "AND NOT EXISTS (SELECT 1 FROM refusals WHERE owner = owners.id) "
                "AND NOT EXISTS (SELECT 1 FROM tallies WHERE owner = owners.id) "
                "AND NOT EXISTS (SELECT 1 FROM conversations WHERE owner = owners.id) "
                "AND NOT EXISTS (SELECT 1 FROM settings WHERE owner = owners.id) AND departed IS NULL",
                (str(owner),),
            )
        if erased or conversations:
            self._settle()
        return erased

    def owners(self) -> tuple[Owner, ...]:
        """All owners that anything is kept of, in order."""
        return tuple(sorted(Owner.parse(name) for (name,) in self._read("SELECT name FROM owners")))

    def depart(self, owner: Owner, at: int) -> None:
        """Note that an owner has left; the first time counts. Where nothing is kept of it, nothing is noted."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE owners SET departed = ? WHERE name = ? AND departed IS NULL",
                (at, str(owner)),
            )

    def stay(self, owner: Owner) -> None:
        """Note that an owner is here, after all."""
        with self._writing() as connection:
            connection.execute("UPDATE owners SET departed = NULL WHERE name = ?", (str(owner),))

    def departed(self) -> dict[Owner, int]:
        """The owners that have left, and when."""
        rows = self._read("SELECT name, departed FROM owners WHERE departed IS NOT NULL ORDER BY name")
        return {Owner.parse(name): departed for name, departed in rows}


def _vote_row(own: int, vote: Vote) -> tuple[object, ...]:
    return (
        own,
        vote.answer,
        vote.person,
        vote.verdict.value,
        text(vote.question),
        vote.article,
        json.dumps(vote.sentences),
        vote.confidence,
        vote.at,
    )


def _refusal_row(own: int, refusal: Refusal) -> tuple[object, ...]:
    return (
        own,
        refusal.answer,
        refusal.person,
        text(refusal.question),
        json.dumps(refusal.missing),
        refusal.article,
        refusal.confidence,
        refusal.at,
    )


def _vote(row: tuple[Any, ...]) -> Vote:
    owner, answer, voter, verdict, question, article, sentences, confidence, at = row
    return Vote(
        Owner.parse(owner),
        answer,
        voter,
        Verdict(verdict),
        question,
        article,
        tuple(json.loads(sentences)),
        confidence,
        at,
    )


def _refusal(row: tuple[Any, ...]) -> Refusal:
    owner, answer, asker, question, missing, article, confidence, at = row
    return Refusal(Owner.parse(owner), answer, asker, question, tuple(json.loads(missing)), article, confidence, at)
