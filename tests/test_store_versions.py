"""An upgrade from any earlier version loses nothing: one store and one library of each is kept in `tests/stores`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversation import Conversation, Turn
from bot.records import Kept, Remembered, SQLiteRecords, person, server
from index.database import number
from index.library.sqlite import SQLiteLibrary
from tests.stores import LIBRARIES, LIBRARY_VERSION, RECORDS, VERSION

Schema = list[tuple[str, str, str]]


def restored(script: Path, file: Path) -> Path:
    """The file that a script makes."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script.read_text("utf-8"))
    return file


def schema(file: Path) -> Schema:
    """What a file is made of: name, table and columns of everything, whatever the spaces in its SQL."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = [
            (t, str(c[1]), str(c[2:])) for t in tables for c in connection.execute("PRAGMA table_xinfo(" + t + ")")
        ]
        others = connection.execute("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        return sorted([*columns, *(tuple(map(str, row)) for row in others)])  # type: ignore[list-item]  # three each


def counts(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: number(connection, "SELECT count(*) FROM " + table) for table in tables}  # noqa: S608 - its own


def is_whole(file: Path) -> bool:
    """Whether nothing is damaged and every reference leads somewhere."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not list(
            connection.execute("PRAGMA foreign_key_check")
        )


def test_there_is_a_store_of_each_version() -> None:
    """Of those released; whoever adds a step to the migrations keeps what was before it."""
    assert set(range(1, VERSION)) <= RECORDS.keys()
    assert set(range(1, LIBRARY_VERSION)) <= LIBRARIES.keys()
    assert max(RECORDS) <= VERSION


@pytest.mark.parametrize("version", sorted(RECORDS))
def test_records_of_any_version_are_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """The tables are those of a new store, every row is there, and it can be read and written."""
    file = restored(RECORDS[version], tmp_path / "old.db")
    before = counts(file)
    store = SQLiteRecords(file)
    assert store.owners()
    kept = store.about_person(100)
    assert kept.votes or kept.refusals
    assert store.settings(server(1)) == {"private": True}
    assert [c.conversation.turns[0].question for c in kept.conversations] == ["Who called?"] * (version > 2)
    store.close()
    SQLiteRecords(tmp_path / "new.db").close()
    assert schema(file) == schema(tmp_path / "new.db")
    after = counts(file)
    assert {table: after[table] for table in before} == before
    assert not any(after[table] for table in after.keys() - before.keys())
    assert is_whole(file)
    again = SQLiteRecords(file)
    again.note_answer(person(100), 0)
    again.keep_conversations([Remembered(person(100), 100, 7, Conversation((Turn("Who called?"),)), 0)])
    assert again.conversation(person(100), 100, 7)
    again.erase_person(100)
    assert again.about_person(100) == Kept()
    again.close()


@pytest.mark.parametrize("version", sorted(LIBRARIES))
def test_libraries_of_any_version_are_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """The tables are those of a new one, and every article is there, to the character."""
    file = restored(LIBRARIES[version], tmp_path / "old.db")
    library = SQLiteLibrary(file)
    held = [(owner, entry) for owner in library.owners() for entry in library.entries(owner)]
    assert held
    for owner, entry in held:
        article = library.article(owner, entry.number)
        assert article.id == entry.id
        assert len(article.text) == entry.characters
    library.close()
    SQLiteLibrary(tmp_path / "new.db").close()
    assert schema(file) == schema(tmp_path / "new.db")
    assert is_whole(file)
