"""Answers and articles as JSON objects for programs; the fields are a contract, listed in the README."""

import json
import re
from itertools import zip_longest
from typing import Any

from bot.answer import Abstention, Answer, Quote, Source
from bot.render import words
from bot.translation import ENGLISH, speaking
from index.article import Article
from index.library.model import Entry

_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029]")


def dumps(value: dict[str, Any]) -> str:
    """One line of JSON. Readable in UTF-8, with nothing in it that a terminal or a line reader acts on."""
    return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def article_summary(article: Article) -> dict[str, Any]:
    """The article an answer is about."""
    return {
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }


def entry(found: Entry) -> dict[str, Any]:
    """An article of a library."""
    return {
        "number": found.number,
        "id": found.id,
        "title": found.title,
        "byline": found.byline,
        "published": found.published.isoformat() if found.published else None,
        "url": found.url,
        "publisher": found.publisher,
        "source": found.source,
    }


def source(found: Source) -> dict[str, Any]:
    """The article of a library that a quote is from, and the others with the same story."""
    return {**entry(found.entry), "also_in": [entry(other) for other in found.also_in]}


def quote(found: Quote) -> dict[str, Any]:
    """A quote with where it stands; its article too, where a library was asked."""
    citation, context = found.citation, found.context
    named = {"article": source(citation.source)} if citation.source else {}
    return named | {
        "n": citation.n,
        "text": found.text,
        "start": citation.start,
        "end": citation.end,
        "passage": citation.passage,
        "paragraph": citation.paragraph,
        "score": round(found.score, 6),
        "link": citation.link,
        "marks": [list(mark) for mark in found.marks],
        "context": {"text": context.text, "start": context.start, "end": context.end} if context else None,
    }


def _reason(result: Abstention) -> str:
    """Why there is no answer, in English whatever language is spoken: programs compare it."""
    with speaking(ENGLISH):
        return f"{words.not_said(result)} {words.reason(result)}"


def result(result: Answer | Abstention) -> dict[str, Any]:
    """An answer or an abstention; both have the same fields."""
    answered = isinstance(result, Answer)
    closest = () if isinstance(result, Answer) else zip_longest(result.closest, result.sources[: len(result.closest)])
    of_library = {} if result.articles == 1 else {"articles": result.articles}
    return of_library | {
        "question": result.question,
        "read_as": result.read_as,
        "answered": answered,
        "confidence": round(result.confidence, 6),
        "quotes": [quote(q) for q in result.quotes] if isinstance(result, Answer) else [],
        "article": article_summary(result.article) if result.article.text else None,
        "reason": None if isinstance(result, Answer) else _reason(result),
        "missing_terms": [] if isinstance(result, Answer) else list(result.missing_terms),
        "corrections": [{"typed": c.typed, "read_as": c.read_as} for c in result.corrections],
        "closest": [
            ({"article": source(named)} if named else {})
            | {"passage": p.number, "text": p.text, "start": p.start, "end": p.end}
            for p, named in closest
        ],
    }


def article(article: Article) -> dict[str, Any]:
    """What a reader made of a file."""
    return {
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "paragraphs": [
            {"text": p.text, "start": p.start, "end": p.end, "furniture": p.furniture} for p in article.paragraphs
        ],
        "left_out": article.left_out,
    }
