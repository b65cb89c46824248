"""Settings and options -> the article and the assistant; shared by the commands of the command line."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import SettingsError
from index.phrases import Phrase
from index.readers import MAX_BYTES, read_article, read_bytes
from index.sample import sample_path

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.settings import Settings

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
    settings: "Settings", path: str | None = None, url: str | None = None, threshold: float | None = None
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
