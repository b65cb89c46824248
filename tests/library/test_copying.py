"""Libraries and records on their way from a file to a place that several machines share, and back."""

import dataclasses
import datetime as dt
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.librarian.copying import STAND_IN, UNLIMITED, Copied, copy_libraries, copy_records
from bot.records import Records, Refusal, SQLiteRecords, Tally, Verdict, Vote
from bot.records.model import day_of
from bot.records.opening import open_records
from index.article import Article, Paragraph
from index.library import Library, open_library
from index.owner import SHELL, Owner, person, server
from tests.library.builders import made_up

NOW = 1_760_000_000


@pytest.fixture(params=["sqlite", "lance", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to copy to: another file, LanceDB in a folder, LanceDB on object storage."""
    if request.param == "s3":
        return f"{request.getfixturevalue('storage')}/{uuid.uuid4().hex}"
    if request.param == "lance" and find_spec("lancedb") is None:
        pytest.skip("LanceDB is not installed: make scale")
    return str(tmp_path / ("there.db" if request.param == "sqlite" else "there.lance"))


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Library]:
    """A library in a file: a server's with gaps, one article of them refreshed, and the shell's."""
    library = open_library(tmp_path / "here")
    for seed in range(1, 9):
        library.add(server(1), made_up(seed), at=NOW + seed // 3)
    for number in (1, 4, 5):
        library.remove(server(1), number)
    library.refresh(server(1), 3, dataclasses.replace(made_up(30), url=made_up(3).url), at=NOW + 50)
    library.add(SHELL, made_up(2), at=NOW)
    yield library
    library.close()


@pytest.fixture
def target(place: str, tmp_path: Path) -> Iterator[Library]:
    """The library at that place, with nothing in it."""
    library = open_library(place, quotas=UNLIMITED, view=tmp_path / "view.db")
    yield library
    library.close()


def copied(source: Library, target: Library) -> Copied:
    """Copy; what came of it."""
    tally = Copied()
    copy_libraries(source, target, tally)
    return tally


def held(library: Library, owner: Owner) -> list[tuple[int, int, Article]]:
    """(number, when it was added, article) of all that an owner has."""
    return [(e.number, e.added, library.article(owner, e.number)) for e in library.entries(owner, limit=100)]


def test_articles_keep_their_numbers_and_times(source: Library, target: Library) -> None:
    """All owners' articles are there, word for word, under their numbers, added when they were."""
    assert copied(source, target) == Copied(libraries=2, articles=6)
    assert target.owners() == source.owners()
    for owner in source.owners():
        assert held(target, owner) == held(source, owner)
    assert [entry.number for entry in target.entries(server(1))] == [2, 3, 6, 7, 8]
    assert target.add(server(1), made_up(99), at=NOW).entry.number == 9


def test_copying_again_copies_what_is_new(source: Library, target: Library) -> None:
    """Nothing is there twice; what was added and refreshed since is taken along; what the target has on top stays."""
    copied(source, target)
    assert copied(source, target) == Copied(libraries=2, known=6)
    source.add(server(1), made_up(40), at=NOW + 60)
    source.refresh(server(1), 7, dataclasses.replace(made_up(41), url=made_up(7).url), at=NOW + 61)
    assert copied(source, target) == Copied(libraries=2, articles=2, known=5)
    assert held(target, server(1)) == held(source, server(1))
    target.refresh(server(1), 7, dataclasses.replace(made_up(42), url=made_up(7).url), at=NOW + 70)
    target.add(server(1), made_up(43), at=NOW + 71)
    before = held(target, server(1))
    assert copied(source, target) == Copied(libraries=2, known=7)
    assert held(target, server(1)) == before


def test_a_copy_that_was_broken_off_goes_on(source: Library, target: Library) -> None:
    """What stood in for a removed article is not left behind, and the numbers are right all the same."""
    text = f"{STAND_IN} 1"
    target.add(server(1), Article(text, paragraphs=(Paragraph(1, 0, len(text), text),), source=STAND_IN), at=NOW)
    target.add(server(1), source.article(server(1), 2), at=NOW)
    assert copied(source, target) == Copied(libraries=2, articles=5, known=1)
    assert held(target, server(1)) == held(source, server(1))


def test_numbers_that_were_given_already_are_told(source: Library, target: Library) -> None:
    """Where the target has articles of its own, those that are copied come behind them, and it is counted."""
    for seed in range(60, 70):
        target.add(server(1), made_up(seed), at=NOW)
    assert copied(source, target) == Copied(libraries=2, articles=6, renumbered=5)


def kept(records: Records, owner: Owner) -> tuple[object, ...]:
    """All that is kept of an owner, but conversations."""
    return (
        records.votes(owner, 0),
        records.refusals(owner, 0),
        records.tallies(owner, dt.date.min),
        records.settings(owner),
    )


def test_records_are_taken_along(place: str, tmp_path: Path) -> None:
    """Votes, unanswered questions, counts, settings and who has left, of all owners; copying again changes nothing."""
    here, there = SQLiteRecords(tmp_path / "records.db"), open_records(tmp_path / "elsewhere", place)
    for n in range(3):
        here.cast(Vote(server(1), n, 7, Verdict.UP, "Why?", "a", (1, 2), 0.9, NOW + n))
        here.note_refusal(Refusal(server(1), 10 + n, 7, "Why?", ("why",), "a", 0.1, NOW + n))
        here.note_answer(server(1), NOW - 86_400)
    here.set(server(1), {"private": True, "language": "de"})
    here.set(person(7), {"exact": False})
    here.depart(server(1), NOW + 9)
    for _ in range(2):
        tally = Copied()
        copy_records(here, there, tally)
        assert tally == Copied(owners=2)
        for owner in (server(1), person(7)):
            assert kept(there, owner) == kept(here, owner)
        assert there.departed() == {server(1): NOW + 9}
        assert there.owners() == here.owners()
    here.close()
    there.close()


def test_records_that_are_there_are_not_lost(place: str, tmp_path: Path) -> None:
    """The younger vote holds, the larger count, and the setting that is there."""
    here, there = SQLiteRecords(tmp_path / "records.db"), open_records(tmp_path / "elsewhere", place)
    old = Vote(server(1), 1, 7, Verdict.UP, "Why?", "a", (1,), 0.9, NOW)
    young = dataclasses.replace(old, verdict=Verdict.DOWN, at=NOW + 1)
    here.cast(old)
    there.cast(young)
    here.cast(dataclasses.replace(young, answer=2))
    there.cast(dataclasses.replace(old, answer=2))
    for records, count in ((here, 2), (there, 5)):
        for _ in range(count):
            records.note_answer(server(1), NOW)
    here.set(server(1), {"private": True, "language": "de"})
    there.set(server(1), {"private": False})
    copy_records(here, there, Copied())
    assert [vote.verdict for vote in there.votes(server(1), 0)] == [Verdict.DOWN, Verdict.DOWN]
    assert there.tallies(server(1), dt.date.min) == (Tally(day_of(NOW), 5, 0),)
    assert there.settings(server(1)) == {"private": False, "language": "de"}
    here.close()
    there.close()


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run pullquote in a clean environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PULLQUOTE_", "COLUMNS"))}
    environment |= {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "200"} | variables
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", timeout=120, check=False)


def test_the_command_copies_everything(tmp_path: Path) -> None:
    """`pullquote library copy` says what was copied and what to set; with that set, the articles are listed."""
    if find_spec("lancedb") is None:
        pytest.skip("LanceDB is not installed: make scale")
    state, there = str(tmp_path / "state"), str(tmp_path / "there.lance")
    library = open_library(Path(state))
    library.add(SHELL, made_up(1), at=NOW)
    library.close()
    records = open_records(Path(state))
    records.note_answer(server(1), NOW)
    records.close()
    here = {"PULLQUOTE_STATE": state, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for said in ("1 article was copied to", "0 articles were copied to"):
        done = run("library", "copy", there, **here)
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
        assert "What the bot keeps of 1 server or person is there too." in done.stdout
        assert f"set PULLQUOTE_LIBRARY to {there}." in " ".join(done.stdout.split())
    listed = run("library", "list", **here, PULLQUOTE_LIBRARY=there)
    assert "news.example" in listed.stdout
    records = open_records(Path(state), there)
    assert records.tallies(server(1), dt.date.min) == (Tally(day_of(NOW), 1, 0),)
    records.close()


def test_a_copy_onto_itself_is_refused(tmp_path: Path) -> None:
    """One sentence, and nothing is touched."""
    done = run("library", "copy", str(tmp_path / "state" / "pullquote.db"), PULLQUOTE_STATE=str(tmp_path / "state"))
    assert done.returncode == 2
    assert "name another place" in done.stderr
