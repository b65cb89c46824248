"""Made-up news, as much as is wanted: sentences of a question set, drawn anew, with names of their own.

Sentences drawn from a few hundred articles would hold the words of a few hundred articles, however many are drawn, and
an index that never meets a new word is small and quick. So the rare words of a sentence are replaced by invented names.
Each article draws a few names of its own from 400,000 whose frequencies follow Zipf's law, as names in the news do: the
number of different words keeps growing with the text (Heaps' law), and frequent words are as frequent as they are.

Nothing of it is kept: it is made when it is needed, and is the same for the same seed.
"""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.qa import article_of
from index.analyzer import STOP_WORDS, terms, tokens
from index.article import Article, Paragraph
from index.indexer import Index
from index.library.canonical import canonical
from index.library.document import Document
from index.library.near import signature
from index.splitter import STRIDE, WINDOW, split_sentences

RARE = 3
"""Articles of the set: a word that stands in no more of them is replaced."""

NAMES = 400_000
"""Invented names. Half a million different words stand in a million passages of real news."""

TOPIC = 25
"""Names of one article."""

SENTENCES = (14, 40)
"""Sentences of an article, fewest and most; 27 on average, and 13 passages."""

_ONSETS = "b br d dr f g gr h j k kl l m n p pr r s sh st t tr v w z".split()
_VOWELS = "a e i o u ai ou".split()
_CODAS = "n r l m k t".split()

DAYS = 3_650
"""Days over which the articles are published."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places for names.

    Attributes:
        pieces: the text between the places, one more than there are places.
        terms: of each piece.
    """

    pieces: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]


def name(number: int) -> str:
    """An invented name; no two numbers have the same one, and none is a word of any sentence."""
    parts = []
    base = len(_ONSETS) * len(_VOWELS)
    number += base
    while number:
        number, rest = divmod(number, base)
        parts.append(_ONSETS[rest // len(_VOWELS)] + _VOWELS[rest % len(_VOWELS)])
    return ("".join(parts) + "x").capitalize()


class Corpus:
    """Articles and questions about them, drawn from a question set."""

    def __init__(self, path: Path, seed: int = 7) -> None:
        """Read a question set (see `bench.qa`)."""
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        held = Counter[str]()
        sentences: list[str] = []
        for row in rows:
            index = Index(article_of(row["text"]))
            sentences += [s.text for s in index.prose if len(split_sentences(s.text)) == 1 and "\n" not in s.text]
            held.update({term for s in index.prose for term in index.terms(s)})
        self._seed = seed
        self._rare = {term for term, count in held.items() if count <= RARE}
        self._templates = [self._template(s) for s in dict.fromkeys(sentences)]
        asked = [q["question"] for row in rows for q in row["questions"] if q["answers"]]
        self._asked = [self._template(question) for question in dict.fromkeys(asked)]
        # Zipf and Mandelbrot: the frequency of the n-th name is as 1 / (n + 3).
        self._weights = list(accumulate(1 / (n + 3) for n in range(NAMES)))

    def _template(self, text: str) -> Template:
        pieces, start = [], 0
        for token in tokens(text):
            if token.term in self._rare and not token.stop and token.term.isalpha() and token.term not in STOP_WORDS:
                pieces.append(text[start : token.start])
                start = token.end
        pieces.append(text[start:])
        return Template(tuple(pieces), tuple(tuple(terms(piece)) for piece in pieces))

    def _filled(self, template: Template, topic: list[tuple[str, str]], draw: random.Random) -> tuple[str, list[str]]:
        text, found = template.pieces[0], list(template.terms[0])
        for piece, its in zip(template.pieces[1:], template.terms[1:], strict=True):
            written, term = topic[min(int(draw.expovariate(0.2)), len(topic) - 1)]
            text += written + piece
            found.append(term)
            found += its
        return text, found

    def _topic(self, draw: random.Random) -> list[tuple[str, str]]:
        numbers = draw.choices(range(NAMES), cum_weights=self._weights, k=TOPIC)
        names = [name(number) for number in numbers]
        return [(written, written.lower()) for written in names]

    def _article(self, number: int) -> tuple[list[tuple[str, list[str]]], list[tuple[str, str]], random.Random]:
        draw = random.Random(self._seed * 1_000_003 + number)  # noqa: S311 - no secret
        topic = self._topic(draw)
        chosen = draw.choices(self._templates, k=draw.randint(*SENTENCES))
        return [self._filled(template, topic, draw) for template in chosen], topic, draw

    def document(self, number: int) -> Document:
        """The article of a number, analysed; the same as `index.library.document.document` makes of it."""
        sentences, _, draw = self._article(number)
        paragraphs: list[Paragraph] = []
        at = 0
        for position, (text, _) in enumerate(sentences, start=1):
            paragraphs.append(Paragraph(position, at, at + len(text), text))
            at += len(text) + 2
        article = Article(
            "\n\n".join(text for text, _ in sentences),
            published=dt.date(2015, 1, 1) + dt.timedelta(draw.randrange(DAYS)),
            url=f"https://news.example/{self._seed}/{number}",
            paragraphs=tuple(paragraphs),
        )
        spans, counts = [], []
        for first in range(0, max(1, len(sentences) - WINDOW + STRIDE), STRIDE):
            last = min(first + WINDOW, len(sentences)) - 1
            spans.append((paragraphs[first].start, paragraphs[last].end))
            counts.append(Counter(term for _, found in sentences[first : last + 1] for term in found))
        every = [term for _, found in sentences for term in found]
        # How a term is spelt is of no account here: as it is indexed.
        spelt = {term: term for term in every}
        return Document(article, canonical(article.url), tuple(spans), tuple(counts), spelt, signature(every))

    def documents(self, start: int = 0) -> Iterator[Document]:
        """Articles from a number on, without end."""
        while True:
            yield self.document(start)
            start += 1

    def questions(self, articles: int, count: int) -> list[str]:
        """Questions as people asked them, about the first articles; no two alike, and fewer where there are no more."""
        draw = random.Random(self._seed)  # noqa: S311 - an order, not a secret
        found: dict[str, None] = {}
        for _attempt in range(10 * count):
            if len(found) == count:
                break
            sentences, topic, _ = self._article(draw.randrange(articles))
            held = {term for _, its in sentences for term in its}
            topic = [names for names in topic if names[1] in held] or topic
            found.setdefault(self._filled(draw.choice(self._asked), topic, draw)[0])
        return list(found)
