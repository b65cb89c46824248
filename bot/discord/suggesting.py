"""Questions to suggest while somebody types to a library: such as one of its articles answers, found in passing."""

import asyncio
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.assistant import Assistant
from bot.discord.library.picking import pick
from bot.discord.replies import describe
from bot.suggestions import Suggestion, suggestions
from index.errors import CommandError, UnknownArticle
from index.owner import Owner

if TYPE_CHECKING:
    from bot.discord.libraries import Libraries
    from bot.discord.work import Work

log = logging.getLogger(__name__)

MOST = 100
"""Articles whose questions are remembered; the one that was asked for longest ago goes first."""


class Suggesting:
    """Finds questions for one article at a time, aside of all answering; what is not found yet is not suggested."""

    def __init__(self, libraries: "Libraries", work: "Work", *, most: int = MOST) -> None:
        """Start empty.

        Args:
            libraries: have the articles.
            work: computes aside.
            most: articles that are remembered, 1 or more.
        """
        self._libraries = libraries
        self._work = work
        self._most = most
        self._known: OrderedDict[tuple[Owner, str], tuple[Suggestion, ...]] = OrderedDict()
        self._finding: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """Find no more."""
        if self._finding is not None:
            self._finding.cancel()

    async def of(self, owner: Owner, typed: str, named: str = "") -> tuple[Suggestion, ...]:
        """The questions known for the article that is meant; begins to find them where none are known.

        Args:
            owner: whose library, one that has articles.
            typed: so far; the article that holds most of its words is meant, or else one of the newest.
            named: the article that was chosen, by its number or headline; "" for none.

        Raises:
            LibraryError: the library cannot be read.
        """
        assistant = await self._libraries.thread(lambda: self._meant(owner, typed, named))
        if assistant is None:
            return ()
        key = owner, assistant.article.id
        if key not in self._known:
            if self._finding is None:
                self._finding = asyncio.create_task(self._find(key, assistant))
            return ()
        self._known.move_to_end(key)
        # What is asked of "this article" needs one that is named.
        return tuple(s for s in self._known[key] if named or s.sentence >= 0)

    def _meant(self, owner: Owner, typed: str, named: str) -> Assistant | None:
        """The article that is meant, looked up anew each time, so that what was removed is never suggested; blocks."""
        library = self._libraries.library
        try:
            if named:
                return self._libraries.numbered(owner, pick(library, owner, named).number)
            return self._libraries.nearest(owner, typed)
        except (CommandError, UnknownArticle):
            if named:
                return None
        # Numbers ascend and are not given twice, so that the last of n articles has the number n or a higher one.
        newest = library.entries(owner, after=library.size(owner).articles - 1)
        return self._libraries.numbered(owner, newest[-1].number) if newest else None

    async def _find(self, key: tuple[Owner, str], assistant: Assistant) -> None:
        """Find the questions of an article; if it fails, it has none."""
        found: tuple[Suggestion, ...] = ()
        try:
            found = await self._work.aside(lambda: suggestions(assistant, go_on=lambda: not self._work.stopping))
        except Exception as error:  # noqa: BLE001 - suggestions are worth no stop
            log.warning("No questions can be suggested: %s", describe(error))
        finally:
            self._finding = None
        self._known[key] = found
        while len(self._known) > self._most:
            self._known.popitem(last=False)
