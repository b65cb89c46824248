"""What is SQLite's own: the file, its versions, and its postings."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.records import Refusal, SQLiteRecords
from index.article import Article
from index.errors import LibraryError
from index.library import SHELL, Library, Owner, inverted, migrations, open_library, person, server
from index.library import document as document_module
from index.library.opening import may_hold_articles
from index.library.postings import read_block, read_tail, tail, write_block, write_tail
from index.library.sqlite import SQLiteLibrary
from tests.conftest import FERRY
from tests.library.builders import article, expected, found, made_up
from tests.library.test_killed import whole

ROOT = Path(__file__).resolve().parents[2]

STORED = ROOT / "tests" / "stores" / "library-v1.sql"
"""A library of version 1, with blocks of at most eight postings."""


def fill(library: Library) -> list[tuple[int, Article]]:
    """What is in the stored library; what the first server has of it, in the order of its passages."""
    articles = [made_up(seed, 30) for seed in range(3)]
    library.add_all(server(1), articles, at=1_700_000_000)
    library.add(person(1), article("Another's ferry.", title="Another's"), at=1_700_000_000)
    library.refresh(server(1), 1, made_up(7, 12), at=1_700_000_100)
    library.remove(server(1), 2)
    return [(3, articles[2]), (1, made_up(7, 12))]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a library may be."""
    return tmp_path / "state" / "pullquote.db"


def test_a_library_of_version_1_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    """What was kept is there, as a library of today would have it, and can be changed."""
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    connection.executescript(STORED.read_text("utf-8"))
    connection.close()
    old, new = SQLiteLibrary(file), SQLiteLibrary(tmp_path / "new.db")
    there = fill(new)
    assert old.entries(server(1)) == new.entries(server(1))
    assert old.owners() == (person(1), server(1))
    assert found(old, server(1), ["ferri", "38"]) == expected(there, ["ferri", "38"])
    old.add(server(1), made_up(9), at=1_700_000_200)
    old.remove(server(1), 3)
    assert found(old, server(1), ["ferri"]) == expected([there[1], (4, made_up(9))], ["ferri"])
    old.close()
    new.close()


def test_the_tables_of_a_release_are_never_changed(file: Path) -> None:
    """A library that is made today has the tables of one that was made in version 1 and brought up to date."""
    SQLiteLibrary(file).close()
    stored = sqlite3.connect(":memory:")
    stored.executescript(STORED.read_text("utf-8"))
    for step in migrations.MIGRATIONS[1:]:
        for statement in step:
            stored.execute(statement)
    tables = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
    made = sqlite3.connect(file)
    assert made.execute(tables).fetchall() == stored.execute(tables).fetchall()
    made.close()
    stored.close()


def test_what_a_newer_version_wrote_is_refused(file: Path) -> None:
    """A program that knows less does not touch it."""
    library = SQLiteLibrary(file)
    library.add(SHELL, made_up(1), at=1)
    library.close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE libraries SET analysis = analysis + 1")
    connection.commit()
    library = SQLiteLibrary(file)
    for ask in (lambda: library.candidates(SHELL, ["ferri"]), lambda: library.add(SHELL, made_up(2), at=1)):
        with pytest.raises(LibraryError, match="newer Pullquote"):
            ask()
    library.close()
    connection.execute("UPDATE library_version SET version = version + 1")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryError, match="newer Pullquote"):
        SQLiteLibrary(file)


