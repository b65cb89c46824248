"""`pullquote library` and `pullquote backup`: the articles that the shell is answered from."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.help import SpokenCommand, SpokenGroup
from bot.terminal.options import ANSWERED, FAILED, NOT_SAID, settings_in_force
from bot.translation import N_, _, n_
from index.errors import CommandError, LibraryError

if TYPE_CHECKING:
    from bot.librarian.desk import Desk
    from index.library.protocol import Library


@contextmanager
def _library() -> "Iterator[Library]":
    from bot.terminal.loading import open_library

    library = open_library(settings_in_force())
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _desk() -> "Iterator[Desk]":
    from bot.librarian.desk import Desk
    from bot.terminal.console import make_console
    from index.owner import SHELL

    with _library() as library:
        yield Desk(library, SHELL, make_console())


@click.group(
    cls=SpokenGroup,
    help=N_(
        "Keep many articles and ask them all.\n\nWhere the library holds articles, pullquote ask and pullquote shell "
        "answer from it, unless an article is named."
    ),
)
def library() -> None:
    """Keep many articles."""


@library.command(
    help=N_(
        "Add articles: files, folders, patterns, addresses, RSS or Atom feeds, - for standard input.\n\nExits with 0 "
        "if all were added or there already, 1 if some were refused, 2 if all were."
    )
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
def add(sources: tuple[str, ...]) -> int:
    """Add articles."""
    with _desk() as desk:
        tally = desk.add(sources)
    if not tally.refused:
        return ANSWERED
    return NOT_SAID if tally.added or tally.skipped else FAILED


@library.command(name="list", help=N_("List the articles, or those whose headline, address or file holds MATCHING."))
@click.argument("matching", default="")
def list_(matching: str) -> None:
    """List the articles."""
    with _desk() as desk:
        _print(desk.listed(matching))


@library.command(help=N_("Show article NUMBER: what is known of it, and its paragraphs."))
@click.argument("number")
def show(number: str) -> None:
    """Show an article."""
    from bot.librarian.narrowing import article_number

    with _desk() as desk:
        _print(desk.shown(article_number(number)))


@library.command(help=N_("Remove the articles of these numbers, such as 3, 5-7."))
@click.argument("which", nargs=-1, required=True, metavar="NUMBER...")
def remove(which: tuple[str, ...]) -> int:
    """Remove articles; one that is not there does not stop the rest."""
    from bot.librarian.desk import numbers
    from bot.render.terminal_library import added
    from index.errors import UnknownArticle

    status = ANSWERED
    with _desk() as desk:
        for number in numbers(which):
            try:
                _print(desk.removed(number))
            except UnknownArticle as error:
                _print(added(str(number), None, error))
                status = NOT_SAID
    return status


@library.command(
    help=N_(
        "Read the articles of these numbers again, all if none is given, and tell what changed since.\n\nExits with 1 "
        "if one could not be read; it is kept as it is."
    )
)
@click.argument("which", nargs=-1, metavar="[NUMBER...]")
def refresh(which: tuple[str, ...]) -> int:
    """Read articles again."""
    from bot.librarian.desk import numbers

    with _desk() as desk:
        return NOT_SAID if desk.refresh(numbers(which)).refused else ANSWERED


@library.command(help=N_("Find the passages that hold WORDS, without looking for an answer in them."))
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
def search(words: tuple[str, ...]) -> None:
    """Find passages."""
    with _desk() as desk:
        _print(desk.found(" ".join(words)))


@library.command(
    name="copy",
    help=N_(
        "Copy all libraries, and what the bot keeps of servers and people, to TARGET: a place that PULLQUOTE_LIBRARY "
        "may name.\n\nDoing it again copies what is new; what is there already stays as it is."
    ),
)
@click.argument("target", metavar="TARGET")
def copy_(target: str) -> None:
    """Copy everything to another place."""
    from bot.librarian.copying import UNLIMITED, Copied, copy_libraries, copy_records
    from bot.records.opening import open_records
    from index.library.opening import is_shared, open_library

    settings = settings_in_force()
    place = settings.library or str(settings.state_folder)
    if _same_place(place, target):
        raise CommandError("The libraries are at {place} already; name another place.", place=target)
    copied = Copied()
    with ExitStack() as stack:
        source = stack.enter_context(_library())
        there = stack.enter_context(closing(open_library(target, quotas=UNLIMITED)))
        copy_libraries(source, there, copied)
        # In a file they stay where they are: in the state folder, wherever the library is.
        if is_shared(place) or is_shared(target):
            before = stack.enter_context(closing(open_records(settings.state_folder, settings.library)))
            after = stack.enter_context(closing(open_records(settings.state_folder, target)))
            copy_records(before, after, copied)
    sentences = [
        n_(
            "{count:,} article was copied to {place}, {known:,} were there already.",
            "{count:,} articles were copied to {place}, {known:,} were there already.",
            copied.articles,
        ).format(count=copied.articles, place=target, known=copied.known)
    ]
    if copied.owners:
        told = n_(
            "What the bot keeps of {count:,} server or person is there too.",
            "What the bot keeps of {count:,} servers and people is there too.",
            copied.owners,
        )
        sentences.append(told.format(count=copied.owners))
    if copied.renumbered:
        told = n_(
            "{count:,} article has another number there, because its own was given already.",
            "{count:,} articles have other numbers there, because theirs were given already.",
            copied.renumbered,
        )
        sentences.append(told.format(count=copied.renumbered))
    sentences.append(_("To use them, set PULLQUOTE_LIBRARY to {place}.").format(place=target))
    for sentence in sentences:
        _print(sentence)


def _same_place(one: str, other: str) -> bool:
    """Whether two names are of one place, as far as that can be told without looking into them."""
    from index.library.opening import FILE

    def told(name: str) -> str:
        if "://" in name:
            return name.rstrip("/")
        path = Path(name).absolute()
        return str(path.parent if path.name == FILE else path)

    return told(one) == told(other)


@click.command(
    cls=SpokenCommand,
    help=N_("Write a copy of all libraries to FILE, as of this moment; the program may be running meanwhile."),
)
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of everything."""
    if file.exists():
        raise CommandError("“{file}” is there already; name another file.", file=file)
    if not file.absolute().parent.is_dir():
        raise LibraryError("There is no folder {folder}; make it first, or name another.", folder=file.parent)
    with _library() as kept:
        kept.backup(file)
    _print(_("A copy of all libraries is in {file}.").format(file=file))


def _print(what: object) -> None:
    from bot.render.terminal import shown
    from bot.terminal.console import make_console

    make_console().print(shown(what) if isinstance(what, str) else what)
