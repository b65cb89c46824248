"""The lines typed at the shell's prompt, kept in a file: read, given away whole, and erased."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from bot.privacy import FORMAT
from index.errors import RecordsError
from index.phrases import reason

EXPORT = "pullquote-export"
"""Name of an exported file, without its number and `.json`."""

MOST_EXPORTS = 1_000
"""Exports in one folder; then a person is told to move them."""


class ShellHistory:
    """A history file as prompt_toolkit writes it: a comment with the time, then each line of an entry behind a `+`.

    Attributes:
        path: the file; need not exist.
    """

    def __init__(self, path: Path) -> None:
        """Know where it is."""
        self.path = path
        self._erased: list[Callable[[], None]] = []

    def on_erase(self, callback: Callable[[], None]) -> None:
        """Have something else forget the lines too, such as the prompt that has them in memory."""
        self._erased.append(callback)

    def entries(self) -> list[tuple[str, str]]:
        """(when, what was typed), oldest first.

        Raises:
            RecordsError: the file cannot be read.
        """
        try:
            # As prompt_toolkit reads it: what is no UTF-8 is replaced.
            lines = self.path.read_bytes().decode("utf-8", "replace").split("\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RecordsError(
                "{file} cannot be read ({reason}): check its permissions.", file=self.path, reason=reason(error)
            ) from None
        found: list[tuple[str, str]] = []
        when, typed = "", list[str]()
        for line in [*lines, ""]:
            if line.startswith("+"):
                typed.append(line[1:])
                continue
            if typed:
                found.append((when, "\n".join(typed)))
                when, typed = "", []
            if line.startswith("# "):
                when = line[2:]
        return found

    def erase(self) -> int:
        """Erase every line, those in memory too.

        Returns:
            how many entries there were.

        Raises:
            RecordsError: the file cannot be written.
        """
        count = len(self.entries())
        try:
            if self.path.exists():
                self.path.write_bytes(b"")
        except OSError as error:
            raise RecordsError(
                "{file} cannot be written ({reason}): check its permissions.", file=self.path, reason=reason(error)
            ) from None
        for callback in self._erased:
            callback()
        return count

    def export(self, folder: Path, remembered: list[str]) -> Path:
        """Write all that is kept to a new file that only its owner reads.

        Args:
            folder: where to.
            remembered: questions that are in memory.

        Returns:
            the file.

        Raises:
            RecordsError: the history cannot be read, or the file not be written.
        """
        lines = [{"time": when, "line": typed} for when, typed in self.entries()]
        export = {"format": FORMAT, "file": str(self.path), "lines": lines, "in_memory": remembered}
        text = json.dumps(export, ensure_ascii=False, indent=2) + "\n"
        for number in range(1, MOST_EXPORTS):
            path = folder / (f"{EXPORT}.json" if number == 1 else f"{EXPORT}-{number}.json")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                raise RecordsError(
                    "{file} cannot be written ({reason}): start the shell in another folder.",
                    file=path,
                    reason=reason(error),
                ) from None
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            return path
        raise RecordsError(
            "{folder} holds {count:,} exports already: move them away.", folder=folder, count=MOST_EXPORTS
        )
