"""`python -m tests.stores`: write a store and a library of today's version, unless there are any."""

import sqlite3
import sys
import tempfile
from pathlib import Path

from bot.conversation import Conversation, Turn
from bot.records import Refusal, Remembered, SQLiteRecords, Verdict, Vote, person, server
from index.library.sqlite import SQLiteLibrary
from index.readers import read_bytes
from tests.conftest import FERRY
from tests.stores import HERE, LIBRARY_VERSION, VERSION

AT = 1_760_000_000


def records(file: Path) -> None:
    """One of everything that the bot keeps."""
    store = SQLiteRecords(file)
    for verdict in (Verdict.UP, Verdict.DOWN):
        store.cast(Vote(server(1), 10, 100, verdict, "How much?", "abcdefabcdef", (3, 4), 0.75, AT))
    store.note_refusal(Refusal(person(100), 20, 100, "What does it cost?", ("cost",), "abcdefabcdef", 0.125, AT))
    store.note_answer(server(1), AT)
    store.set(server(1), {"private": True})
    said = Conversation((Turn("Who called?", (3, 4), "abcdefabcdef"), Turn("What for?")), "abcdefabcdef")
    store.keep_conversations([Remembered(server(1), 100, 7, said, AT)])
    store.depart(server(2), AT)
    store.close()


def library(file: Path) -> None:
    """Two articles of a server and one of a person."""
    kept = SQLiteLibrary(file)
    article = read_bytes(FERRY.encode(), "ferry.txt")
    other = read_bytes(FERRY.replace("ferry", "night train").replace("Solveig", "Aurora").encode(), "train.txt")
    kept.add(server(1), article, at=AT)
    kept.add(server(1), other, at=AT)
    kept.add(person(100), article, at=AT)
    kept.close()


def written(file: Path, to: Path, version: int, what: str) -> None:
    """A database as SQL."""
    connection = sqlite3.connect(file)
    head = [f"-- {what} of version {version}, written by `python -m tests.stores`; never to be changed."]
    pragmas = ("application_id", "user_version")
    head += [f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};" for name in pragmas]
    to.write_text("\n".join([*head, *connection.iterdump(), ""]), "utf-8")
    connection.close()


def main() -> int:
    """Write both."""
    with tempfile.TemporaryDirectory() as folder:
        for make, name, version, what in (
            (records, f"v{VERSION}.sql", VERSION, "A store"),
            (library, f"library-v{LIBRARY_VERSION}.sql", LIBRARY_VERSION, "A library"),
        ):
            if (HERE / name).exists():
                sys.stdout.write(f"{name} is there already\n")
                continue
            file = Path(folder) / "made.db"
            file.unlink(missing_ok=True)
            make(file)
            written(file, HERE / name, version, what)
            sys.stdout.write(f"{name} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
