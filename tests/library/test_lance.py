"""What is LanceDB's own: several machines on one place, and what each of them keeps of it."""

import datetime as dt
import sys
from pathlib import Path

import pytest

from index.errors import LibraryError, UnknownArticle
from index.library import SHELL, Library, Skipped, open_library, person, server
from index.library.lance import LanceLibrary
from index.library.opening import is_shared
from tests.library.builders import article, expected, found, made_up

TERMS = ["ferri", "island", "38"]


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A folder that several machines share."""
    pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    return str(tmp_path / "shared.lance")


def change(library: Library) -> None:
    """Add, refresh and remove, so that numbers, order of adding and order of changing differ."""
    library.add_all(server(1), [made_up(seed) for seed in range(6)], at=1)
    library.refresh(server(1), 2, made_up(10), at=2)
    library.add(server(1), made_up(11), at=3)
    library.remove(server(1), 4)
    library.refresh(server(1), 1, made_up(12), at=4)
    library.add(person(5), made_up(13), at=5)


def test_every_machine_sees_the_same(place: str, tmp_path: Path) -> None:
    """One that follows each change, one that comes late, and one in SQLite find the same to the last bit."""
    writer, follower = (open_library(place, view=tmp_path / f"{name}.db") for name in ("writer", "follower"))
    embedded = open_library(tmp_path / "embedded.db")
    change(embedded)
    change(writer)
    late = open_library(place, view=tmp_path / "late.db")
    for library in (writer, follower, late):
        assert library.entries(server(1)) == embedded.entries(server(1))
        assert library.candidates(server(1), TERMS) == embedded.candidates(server(1), TERMS)
        assert library.spellings(server(1), "") == embedded.spellings(server(1), "")
        assert library.owners() == embedded.owners()
    writer.remove(server(1), 3)
    embedded.remove(server(1), 3)
    for library in (writer, follower, late):
        assert library.candidates(server(1), TERMS) == embedded.candidates(server(1), TERMS)
        library.close()
    embedded.close()


def test_a_machine_that_follows_step_by_step_orders_as_one_that_reads_all_at_once(place: str, tmp_path: Path) -> None:
    """Passages of equal scores come in the order in which their articles were changed."""
    writer, follower = (open_library(place, view=tmp_path / f"{name}.db") for name in ("writer", "follower"))
    same = [article(f"The ferry left.\n\n{n}", url=f"https://a.example/{n}") for n in range(6)]
    for one in same:
        writer.add(SHELL, one, at=1)
        found(follower, SHELL, ["ferri"])
    changed = article("The ferry left.\n\n7", url="https://a.example/0")
    writer.refresh(SHELL, 1, changed, at=2)
    found(follower, SHELL, ["ferri"])
    late = open_library(place, view=tmp_path / "late.db")
    order = expected([*enumerate(same[1:], 2), (1, changed)], ["ferri"])
    for library in (writer, follower, late):
        assert found(library, SHELL, ["ferri"]) == order
        library.close()


def test_a_view_that_is_lost_is_built_again(place: str, tmp_path: Path) -> None:
    """A machine that lost its file, or whose file is of another day, has everything after the next question."""
    library = open_library(place, view=tmp_path / "view.db")
    change(library)
    before = library.candidates(server(1), TERMS)
    library.close()
    for file in tmp_path.glob("view.db*"):
        file.unlink()
    library = open_library(place, view=tmp_path / "view.db")
    assert library.candidates(server(1), TERMS) == before
    library.close()


def test_what_was_read_a_moment_ago_is_fresh_enough_to_answer_from(place: str, tmp_path: Path) -> None:
    """Within that moment nothing is asked of the storage again, unless this machine changes something."""
    other = open_library(place, view=tmp_path / "other.db")
    here = LanceLibrary(place, view=tmp_path / "here.db", fresh=3_600)
    other.add(SHELL, made_up(1), at=1)
    assert [e.number for e in here.entries(SHELL)] == [1]
    other.add(SHELL, made_up(2), at=1)
    assert [e.number for e in here.entries(SHELL)] == [1]
    assert here.add(SHELL, made_up(2), at=2).skipped is Skipped.SAME_TEXT
    assert [e.number for e in here.entries(SHELL)] == [1, 2]
    other.remove(SHELL, 1)
    with pytest.raises(UnknownArticle):
        here.remove(SHELL, 1)
    assert here.owners() == (SHELL,)
    other.close()
    here.close()


def test_two_processes_may_share_a_view(place: str, tmp_path: Path) -> None:
    """What one of them has read, the other need not read, and neither undoes the other's."""
    one, other = (open_library(place, view=tmp_path / "view.db") for _ in range(2))
    for seed in range(6):
        (one, other)[seed % 2].add(SHELL, made_up(seed), at=1)
        assert one.entries(SHELL) == other.entries(SHELL)
    there = [(number, made_up(number - 1)) for number in range(1, 7)]
    assert found(one, SHELL, TERMS) == found(other, SHELL, TERMS) == expected(there, TERMS)
    one.close()
    other.close()


def test_what_was_removed_goes_from_the_place(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a table is tidied, the text of an erased owner is in no file, here or there."""
    monkeypatch.setattr("index.library.lance_table.KEPT", dt.timedelta(0))
    library = open_library(place, view=tmp_path / "view.db")
    library.add(server(1), article("A", title="Xylophonist zorbed"), at=1)

    def files() -> list[Path]:
        return [file for folder in (Path(place), tmp_path) for file in folder.rglob("*") if file.is_file()]

    assert any(file.suffix == ".lance" for file in files())
    with pytest.warns(UserWarning, match="removes every version"):
        library.erase(server(1))
    library.close()
    assert not any(file.suffix == ".lance" for file in files())
    assert not any(b"ylophonist" in file.read_bytes() for file in files())


def test_without_lancedb_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence, and not an error of the import."""
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(LibraryError, match=r"needs LanceDB: install it with pip install 'pullquote\[scale\]'"):
        open_library("s3://bucket/prefix", view=tmp_path / "view.db")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The sentence says where it was, and what to look at."""
    pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    (tmp_path / "a.lance").write_text("not a folder")
    with pytest.raises(LibraryError, match=r"a\.lance cannot be read or written"):
        open_library(tmp_path / "a.lance", view=tmp_path / "view.db").add(SHELL, made_up(1), at=1)


@pytest.mark.parametrize(
    ("where", "shared"),
    [
        ("s3://bucket/prefix", True),
        ("gs://bucket/prefix", True),
        ("/srv/library.lance", True),
        ("/srv/library.lance/", True),
        ("/srv/library", False),
        ("/srv/library.db", False),
        ("library.sqlite3", False),
    ],
)
def test_the_place_says_which_engine_keeps_it(where: str, shared: bool) -> None:  # noqa: FBT001 - a case
    """An address or a folder named *.lance is LanceDB's, any other path SQLite's."""
    assert is_shared(where) is shared


def test_a_folder_holds_the_file_of_the_records_too(tmp_path: Path) -> None:
    """Where a folder is named, the file in it is the one that the bot keeps its records in."""
    for where in (tmp_path / "state", tmp_path / "state" / "pullquote.db"):
        library = open_library(where)
        library.add(SHELL, made_up(1), at=1)
        library.close()
    assert sorted(p.name for p in (tmp_path / "state").iterdir()) == ["pullquote.db"]
