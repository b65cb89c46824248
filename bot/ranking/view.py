"""What the ranker needs to know of an article whatever the question, worked out once per index.

Everything is laid out as postings, term -> sentence positions, so that a question costs a few array operations a term,
on an article of ten sentences as on one of a thousand. Postings are tuples of numbers: an article has a thousand, of
which a question reads some twenty, an array takes longer to make, and Python's collector of garbage goes through lists.
"""

import re
import weakref
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.english.expected import Kind, Span, candidates
from index.analyzer import Token, Word
from index.indexer import Index

Positions = NDArray[np.intp]
Floats = NDArray[np.float64]
Postings = dict[str, tuple[int, ...]]

GRAM = 4
"""Characters in a character n-gram."""

_HE_SHE = frozenset("he she him his her hers himself herself".split())
_IT = frozenset("it its itself this".split())
_THEY = frozenset("they them their theirs these those".split())
_POINTING = _HE_SHE | _IT | _THEY
_NEGATION = frozenset("not no never nor without none".split())
_GROUP_REFERENCE = re.compile(
    r"[\"“]?(?:The|This|That|These|Those|Such)\s(?:[a-z-]+\s)?(?:group|company|firm|man|woman|couple|pair|team|agency"
    r"|ministry|movement|organi[sz]ation|country|nation|city|town|party|film|show|book|song|band|album|game|report|study"
    r"|suspect|suspects|victim|victims|attack|incident|crash|plane|ship|move|decision|law|plan|deal|talks|former"
    r"|official|spokesman|spokeswoman|minister|president|actor|actress|singer|boy|girl|child|teen|teenager)\b"
)
_DEFINES = re.compile(
    r"\b(?:is|was|are|were|means|called|known as|refers to|became)\s(?:an?|the|one of)\b"
    r"|[\w”\"],\s(?:an?|the|who|which|whose)\s|\s\("
)
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells)|add(?:ed|s)|ask(?:ed|s)|warn(?:ed|s)|wrote|writes|announced|insist(?:ed|s)"
    r"|explain(?:ed|s)|claim(?:ed|s)|argue[ds]|stated|according to|quoted|called|recalled|replied|believes?|declared"
    r"|urged|denied|tweeted)\b"
)


_FLAGGED = 60
"""Words of a sentence among which a pronoun or a negation is looked for."""


def grams(word: str) -> set[str]:
    """The character n-grams of a term, its ends marked, so that a short term has one too."""
    padded = f"^{word}$"
    return {padded[i : i + GRAM] for i in range(max(1, len(padded) - GRAM + 1))}


def _postings(rows: Iterable[Iterable[str]]) -> Postings:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for term in dict.fromkeys(row):
            found[term].append(position)
    return {term: tuple(at) for term, at in found.items()}


def pairs(found: Sequence[str]) -> list[str]:
    """Neighbouring terms, joined."""
    return [f"{a} {b}" for a, b in pairwise(found)]


