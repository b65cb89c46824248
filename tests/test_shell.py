"""The chat shell."""

import io
import json
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.assistant import Assistant
from bot.command import Surface
from bot.commands import commands_on
from bot.shell import Shell, typed_lines
from bot.suggestions import Suggestion
from bot.terminal.console import make_console
from bot.terminal.prompt import ShellCompleter
from bot.terminal.shell_history import ShellHistory


def transcript(assistant: Assistant, *lines: str) -> str:
    """What the shell prints for these lines."""
    output = io.StringIO()
    Shell(assistant, make_console(output)).run(lines, echo=True)
    return output.getvalue()


def test_a_line_is_a_question(assistant: Assistant) -> None:
    """A question is answered without any command."""
    assert "250 passengers" in transcript(assistant, "how many passengers does it carry?")


def test_every_command_answers(assistant: Assistant) -> None:
    """Each of the commands of the one definition runs in the shell."""
    arguments = {"ask": " who is the mayor?", "passage": " 2"}
    lines = [f"/{c.name}{arguments.get(c.name, '')}" for c in commands_on(Surface.SHELL)]
    printed = transcript(assistant, *lines)
    for words in ("Tomas Hald", "By Marta Lindqvist", "Passage 2 of", "confidence", "/passage number", "no question"):
        assert words in printed


def test_why_explains_the_last_answer(assistant: Assistant) -> None:
    """Terms, what was expected, scores and sentences considered."""
    printed = transcript(assistant, "how many passengers?", "/why")
    assert all(word in printed for word in ("terms", "passeng", "a number", "BM25", "needed"))


def test_why_without_an_answer_says_so(assistant: Assistant) -> None:
    """Nothing to explain is a sentence, not an error."""
    assert "ask a question first" in transcript(assistant, "/why")


@pytest.mark.parametrize(
    ("line", "says"),
    [("/passage 99", "passages 1 to"), ("/passage 0", "passages 1 to"), ("/x", "no command /x"), ("😀", "no word")],
)
def test_a_bad_line_is_one_sentence_and_the_next_runs(assistant: Assistant, line: str, says: str) -> None:
    """The shell goes on after a mistake."""
    printed = transcript(assistant, line, "/privacy")
    assert says in printed
    assert "no question" in printed


def test_quit_ends_it(assistant: Assistant) -> None:
    """Nothing after /quit is run."""
    assert transcript(assistant, "/quit", "/privacy") == ""


def test_a_typed_line_reaches_the_shell_and_its_history(assistant: Assistant, tmp_path: Path) -> None:
    """What a person types is run, and kept in a file that only they can read; Ctrl-C clears, Ctrl-D leaves."""
    history = tmp_path / "state" / "history"
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("half a quest\x03who is the mayor?\r\x04")
        lines = list(typed_lines(assistant, ShellHistory(history)))
    assert lines == ["who is the mayor?"]
    assert "+who is the mayor?" in history.read_text("utf-8")
    assert history.stat().st_mode & 0o777 == 0o600


def offered(assistant: Assistant, typed: str) -> list[str]:
    """What is offered behind what was typed."""
    event = CompleteEvent(completion_requested=True)
    return [c.text for c in ShellCompleter(assistant).get_completions(Document(typed), event)]


def test_completion_offers_commands_passages_and_names(assistant: Assistant) -> None:
    """Commands behind a slash, numbers behind /passage, the article's names in a question."""
    assert offered(assistant, "/p") == ["/passage", "/privacy"]
    assert offered(assistant, "/passage ")[:2] == ["1", "2"]
    assert offered(assistant, "who is lind") == []
    assert offered(assistant, "what about nordl") == ["Nordlinje"]


@pytest.fixture
def history(tmp_path: Path) -> ShellHistory:
    """A history of two entries, one of two lines, as prompt_toolkit writes it."""
    path = tmp_path / "state" / "history"
    path.parent.mkdir()
    path.write_text("\n# 2026-01-02 03:04:05.6\n+who is the mayor?\n\n# 2026-01-02 03:05:00\n+what\n+else?\n", "utf-8")
    return ShellHistory(path)


def told(assistant: Assistant, history: ShellHistory | None, *lines: str) -> str:
    """What a shell with this history prints, in one line."""
    output = io.StringIO()
    Shell(assistant, make_console(output), history=history).run(lines, echo=False)
    return " ".join(output.getvalue().split())


def test_privacy_names_the_file_and_how_much_is_in_it(assistant: Assistant, history: ShellHistory) -> None:
    """/privacy says where the lines are and how many there are; without a file, that nothing is kept."""
    printed = told(assistant, history, "/privacy").replace(" ", "")
    assert str(history.path).replace(" ", "") in printed
    assert "2linesnow" in printed
    assert "memory alone" in told(assistant, None, "/privacy")


def test_export_gives_all_of_it(
    assistant: Assistant, history: ShellHistory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/export writes what was typed before and what is in memory to a new file that only its owner reads."""
    monkeypatch.chdir(tmp_path)
    told(assistant, history, "who is the mayor?", "/export", "/export")
    first, second = (tmp_path / name for name in ("pullquote-export.json", "pullquote-export-2.json"))
    exported = json.loads(first.read_text("utf-8"))
    assert [entry["line"] for entry in exported["lines"]] == ["who is the mayor?", "what\nelse?"]
    assert exported["lines"][0]["time"] == "2026-01-02 03:04:05.6"
    assert exported["in_memory"] == ["who is the mayor?"]
    assert first.stat().st_mode & 0o777 == 0o600
    assert second.exists()


def test_forget_asks_once_and_then_erases(assistant: Assistant, history: ShellHistory) -> None:
    """One /forget asks, a second one erases the file and what is in memory; anything in between begins anew."""
    printed = told(assistant, history, "who is the mayor?", "/forget", "/help", "/forget")
    assert "Erased" not in printed
    assert len(history.entries()) == 2
    shell = Shell(assistant, make_console(io.StringIO()), history=history)
    shell.run(["who is the mayor?", "/forget", "/FORGET"], echo=False)
    assert history.path.read_bytes() == b""
    assert shell.last is None
    assert "Erased: 0 lines" in told(assistant, history, "/forget", "/forget")


def test_a_forgotten_line_does_not_come_back_at_the_prompt(assistant: Assistant, tmp_path: Path) -> None:
    """After /forget the arrow keys bring back nothing, and nothing of it is written again."""
    history = ShellHistory(tmp_path / "history")
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("a secret\r/forget\r/forget\r\x1b[A\x1b[Asecond\r\x04")
        shell = Shell(assistant, make_console(io.StringIO()), history=history)
        shell.run(typed_lines(assistant, history), echo=False)
    assert "secret" not in history.path.read_text("utf-8")
    assert [typed for _, typed in history.entries()] == ["second"]


def test_a_history_that_cannot_be_read_is_a_sentence(assistant: Assistant, tmp_path: Path) -> None:
    """The file is named, and the shell goes on."""
    history = ShellHistory(tmp_path)
    assert "cannot be read" in told(assistant, history, "/privacy", "/export", "/forget")


def test_questions_complete(assistant: Assistant) -> None:
    """What the article answers is offered for what is typed, once it is found, in the place of all of it."""
    completer = ShellCompleter(assistant)
    completer._suggested = (Suggestion("Who welcomed the news?", 0.9, 8),)
    event = CompleteEvent()
    (found,) = completer.get_completions(Document("who wel"), event)
    assert (found.text, found.start_position) == ("Who welcomed the news?", -len("who wel"))
    assert next(iter(completer.get_completions(Document("/pas"), event))).text == "/passage"
