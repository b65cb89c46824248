"""Article -> what a library keeps of it: where its passages stand and what terms they hold, its text, its signature."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.analyzer import tokens
from index.article import Article
from index.library.canonical import canonical
from index.library.near import Signature, signature
from index.splitter import passages_of, sentences_of

ANALYSIS = 1
"""Version of what makes terms and passages of a text. Raised when the analyzer or the splitter changes: what was
indexed before is then indexed anew. A test holds a fingerprint of both to it."""

MOST_TERMS = 65_535
"""Terms of a passage, and times that a term may stand in it: what two bytes hold. A passage has 3,000 characters at
most, and most terms more than one of them, so that no passage comes near."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article, ready to be put into a library.

    Attributes:
        article: the article.
        canonical: its address in canonical form, or None.
        spans: (start, end) of its passages in the text, in order.
        counts: of each passage: term -> how often it stands there.
        spellings: term -> its first spelling in the text.
        signature: by which articles that are nearly the same are found.
    """

    article: Article
    canonical: str | None
    spans: tuple[tuple[int, int], ...]
    counts: tuple[Mapping[str, int], ...]
    spellings: Mapping[str, str]
    signature: Signature

    @property
    def lengths(self) -> list[int]:
        """Terms in each passage."""
        return [min(sum(counted.values()), MOST_TERMS) for counted in self.counts]


def document(article: Article) -> Document:
    """Split and analyse an article, as `index.indexer.Index` does it."""
    sentences = sentences_of(article)
    passages = passages_of(article, sentences)
    terms: list[list[str]] = []
    spellings: dict[str, str] = {}
    for sentence in sentences:
        row = [token for token in tokens(sentence.text) if not token.stop]
        terms.append([token.term for token in row])
        for token in row:
            spellings.setdefault(token.term, sentence.text[token.start : token.end])
    prose = [term for sentence, row in zip(sentences, terms, strict=True) if sentence.kind.is_prose for term in row]
    return Document(
        article,
        canonical(article.url),
        tuple((p.start, p.end) for p in passages),
        tuple(Counter(term for number in p.sentences for term in terms[number]) for p in passages),
        spellings,
        signature(prose),
    )
