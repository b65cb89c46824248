"""Answers and articles as JSON objects for programs; the fields are a contract, listed in the README."""

import json
import re
from typing import Any

from bot.answer import Abstention, Answer, Quote
from bot.render import words
from bot.translation import ENGLISH, speaking
from index.article import Article

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


def quote(found: Quote) -> dict[str, Any]:
    """A quote with where it stands."""
    citation, context = found.citation, found.context
    return {
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
        return f"{words.NOT_SAID} {words.reason(result)}"


def result(result: Answer | Abstention) -> dict[str, Any]:
    """An answer or an abstention; both have the same fields."""
    answered = isinstance(result, Answer)
    return {
        "question": result.question,
        "read_as": result.read_as,
        "answered": answered,
        "confidence": round(result.confidence, 6),
        "quotes": [quote(q) for q in result.quotes] if isinstance(result, Answer) else [],
        "article": article_summary(result.article),
        "reason": None if isinstance(result, Answer) else _reason(result),
        "missing_terms": [] if isinstance(result, Answer) else list(result.missing_terms),
        "corrections": [{"typed": c.typed, "read_as": c.read_as} for c in result.corrections],
        "closest": []
        if isinstance(result, Answer)
        else [{"passage": p.number, "text": p.text, "start": p.start, "end": p.end} for p in result.closest],
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
    }
