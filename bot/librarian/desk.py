"""What can be done with the shell's library, one function an action; the command line and the shell share them."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType

from bot.librarian.adding import Adding, Outcome, Step
from bot.librarian.lookup import look_up
from bot.librarian.narrowing import article_number, narrowed
from bot.librarian.searching import sources_of
from bot.librarian.sources import wanted
from bot.render import terminal_library
from bot.translation import _
from index.errors import CommandError, PullquoteError
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner

PAGE = 100
"""Articles that are looked up at a time, for a list of all."""


@dataclass(slots=True)
class Tally:
    """How many things were added, were there already, and were refused."""

    added: int = 0
    skipped: int = 0
    refused: int = 0

    def count(self, outcome: Outcome) -> None:
        """Count what became of one thing."""
        if outcome.addition is None:
            self.refused += 1
        elif outcome.addition.skipped is not None:
            self.skipped += 1
        else:
            self.added += 1


class Desk:
    """Changes and shows one owner's library on a console."""

    def __init__(self, library: Library, owner: Owner, console: Console) -> None:
        """Take a library, whose it is, and what is printed on."""
        self._library = library
        self._owner = owner
        self._console = console

    def add(self, names: Sequence[str]) -> Tally:
        """Add what is named, telling of each thing; with a bar on a terminal.

        Raises:
            LibraryError: the library cannot be written.
        """
        tally = Tally()
        with Adding(self._library, self._owner, at=int(time.time())) as adding:
            for step in self._followed(adding.add(wanted(names))):
                if step.outcome is not None:
                    tally.count(step.outcome)
                    one = step.outcome
                    self._console.print(terminal_library.added(one.name, one.addition, one.error))
        self._console.print(terminal_library.summary(tally.added, tally.skipped, tally.refused))
        return tally

    def _followed(self, steps: Iterator[Step]) -> Iterator[Step]:
        """The steps, with a bar that fills on a terminal; a pipe gets lines alone."""
        if not self._console.is_terminal:
            yield from steps
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(_("Adding"), total=None)
            for done, step in enumerate(steps, start=1):
                progress.update(task, completed=done, total=done + step.left)
                yield step

    def listed(self, matching: str = "") -> RenderableType:
        """A list of the articles, or of those whose headline, address or source holds something."""
        found: list[Entry] = []
        while page := self._library.entries(
            self._owner, matching=matching, after=found[-1].number if found else 0, limit=PAGE
        ):
            found += page
            if len(page) < PAGE:
                break
        return terminal_library.entries(found, self._library.size(self._owner))

    def shown(self, number: int) -> RenderableType:
        """An article, as the library lists it and as it was read.

        Raises:
            UnknownArticle: there is none of that number.
        """
        from bot.render import terminal
        from index.indexer import Index

        entry = self._library.entry(self._owner, number)
        source = sources_of(self._library, self._owner, [entry])[number]
        index = Index(self._library.article(self._owner, number))
        return Group(terminal_library.entry(source), "", terminal.paragraphs(index.article))

    def removed(self, number: int) -> RenderableType:
        """Remove an article, and say so.

        Raises:
            UnknownArticle: there is none of that number.
        """
        return terminal_library.removed(self._library.remove(self._owner, number))

    def refresh(self, numbers: Sequence[int]) -> Tally:
        """Read articles again, all of them if none is named, and tell what changed; one that cannot be read is kept.

        Returns:
            how many changed (as added), did not (as skipped), and could not be read.

        Raises:
            LibraryError: the library cannot be written.
        """
        tally = Tally()
        with Adding(self._library, self._owner, at=int(time.time())) as adding:
            for entry in self._each(numbers):
                try:
                    again = adding.again(entry.url, entry.source)
                    found = self._library.refresh(self._owner, entry.number, again, at=int(time.time()))
                except PullquoteError as error:
                    tally.refused += 1
                    self._console.print(terminal_library.added(f"{entry.number}", None, error))
                    continue
                tally.added += bool(found)
                tally.skipped += not found
                self._console.print(terminal_library.changes(found))
        return tally

    def _each(self, numbers: Sequence[int]) -> Iterator[Entry]:
        """The articles of these numbers; all of them if none is named.

        Raises:
            UnknownArticle: there is none of a number.
        """
        if numbers:
            yield from [self._library.entry(self._owner, number) for number in numbers]
            return
        after = 0
        while page := self._library.entries(self._owner, after=after, limit=PAGE):
            yield from page
            after = page[-1].number

    def found(self, words: str) -> RenderableType:
        """The passages that hold some words; dates and a number in them narrow it, as in a question.

        Raises:
            QuestionError: there is no word to look for.
        """
        plain, scope = narrowed(words)
        return terminal_library.hits(look_up(self._library, self._owner, plain, scope=scope))


def numbers(typed: Sequence[str]) -> list[int]:
    """Numbers of articles as they are typed: `3`, `#3`, `3,4`, `5-7`.

    Raises:
        CommandError: one is no number, or a range is too long.
    """
    found: dict[int, None] = {}
    for part in (piece for one in typed for piece in one.split(",") if piece.strip()):
        first, dash, last = part.partition("-")
        start = article_number(first)
        end = article_number(last) if dash else start
        if not start <= end < start + 10_000:
            raise CommandError("“{range}” is no range of articles; type one like 5-7.", range=part)
        found.update(dict.fromkeys(range(start, end + 1)))
    return list(found)
