"""What may import what."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import open_library

ROOT = Path(__file__).resolve().parents[1]


def modules(folder: str) -> list[Path]:
    """The Python files below a folder."""
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The names of the top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", modules("index"), ids=lambda p: str(p.relative_to(ROOT)))
def test_index_knows_nothing_of_the_bot(path: Path) -> None:
    """Imports point from bot to index, never back, and never to a chat."""
    assert {"bot", "discord"}.isdisjoint(imported(path))


@pytest.mark.parametrize("path", modules("bot"), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_one_folder_imports_discord(path: Path) -> None:
    """discord.py is known to bot/discord alone."""
    assert "discord" not in imported(path) or (ROOT / "bot" / "discord") in path.parents


def test_asking_in_a_terminal_loads_nothing_of_discord(tmp_path: Path) -> None:
    """In English, with nothing set: none of Discord, languages, other formats, the library, the shell and checks."""
    code = (
        "import sys; sys.argv = ['pullquote', 'ask', 'Who is Zamir Kabulov?']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'discord', 'aiohttp', 'babel', 'trafilatura', 'lxml', 'pypdf', 'prompt_toolkit', 'lightgbm',\n"
        "'pydantic', 'pydantic_settings', 'dotenv', 'asyncio', 'rich',\n"
        "'index.library.sqlite', 'index.readers.html', 'index.readers.docx'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))"
    )
    unset = {name: value for name, value in os.environ.items() if not name.upper().startswith("PULLQUOTE_")}
    # A shell was used before: there is a file, and no article in it.
    open_library(tmp_path / "pullquote").close()
    unset["XDG_STATE_HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, env=unset
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"
