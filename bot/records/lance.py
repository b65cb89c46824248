"""The store in LanceDB, beside a library there, for bots on several machines: `pip install 'pullquote[scale]'`.

What is kept of an owner are rows of one table, each under a key of its own; a method writes its rows in one commit.
"""

import datetime as dt
import json
from collections.abc import Mapping

from bot.records.lance_conversations import LanceConversations, remembered
from bot.records.lance_tables import HERE, TABLES, Row, made
from bot.records.model import Belongings, Json, Kept, Refusal, Tally, Verdict, Vote, day_of
from bot.records.owner import Owner, person
from bot.records.packing import text
from bot.records.protocol import MOST

_COUNTED = ("vote", "refusal")
_THEIRS = "kind IN ('vote', 'refusal', 'conversation')"
"""The rows that are about a person, and have a time."""


class LanceRecords(LanceConversations):
    """`Records` in LanceDB; for one thread, as the others are."""

    def _count(self, owner: Owner, at: int, *, answered: int = 0, refused: int = 0) -> Row:
        """This process's count of a day, with what is new; each process has a row of its own, so that none is lost."""
        key = f"{owner}/tally/{day_of(at).isoformat()}/{self._writer}"
        for row in self._read(self._of(owner), f"key = '{key}'"):
            answered, refused = answered + row["answered"], refused + row["refused"]
        return made(key, owner, "tally", body=day_of(at).isoformat(), answered=answered, refused=refused)

    def note_answer(self, owner: Owner, at: int) -> None:
        """Count a question that was answered."""
        self._write(self._of(owner), [*self._known(owner), self._count(owner, at, answered=1)])

    def note_refusal(self, refusal: Refusal) -> None:
        """Count a question that was not answered, and keep it; the same one twice is kept once."""
        owner, key = refusal.owner, f"{refusal.owner}/refusal/{refusal.answer}"
        rows = self._known(owner)
        if not self._read(self._of(owner), f"key = '{key}'"):
            rows += [_refusal_row(refusal), self._count(owner, refusal.at, refused=1)]
        if rows:
            self._write(self._of(owner), rows)

    def cast(self, vote: Vote) -> Vote | None:
        """Take a vote: in place of the person's other vote on the answer, or, where it is the same, back."""
        table, key = self._of(vote.owner), f"{vote.owner}/vote/{vote.answer}/{vote.person}"
        before = self._read(table, f"key = '{key}'")
        if before and _vote(before[0]).verdict == vote.verdict:
            self._delete(table, f"key = '{key}'")
            return None
        self._write(table, [*self._known(vote.owner), _vote_row(vote)])
        return vote

    def take_over(self, owner: Owner, belongings: Belongings) -> None:
        """Take over what another store keeps of an owner; doing it again changes nothing."""
        table = self._of(owner)
        here = {tally.day: tally for tally in self.tallies(owner, dt.date.min)}
        # Counts are added to this process's, which another time than theirs must not hold back.
        counts = self._known(owner)
        for day in belongings.tallies:
            known = here.get(day.day, Tally(day.day, 0, 0))
            answered, refused = max(0, day.answered - known.answered), max(0, day.refused - known.refused)
            if answered or refused:
                noon = int(dt.datetime.combine(day.day, dt.time(12), dt.UTC).timestamp())
                counts.append(self._count(owner, noon, answered=answered, refused=refused))
        if counts:
            self._write(table, counts)
        rows = [*map(_vote_row, belongings.votes), *map(_refusal_row, belongings.refusals)]
        rows += [_setting_row(owner, name, value) for name, value in belongings.settings.items()]
        if rows:
            self._write(table, rows, unless="target.at >= source.at")

    def votes(self, owner: Owner, since: int, most: int = MOST) -> tuple[Vote, ...]:
        """The votes cast at `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'vote' AND at >= {since:d}")
        found = sorted(map(_vote, rows), key=lambda vote: (vote.at, vote.answer, vote.person))
        return tuple(found[max(0, len(found) - most) :])

    def refusals(self, owner: Owner, since: int, most: int = MOST) -> tuple[Refusal, ...]:
        """The unanswered questions of `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'refusal' AND at >= {since:d}")
        found = sorted(map(_refusal, rows), key=lambda refusal: (refusal.at, refusal.answer))
        return tuple(found[max(0, len(found) - most) :])

    def tallies(self, owner: Owner, since: dt.date) -> tuple[Tally, ...]:
        """How much was asked on each day with questions, from `since` on, oldest first."""
        days: dict[dt.date, tuple[int, int]] = {}
        for row in self._read(self._of(owner), f"owner = '{owner}' AND kind = 'tally' AND body >= '{since:%Y-%m-%d}'"):
            day = dt.date.fromisoformat(row["body"])
            answered, refused = days.get(day, (0, 0))
            days[day] = answered + row["answered"], refused + row["refused"]
        return tuple(Tally(day, *days[day]) for day in sorted(days))

    def settings(self, owner: Owner) -> dict[str, Json]:
        """What was set, by name."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'setting'")
        found = dict(json.loads(row["body"]) for row in rows)
        return {name: found[name] for name in sorted(found) if found[name] is not None}

    def set(self, owner: Owner, values: Mapping[str, Json]) -> None:
        """Set some settings; None takes one away."""
        rows = [_setting_row(owner, name, value) for name, value in values.items()]
        rows += self._known(owner)
        if rows:
            self._write(self._of(owner), rows)

    def about_person(self, number: int) -> Kept:
        """All that is kept about a person, in all places."""
        rows = self._everywhere(f"person = {number:d} AND {_THEIRS}")
        votes = sorted((_vote(r) for r in rows if r["kind"] == "vote"), key=lambda v: (v.at, str(v.owner), v.answer))
        refusals = sorted(
            (_refusal(r) for r in rows if r["kind"] == "refusal"), key=lambda r: (r.at, str(r.owner), r.answer)
        )
        talks = sorted(
            (remembered(r) for r in rows if r["kind"] == "conversation"), key=lambda c: (c.at, str(c.owner), c.place)
        )
        return Kept(tuple(votes), tuple(refusals), tuple(talks))

    def erase_person(self, number: int) -> int:
        """Erase all that is kept about a person in all places, and all that belongs to them."""
        theirs, erased = f"person = {number:d} AND {_THEIRS}", 0
        for table in map(self._table, range(TABLES)):
            rows = self._read(table, theirs, ["kind"])
            if rows:
                self._delete(table, theirs)
            erased += sum(row["kind"] in _COUNTED for row in rows)
        self._delete(self._of(person(number)), f"owner = '{person(number)}'")
        return erased

    def erase_owner(self, owner: Owner) -> int:
        """Erase all that belongs to an owner, the settings too."""
        table = self._of(owner)
        rows = self._read(table, f"owner = '{owner}'")
        if rows:
            self._delete(table, f"owner = '{owner}'")
        return sum(row["kind"] in _COUNTED for row in rows)

    def erase_before(self, owner: Owner, before: int) -> int:
        """Erase what is older than a time."""
        table = self._of(owner)
        old = (
            f"owner = '{owner}' AND (({_THEIRS} AND at < {before:d})"
            f" OR (kind = 'tally' AND body < '{day_of(before).isoformat()}'))"
        )
        rows = self._read(table, old)
        if rows:
            self._delete(table, old)
        left = self._read(table, f"owner = '{owner}'")
        holds = any(
            row["kind"] != "setting" or json.loads(row["body"])[1] is not None for row in left if row["kind"] != "owner"
        )
        if left and not holds and all(row["at"] == HERE for row in left if row["kind"] == "owner"):
            self._delete(table, f"owner = '{owner}'")
        return sum(row["kind"] in _COUNTED for row in rows)

    def owners(self) -> tuple[Owner, ...]:
        """All owners that anything is kept of, in order."""
        return tuple(sorted({Owner.parse(row["owner"]) for row in self._everywhere("kind = 'owner'")}))

    def depart(self, owner: Owner, at: int) -> None:
        """Note that an owner has left; the first time counts. Where nothing is kept of it, nothing is noted."""
        table, key = self._of(owner), f"{owner}/owner"
        if self._read(table, f"key = '{key}' AND at = {HERE}"):
            self._commit(table, lambda: table.update(where=f"key = '{key}' AND at = {HERE}", values={"at": at}))

    def stay(self, owner: Owner) -> None:
        """Note that an owner is here, after all."""
        table, key = self._of(owner), f"{owner}/owner"
        if self._read(table, f"key = '{key}' AND at != {HERE}"):
            self._commit(table, lambda: table.update(where=f"key = '{key}'", values={"at": HERE}))

    def departed(self) -> dict[Owner, int]:
        """The owners that have left, and when."""
        rows = self._everywhere(f"kind = 'owner' AND at != {HERE}")
        return {Owner.parse(row["owner"]): row["at"] for row in sorted(rows, key=lambda row: str(row["owner"]))}


def _vote_row(vote: Vote) -> Row:
    body = [vote.answer, vote.verdict.value, text(vote.question), vote.article, vote.sentences, vote.confidence]
    key = f"{vote.owner}/vote/{vote.answer}/{vote.person}"
    return made(key, vote.owner, "vote", who=vote.person, at=vote.at, body=json.dumps(body))


def _refusal_row(refusal: Refusal) -> Row:
    body = [refusal.answer, text(refusal.question), refusal.missing, refusal.article, refusal.confidence]
    key = f"{refusal.owner}/refusal/{refusal.answer}"
    return made(key, refusal.owner, "refusal", who=refusal.person, at=refusal.at, body=json.dumps(body))


def _setting_row(owner: Owner, name: str, value: Json) -> Row:
    return made(f"{owner}/setting/{name}", owner, "setting", body=json.dumps([name, value]))


def _vote(row: Row) -> Vote:
    answer, verdict, question, article, sentences, confidence = json.loads(row["body"])
    owner = Owner.parse(row["owner"])
    return Vote(
        owner, answer, row["person"], Verdict(verdict), question, article, tuple(sentences), confidence, row["at"]
    )


def _refusal(row: Row) -> Refusal:
    answer, question, missing, article, confidence = json.loads(row["body"])
    owner = Owner.parse(row["owner"])
    return Refusal(owner, answer, row["person"], question, tuple(missing), article, confidence, row["at"])
