"""The library in the shell: questions to it, and /library with what follows."""

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.text import Text

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.commands import LIBRARY, SHELL_LIBRARY
from bot.conversation import Conversation, Conversations
from bot.render import terminal_library
from bot.translation import _
from index.errors import CommandError
from index.owner import SHELL

if TYPE_CHECKING:
    from bot.librarian.desk import Desk
    from bot.librarian.dialogue import LibraryDialogue
    from bot.librarian.librarian import Librarian


class ShellLibrary:
    """The shell's library, opened when it is first needed.

    Attributes:
        pinned: whether an article was named, which is then answered from whatever the library holds.
        shared: whether the library lies on storage that several machines share; whoever opens it says so.
    """

    def __init__(
        self,
        make: "Callable[[], Librarian]",
        console: Console,
        conversations: Conversations | None = None,
        *,
        pinned: bool = False,
        opened: "Librarian | None" = None,
    ) -> None:
        """Prepare.

        Args:
            make: opens the library, and makes what answers from it.
            console: what is printed on.
            conversations: remember what was asked; new ones if None.
            pinned: see the class.
            opened: what answers from the library, where it is open already.
        """
        self.pinned = pinned
        self.shared = False
        self._make = make
        self._console = console
        self._conversations = Conversations() if conversations is None else conversations
        self._dialogue: LibraryDialogue | None = None
        self._last: int | None = None
        if opened is not None:
            self._talk(opened)

    def _talk(self, librarian: "Librarian") -> "LibraryDialogue":
        from bot.librarian.dialogue import LibraryDialogue

        self._dialogue = LibraryDialogue(librarian, self._conversations)
        return self._dialogue

    def _opened(self) -> "LibraryDialogue":
        """What answers from the library.

        Raises:
            LibraryError: it cannot be opened.
        """
        return self._dialogue or self._talk(self._make())

    @property
    def articles(self) -> int:
        """How many articles the library holds; 0 while it was not opened.

        Raises:
            LibraryError: it cannot be read.
        """
        return 0 if self._dialogue is None else self._dialogue.librarian.library.size(SHELL).articles

    @property
    def answers(self) -> bool:
        """Whether questions go to the library: it was opened, holds an article, and no other was named.

        Raises:
            LibraryError: it cannot be read.
        """
        return not self.pinned and self.articles > 0

    def ask(self, question: str) -> Answer | Abstention:
        """Answer a question from the library.

        Raises:
            PullquoteError: it cannot be asked.
        """
        result = self._opened().ask(SHELL, question)
        if isinstance(result, Answer) and result.quotes[0].citation.source:
            self._last = result.quotes[0].citation.source.entry.number
        elif isinstance(result, Abstention) and result.sources:
            self._last = result.sources[0].entry.number
        return result

    @property
    def current(self) -> Assistant:
        """The assistant on the article that was quoted, came closest or was shown last.

        Raises:
            CommandError: there is none yet.
            LibraryError: the library cannot be read, or the article is not there any more.
        """
        if self._last is None:
            raise CommandError("That is about one article: ask a question first, or type /library show and its number.")
        return self._opened().librarian.assistant(SHELL, self._last)

    @property
    def conversation(self) -> Conversation | None:
        """What was asked of the library so far; None for nothing."""
        return self._conversations.get("", (SHELL, ""))

    def forget(self) -> bool:
        """Forget the conversation; whether there was one."""
        return self._dialogue is not None and self._dialogue.forget(SHELL)

    def overview(self) -> RenderableType:
        """How much there is."""
        return Text(terminal_library.total(self._opened().librarian.library.size(SHELL)), style="source")

    def run(self, typed: str) -> RenderableType | None:
        """Run what follows /library; what it prints, or None where it has printed already.

        Raises:
            CommandError: it is no such command, or lacks something.
            LibraryError: the library cannot be read or written.
        """
        from bot.librarian.desk import Desk, numbers

        try:
            name, *rest = shlex.split(typed) or ["list"]
        except ValueError:
            raise CommandError("A quotation mark is not closed; close it, or leave it out.") from None
        desk = Desk(self._opened().librarian.library, SHELL, self._console)
        if name in ("list", "search"):
            return desk.listed(" ".join(rest)) if name == "list" else desk.found(" ".join(rest))
        if name == "refresh":
            desk.refresh(numbers(rest))
            return None
        if name not in ("add", "show", "remove"):
            known = ", ".join(usage.split()[0] for usage, _what in SHELL_LIBRARY)
            raise CommandError(
                "There is no {command} {name}; there is {known}.", command=LIBRARY.shown, name=name, known=known
            )
        if not rest:
            usage = next(usage for usage, _what in SHELL_LIBRARY if usage.startswith(name))
            raise CommandError("Something is missing; type {usage}.", usage=f"{LIBRARY.shown} {usage}")
        return self._on(desk, name, rest)

    def _on(self, desk: "Desk", name: str, rest: list[str]) -> RenderableType | None:
        """Add, show or remove."""
        from bot.librarian.desk import numbers

        if name == "add":
            desk.add(rest)
            if self.pinned:
                return Text(
                    _("Questions still go to the article that was named; pullquote shell --library asks these.")
                )
            return None
        for number in numbers(rest):
            if name == "show":
                self._console.print(desk.shown(number))
                self._last = number
            else:
                self._console.print(desk.removed(number))
                self._last = None if self._last == number else self._last
        return None


def library_line(typed: str) -> str | None:
    """What follows /library in a line; None where the line is another."""
    name, _space, rest = typed.strip().partition(" ")
    return rest.strip() if name.lower() in (f"/{LIBRARY.name}", LIBRARY.shown) else None
