"""`pullquote library add` in a real terminal, with files of every kind that people keep."""

import io
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from bot.settings import PREFIX, Settings
from tests.librarian.conftest import FERRY
from tests.test_readers_epub import BOOK, packed

FIELDS = frozenset(Settings.model_fields)

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def report() -> bytes:
    """A file of a word processor."""
    document = docx.Document()
    document.add_heading("Harbour report", 0)
    document.add_paragraph("The harbour master counted 214 seals on the northern pier last week.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book, a report and a text."""
    found = tmp_path / "in"
    found.mkdir()
    (found / "1-book.epub").write_bytes(packed(BOOK))
    (found / "2-report.docx").write_bytes(report())
    (found / "3-ferry.txt").write_text(FERRY, "utf-8")
    return found


def in_terminal(state: Path, *arguments: str) -> tuple[int, str]:
    """Run the program on a terminal of its own: (exit status, all that it wrote there)."""
    environment = {key: value for key, value in os.environ.items() if key.removeprefix(PREFIX).lower() not in FIELDS}
    environment |= {f"{PREFIX}STATE": str(state), "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the last one that had it open is gone
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    return process.wait(60), written.decode("utf-8", "replace")


def test_books_and_reports_are_added_under_a_bar(folder: Path, tmp_path: Path) -> None:
    """A bar fills while files are read, and is gone in the end; each file has its line, and can be asked."""
    state = tmp_path / "state"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("data.bin", b"\0\1")
    status, written = in_terminal(state, "library", "add", str(folder), str(tmp_path / "other.zip"))
    said = CONTROL.sub("", written)
    assert status == 1  # one of four was refused
    assert "Adding" in said
    assert "━" in said
    assert "4/4" in said
    assert "+ 1 The Keepers of the Light" in said
    assert "+ 2 Harbour report" in said
    assert "+ 3 Island ferry returns" in said
    assert "other.zip" in said
    assert "3 articles added, 0 were there already, 1 refused." in said
    # What is drawn last is the summary: the bar is wiped out.
    assert "━" not in said.splitlines()[-1]
    for question, words in (("How many seals were counted?", "214 seals"), ("When was the tower built?", "1852")):
        answer = CONTROL.sub("", in_terminal(state, "ask", "--library", question)[1])
        assert words in " ".join(answer.split())


def test_a_pipe_gets_lines_and_no_bar(folder: Path, tmp_path: Path) -> None:
    """Where nobody watches, nothing is drawn."""
    found = subprocess.run(
        [sys.executable, "-m", "bot.cli", "library", "add", str(folder / "1-book.epub")],
        env={**os.environ, f"{PREFIX}STATE": str(tmp_path / "state")},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "+ 1 The Keepers of the Light" in found.stdout
    assert "━" not in found.stdout + found.stderr
    assert "\x1b" not in found.stdout
