"""Adds, refreshes and removes until it is killed: `python -m tests.library.kill_me PLACE VIEW FIRST`.

Says on standard output the number of each step that is done.
"""

import itertools
import sys
from pathlib import Path

from index.article import Article
from index.library import Library, open_library, server
from tests.library.builders import made_up

OWNER = server(1)


def step(number: int) -> tuple[str, int, Article | None]:
    """What is done in a step: (what, to which article as they stand in the list, the text).

    One article more in ten steps, so that there are old and new ones to change.
    """
    kind = "arararraxa"[number % 10]
    if kind == "a":
        return "add", 0, made_up(number, 12)
    if kind == "r":
        return "refresh", number * 7, made_up(number, 9)
    return "remove", number * 5, None


def do(library: Library, number: int) -> None:
    """Do a step."""
    kind, which, article = step(number)
    there = library.entries(OWNER, limit=1_000)
    if article is not None and kind == "add":
        library.add(OWNER, article, at=number)
    elif article is not None:
        library.refresh(OWNER, there[which % len(there)].number, article, at=number)
    else:
        library.remove(OWNER, there[which % len(there)].number)


def after(state: list[Article], number: int) -> list[Article]:
    """The articles in the order of their numbers after a step, by those before it."""
    kind, which, article = step(number)
    if article is None:
        return [one for at, one in enumerate(state) if at != which % len(state)]
    if kind == "add":
        return [*state, article]
    return [article if at == which % len(state) else one for at, one in enumerate(state)]


def main() -> None:
    """Take one step after another."""
    place, view, first = sys.argv[1:]
    library = open_library(place, view=Path(view))
    for number in itertools.count(int(first)):
        do(library, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
