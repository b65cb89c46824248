"""What there is to translate: for `make messages`, through Babel, and for the tests of the catalogues.

Read off the syntax tree, so that a sentence within an f-string's braces is found on every version of Python.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from index import errors

ROOT = Path(__file__).resolve().parents[1]

MARKS = frozenset({"_", "N_", "Phrase"})
"""What a sentence is marked with or looked up by; `n_` takes two, for one and for many."""

ERRORS = frozenset(name for name, value in vars(errors).items() if inspect.isclass(value))
"""Errors take their sentence first."""

Found = tuple[int, str, str | tuple[str, str], list[str]]


def extract(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:  # noqa: ANN401 - Babel's signature
    """The sentences of a module, as Babel asks for them: (line, function, sentence or its two forms, comments)."""
    del keywords, comment_tags, options
    found: list[Found] = []
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str) and a.value]
        if node.func.id == "n_" and len(texts) > 1:
            found.append((node.lineno, "n_", (texts[0], texts[1]), []))
        elif node.func.id in MARKS | ERRORS and texts[:1] == [getattr(node.args[0], "value", None)]:
            found.append((node.lineno, "_", texts[0], []))
    yield from sorted(found, key=lambda entry: entry[0])


def messages() -> dict[str, str | None]:
    """Every sentence of the project -> its form for many, or None where it has none."""
    found: dict[str, str | None] = {}
    for folder in ("bot", "index"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            with path.open("rb") as file:
                for _line, _function, texts, _comments in extract(file, None, None, None):
                    one, many = texts if isinstance(texts, tuple) else (texts, None)
                    found[one] = many or found.get(one)
    return found
