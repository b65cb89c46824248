"""Settings and options -> the article and the assistant; shared by the commands of the command line."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import LibraryError, SettingsError
from index.phrases import Phrase, reason
from index.readers import MAX_BYTES, read_article, read_bytes
from index.sample import sample_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assistant import Assistant
    from bot.defaults import Asking
    from bot.librarian.librarian import Librarian
    from index.library.model import Quota
    from index.library.protocol import Library

SAMPLE = Phrase("the sample article")


def open_article(path: str | None) -> Article:
    """Read the article at a path, from standard input ("-"), or the sample (None).

    Raises:
        ReadError: it cannot be read, or holds no article.
    """
    if path is None:
        return replace(read_article(sample_path()), source=SAMPLE)
    if path == "-":
        return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), Phrase("standard input"))
    return read_article(path)


def open_assistant(
    settings: "Asking", path: str | None = None, url: str | None = None, threshold: float | None = None
) -> "Assistant":
    """Make the assistant that the options and the settings ask for.

    Args:
        settings: what holds where an option is None.
        path: the article's path, or "-".
        url: where the article stands on the web.
        threshold: confidence that an answer must reach, 0..1.

    Raises:
        ReadError: the article cannot be read.
        SettingsError: the address is none of the web.
    """
    from bot.assistant import Assistant

    if path is None and settings.article is not None:
        path = str(settings.article)
    article = open_article(path)
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError("“{url}” is no address of a web page; one begins with https://.", url=url)
    address = url or settings.url
    if address:
        article = replace(article, url=address)
    limit = threshold if threshold is not None else settings.threshold
    return Assistant(article, threshold=limit, quotes=settings.quotes)


CHARACTERS = 5_000
"""Characters that a library has room for beside each article that it may hold: news has some 3,000."""


def quotas(settings: "Asking") -> "Mapping[str, Quota]":
    """How much each kind of owner may have."""
    from index.library.model import Quota
    from index.library.quota import QUOTAS

    most = {"server": settings.server_articles, "person": settings.person_articles}
    return dict(QUOTAS) | {kind: Quota(articles, CHARACTERS * articles) for kind, articles in most.items()}


def open_library(settings: "Asking") -> "Library":
    """Open the library, made if need be.

    Raises:
        LibraryError: it cannot be opened.
    """
    from index.library.opening import open_library as opened

    if settings.library is None:
        try:
            settings.state_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                "The folder {folder} cannot be made ({reason}); name another in PULLQUOTE_STATE or PULLQUOTE_LIBRARY.",
                folder=settings.state_folder,
                reason=reason(error),
            ) from error
    return opened(settings.library or settings.state_folder, quotas=quotas(settings))


def may_have_library(settings: "Asking") -> bool:
    """Whether there may be a library to ask: one is named, or its file is there and holds an article."""
    from index.library.opening import FILE, may_hold_articles

    return settings.library is not None or may_hold_articles(settings.state_folder / FILE)


def open_librarian(settings: "Asking", threshold: float | None = None, *, wanted: bool = True) -> "Librarian | None":
    """Make the librarian that answers the shell from its library.

    Args:
        settings: where the library is, and what holds where an option is None.
        threshold: confidence that an answer must reach, 0..1.
        wanted: whether it was asked for; else it is made only where the shell has articles.

    Returns:
        None where it was not asked for and there is no article.

    Raises:
        LibraryError: the library cannot be opened, or was asked for and has no article.
    """
    from index.owner import SHELL

    if not wanted and not may_have_library(settings):
        return None
    library = open_library(settings)
    if not library.size(SHELL).articles:
        library.close()
        if not wanted:
            return None
        raise LibraryError("The library has no article yet; add one with pullquote library add FILE.")
    return make_librarian(settings, threshold, library)


def make_librarian(settings: "Asking", threshold: float | None = None, library: "Library | None" = None) -> "Librarian":
    """What answers from a library, the one that the settings name if None.

    Raises:
        LibraryError: it cannot be opened.
    """
    from bot.librarian.librarian import Librarian

    limit = threshold if threshold is not None else settings.threshold
    return Librarian(library or open_library(settings), threshold=limit, quotes=settings.quotes)
