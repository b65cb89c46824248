"""The chat shell: a question or a slash command a line, the same commands as in Discord."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.command import Surface
from bot.commands import (
    ARTICLE,
    ASK,
    CHECK,
    EXPORT,
    FORGET,
    HELP,
    NEW,
    PASSAGE,
    PRIVACY,
    WHY,
    commands_on,
)
from bot.conversation import Conversations
from bot.dialogue import Dialogue
from bot.render import terminal, words
from bot.terminal.command_line import Invocation, parse
from bot.terminal.shell_history import ShellHistory
from bot.terminal.shell_library import ShellLibrary, library_line
from bot.terminal.shell_personal import Personal
from bot.translation import _, told
from index.errors import CommandError, PullquoteError

PROMPT = "ask> "

QUIT = ("/quit", "/exit", "/q")


class Shell:
    """Runs commands against one assistant, in one conversation, and prints what comes back.

    Attributes:
        last: the last answer or abstention, which /why explains; None before the first.
    """

    def __init__(
        self,
        assistant: Assistant,
        console: Console,
        conversations: Conversations | None = None,
        history: ShellHistory | None = None,
        library: ShellLibrary | None = None,
    ) -> None:
        """Make a shell.

        Args:
            assistant: answers the questions that do not go to the library.
            console: what is printed on.
            conversations: remember what was asked; new ones if None.
            history: what was typed here, now and before; None where nothing is kept.
            library: the shell's library; None where it has none.
        """
        self._own = assistant
        self._library = library
        self._personal = Personal(history)
        self._dialogue = Dialogue(assistant, conversations)
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
                reply = self._reply_to(typed)
                if reply is not None:
                    self._console.print(reply)
            except PullquoteError as error:
                self._console.print(Text(terminal.shown(told(error)), style="error"))
            self._console.print()

    @property
    def _assistant(self) -> Assistant:
        """The assistant on the article at hand: the one of the library that was quoted last, or the shell's own.

        Raises:
            PullquoteError: nothing was quoted yet, or it is not there any more.
        """
        return self._library.current if self._library is not None and self._library.answers else self._own

    def _reply_to(self, typed: str) -> RenderableType | None:
        """What a line prints; None where it has printed by itself.

        Raises:
            PullquoteError: it cannot be run as it was typed.
        """
        if self._library is not None and (rest := library_line(typed)) is not None:
            return self._library.run(rest)
        return self._reply(parse(typed))

    def _reply(self, invocation: Invocation) -> RenderableType:
        """What a command prints.

        Raises:
            PullquoteError: it cannot be run as it was typed.
        """
        replies: dict[str, Callable[[], RenderableType]] = {
            ASK.name: lambda: self._ask(str(invocation.values["question"])),
            WHY.name: self._why,
            CHECK.name: lambda: self._check(str(invocation.values["text"])),
            NEW.name: self._new,
            PASSAGE.name: lambda: self._passage(int(invocation.values["number"])),
            ARTICLE.name: lambda: terminal.article(self._assistant.index),
            HELP.name: terminal.help_text,
            PRIVACY.name: self._privacy,
            EXPORT.name: self._export,
            FORGET.name: self._forget,
        }
        if invocation.command.name != FORGET.name:
            self._personal.asked = False
        reply = replies.get(invocation.command.name)
        if reply is None:
            raise CommandError("{command} runs in Discord alone.", command=invocation.command.shown)
        return reply()

    def _ask(self, question: str) -> RenderableType:
        """Answer a question in the light of those before."""
        in_library = self._library is not None and self._library.answers
        self.last = self._library.ask(question) if self._library and in_library else self._dialogue.ask(question)
        return terminal.result(self.last)

    def _why(self) -> RenderableType:
        """Explain the last answer."""
        if self.last is None:
            raise CommandError("There is no answer to explain yet; ask a question first.")
        return terminal.why(self.last)

    def _check(self, text: str) -> RenderableType:
        """Compare a text with the article."""
        from bot.claims import check
        from bot.render import terminal_check

        return terminal_check.report(check(text, self._assistant))

    def _new(self) -> RenderableType:
        """Forget the conversation."""
        library = self._library is not None and self._library.forget()
        return Text(words.forgotten(something=self._dialogue.forget() or library))

    def _privacy(self) -> RenderableType:
        if self._library is None:
            return self._personal.privacy()
        articles = self._library.articles
        return self._personal.privacy(articles, shared=self._library.shared and articles > 0)

    def _export(self) -> RenderableType:
        in_library = self._library.conversation if self._library is not None else None
        return self._personal.export((self._dialogue.conversations.get("", ""), in_library))

    def _forget(self) -> RenderableType:
        """Forget what was typed, once it was asked for twice."""
        told = self._personal.forget()
        if not self._personal.asked:
            self._dialogue.forget()
            if self._library is not None:
                self._library.forget()
            self.last = None
        return told

    def _passage(self, number: int) -> RenderableType:
        """Show a passage."""
        return terminal.passage(self._assistant.index.passage(number), self._assistant.index)


def piped_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a stream that is not a terminal."""
    for line in stream:
        yield line.rstrip("\r\n")


def typed_lines(assistant: Assistant | None, history: ShellHistory | None) -> Iterator[str]:
    """The lines that a person types at the prompt, with history and completion; ends at Ctrl-D.

    Args:
        assistant: names and passages to complete come from its article; None completes commands alone.
        history: keeps what was typed in a file, made if need be; None keeps it for this run only.
    """
    # prompt_toolkit takes longer to import than an answer takes: only a person at a prompt pays for it.
    from bot.terminal.prompt import make_session

    session = make_session(PROMPT, assistant, history)
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def run_shell(
    assistant: Assistant,
    console: Console,
    history: Path | None,
    conversations: Conversations | None = None,
    library: ShellLibrary | None = None,
) -> None:
    """Open the shell on standard input: at a prompt if it is a terminal, else line by line.

    Args:
        assistant: answers the questions.
        console: what is printed on.
        history: file that keeps what was typed; None keeps it for this run only.
        conversations: remember what was asked; new ones if None.
        library: the shell's library; None where it has none.
    """
    kept = None if history is None else ShellHistory(history)
    shell = Shell(assistant, console, conversations, kept, library)
    in_library = library is not None and library.answers
    if not sys.stdin.isatty():
        shell.run(piped_lines(sys.stdin), echo=True)
        return
    console.print(library.overview() if library is not None and in_library else terminal.article(assistant.index))
    names = "  ".join((*(c.shown for c in commands_on(Surface.SHELL)), "/quit"))
    told_first = _("Ask a question, or type {commands}").format(commands=names)
    console.print(Text(f"\n{told_first}\n", style="label"))
    shell.run(typed_lines(None if in_library else assistant, kept), echo=False)