@pytest.mark.parametrize("first", ["candidates", "spellings", "add", "refresh", "remove"])
def test_what_an_older_analyzer_indexed_is_indexed_anew(
    file: Path, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is done first after the change, terms and passages are the new analyzer's, and statistics add up."""
    library = SQLiteLibrary(file)
    with monkeypatch.context() as before:
        # As if a release cut no passages longer than one sentence.
        before.setattr("index.splitter.WINDOW", 1)
        before.setattr("index.splitter.STRIDE", 1)
        library.add_all(SHELL, [made_up(seed) for seed in range(5)], at=1)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE libraries SET analysis = analysis - 1")
    connection.commit()
    connection.close()
    there = [(number, made_up(number - 1)) for number in range(1, 6)]
    match first:
        case "candidates":
            library.candidates(SHELL, ["ferri"])
        case "spellings":
            library.spellings(SHELL, "f")
        case "add":
            library.add(SHELL, made_up(6), at=2)
            there.append((6, made_up(6)))
        case "refresh":
            library.refresh(SHELL, 2, made_up(6), at=2)
            there = [there[0], *there[2:], (2, made_up(6))]
        case _:
            library.remove(SHELL, 2)
            del there[1]
    assert found(library, SHELL, ["ferri", "gull"]) == expected(there, ["ferri", "gull"])
    library.close()
    whole(file, there)


def test_records_and_library_share_a_file(file: Path, tmp_path: Path) -> None:
    """Each finds its own in it, whichever came first, and one backup has both."""
    refusal = Refusal(server(1), 1, 2, "Why?", ("why",), "abcdefabcdef", 0.1, 1_700_000_000)
    for order in (("records", "library"), ("library", "records")):
        shared = file.with_name(order[0])
        for part in order:
            if part == "records":
                records = SQLiteRecords(shared)
                records.note_refusal(refusal)
                records.close()
            else:
                library = SQLiteLibrary(shared)
                library.add(server(1), made_up(1), at=1)
                library.close()
        library = SQLiteLibrary(shared)
        library.backup(tmp_path / "copy.db")
        library.close()
        records, copy = SQLiteRecords(tmp_path / "copy.db"), SQLiteLibrary(tmp_path / "copy.db")
        assert records.refusals(server(1), 0) == (refusal,)
        assert copy.article(server(1), 1) == made_up(1)
        records.close()
        copy.close()


def test_a_backup_onto_the_library_itself_is_refused(file: Path) -> None:
    """What is there stays."""
    library = SQLiteLibrary(file)
    library.add(SHELL, made_up(1), at=1)
    with pytest.raises(LibraryError, match="is the library itself"):
        library.backup(file)
    with pytest.raises(LibraryError, match="cannot be opened"):
        library.backup(file / "below" / "a file.db")
    assert library.size(SHELL).articles == 1
    library.close()


def test_what_is_removed_is_not_left_in_the_file(file: Path) -> None:
    """Neither its text nor its words can be read from the file after it is closed."""
    library = SQLiteLibrary(file)
    library.add(SHELL, article("Xylophonist zorbed.", title="Xylophonist"), at=1)
    library.add(SHELL, made_up(1), at=1)
    library.close()
    assert b"ylophonist" in file.read_bytes()
    library = SQLiteLibrary(file)
    library.remove(SHELL, 1)
    library.close()
    assert b"ylophonist" not in file.read_bytes()


def test_what_is_erased_is_in_no_file_at_once(file: Path) -> None:
    """While the library stays open, neither the file nor its log has anything of it."""
    library = SQLiteLibrary(file)
    library.add(server(1), article("Xylophonist zorbed.", title="Xylophonist"), at=1)
    library.erase(server(1))
    assert not any(b"ylophonist" in path.read_bytes() for path in file.parent.iterdir())
    library.close()


WRITER = """
import sys
from pathlib import Path
from index.library import open_library, server
from tests.conftest import FERRY
from tests.library.builders import made_up
library = open_library(Path(sys.argv[1]))
for seed in range(int(sys.argv[2]), int(sys.argv[2]) + 20):
    library.add(server(1), made_up(seed), at=1)
library.close()
"""


def test_processes_write_at_the_same_time_while_another_reads(file: Path) -> None:
    """Two processes add, this one reads whole states all the while; nothing is lost."""
    library = open_library(file)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), str(first)], cwd=ROOT) for first in (0, 100)]
    states = []
    while any(writer.poll() is None for writer in writers):
        candidates = library.candidates(server(1), ["ferri"], limit=1)
        states.append(candidates.size)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert states == sorted(states)
    there = [(e.number, library.article(server(1), e.number)) for e in library.entries(server(1), limit=99)]
    assert sorted(one.id for _, one in there) == sorted(made_up(s).id for s in (*range(20), *range(100, 120)))
    assert found(library, server(1), ["ferri", "38"]) == expected(there, ["ferri", "38"])
    library.close()
    whole(file, there)


