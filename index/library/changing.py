"""Putting articles into a library in SQLite, and taking them out. All within a transaction of the caller's."""

import sqlite3

from index.library import inverted, rows
from index.library.document import Document

News = dict[str, inverted.News]


def put_in(  # noqa: PLR0913 - what there is to write
    connection: sqlite3.Connection,
    shelf: rows.Shelf,
    news: News,
    number: int,
    document: Document,
    *,
    at: int,
    row: int | None = None,
) -> None:
    """Write an article; its postings are only gathered, so that those of several are written at once.

    Args:
        connection: of the transaction.
        shelf: its owner's; changed, not yet saved.
        news: gathers the postings; `settle` writes them.
        number: of the article.
        document: the article.
        at: when it was added, or got this text.
        row: where it was before, if it was taken out only now.
    """
    inverted.gather(news, document, rows.insert(connection, shelf, number, document, at=at, row=row))
    shelf.next_number = max(shelf.next_number, number + 1)


def take_out(connection: sqlite3.Connection, shelf: rows.Shelf, row: int, first: int, document: Document) -> None:
    """Take an article out, and all that was derived from it.

    Args:
        connection: of the transaction.
        shelf: its owner's; changed, not yet saved.
        row: of the article.
        first: number of its first passage.
        document: the article, analysed as it was when it was put in.
    """
    gone: News = {}
    inverted.gather(gone, document, first)
    inverted.take(connection, shelf.id, gone)
    rows.delete(connection, shelf, row, document)


def settle(connection: sqlite3.Connection, shelf: rows.Shelf, news: News) -> None:
    """Write the postings that were gathered, and what the owner has now."""
    inverted.put(connection, shelf.id, news)
    rows.save(connection, shelf)
    news.clear()
