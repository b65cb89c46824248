"""`pullquote library`, `pullquote backup`, and asking a library on the command line and in the shell."""

import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot.assistant import Assistant
from bot.cli import cli
from bot.librarian.librarian import Librarian
from bot.settings import PREFIX, Settings
from bot.shell import Shell
from bot.terminal.console import make_console
from bot.terminal.shell_history import ShellHistory
from bot.terminal.shell_library import ShellLibrary
from index.errors import PullquoteError
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL
from tests.librarian.conftest import BRIDGE, FERRY, LIGHTHOUSE, article


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A state folder of the test's own, and no setting of the machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"{PREFIX}STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the three articles."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("1-ferry.txt", FERRY), ("2-bridge.txt", BRIDGE), ("3-lighthouse.txt", LIGHTHOUSE)):
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*arguments: str, stdin: str = "") -> tuple[object, str]:
    """(exit status or error, what was printed)."""
    found: Result = CliRunner().invoke(cli, list(arguments), input=stdin, standalone_mode=False)
    if found.exception is not None and not isinstance(found.exception, PullquoteError | click.ClickException):
        raise found.exception
    return found.exception or found.return_value, found.output


def test_what_was_added_skipped_and_refused_is_told(files: Path) -> None:
    """A line each and a summary; the exit status tells whether all, some or none were taken."""
    (files / "1-copy.txt").write_text(FERRY, "utf-8")
    status, said = run("library", "add", str(files), "nowhere.txt")
    assert status == 1
    assert "+ 1 Island ferry returns" in said
    assert f"= {files}/1-ferry.txt: its text is that of article 1 already." in said
    assert "! nowhere.txt: There is no file nowhere.txt" in said
    assert "3 articles added, 1 was there already, 1 refused." in said
    assert run("library", "add", str(files / "1-ferry.txt"))[0] == 0
    assert run("library", "add", "nowhere.txt")[0] == 2


def test_standard_input_is_an_article() -> None:
    """`-` reads it from there."""
    status, _ = run("library", "add", "-", stdin=BRIDGE)
    assert status == 0
    assert "Bridge to Holm" in run("library", "list")[1]


def test_list_show_search_and_remove(files: Path) -> None:
    """What is in it can be listed, looked at, searched and taken out again."""
    run("library", "add", str(files))
    listed = run("library", "list")[1]
    assert [line.split()[0] for line in listed.splitlines()[1:4]] == ["1", "2", "3"]
    assert "3 articles" in listed
    assert "Bridge" not in run("library", "list", "lighthouse")[1]
    shown = run("library", "show", "3")[1]
    assert "3 June 2022" in shown
    assert "Ragnhild Oye climbed the 119 steps" in shown
    assert "article 3 · Lighthouse keeper" in run("library", "search", "steps", "lighthouse")[1]
    assert run("library", "remove", "1,3")[0] == 0
    assert run("library", "remove", "2", "9")[0] == 1
    assert "The library is empty" in run("library", "list")[1]


def test_refresh_tells_what_changed(files: Path) -> None:
    """New sentences and those that are gone; a file that is gone keeps its article."""
    run("library", "add", str(files))
    (files / "1-ferry.txt").write_text(FERRY.replace("4.2", "5.7"), "utf-8")
    (files / "3-lighthouse.txt").unlink()
    status, said = run("library", "refresh")
    assert status == 1
    assert "- She added that the repairs had cost 4.2 million crowns." in said
    assert "+ She added that the repairs had cost 5.7 million crowns." in said
    assert "2 Bridge to Holm would cost 900 million crowns, ministry finds: nothing changed." in said
    assert "! 3: There is no file" in said
    assert "Lighthouse" in run("library", "show", "3")[1]


def test_ask_goes_to_the_library_where_there_is_one(files: Path) -> None:
    """With articles in it the library is asked, unless an article is named or the library declined."""
    assert "Zamir Kabulov" in run("ask", "Who is Zamir Kabulov?")[1]  # the sample article
    run("library", "add", str(files))
    said = run("ask", "How many steps does the Skarv lighthouse have?")[1]
    assert "article 3 · Lighthouse keeper of Skarv retires at 81 · 3 June 2022" in said
    assert "3 articles searched" in said
    assert "Zamir Kabulov" in run("ask", "--no-library", "Who is Zamir Kabulov?")[1]
    alone = run("ask", "--article", str(files / "2-bridge.txt"), "What would a bridge cost?")[1]
    assert "articles searched" not in alone


def test_dates_narrow_it(files: Path) -> None:
    """--before and --after, and the same typed in the question."""
    run("library", "add", str(files))
    for narrowed in (("--after", "2024", "What did the mayor say?"), ("What did the mayor say? after:2024",)):
        _, said = run("ask", "--json", *narrowed)
        assert {quote["article"]["number"] for quote in json.loads(said)["quotes"]} == {2}
    assert isinstance(run("ask", "--no-library", "--before", "2024", "Who?")[0], PullquoteError)


