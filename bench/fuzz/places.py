"""Places besides those that atheris sees: what a regular expression decides, and what a target says of an outcome.

atheris counts the branches of Python code. The splitter, the analyzer and the log decide by regular expressions, the
settings are judged by pydantic, which is Rust: all their inputs took the same branches, and the fuzzer had nothing to
go by. Its own hook for regular expressions knows neither `search(text, position)` nor `sub`.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

MOST = 8_192
"""Places that are set aside; of more than that, some count as one."""

_LOOKED_AT = 12
"""Characters of a match whose kinds are told apart."""

_count: Callable[[int], None] | None = None
_numbers: dict[Hashable, int] = {}


def count_with(count: Callable[[int], None]) -> None:
    """Count places from now on.

    Args:
        count: takes the number of a place that was reached, 0 to `MOST` - 1.
    """
    global _count  # noqa: PLW0603 - one campaign a process
    _count = count


def reached(place: Hashable) -> None:
    """Say that an input reached a place; nothing happens outside a campaign."""
    if _count is not None:
        _count(_numbers.setdefault(place, len(_numbers)) % MOST)


class Watched:
    """A compiled pattern that says what it finds; in everything else it is the pattern."""

    def __init__(self, pattern: "re.Pattern[str]", name: str) -> None:
        """Remember the pattern, and what tells it from others."""
        self._pattern = pattern
        self._name = name

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        return getattr(self._pattern, attribute)

    def _seen(self, match: "re.Match[str] | None") -> "re.Match[str] | None":
        """Which groups take part, how long the match is, roughly, and what kinds of characters it begins with."""
        if match is None:
            reached((self._name, None))
        elif isinstance(match.string, str):
            groups = tuple(group is not None for group in match.groups())
            kinds = frozenset(unicodedata.category(c)[0] for c in match[0][:_LOOKED_AT])
            reached((self._name, groups, min(len(match[0]).bit_length(), 6), kinds))
        return match

    def search(self, *given: Any) -> "re.Match[str] | None":  # noqa: ANN401 - text, and where to look in it
        """As a pattern does."""
        return self._seen(self._pattern.search(*given))

    def match(self, *given: Any) -> "re.Match[str] | None":  # noqa: ANN401 - see above
        """As a pattern does."""
        return self._seen(self._pattern.match(*given))

    def fullmatch(self, *given: Any) -> "re.Match[str] | None":  # noqa: ANN401 - see above
        """As a pattern does."""
        return self._seen(self._pattern.fullmatch(*given))

    def finditer(self, *given: Any) -> "Iterator[re.Match[str]]":  # noqa: ANN401 - see above
        """As a pattern does."""
        for match in self._pattern.finditer(*given):
            self._seen(match)
            yield match

    def sub(self, repl: Any, string: str, count: int = 0) -> str:  # noqa: ANN401 - a text or a function
        """As a pattern does."""
        for match in self._pattern.finditer(string):
            self._seen(match)
        return self._pattern.sub(repl, string, count)


def watch(modules: Sequence[str]) -> int:
    """Watch the patterns that imported modules keep at their top, in tuples and mappings too; returns how many."""
    found: dict[int, Watched] = {}

    def watched(value: Any, name: str) -> Any:  # noqa: ANN401 - whatever a module keeps
        if isinstance(value, re.Pattern):
            return found.setdefault(id(value), Watched(value, name))
        if type(value) is tuple and any(isinstance(part, (re.Pattern, tuple)) for part in value):
            return tuple(watched(part, f"{name}.{number}") for number, part in enumerate(value))
        if type(value) is dict and any(isinstance(part, re.Pattern) for part in value.values()):
            return {key: watched(part, f"{name}.{key}") for key, part in value.items()}
        return value

    for module in [m for n, m in sys.modules.items() if n.startswith(tuple(modules))]:
        for name, value in list(vars(module).items()):
            if not name.startswith("__"):
                setattr(module, name, watched(value, f"{module.__name__}.{name}"))
    return len(found)
