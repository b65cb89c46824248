"""Asks all of an owner's articles: candidates of the library, the best articles' sentences ranked, quotes composed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.about import about
from bot.answer import Abstention, Answer, Considered, Correction, Quote, Reason, Source, Trace
from bot.assistant import CLOSEST, CONSIDERED
from bot.composer import choose_among, compose
from bot.english.expected import expected_type, spans
from bot.librarian.shelf import Shelf
from bot.librarian.vocabulary import corrected, missing
from bot.question import parts
from bot.ranking.across import AcrossRanker, Placed, Volume, best_articles
from bot.ranking.ranker import is_vague
from index.analyzer import terms
from index.article import Article, Passage
from index.errors import UnknownArticle
from index.library.model import Candidates, Entry, Scope
from index.library.protocol import Library
from index.owner import Owner

Sentences = Sequence[Placed]


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom a question is asked, and what for.

    Attributes:
        owner: whose articles.
        scope: which of them.
        top: how many sentences to list; None lets the composer choose.
        limit: the confidence that an answer must reach, 0..1.
        quotes: the most quotes in an answer.
        articles: how many are searched.
    """

    owner: Owner
    scope: Scope
    top: int | None
    limit: float
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class Near:
    """A passage near to a question, in its article."""

    entry: Entry
    article: Article
    passage: Passage


class Searcher:
    """Answers from several articles. Safe to call from several threads."""

    def __init__(self, library: Library, shelf: Shelf, across: AcrossRanker) -> None:
        """Take the library, the indexes of its articles, and what ranks their sentences."""
        self._library = library
        self._shelf = shelf
        self._across = across

    def search(self, question: str, asked: Asked) -> Answer | Abstention:
        """Answer a question that stands alone."""
        nothing = Abstention(question, Article(""), Reason.NO_ARTICLE, 0.0, articles=asked.articles)
        if not asked.articles:
            return nothing
        if about(question) or is_vague(question):
            return replace(nothing, reason=Reason.WHICH_ARTICLE)
        read_as, corrections = corrected(question, self._library, asked.owner)
        asked_for = parts(read_as)
        if len(asked_for) > 1 and not asked.top:
            answered = self._in_parts(asked_for, corrections, asked)
            if answered:
                return answered
        found = self._library.candidates(asked.owner, terms(read_as), scope=asked.scope)
        placed, confidence = self._ranked(read_as, found, asked)
        sources = sources_of(self._library, asked.owner, [p.volume.entry for p in placed])
        trace = _trace(read_as, found, placed, sources, asked.limit)
        if placed and confidence >= asked.limit:
            quotes = _quoted(read_as, found, placed, sources, asked)
            first = placed[0].volume.index.article
            return Answer(question, first, quotes, confidence, corrections, trace, articles=asked.articles)
        lacking = missing(read_as, found)
        closest = self._closest(found, asked)
        reason = Reason.LOW_CONFIDENCE
        if lacking or not closest:
            reason = Reason.MISSING_TERMS if closest else Reason.NO_MATCH
        named = sources_of(self._library, asked.owner, [near.entry for near in closest])
        return Abstention(
            question,
            closest[0].article if closest else nothing.article,
            reason,
            confidence,
            lacking,
            tuple(near.passage for near in closest),
            corrections,
            trace,
            articles=asked.articles,
            sources=tuple(named[near.entry.number] for near in closest),
        )

    def _in_parts(self, asked_for: tuple[str, ...], corrections: tuple[Correction, ...], asked: Asked) -> Answer | None:
        """Answer the questions within a question, a quote each; None where nothing is said on any."""
        quotes: dict[tuple[int, int], Quote] = {}
        least: tuple[float, Trace] | None = None
        first: Article | None = None
        for part in asked_for[: asked.quotes]:
            found = self._library.candidates(asked.owner, terms(part), scope=asked.scope)
            placed, confidence = self._ranked(part, found, asked)
            if not placed or confidence < asked.limit:
                continue
            first = first or placed[0].volume.index.article
            sources = sources_of(self._library, asked.owner, [p.volume.entry for p in placed])
            for quote in _quoted(part, found, placed[:1], sources, asked):
                quotes.setdefault((placed[0].volume.entry.number, quote.citation.start), quote)
            # Only as sure as of the part that is the least sure among those quoted.
            if least is None or confidence < least[0]:
                least = (confidence, _trace(part, found, placed, sources, asked.limit))
        if least is None or first is None:
            return None
        numbered = tuple(replace(q, citation=replace(q.citation, n=n)) for n, q in enumerate(quotes.values(), start=1))
        return Answer(asked_for[0], first, numbered, least[0], corrections, least[1], articles=asked.articles)

    def _ranked(self, question: str, found: Candidates, asked: Asked) -> tuple[tuple[Placed, ...], float]:
        """The sentences of the best articles, best first, and how sure it is that the first one answers."""
        volumes = []
        for number, score in best_articles(found):
            try:
                entry, assistant = self._shelf.take(asked.owner, number, found.entries[number])
            except UnknownArticle:  # removed a moment ago
                continue
            volumes.append(Volume(entry, assistant.index, score))
        return self._across.rank(volumes, question, found)

    def _closest(self, found: Candidates, asked: Asked) -> list[Near]:
        """The passages nearest to a question, one of each story."""
        firsts: dict[int, tuple[int, int]] = {}
        for candidate in found.passages:
            story = found.entries[candidate.article].story
            firsts.setdefault(story, (candidate.article, candidate.passage))
        closest = []
        for number, passage in islice(firsts.values(), CLOSEST):
            entry = found.entries[number]
            there = self._shelf.passage(asked.owner, entry, passage)
            if there is not None:  # it may have been removed or refreshed
                closest.append(Near(entry, *there))
        return closest