def test_json_names_the_article_of_every_quote(files: Path) -> None:
    """Number, title, date, and how many were searched; closest passages have theirs."""
    run("library", "add", str(files))
    answered = json.loads(run("ask", "--json", "What would a bridge cost?")[1])
    assert answered["articles"] == 3
    assert answered["quotes"][0]["article"]["published"] == "2024-05-02"
    assert answered["quotes"][0]["article"]["also_in"] == []
    silent = json.loads(run("ask", "--json", "Which zeppelin did the mayor buy?")[1])
    assert silent["reason"] == "None of 3 articles says. They never use “zeppelin” or “buy”."
    assert all(passage["article"]["number"] for passage in silent["closest"])


def test_an_empty_library_that_was_asked_for_is_an_error() -> None:
    """It says what to do."""
    error, _ = run("ask", "--library", "Who is the mayor?")
    assert "pullquote library add" in str(error)


def test_asking_makes_no_library(state: Path) -> None:
    """A question to the sample article writes nothing."""
    run("ask", "Who is Zamir Kabulov?")
    assert not list(state.glob("*.db"))


def test_a_backup_is_a_library(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy holds what there was; a file that is there is left alone."""
    run("library", "add", str(files))
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy))[0] is None
    assert isinstance(run("backup", str(copy))[0], PullquoteError)
    monkeypatch.setenv(f"{PREFIX}LIBRARY", str(copy))
    assert "3 articles" in run("library", "list")[1]


def shell(
    library: SQLiteLibrary, *lines: str, pinned: bool = False, shared: bool = False, history: ShellHistory | None = None
) -> str:
    """What the shell prints for lines."""
    stream = io.StringIO()
    console = make_console(stream)
    librarian = Librarian(library)
    kept = ShellLibrary(lambda: librarian, console, pinned=pinned, opened=None if pinned else librarian)
    kept.shared = shared
    Shell(Assistant(article(FERRY, "own.txt")), console, history=history, library=kept).run(lines, echo=True)
    return stream.getvalue()


def test_the_shell_asks_its_library(filled: SQLiteLibrary) -> None:
    """Questions, /why, /article and /passage are about the library's articles."""
    said = shell(filled, "How many steps does the Skarv lighthouse have?", "/why", "/article", "/passage 1")
    assert said.count("article 3 · Lighthouse keeper of Skarv retires at 81") >= 2
    assert "lighthouse.txt" in said
    assert "Passage 1 of" in said


def test_the_shell_tells_of_its_library(filled: SQLiteLibrary) -> None:
    """/privacy says how many articles are kept, and that they leave the machine where they lie on shared storage."""
    said = " ".join(shell(filled, "/privacy").split())
    assert "Your own library has 3 articles." in said
    assert "no article leaves it" in said
    said = " ".join(shell(filled, "/privacy", shared=True).split())
    assert "lies on storage that the operator chose" in said
    assert "no article leaves it" not in said
    assert "library has" not in shell(filled, "/privacy", pinned=True, shared=True)


def test_what_was_asked_of_the_library_is_exported(
    filled: SQLiteLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/export holds the questions that are in memory, as it does of one article."""
    monkeypatch.chdir(tmp_path)
    shell(filled, "Who retires at 81?", "/export", history=ShellHistory(tmp_path / "state" / "history"))
    exported = json.loads((tmp_path / "pullquote-export.json").read_text("utf-8"))
    assert exported["in_memory"] == ["Who retires at 81?"]


def test_library_in_the_shell(filled: SQLiteLibrary, tmp_path: Path) -> None:
    """/library does what the command line does, and says what is wrong with a line."""
    (tmp_path / "new one.txt").write_text(LIGHTHOUSE.replace("Skarv", "Utsira"), "utf-8")
    said = shell(
        filled,
        "/library",
        f'/library add "{tmp_path}/new one.txt"',
        "/library remove 2",
        "/library show 4",
        "/library search Utsira",
        "/library burn",
        "/library show",
        '/library add "unclosed',
    )
    assert "+ 4 Lighthouse keeper of Utsira retires at 81" in said
    assert "Removed: 2 Bridge to Holm" in said
    assert "There is no /library burn" in said
    assert "type /library show NUMBER" in said
    assert "quotation mark" in said


def test_a_shell_on_an_article_stays_with_it(filled: SQLiteLibrary) -> None:
    """An article that was named is answered from, also behind /library; adding says so."""
    said = shell(filled, "/library list", "Who is the chief engineer?", pinned=True)
    assert "articles searched" not in said
    assert "Aino Berg" in said


def test_an_empty_library_leaves_the_shell_its_article(library: SQLiteLibrary, tmp_path: Path) -> None:
    """The first article that is added is asked from then on."""
    (tmp_path / "bridge.txt").write_text(BRIDGE, "utf-8")
    said = shell(library, "Who is the chief engineer?", f"/library add {tmp_path}/bridge.txt", "What would it cost?")
    assert "Aino Berg" in said
    assert library.size(SHELL).articles == 1
    assert "900 million" in said
