"""What a person names to be added to a library: files, folders, patterns, addresses, standard input."""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENDINGS = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .pdf .epub .docx .rss .atom .xml".split()  # as the readers know them
)
"""Endings of the files that are taken out of a folder; a file that is named itself is read whatever it is called."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to be read.

    Attributes:
        name: a path, an address, or "-"; as it is shown.
        kind: "file", "address", "input", or "nothing" for a pattern that matches no file.
    """

    name: str
    kind: str


def is_address(name: str) -> bool:
    """Whether it is an address on the web rather than a path."""
    return name.lower().startswith(("http://", "https://"))


def wanted(names: Iterable[str]) -> list[Wanted]:
    """What is named, one by one: folders as the articles in them, patterns as the files that match.

    A folder is looked through with what is below it, by name; what is hidden, or ends unlike an article, is left out.
    Each thing is wanted once.
    """
    found: dict[Wanted, None] = {}
    for name in names:
        for one in _each(name):
            found.setdefault(one)
    return list(found)


def _each(name: str) -> list[Wanted]:
    if name == STDIN:
        return [Wanted(name, "input")]
    if is_address(name):
        return [Wanted(name, "address")]
    path = Path(name)
    if path.is_dir():
        return [Wanted(file, "file") for file in _inside(path)]
    if glob.has_magic(name) and not path.exists():
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        inside = [file for match in matches for file in (_inside(Path(match)) if Path(match).is_dir() else [match])]
        return [Wanted(file, "file") for file in inside] or [Wanted(name, "nothing")]
    return [Wanted(name, "file")]


def _is_of(folder: Path, path: Path) -> bool:
    """Whether a path is a file, and leads to one in a folder.

    Args:
        folder: without links in it.
        path: may be a link.
    """
    try:
        return path.is_file() and path.resolve().is_relative_to(folder)
    except OSError:  # links in a ring
        return False


def _inside(folder: Path) -> list[str]:
    """The files in a folder and below it that end as articles do, by name.

    A folder may come from anybody: links that lead out of it are left out, and what is no file, such as a pipe.
    """
    found: list[str] = []
    top = folder.resolve()
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [
            str(Path(here) / file)
            for file in sorted(files)
            if not file.startswith(".") and Path(file).suffix.lower() in ENDINGS and _is_of(top, Path(here) / file)
        ]
    return found
