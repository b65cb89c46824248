"""Which article somebody means: by its number, or by words of its headline, among their own alone."""

from bot.render import words
from bot.render.discord_markdown import one_line
from index.errors import CommandError, UnknownArticle
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner

MOST = 25
"""Articles that are offered: the choices that Discord takes for an autocompletion."""

LABEL = 100
"""Characters of a choice."""


def pick(library: Library, owner: Owner, typed: str) -> Entry:
    """The article that is meant; blocks.

    Args:
        library: has the articles.
        owner: whose.
        typed: a number as a list shows it or a choice gives it, or words of a headline or address.

    Raises:
        UnknownArticle: there is no such article.
        CommandError: several articles are named so.
        LibraryError: the library cannot be read.
    """
    named = typed.strip().removeprefix("#")
    if named.isascii() and named.isdigit() and len(named) <= 9:
        return library.entry(owner, int(named))
    found = library.entries(owner, matching=named, limit=MOST) if named else ()
    exact = [entry for entry in found if (entry.title or "").casefold() == named.casefold()]
    if len(found) == 1 or len(exact) == 1:
        return (exact or list(found))[0]
    if not found:
        raise UnknownArticle(
            "There is no article “{typed}” in the library; choose one of those that are offered.", typed=typed
        )
    raise CommandError("Several articles are called “{typed}”; choose one of those that are offered.", typed=typed)


def offered(library: Library, owner: Owner, typed: str) -> list[tuple[str, str]]:
    """Articles to choose from while somebody types; blocks.

    Returns:
        (label, value) of each, in the order of their numbers; at most `MOST`.

    Raises:
        LibraryError: the library cannot be read.
    """
    named = " ".join(typed.split()).removeprefix("#")
    found = list(library.entries(owner, matching=named, limit=MOST))
    if named.isascii() and named.isdigit() and len(named) <= 9:
        try:
            by_number = library.entry(owner, int(named))
        except UnknownArticle:
            pass
        else:
            found = [by_number, *(entry for entry in found if entry.number != by_number.number)][:MOST]
    return [(label(entry), str(entry.number)) for entry in found]


def label(entry: Entry, most: int = LABEL) -> str:
    """An article as a choice: `12 · Headline · example.org · 8 July 2021`; plain text, never empty."""
    behind = [entry.publisher] if entry.publisher and entry.title else []
    behind += [words.day(entry.published)] if entry.published else []
    tail = "".join(f" · {part}" for part in behind)
    head = one_line(f"{entry.number} · {words.name_of(entry)}", max(most - len(tail), most // 2))
    return one_line(head + tail, most)
