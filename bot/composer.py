"""Ranked sentences -> quotes with citations; checked against the article once more before they leave."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeVar

from bot.answer import Citation, Quote, Source
from bot.english.expected import Expected, spans
from bot.link import link_to
from bot.ranking.ranker import RankedSentence
from index.analyzer import terms
from index.article import Article, Kind, Passage, Sentence
from index.errors import CitationError
from index.indexer import Index

_POINTS_BACK = re.compile(
    r"[\"'“‘(]*(?:"
    r"(?:\w+\s+){1,4}(?:that|this|those|these)\s+(?:step|move|decision|plan|offer|call|visit|deal|way|time)s?\b"
    r"|(?:(?:on|in|at|by|after|before|for|since)\s+[\w-]+,?\s+)?"
    r"(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those|both)\b"
    r"|the\s+(?:group|ministry|former|latter|two|move|decision|statement|announcement|report|incident|company|agency)\b)",
    re.IGNORECASE,
)
_ATTRIBUTED_TO_PRONOUN = re.compile(r"[,?!.][\"”’]\s+(?:he|she|it|they)\b", re.IGNORECASE)

ALIKE = 0.6
"""Share of terms in common (Jaccard) from which two sentences say the same; as a standfirst and its lead do."""

ADDS = 0.2
"""Share of the question's weight (inverse document frequency) that a further quote must bring in to be shown."""

NEARLY_AS_GOOD = 0.3
"""A further quote's score, as a share of the first one's, from which it may be shown at all."""


SomeRated = TypeVar("SomeRated", bound="Rated")


def _context(index: Index, sentence: Sentence) -> Sentence | None:
    """The sentence before one that points back to it; None where it stands on its own or opens the story."""
    if not (_POINTS_BACK.match(sentence.text) or _ATTRIBUTED_TO_PRONOUN.search(sentence.text)):
        return None
    if sentence.number == 0:
        return None
    before = index.sentences[sentence.number - 1]
    gap = index.article.text[before.end : sentence.start]
    return before if before.kind is Kind.BODY and not gap.strip() else None


def _passage(index: Index, sentence: Sentence, context: Sentence | None, scores: Sequence[float]) -> Passage:
    """The passage to cite: one that holds the context too if there is one, then the best for the question."""
    passages = index.passages_by_sentence[sentence.number]
    before = context.number if context else sentence.number
    return max(passages, key=lambda p: (before in p.sentences, scores[p.number - 1], -p.number))


def _checked(article: Article, quote: Quote) -> Quote:
    """Fail closed on a quote that is not the article's text, to the character.

    Raises:
        CitationError: the quote, its context or a mark does not stand where the citation says.
    """
    citation = quote.citation
    pieces = [(quote.text, citation.start, citation.end)]
    if quote.context:
        pieces.append((quote.context.text, quote.context.start, quote.context.end))
    for text, start, end in pieces:
        if not text or article.text[start:end] != text:
            raise CitationError(
                "Quote {n} is not the article's text at {start}-{end}; it is withheld.",
                n=citation.n,
                start=start,
                end=end,
            )
    if any(p.furniture and p.start < citation.end and citation.start < p.end for p in article.paragraphs):
        raise CitationError("Quote {n} lies in the page's furniture; it is withheld.", n=citation.n)
    return quote


def choose(index: Index, question: str, ranked: Sequence[RankedSentence], most: int) -> list[RankedSentence]:
    """The sentences to quote: the best one, and more only where they add.

    A further sentence adds where it is nearly as good as the first, does not repeat what is quoted already, and
    speaks of a part of the question that the quotes so far leave open.

    Args:
        index: the article's index.
        question: as it was understood.
        ranked: sentences, best first.
        most: the most quotes, >= 1.

    Returns:
        at most `most` sentences, best first.
    """
    wanted = {term: index.sentence_retriever.idf(term) for term in terms(question) if term in index.sentence_retriever}
    return choose_among(wanted, ranked, [set(index.terms(r.sentence)) for r in ranked], most)


class Rated(Protocol):
    """A sentence, wherever it stands, with its score."""

    @property
    def score(self) -> float:
        """The higher the better, 0..1."""


def choose_among(
    wanted: Mapping[str, float], ranked: Sequence[SomeRated], held: Sequence[AbstractSet[str]], most: int
) -> list[SomeRated]:
    """As `choose`, whatever articles the sentences stand in.

    Args:
        wanted: term of the question -> its inverse document frequency, for those that stand anywhere.
        ranked: sentences, best first.
        held: the terms of each.
        most: the most quotes, >= 1.
    """
    total = sum(wanted.values())
    chosen: list[SomeRated] = []
    said: list[AbstractSet[str]] = []
    for candidate, found in zip(ranked, held, strict=True):
        if chosen:
            covered = set().union(*said)
            brings = sum(weight for term, weight in wanted.items() if term in found and term not in covered)
            if (
                candidate.score < NEARLY_AS_GOOD * chosen[0].score
                or brings < ADDS * total
                or total == 0
                or any(len(found & other) > ALIKE * len(found | other) for other in said)
            ):
                continue
        chosen.append(candidate)
        said.append(found)
        if len(chosen) == most:
            break
    return chosen


def compose(  # noqa: PLR0913 - the last two are for an article of a library
    index: Index,
    question: str,
    chosen: Sequence[RankedSentence],
    expected: Expected | None,
    *,
    first: int = 1,
    source: Source | None = None,
) -> tuple[Quote, ...]:
    """Make quotes of the chosen sentences, numbered in the order given.

    Args:
        index: the article's index.
        question: as it was understood.
        chosen: the sentences to quote.
        expected: what the question asks for, to mark it in the quotes; None marks nothing.
        first: the number of the first one.
        source: which article of a library it is; None where there is but one.

    Raises:
        CitationError: a quote would not be the article's text; nothing is returned then.
    """
    scores = [float(s) for s in index.passage_retriever.scores(terms(question))]
    quotes: list[Quote] = []
    for n, ranked in enumerate(chosen, start=first):
        sentence = ranked.sentence
        context = _context(index, sentence)
        citation = Citation(
            n=n,
            passage=_passage(index, sentence, context, scores).number,
            paragraph=sentence.paragraph,
            start=sentence.start,
            end=sentence.end,
            link=link_to(index.article.url, index.article.text, sentence.start, sentence.end),
            source=source,
        )
        marks = tuple(spans(sentence.text, expected)[:1]) if expected is not None else ()
        quote = Quote(sentence.text, citation, ranked.score, marks, context)
        quotes.append(_checked(index.article, quote))
    return tuple(quotes)
