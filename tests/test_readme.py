"""The README shows what the program says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")

EXAMPLES = [
    (found[1], found[2])
    for part in README.split("    $ pullquote ")[1:]
    if (found := re.match(r"(ask [^\n]+)\n((?:(?:    [^\n]*)?\n)+)", part)) and "after:" not in found[1]
]
"""(command, what it prints), of questions to the sample."""

SURE = re.compile(r"confidence (\d+)%")


def said(command: str, folder: Path) -> str:
    """What the program prints for a command, on the sample."""
    arguments = [*shlex.split(command), "--no-library"]
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


def words(text: str) -> str:
    """A text on one line, without how sure it is."""
    return " ".join(SURE.sub("", text).split())


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_is_what_the_program_says(command: str, shown: str, tmp_path: Path) -> None:
    """Quotes, citations and links to the letter; how sure it is within five points, as processors differ."""
    printed = said(command, tmp_path)
    wanted, given = ([int(sure) for sure in SURE.findall(text)] for text in (shown, printed))
    assert given == pytest.approx(wanted, abs=5)
    head, _, rest = shown.partition("...")
    if rest or shown != head:
        assert words(printed).startswith(words(head))
    else:
        assert words(printed) == words(shown)


def test_examples_are_found() -> None:
    """An answer, an abstention and a corrected question."""
    assert len(EXAMPLES) >= 3
