"""What is silenced of the linter and the type checker."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SILENCED = re.compile(
    r"# (?:noqa: [A-Z0-9, ]*[0-9]|type: ignore\[[a-z, -]+\])"
    r"|^\s*(?:except (?:Base)?Exception\b.*?:|except:|with .*suppress\((?:Base)?Exception\).*?:)"
)
"""What silences a line, with the rules that it names, or catches everything."""


@pytest.mark.parametrize("folder", ["bench", "bot", "index", "tests"])
def test_what_is_silenced_has_its_reason_beside_it(folder: str) -> None:
    """Whoever silences a rule on a line names it, and says on that line why; so does who catches everything."""
    bare = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            found = list(SILENCED.finditer(line))
            if found and not re.search("[A-Za-z]{2}", line[found[-1].end() :]):
                bare.append(f"{path.relative_to(ROOT)}:{number}")
    assert bare == []