@pytest.mark.parametrize("what", ["refresh", "remove"])
def test_a_change_that_came_in_between_is_taken_into_account(
    file: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one process works out what to take out, another one refreshes the article: nothing is left of either."""
    library, other = SQLiteLibrary(file), SQLiteLibrary(file)
    library.add_all(SHELL, [made_up(1), made_up(2)], at=1)
    came = iter([made_up(7)])

    def between(one: Article) -> document_module.Document:
        for new in came:
            other.refresh(SHELL, 1, new, at=2)
        return document_module.document(one)

    monkeypatch.setattr("index.library.sqlite.document", between)
    there = [(2, made_up(2))]
    if what == "refresh":
        assert library.refresh(SHELL, 1, made_up(8), at=3).entry.id == made_up(8).id
        there.append((1, made_up(8)))
    else:
        assert library.remove(SHELL, 1).id == made_up(7).id
    assert found(library, SHELL, ["ferri", "38"]) == expected(there, ["ferri", "38"])
    library.close()
    other.close()
    whole(file, there)


class Machine(RuleBasedStateMachine):
    """Two owners add, refresh and remove in any order, in blocks so small that all of them are cut."""

    numbers = Bundle("numbers")

    @initialize()
    def open(self) -> None:
        """Start empty."""
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(inverted, "TAIL", 3)
        self.patch.setattr(inverted, "BLOCK", 5)
        self.folder = Path(os.environ["PYTEST_TMP"])
        self.file = self.folder / f"{os.urandom(8).hex()}.db"
        self.library = SQLiteLibrary(self.file)
        self.state: dict[Owner, dict[int, Article]] = {SHELL: {}, server(1): {}}

    @rule(target=numbers, owner=st.sampled_from([SHELL, server(1)]), seeds=st.lists(st.integers(0, 50), max_size=4))
    def add(self, owner: Owner, seeds: Sequence[int]) -> tuple[Owner, int | None]:
        """Add some."""
        last = None
        for addition, seed in zip(
            self.library.add_all(owner, [made_up(seed, seed % 9) for seed in seeds], at=1), seeds, strict=True
        ):
            if addition.skipped is None:
                last = addition.entry.number
                self.state[owner][last] = made_up(seed, seed % 9)
        return owner, last

    @rule(which=numbers, seed=st.integers(51, 99))
    def refresh(self, which: tuple[Owner, int | None], seed: int) -> None:
        """Refresh one that is there."""
        owner, number = which
        if number in self.state[owner]:
            self.library.refresh(owner, number, made_up(seed, seed % 9), at=2)
            del self.state[owner][number]
            self.state[owner][number] = made_up(seed, seed % 9)

    @rule(which=consumes(numbers))
    def remove(self, which: tuple[Owner, int | None]) -> None:
        """Remove one that is there."""
        owner, number = which
        if self.state[owner].pop(number or 0, None):
            self.library.remove(owner, number or 0)

    @invariant()
    def answers_as_the_retriever(self) -> None:
        """Each owner finds what the in-memory retriever finds over that owner's articles alone."""
        for owner, there in getattr(self, "state", {}).items():
            for terms in (["ferri"], ["38", "gull", "38"], ["nordlinj", "kabul", "zebra"]):
                assert found(self.library, owner, terms, 7) == expected(there.items(), terms, 7)

    def teardown(self) -> None:
        """Remove everything; nothing is left."""
        if not hasattr(self, "library"):
            return
        for owner, there in self.state.items():
            for number in there:
                self.library.remove(owner, number)
        self.library.close()
        whole(self.file, [])
        self.patch.undo()


def test_any_order_of_changes_finds_as_the_retriever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was added, refreshed and removed before, candidates are the in-memory retriever's to the last bit."""
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    run_state_machine_as_test(Machine, settings=settings(max_examples=15, stateful_step_count=12, deadline=None))


def test_a_quick_look_tells_whether_there_may_be_an_article(file: Path) -> None:
    """Of no file, one without a library, an empty library, one with an article, and one that is no database."""
    assert not may_hold_articles(file)
    file.parent.mkdir()
    sqlite3.connect(file).close()
    assert not may_hold_articles(file)
    with closing(open_library(file)) as library:
        assert not may_hold_articles(file)
        library.add(SHELL, article(FERRY), at=1_700_000_000)
        assert may_hold_articles(file)
    assert may_hold_articles(file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    file.write_bytes(b"no database at all" * 99)
    assert may_hold_articles(file)


@given(st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 65_535), st.integers(1, 65_535)), min_size=1))
def test_postings_are_read_as_they_were_written(rows: list[tuple[int, int, int]]) -> None:
    """Whatever numbers they hold, in tails and in blocks."""
    ordered = sorted({row[0]: row for row in rows}.values())
    read = read_tail(tail(ordered))
    assert list(zip(read.passages.tolist(), read.lengths.tolist(), read.times.tolist(), strict=True)) == ordered
    assert write_tail(read) == tail(ordered)
    block = read_block(write_block(read))
    assert list(zip(block.passages.tolist(), block.lengths.tolist(), block.times.tolist(), strict=True)) == ordered


def test_the_version_of_the_analysis_is_held_to_what_it_does() -> None:
    """Who changes the analyzer or the splitter raises `ANALYSIS`, so that libraries are indexed anew.

    If this fails: raise `index.library.document.ANALYSIS` by one, then put the new fingerprint here.
    """
    words = "Résumés of Кабул’s 1,250 envoys, e.g. Dr. O’Neill’s, won’t be 3rd.\n\n東京の新聞 said so."
    found = document_module.document(article(f"{FERRY}\n\n{words}"))
    told = repr((found.spans, [sorted(counts.items()) for counts in found.counts]))
    assert (document_module.ANALYSIS, hashlib.sha256(told.encode()).hexdigest()[:16]) == (1, "9e0b0be3aa7f4919")