def sources_of(library: Library, owner: Owner, entries: Iterable[Entry]) -> dict[int, Source]:
    """Article number -> how a citation names it, with the others that tell the same story."""
    named = {entry.number: entry for entry in entries}
    told: dict[int, list[Entry]] = {}
    stories = sorted({entry.story for entry in named.values()})
    for other in library.also_in(owner, stories) if stories else ():
        told.setdefault(other.story, []).append(other)
    return {
        number: Source(entry, tuple(other for other in told.get(entry.story, ()) if other.number != number))
        for number, entry in named.items()
    }


def _quoted(
    question: str, found: Candidates, placed: Sentences, sources: dict[int, Source], asked: Asked
) -> tuple[Quote, ...]:
    """Quotes of the best sentences, each checked against its own article."""
    chosen = placed[: asked.top]
    if asked.top is None:
        wanted = {term: found.idf(term) for term in terms(question) if found.frequencies.get(term)}
        held = [set(p.volume.index.terms(p.ranked.sentence)) for p in placed]
        chosen = choose_among(wanted, placed, held, asked.quotes)
    expected = expected_type(question)
    quotes: list[Quote] = []
    for n, one in enumerate(chosen, start=1):
        source = sources[one.volume.entry.number]
        quotes += compose(one.volume.index, question, [one.ranked], expected, first=n, source=source)
    return tuple(quotes)


def _trace(question: str, found: Candidates, placed: Sentences, sources: dict[int, Source], limit: float) -> Trace:
    """What `/why` shows."""
    query = dict.fromkeys(terms(question))
    weights = tuple((t, round(found.idf(t), 2) if found.frequencies.get(t) else 0.0) for t in query)
    expected = expected_type(question)
    considered = []
    for one in placed[:CONSIDERED]:
        sentence = one.ranked.sentence
        matched: dict[str, str] = {}
        for token in one.volume.index.tokens(sentence):
            if not token.stop and token.term in query:
                matched.setdefault(token.term, sentence.text[token.start : token.end])
        expects = bool(spans(sentence.text, expected))
        source = sources[one.volume.entry.number]
        words = tuple(matched.values())
        considered.append(Considered(sentence, one.score, one.ranked.bm25, words, expects, source))
    return Trace(weights, str(expected.kind), tuple(considered), limit)
