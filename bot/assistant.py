"""The whole pipeline: a question in, an answer or an abstention out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import assert_never

from bot.about import About, about, sentences_about
from bot.answer import THRESHOLD, Abstention, Answer, Considered, Correction, Quote, Reason, Trace
from bot.composer import choose, compose
from bot.conversation import Conversation, Resolved
from bot.english.expected import Expected, expected_type, spans
from bot.question import clean, correct, missing_terms, parts
from bot.ranking.focus import around, focused
from bot.ranking.fused import load_ranker
from bot.ranking.ranker import RankedSentence, Ranker, Ranking
from index.analyzer import terms
from index.article import Article, Kind, Passage, Sentence
from index.indexer import Index

CLOSEST = 3
"""Passages shown with an abstention."""

CONSIDERED = 8
"""Sentences kept in the trace: `/why` shows the first of them, "More" in Discord offers them."""

CERTAIN = 0.99
"""Confidence of a byline, a date line or a headline that a question asks for by name."""


class Assistant:
    """Answers questions about one article. Holds no state between questions; safe to call from several threads.

    Attributes:
        index: the article's index.
        threshold: the confidence that an answer must reach, 0..1.
    """

    def __init__(
        self, article: Article, *, ranker: Ranker | None = None, threshold: float = THRESHOLD, quotes: int = 3
    ) -> None:
        """Index an article.

        Args:
            article: the article to answer from.
            ranker: scores the sentences; the shipped one if None.
            threshold: confidence that an answer must reach, 0 (always answer) to 1.
            quotes: the most quotes in an answer, 1 to 3.
        """
        self.index = Index(article)
        self.threshold = threshold
        self._ranker = ranker or load_ranker()
        self._quotes = quotes

    @property
    def article(self) -> Article:
        """The article that is answered from."""
        return self.index.article

    @property
    def ranker(self) -> Ranker:
        """What scores the sentences."""
        return self._ranker

    def warm_up(self) -> None:
        """Do now what the first question would wait for: load the model, read the article's sentences."""
        self._ranker.rank(self.index, self.article.title or self.article.text[:200])

    def ask(
        self,
        question: str,
        *,
        top: int | None = None,
        threshold: float | None = None,
        conversation: Conversation | None = None,
    ) -> Answer | Abstention:
        """Answer a question.

        Args:
            question: in words, at most 1,000 characters.
            top: quote the best `top` sentences, ranked, whether they add or not; None lets the composer choose.
            threshold: overrides the assistant's own.
            conversation: what came before, of which the question may be a follow-up; `bot.dialogue` keeps it.

        Returns:
            the answer, or an abstention where the confidence stays below the threshold.

        Raises:
            QuestionError: the question is empty, too long, or holds no word.
            CitationError: a quote would not have been the article's text (a bug); nothing leaves then.
        """
        limit = self.threshold if threshold is None else threshold
        asked = clean(question)
        resolved = self._resolve(asked, conversation)
        return replace(self._answer(asked, resolved, top, limit), read_as=resolved.read_as)

    def _resolve(self, asked: str, conversation: Conversation | None) -> Resolved:
        """What a question asks in a conversation; one about the article itself is never taken for a follow-up."""
        if not conversation or not conversation.turns or about(asked):
            return Resolved(asked)
        # Only a conversation pays for the word lists that it takes to follow one.
        from bot.conversation.resolver import resolve

        return resolve(asked, conversation, self.index)

    def _answer(self, asked: str, resolved: Resolved, top: int | None, limit: float) -> Answer | Abstention:
        """Answer a question as it was understood."""
        if kind := about(resolved.question):
            return self._about_the_article(asked, kind, top, limit)
        read_as, corrections = correct(resolved.question, self.index)
        asked_for = parts(read_as)
        if len(asked_for) > 1 and not top:
            answered = self._in_parts(asked, asked_for, corrections, limit)
            if answered:
                return answered
        ranking = self._ranker.rank(self.index, read_as, around(resolved, self.index))
        ranking = focused(ranking, resolved, self.index)
        expected = expected_type(read_as)
        trace = self._trace(read_as, expected, ranking, limit)
        candidates = self._filled(ranking, resolved.exclude) if top or limit == 0 else ranking.sentences
        if not candidates or ranking.confidence < limit:
            # Words that were read into a follow-up may be a question's that was answered just before.
            typed = terms(asked) if resolved.read_as else terms(read_as)
            missing = tuple(w for w in missing_terms(read_as, self.index) if set(terms(w)) & set(typed))
            closest = self._closest(read_as)
            reason = Reason.LOW_CONFIDENCE
            if missing:
                reason = Reason.MISSING_TERMS if closest else Reason.NO_MATCH
            return Abstention(asked, self.article, reason, ranking.confidence, missing, closest, corrections, trace)
        chosen: Sequence[RankedSentence] = (
            candidates[:top] if top else choose(self.index, read_as, candidates, self._quotes)
        )
        quotes = compose(self.index, read_as, chosen, expected)
        return Answer(asked, self.article, quotes, ranking.confidence, corrections, trace)

    def _in_parts(
        self, asked: str, asked_for: tuple[str, ...], corrections: tuple[Correction, ...], limit: float
    ) -> Answer | None:
        """Answer the questions within a question, a quote each; None where the article says nothing on any."""
        quotes: dict[int, Quote] = {}
        best: tuple[float, Trace] | None = None
        for part in asked_for[: self._quotes]:
            ranking = self._ranker.rank(self.index, part)
            if not ranking.sentences or ranking.confidence < limit:
                continue
            expected = expected_type(part)
            for quote in compose(self.index, part, ranking.sentences[:1], expected):
                quotes.setdefault(quote.citation.start, quote)
            # Only as sure as of the part that is the least sure among those quoted.
            if best is None or ranking.confidence < best[0]:
                best = (ranking.confidence, self._trace(part, expected, ranking, limit))
        if best is None:
            return None
        numbered = tuple(replace(q, citation=replace(q.citation, n=n)) for n, q in enumerate(quotes.values(), start=1))
        return Answer(asked, self.article, numbered, best[0], corrections, best[1])

    def _about_the_article(self, asked: str, kind: About, top: int | None, limit: float) -> Answer | Abstention:
        """Answer from the headline, byline, date line or opening of the article."""
        found = sentences_about(kind, self.index)[: top or 1]
        trace = Trace((), _asked_for(kind), tuple(Considered(s, CERTAIN, 0.0) for s in found), limit)
        if not found:
            return Abstention(asked, self.article, Reason.NO_METADATA, 0.0, trace=trace)
        quotes = compose(self.index, asked, [RankedSentence(s, CERTAIN, 0.0) for s in found], None)
        return Answer(asked, self.article, quotes, CERTAIN, trace=trace)

    def _closest(self, question: str) -> tuple[Passage, ...]:
        """The passages of the story nearest to a question; the lines of the head say too little to be worth a look."""
        found = (r.passage for r in self.index.search(question, 2 * CLOSEST))
        sentences = self.index.sentences
        return tuple(islice((p for p in found if any(sentences[n].kind is Kind.BODY for n in p.sentences)), CLOSEST))

    def _filled(self, ranking: Ranking, exclude: Collection[int]) -> tuple[RankedSentence, ...]:
        """The ranked sentences, then those that match nothing, in the order of the article; `exclude` left out."""
        ranked = {r.sentence.number for r in ranking.sentences}
        rest = (s for s in self.index.prose if s.number not in ranked and s.number not in exclude)
        return (*ranking.sentences, *(RankedSentence(s, 0.0, 0.0) for s in rest))

    def _trace(self, question: str, expected: Expected, ranking: Ranking, limit: float) -> Trace:
        """What `/why` shows."""
        query = dict.fromkeys(terms(question))
        retriever = self.index.sentence_retriever
        weights = tuple((t, round(retriever.idf(t), 2) if t in retriever else 0.0) for t in query)
        considered = tuple(
            Considered(
                r.sentence,
                r.score,
                r.bm25,
                self._matched(r.sentence, set(query)),
                bool(spans(r.sentence.text, expected)),
            )
            for r in ranking.sentences[:CONSIDERED]
        )
        return Trace(weights, str(expected.kind), considered, limit)

    def _matched(self, sentence: Sentence, query: set[str]) -> tuple[str, ...]:
        """The question's words that a sentence holds, as they are spelt there, each once."""
        found: dict[str, str] = {}
        for token in self.index.tokens(sentence):
            if not token.stop and token.term in query:
                found.setdefault(token.term, sentence.text[token.start : token.end])
        return tuple(found.values())


def _asked_for(kind: About) -> str:
    """What a question about the article itself asks for, in words."""
    match kind:
        case About.DATE:
            return "the date of publication"
        case About.BYLINE:
            return "the byline"
        case About.HEADLINE:
            return "the headline"
        case About.SUMMARY:
            return "what the article is about"
        case _:
            assert_never(kind)
