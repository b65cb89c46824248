"""What comes back for a question: an `Answer` made of quotes, or an `Abstention` with its reason."""

import enum
from dataclasses import dataclass

from index.article import Article, Passage, Sentence
from index.library.model import Entry

THRESHOLD = 0.2
"""Confidence below which a question is refused, unless a setting says otherwise.

Cross-validated on articles of 8 to 28 sentences it refuses 7 % of the questions that the article answers, and 85 %
of those on its subject that it does not (`bench/MODEL.md` has the whole trade)."""


class Reason(enum.StrEnum):
    """Why there is no answer."""

    NO_MATCH = "no_match"
    """No word of the question stands in the article."""
    MISSING_TERMS = "missing_terms"
    """The article never uses words that the question turns on."""
    LOW_CONFIDENCE = "low_confidence"
    """Passages on the subject exist, but none looks like an answer."""
    NO_METADATA = "no_metadata"
    """The question asks for a byline, a date or an address that the article does not carry."""
    WHICH_ARTICLE = "which_article"
    """The question is about an article itself ("Who wrote this?"), and there are several."""
    NO_ARTICLE = "no_article"
    """There is no article to search: the library is empty, or none is within the dates."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt word of the question, and the article's word that it was read as."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Source:
    """The article of a library that a quote is from.

    Attributes:
        entry: the article, as the library lists it.
        also_in: other articles of the library with nearly the same text, in the order of their numbers.
    """

    entry: Entry
    also_in: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands.

    Attributes:
        n: 1-based number of the quote in its answer.
        passage: number of the passage (1-based).
        paragraph: number of the paragraph (1-based).
        start: offset of the first character in `Article.text`.
        end: offset behind the last character.
        link: a URL that opens the page at the sentence, or None where the article has no URL.
        source: which article it is, where a library was asked; None where one article was.
    """

    n: int
    passage: int
    paragraph: int
    start: int
    end: int
    link: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A whole sentence of the article, verbatim.

    Attributes:
        text: the sentence; equals `article.text[citation.start:citation.end]`.
        citation: where it stands.
        score: the ranker's score, 0..1; the higher the better, comparable within one answer.
        marks: (start, end) offsets into `text` of the words that most likely answer; ascending, disjoint.
        context: the sentence before it, where the quote opens with a word that points back to it, else None.
    """

    text: str
    citation: Citation
    score: float
    marks: tuple[tuple[int, int], ...] = ()
    context: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """A sentence that the ranker looked at, for `/why`.

    Attributes:
        sentence: the sentence.
        score: the ranker's score, 0..1.
        bm25: its BM25 score, >= 0.
        matched: the question's words that it holds, as they are spelt there.
        expects: whether it holds a word of the kind the question asks for (a name, a number, a date).
        source: which article it is of, where a library was asked.
    """

    sentence: Sentence
    score: float
    bm25: float
    matched: tuple[str, ...] = ()
    expects: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer or an abstention came about, for `/why`.

    Attributes:
        terms: the question's terms with their inverse document frequency in the article, or in the library; 0 of
            those that stand nowhere in it.
        expected: what the question asks for ("a name", "a number", "a date" ...), or "" when that is open.
        considered: the sentences looked at, best first.
        threshold: the confidence that an answer had to reach, 0..1.
    """

    terms: tuple[tuple[str, float], ...] = ()
    expected: str = ""
    considered: tuple[Considered, ...] = ()
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The article's own words on a question.

    Attributes:
        question: as it was asked.
        article: the article that is quoted; of several the first quote's.
        quotes: one to three, best first (as many as asked for with `top`).
        confidence: the probability that the first quote answers, 0..1.
        corrections: misspelt words of the question and what they were read as.
        trace: how it came about.
        read_as: what a follow-up was understood to ask, a question that stands alone; None where it is as typed.
        articles: how many were searched; where it is more than one, every citation names its own.
    """

    question: str
    article: Article
    quotes: tuple[Quote, ...]
    confidence: float
    corrections: tuple[Correction, ...] = ()
    trace: Trace = Trace()
    read_as: str | None = None
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Abstention:
    """The article does not say.

    Attributes:
        question: as it was asked.
        article: the article that was searched; of several that of the closest passage, an empty one where there is
            none.
        reason: why.
        confidence: the probability that the best sentence would have answered, 0..1; below the threshold.
        missing_terms: the question's words, as typed, that the article never uses.
        closest: the passages nearest to the question, best first; at most three, possibly none.
        corrections: misspelt words of the question and what they were read as.
        trace: how it came about.
        read_as: what a follow-up was understood to ask, a question that stands alone; None where it is as typed.
        articles: how many were searched.
        sources: which article each of `closest` is of, where a library was asked; else empty.
    """

    question: str
    article: Article
    reason: Reason
    confidence: float
    missing_terms: tuple[str, ...] = ()
    closest: tuple[Passage, ...] = ()
    corrections: tuple[Correction, ...] = ()
    trace: Trace = Trace()
    read_as: str | None = None
    articles: int = 1
    sources: tuple[Source, ...] = ()
