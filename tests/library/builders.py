"""Articles for the tests, and what a library must find in them."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence

from index.article import Article, Paragraph
from index.indexer import Index
from index.library import Library, Owner
from index.retriever import Retriever

WORDS = "ferry island harbour storm engine captain mayor bridge Kabul Nordlinje 38 Monday repairs crossing gull".split()
"""Words of made-up news; few, so that many passages share them."""


def article(text: str, *, url: str | None = None, title: str | None = None, day: dt.date | None = None) -> Article:
    """An article of plain text: each line is a paragraph."""
    paragraphs: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(len(paragraphs) + 1, at, at + len(line), line))
        at += len(line) + 1
    return Article(text, title=title, published=day, url=url, paragraphs=tuple(paragraphs), source="a test")


def made_up(seed: int, sentences: int = 9, words: Sequence[str] = WORDS) -> Article:
    """An article of so many sentences of words drawn from a few, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    lines = [" ".join(draw.choices(words, k=draw.randint(3, 9))).capitalize() + "." for _ in range(sentences)]
    return article("\n\n".join(lines), url=f"https://news.example/{seed}", day=dt.date(2024, 1, 1 + seed % 28))


Found = list[tuple[int, int, int, int, float]]
"""(number of the article, passage, start, end, score) of each candidate."""


def found(library: Library, owner: Owner, terms: Sequence[str], limit: int = 300) -> Found:
    """What a library finds."""
    passages = library.candidates(owner, terms, limit=limit).passages
    return [(p.article, p.passage, p.start, p.end, p.score) for p in passages]


def expected(articles: Iterable[tuple[int, Article]], terms: Sequence[str], limit: int = 300) -> Found:
    """What it must find: the in-memory retriever over all passages.

    Args:
        articles: (number, article) in the order in which they were added, or refreshed with another text.
        terms: of the question.
        limit: at most so many.
    """
    places: list[tuple[int, int, int, int]] = []
    held: list[list[str]] = []
    for number, one in articles:
        index = Index(one)
        for p in index.passages:
            places.append((number, p.number, p.start, p.end))
            held.append([term for n in p.sentences for term in index.terms(index.sentences[n])])
    return [(*places[at], score) for at, score in Retriever(held).search(terms, limit)]
