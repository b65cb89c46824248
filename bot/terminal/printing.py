"""Prints answers on standard output: through rich on a terminal, as plain lines into a pipe or a file."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answer import Abstention, Answer


def print_answer(result: "Answer | Abstention", question: str | None = None) -> None:
    """Print an answer or an abstention; with a question it stands between that and an empty line."""
    from bot.render import plain

    if plain.is_plain(sys.stdout) and (text := plain.result(result)) is not None:
        above, below = (f"{plain.asked(question)}\n", "\n") if question is not None else ("", "")
        plain.forgiving(sys.stdout).write(f"{above}{text}{below}")
        return
    from bot.render import terminal
    from bot.terminal.console import make_console

    console = make_console()
    if question is not None:
        console.print(terminal.asked(question))
    console.print(terminal.result(result))
    if question is not None:
        console.print()
