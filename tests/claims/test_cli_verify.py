"""`pullquote verify` and `/check`, as a person or a script runs them."""

import io
import json
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.shell import Shell
from bot.terminal.console import make_console
from tests.conftest import FERRY
from tests.test_cli import run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The ferry report as a file."""
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf-8")
    return path


def test_all_borne_out_exits_with_0(article: Path) -> None:
    """The quote is printed whole, with its citation."""
    done = run("verify", "--article", article, "Both engines were replaced.")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The article says so too." in done.stdout
    assert "We replaced both engines" in done.stdout
    assert "characters" in done.stdout


def test_a_difference_exits_with_1(article: Path) -> None:
    """What differs is named; the text may come from standard input."""
    done = run("verify", "--article", article, given=b"The repairs cost 5 million crowns. Hello!")
    assert (done.returncode, done.stderr) == (1, "")
    assert "“5 million crowns” here, “4.2 million crowns” in the article." in done.stdout
    assert "Not checked: 1 part that states nothing." in done.stdout


def test_json_is_checkable(article: Path) -> None:
    """The documented fields, and offsets into the text and the article."""
    text = "The repairs cost 5 million crowns. Is that much?"
    result = json.loads(run("verify", "--json", "--article", article, text).stdout)
    assert set(result) == {"text", "article", "counts", "claims", "skipped"}
    assert result["counts"] == {"supports": 0, "differs": 1, "not_found": 0, "skipped": 1}
    (claim,) = result["claims"]
    assert set(claim) == {
        "text", "start", "end", "read_as", "verdict", "alignment", "differences", "quotes", "missing_terms",
    }  # fmt: skip
    assert text[claim["start"] : claim["end"]] == claim["text"]
    (difference,) = claim["differences"]
    assert (difference["aspect"], difference["claimed"]) == ("number", "5 million crowns")
    quote = claim["quotes"][0]
    assert article.read_text("utf-8")[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("text", ["", " \n "])
def test_no_text_is_an_error(article: Path, text: str) -> None:
    """One sentence and exit status 2."""
    done = run("verify", "--article", article, given=text.encode())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("pullquote: There is no text to check")


def test_too_much_text_is_an_error(article: Path) -> None:
    """One sentence that says what to do."""
    done = run("verify", "--article", article, given=b"x" * 100_001)
    assert done.returncode == 2
    assert "check it in parts" in done.stderr


def test_the_shell_checks(assistant: Assistant) -> None:
    """`/check` takes the rest of the line."""
    output = io.StringIO()
    Shell(assistant, make_console(output)).run(["/check Mayor Erik Lund welcomed the news.", "/check"], echo=True)
    assert "“Erik Lund” here, “Tomas Hald” in the article." in output.getvalue()
    assert "/check needs a text" in output.getvalue()
