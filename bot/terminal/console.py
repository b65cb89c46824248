"""The terminal that the command line and the shell print on."""

import os
import re
import sys
from typing import Any, TextIO

from rich.console import Console, ConsoleDimensions
from rich.theme import Theme

from bot.render.plain import forgiving
from bot.render.terminal import MEASURE

THEME = Theme(
    {
        "quote": "default",
        "answer": "bold underline",
        "number": "bold cyan",
        "citation": "cyan",
        "link": "blue",
        "context": "dim",
        "label": "dim",
        "source": "italic",
        "headline": "bold",
        "correction": "yellow",
        "refusal": "bold yellow",
        "error": "bold red",
        "good": "green",
        "bad": "red",
    }
)

_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)

_UNWRAPPED = 100_000
"""Columns of a pipe or a file: a quote stays on one line there, so that it can be searched for."""


class TidyConsole(Console):
    """A console that leaves no spaces at the end of a line in a pipe or a file, where rich pads its tables.

    It is as wide as the terminal is at the moment, 20 to `MEASURE` columns; a pipe or a file is wrapped only where
    COLUMNS is set.
    """

    @property
    def size(self) -> ConsoleDimensions:
        """Columns and lines; asked anew each time, since a window of the shell may be resized."""
        width, height = super().size
        if self.is_terminal or os.environ.get("COLUMNS", "").isdigit():
            return ConsoleDimensions(max(20, min(width, MEASURE)), height)
        return ConsoleDimensions(_UNWRAPPED, height)

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self._width, self._height = new_size

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401 - rich's own signature, passed on
        """Print as rich does, but crop nothing; trimmed where the output is no terminal."""
        options.setdefault("crop", False)
        if self.is_terminal:
            super().print(*objects, **options)
            return
        with self.capture() as captured:
            super().print(*objects, **options)
        self.file.write(_TRAILING.sub("", captured.get()))


def make_console(stream: TextIO | None = None) -> Console:
    """A console of rich on a stream (standard output if None).

    Honours NO_COLOR. Characters that the stream's encoding lacks are shown as `?`.
    """
    stream = forgiving(stream or sys.stdout)
    return TidyConsole(file=stream, theme=THEME, highlight=False, markup=False, emoji=False, soft_wrap=False)
