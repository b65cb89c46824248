"""Engines, and what is written to a store of records."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.conversation import Conversation, Turn
from bot.records import Records, Refusal, Remembered, SQLiteRecords, Verdict, Vote, server
from bot.records.lance import LanceRecords

Engine = Callable[[Path], Records]

ENGINES: dict[str, Engine] = {
    "sqlite": lambda folder: SQLiteRecords(folder / "records.db"),
    "lance": lambda folder: LanceRecords(str(folder / "records.lance")),
}
"""A further engine is a line here."""

NOW = 1_760_000_000
DAY = 86_400
HERE, THERE = server(1), server(2)


def vote(**changes: Any) -> Vote:  # noqa: ANN401 - of any field
    """A vote."""
    made = Vote(HERE, 10, 100, Verdict.UP, "Who is it?", "abcdefabcdef", (3, 5), 0.75, NOW)
    return dataclasses.replace(made, **changes)


def refusal(**changes: Any) -> Refusal:  # noqa: ANN401 - of any field
    """A refusal."""
    made = Refusal(HERE, 20, 100, "What does it cost?", ("cost",), "abcdefabcdef", 0.125, NOW)
    return dataclasses.replace(made, **changes)


def remembered(**changes: Any) -> Remembered:  # noqa: ANN401 - of any field
    """A conversation."""
    said = Conversation((Turn("Who called?", (3, 1), "abcdefabcdef"), Turn("What for?")), "abcdefabcdef")
    return dataclasses.replace(Remembered(HERE, 100, 7, said, NOW), **changes)
