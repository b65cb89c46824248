"""Article -> index: sentences, passages and the retrievers over them, built once and never changed."""

from dataclasses import dataclass
from functools import cached_property

from index.analyzer import Token, Word, cut, terms
from index.article import Article, Kind, Passage, Sentence
from index.errors import CommandError
from index.retriever import Retriever
from index.splitter import passages_of, sentences_of

WHOLE = 8
"""Words, figures not counted, from which a line is taken for a sentence that tells something."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its BM25 score, >= 0."""

    passage: Passage
    score: float


class Index:
    """One article, ready to be searched.

    Attributes:
        article: the article.
        sentences: its sentences, headline and byline included, furniture not; `sentences[i].number == i`.
        passages: its passages; `passages[i].number == i + 1`.
        prose: the sentences that may answer any question, in order.
        sentence_retriever: BM25 over `prose`, in its order.
        passage_retriever: BM25 over `passages`, in their order.
    """

    def __init__(self, article: Article) -> None:
        """Split and index an article."""
        self.article = article
        self.sentences: tuple[Sentence, ...] = sentences_of(article)
        self.passages: tuple[Passage, ...] = passages_of(article, self.sentences)
        self.prose: tuple[Sentence, ...] = tuple(s for s in self.sentences if s.kind.is_prose)
        self._cut: dict[int, tuple[Word, ...]] = {s.number: tuple(cut(s.text)) for s in self.sentences}
        self._terms = {n: [term for term, _, _, stop in found if not stop] for n, found in self._cut.items()}
        self.sentence_retriever = Retriever([self._terms[s.number] for s in self.prose])
        self.passage_retriever = Retriever(
            [[term for number in p.sentences for term in self._terms[number]] for p in self.passages]
        )

    def tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence; offsets count from the sentence's start."""
        return tuple(map(Token._make, self._cut[sentence.number]))

    def cut(self, sentence: Sentence) -> tuple[Word, ...]:
        """The same as plain tuples."""
        return self._cut[sentence.number]

    def terms(self, sentence: Sentence) -> list[str]:
        """The terms of a sentence."""
        return self._terms[sentence.number]

    @cached_property
    def opening(self) -> tuple[Sentence, ...]:
        """The story's sentences without the short lines that may stand over it (a place, a reading time).

        All prose where every sentence is short.
        """

        def words(sentence: Sentence) -> int:
            return sum(term.isalpha() for term, _, _, _ in self._cut[sentence.number])

        whole = tuple(s for s in self.prose if s.kind is Kind.BODY and words(s) >= WHOLE)
        return whole or self.prose

    @cached_property
    def words(self) -> dict[str, str]:
        """Term -> its first spelling in the article, for every term outside the furniture."""
        spelling: dict[str, str] = {}
        for sentence in self.sentences:
            for term, start, end, _ in self._cut[sentence.number]:
                spelling.setdefault(term, sentence.text[start:end])
        return spelling

    @cached_property
    def held(self) -> frozenset[str]:
        """The terms of `words`, quicker to make."""
        return frozenset(term for found in self._cut.values() for term, _, _, _ in found)

    @cached_property
    def passages_by_sentence(self) -> dict[int, tuple[Passage, ...]]:
        """Sentence number -> the passages that hold it, in order; at least one."""
        found: dict[int, list[Passage]] = {}
        for passage in self.passages:
            for number in passage.sentences:
                found.setdefault(number, []).append(passage)
        return {number: tuple(passages) for number, passages in found.items()}

    def passage(self, number: int) -> Passage:
        """A passage by the number it is cited with.

        Raises:
            CommandError: the article has no passage of that number.
        """
        if not 1 <= number <= len(self.passages):
            raise CommandError(
                "There is no passage {number}; the article has passages 1 to {last}.",
                number=number,
                last=len(self.passages),
            )
        return self.passages[number - 1]

    def search(self, question: str, k: int = 10) -> list[RankedPassage]:
        """The k best passages for a question by BM25; equal scores in the order of the article."""
        found = self.passage_retriever.search(terms(question), k)
        return [RankedPassage(self.passages[position], score) for position, score in found]
