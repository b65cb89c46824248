"""The threat model names tests that there are; and what is installed is what was looked at."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def named() -> list[tuple[str, str]]:
    """(File, test or "") of each test that SECURITY.md names."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)


@pytest.mark.parametrize(("file", "test"), named(), ids=lambda part: str(part).removeprefix("tests/"))
def test_the_test_that_shows_it_exists(file: str, test: str) -> None:
    """Whoever renames one says so there."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    tests = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert test in tests if test else any(name.startswith("test_") for name in tests)


def test_every_threat_names_a_test() -> None:
    """A row of a table without one is a promise."""
    rows = [line for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if line.startswith("| to ")]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_is_pinned_by_its_hash(lock: Path) -> None:
    """One version of each package and at least one hash; no address, so that whoever installs says from where."""
    text = lock.read_text("utf-8")
    assert "://" not in text
    requirements = re.findall(r"^[a-zA-Z0-9].*(?:\n {4}--hash.*)*", text, re.MULTILINE)
    assert requirements
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_there_are_locks_for_all_that_is_installed() -> None:
    """To run, to draw, to test, to compare, to audit."""
    assert {"requirements.lock", "requirements-card.lock", "requirements-dev.lock", "requirements-audit.lock"} <= {
        lock.name for lock in LOCKS
    }
