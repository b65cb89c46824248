"""The chat shell."""

import io
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.assistant import Assistant
from bot.commands import Surface, commands_on
from bot.console import make_console
from bot.prompt import ShellCompleter
from bot.shell import Shell, typed_lines


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
        lines = list(typed_lines(assistant, history))
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
