"""What is kept between starts: votes, unanswered questions, counts, settings and conversations, each with its owner.

    records = SQLiteRecords(folder / FILE)
    records.note_answer(server(123), at=int(time.time()))

`Records` is the interface that an engine implements, `SQLiteRecords` the engine that comes with Python, `Worker` how
the event loop uses either.
"""

from bot.records.database import MEMORY
from bot.records.model import Belongings, Json, Kept, Refusal, Remembered, Tally, Verdict, Vote
from bot.records.owner import SHELL, Owner, person, server
from bot.records.protocol import Records
from bot.records.sqlite import SQLiteRecords
from bot.records.worker import Worker

FILE = "pullquote.db"
"""Name of the SQLite file in the state folder."""

__all__ = [
    "FILE",
    "MEMORY",
    "SHELL",
    "Belongings",
    "Json",
    "Kept",
    "Owner",
    "Records",
    "Refusal",
    "Remembered",
    "SQLiteRecords",
    "Tally",
    "Verdict",
    "Vote",
    "Worker",
    "person",
    "server",
]
