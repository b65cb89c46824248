"""The chat shell: a question or a slash command a line, the same commands as in Discord."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.commands import ARTICLE, ASK, COMMANDS, HELP, PASSAGE, PRIVACY, WHY, Invocation, parse
from bot.render import terminal
from index.errors import CommandError, PullquoteError

PROMPT = "ask> "

QUIT = ("/quit", "/exit", "/q")


class Shell:
    """Runs commands against one assistant and prints what comes back.

    Attributes:
        last: the last answer or abstention, which /why explains; None before the first.
    """

    def __init__(self, assistant: Assistant, console: Console) -> None:
        """Make a shell.

        Args:
            assistant: answers the questions.
            console: what is printed on.
        """
        self._assistant = assistant
        self._console = console
        self.last: Answer | Abstention | None = None

    def run(self, lines: Iterable[str], *, echo: bool) -> None:
        """Run one line after another until they end or one says /quit.

        A line that cannot be run is answered with one sentence, and the next one is run.

        Args:
            lines: what was typed.
            echo: whether to print each line before its answer, as a terminal would have shown it.
        """
        for line in lines:
            typed = line.strip()
            if not typed:
                continue
            if typed.lower() in QUIT:
                return
            if echo:
                self._console.print(Text.assemble((PROMPT, "number"), terminal.shown(typed)))
            try:
                self._console.print(self._reply(parse(typed)))
            except PullquoteError as error:
                self._console.print(Text(terminal.shown(str(error)), style="error"))
            self._console.print()

    def _reply(self, invocation: Invocation) -> RenderableType:
        """What a command prints.

        Raises:
            PullquoteError: it cannot be run as it was typed.
        """
        command = invocation.command
        if command is ASK:
            self.last = self._assistant.ask(str(invocation.values["question"]))
            return terminal.result(self.last)
        if command is WHY:
            if self.last is None:
                message = "There is no answer to explain yet; ask a question first."
                raise CommandError(message)
            return terminal.why(self.last)
        if command is PASSAGE:
            found = self._assistant.index.passage(int(invocation.values["number"]))
            return terminal.passage(found, self._assistant.index)
        if command is ARTICLE:
            return terminal.article(self._assistant.index)
        if command is HELP:
            return terminal.help_text()
        if command is PRIVACY:
            return terminal.privacy()
        message = f"/{command.name} runs in Discord alone."
        raise CommandError(message)


def piped_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a stream that is not a terminal."""
    for line in stream:
        yield line.rstrip("\r\n")


def typed_lines(assistant: Assistant, history: Path | None) -> Iterator[str]:
    """The lines that a person types at the prompt, with history and completion; ends at Ctrl-D.

    Args:
        assistant: names and passages to complete come from its article.
        history: file that keeps what was typed, made if need be; None keeps it for this run only.
    """
    # prompt_toolkit takes longer to import than an answer takes: only a person at a prompt pays for it.
    from bot.prompt import make_session

    session = make_session(assistant, history)
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def run_shell(assistant: Assistant, console: Console, history: Path | None) -> None:
    """Open the shell on standard input: at a prompt if it is a terminal, else line by line."""
    shell = Shell(assistant, console)
    if not sys.stdin.isatty():
        shell.run(piped_lines(sys.stdin), echo=True)
        return
    console.print(terminal.article(assistant.index))
    console.print(
        Text(f"\nAsk a question, or type {'  '.join(f'/{c.name}' for c in COMMANDS)}  /quit\n", style="label")
    )
    shell.run(typed_lines(assistant, history), echo=False)
