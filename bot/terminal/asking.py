"""What a question of the command line goes to: one article, or the shell's library."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.translation import N_
from index.errors import CommandError

if TYPE_CHECKING:
    from bot.answer import Abstention, Answer
    from bot.defaults import Asking
    from bot.librarian.librarian import Librarian

ONLY_ARTICLES = N_("--before and --after choose among the articles of a library; leave them out, or add --library.")


@dataclass(frozen=True, slots=True)
class Options:
    """Where a question goes, as it was typed.

    Attributes:
        path: the article's path, "-", or None.
        url: where it stands on the web, or None.
        library: True for the library, False for an article, None for the library where it has articles and no article
            is named.
        before: only articles from before that day, month or year.
        after: only those from then on.
        threshold: confidence that an answer must reach, 0..1.
    """

    path: str | None = None
    url: str | None = None
    library: bool | None = None
    before: str | None = None
    after: str | None = None
    threshold: float | None = None


def librarian_for(settings: "Asking", options: Options) -> "Librarian | None":
    """What answers from the library, where the options and the settings want that.

    Returns:
        None where an article is asked.

    Raises:
        CommandError: the options contradict each other.
        LibraryError: the library cannot be opened, or was asked for and is empty.
    """
    from bot.terminal.loading import open_librarian

    named = options.path is not None or options.url is not None
    if options.library and named:
        raise CommandError(
            "A question goes to the library or to one article: leave out --library, or --article and --url."
        )
    if options.library is False or named or (options.library is None and settings.article is not None):
        if options.before or options.after:
            raise CommandError(ONLY_ARTICLES)
        return None
    found = open_librarian(settings, options.threshold, wanted=bool(options.library))
    if found is None and (options.before or options.after):
        raise CommandError(ONLY_ARTICLES)
    return found


def asker(settings: "Asking", options: Options, *, conversation: bool) -> "Callable[..., Answer | Abstention]":
    """What answers a question of the command line.

    Args:
        settings: what holds where an option is None.
        options: as they were typed.
        conversation: whether each question is read as a follow-up of those before, where it is one.

    Raises:
        PullquoteError: the article or the library cannot be opened.
    """
    librarian = librarian_for(settings, options)
    if librarian is None:
        from bot.dialogue import Dialogue
        from bot.terminal.loading import open_assistant

        assistant = open_assistant(settings, options.path, options.url, options.threshold)
        return Dialogue(assistant).ask if conversation else assistant.ask
    from bot.librarian.dialogue import LibraryDialogue
    from bot.librarian.narrowing import scope_of
    from index.owner import SHELL

    ask = LibraryDialogue(librarian).ask if conversation else librarian.ask
    return partial(ask, SHELL, scope=scope_of(before=options.before, after=options.after))