class ArticleView:
    """An article's prose sentences, ready to be compared with questions.

    Attributes:
        size: number of prose sentences, n below.
        terms: postings of terms.
        words: postings of all words, stop words included, as the analyzer folds them.
        carried: postings of terms that a sentence stands for without using them: the name behind its pronoun,
            the given name that goes with its surname.
        lengths: shape (n,), terms in each sentence.
        characters: shape (n,), characters in each sentence.
        opens: shape (n,), whether it is the first of its paragraph.
        joined: shape (n - 1,), whether sentence i + 1 follows sentence i in the same paragraph.
        flags: name -> shape (n,) of 0 or 1: "he", "it", "they", "the" (an opening that points back), "quote",
            "says", "not", "asks".
    """

    def __init__(self, index: Index) -> None:
        """Lay out the postings of an article."""
        self._index_terms = [index.terms(s) for s in index.prose]
        self._cut: list[tuple[Word, ...]] = [index.cut(s) for s in index.prose]
        self._texts = [s.text for s in index.prose]
        self.size = len(index.prose)
        self.retriever = index.sentence_retriever
        self.passage_retriever = index.passage_retriever
        self.terms = _postings(self._index_terms)
        self.words = _postings([term for term, _, _, _ in row] for row in self._cut)
        self.term_sets = [frozenset(row) for row in self._index_terms]
        self.lengths: Floats = np.array([len(row) for row in self._index_terms], dtype=np.float64)
        self.characters: Floats = np.array([len(text) for text in self._texts], dtype=np.float64)
        paragraphs = np.array([s.paragraph for s in index.prose], dtype=np.intp)
        self.joined = paragraphs[1:] == paragraphs[:-1]
        self.opens = np.concatenate((np.ones(min(1, self.size)), (~self.joined).astype(np.float64)))
        member = [[p.number - 1 for p in index.passages_by_sentence[s.number]] for s in index.prose]
        most = max((len(row) for row in member), default=1)
        # A sentence in fewer passages than others repeats its last one: the maximum over them stays the same.
        self.passages: Positions = np.array([row + row[-1:] * (most - len(row)) for row in member], dtype=np.intp)
        self.flags = self._flags()

    def _flags(self) -> Mapping[str, Floats]:
        first = [row[0][0] if row else "" for row in self._cut]
        texts, none = self._texts, self._holding(_NEGATION)

        def mark(values: Iterable[bool]) -> Floats:
            return np.fromiter(values, np.float64, self.size)

        return {
            "he": self._holding(_HE_SHE),
            "it": self._holding(_IT),
            "they": self._holding(_THEY),
            "opens": mark(word in _POINTING for word in first),
            "the": mark(_GROUP_REFERENCE.match(text) is not None for text in texts),
            "quote": mark("“" in text or '"' in text for text in texts),
            "says": mark(_SAYS.search(text) is not None for text in texts),
            "not": np.maximum(none, mark("n't" in text or "n’t" in text for text in texts)),
            "defines": mark(_DEFINES.search(text) is not None for text in texts),
            "asks": mark(text.rstrip("\"”'’ ").endswith("?") for text in texts),
        }

    def _holding(self, words: frozenset[str]) -> Floats:
        """1 for the sentences that hold one of the words among their first `_FLAGGED`, shape (n,)."""
        found = np.zeros(self.size)
        for word in words:
            for position in self.words.get(word, ()):
                row = self._cut[position]
                found[position] = len(row) <= _FLAGGED or any(term in words for term, _, _, _ in row[:_FLAGGED])
        return found

    def with_pair(self, pair: str) -> list[int]:
        """The positions of sentences that hold two neighbouring terms, joined as `pairs` joins them."""
        found: set[int] = set()
        for space in (at for at, character in enumerate(pair) if character == " "):
            one, other = pair[:space], pair[space + 1 :]
            for position in {*self.terms.get(one, ())}.intersection(self.terms.get(other, ())):
                if (one, other) in pairwise(self._index_terms[position]):
                    found.add(position)
        return sorted(found)

    @cached_property
    def _spelt(self) -> tuple[str, list[int], list[tuple[int, ...]]]:
        """The distinct terms one after another, their ends marked; where each starts; its postings."""
        marked = [f"^{term}$\n" for term in self.terms]
        return "".join(marked), list(accumulate(map(len, marked), initial=0)), list(self.terms.values())

    def with_gram(self, gram: str) -> list[int]:
        """The positions of sentences with a term that has an n-gram among its `grams`."""
        text, starts, postings = self._spelt
        found: set[int] = set()
        at = text.find(gram)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.update(postings[number])
            at = text.find(gram, starts[number + 1])
        return sorted(found)

    @cached_property
    def first(self) -> dict[str, int]:
        """Term -> position of the first sentence that holds it."""
        return {term: at[0] for term, at in self.terms.items()}

    def text(self, position: int) -> str:
        """The sentence at a position among the prose."""
        return self._texts[position]

    def tokens(self, position: int) -> tuple[Token, ...]:
        """The tokens of the sentence at a position among the prose."""
        return tuple(map(Token._make, self._cut[position]))

    def cut(self, position: int) -> tuple[Word, ...]:
        """The same as plain tuples."""
        return self._cut[position]

    @cached_property
    def spans(self) -> list[tuple[Span, ...]]:
        """Candidate answers of every sentence."""
        return [candidates(text) for text in self._texts]

    @cached_property
    def names(self) -> frozenset[str]:
        """Terms inside names."""
        return frozenset().union(*(span.terms for row in self.spans for span in row if span.kind in _NAME_KINDS))

    @cached_property
    def carried(self) -> Postings:
        """Postings of terms that a sentence stands for without using them; see the class."""
        given: dict[str, set[str]] = {}
        people = [[s for s in row if s.kind is Kind.PERSON] for row in self.spans]
        for row, text in zip(people, self._texts, strict=True):
            for span in row:
                ordered = [t.term for t in _name_tokens(text[span.start : span.end])]
                if len(ordered) > 1:
                    given.setdefault(ordered[-1], set()).update(ordered[:-1])
        rows: list[set[str]] = []
        person: frozenset[str] = frozenset()
        thing: frozenset[str] = frozenset()
        for position in range(self.size):
            stands_for: set[str] = set()
            if self.flags["he"][position]:
                stands_for |= person
            if self.flags["it"][position] or self.flags["they"][position] or self.flags["the"][position]:
                stands_for |= thing
            named = [s for s in self.spans[position] if s.kind in _NAME_KINDS]
            if people[position]:
                person = people[position][-1].terms if not self.flags["he"][position] else people[position][0].terms
            if named:
                thing = named[0].terms if len(named) == 1 else named[0].terms | named[1].terms
            for term in given.keys() & self.term_sets[position]:
                stands_for |= given[term]
            rows.append(stands_for - self.term_sets[position])
        return _postings(sorted(row) for row in rows)


_NAME_KINDS = (Kind.PERSON, Kind.GROUP, Kind.NAME, Kind.PLACE, Kind.COUNTRY)


def _name_tokens(name: str) -> list[Token]:
    from index.analyzer import tokens

    return [t for t in tokens(name) if not t.stop]


_views: weakref.WeakKeyDictionary[Index, ArticleView] = weakref.WeakKeyDictionary()


def view_of(index: Index) -> ArticleView:
    """The view of an index, made on its first question and kept as long as the index lives."""
    view = _views.get(index)
    if view is None:
        view = _views[index] = ArticleView(index)
    return view
