"""Which words of a sentence stand for which words of a claim, and how surely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.claims.anatomy import Anatomy
from bot.claims.lexicon import alike, base, namesakes, opposites
from bot.english.gazetteer import PLACES

EXACT, PARAPHRASE, NAMESAKE, SPELLING, CARRIED, NEARBY = 1.0, 0.85, 0.85, 0.9, 0.85, 0.6
"""How surely a word stands for another: the word itself, a near-synonym, a capital for its country, another
spelling, what a pronoun stands for, a word of the sentence before."""

SPELT_ALIKE = 80.0
"""Likeness (0..100) from which two names are spellings of one: "Sergei" and "Sergey" reach 83."""

BESIDE = -1
"""Stands for the place of a word that is not in the sentence itself but beside it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim and what stands for it.

    Attributes:
        at: position among the sentence's tokens, or `BESIDE`.
        strength: 0..1.
    """

    at: int
    strength: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Terms that a sentence may be read with.

    Attributes:
        carried: what its pronouns and surnames stand for.
        nearby: terms of the sentence before it in the same paragraph.
        topic: terms of the headline.
        points_back: whether it opens with a pronoun, so that its subject stands elsewhere.
    """

    carried: frozenset[str] = frozenset()
    nearby: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    points_back: bool = False


def align(claim: Anatomy, sentence: Anatomy, around: Surroundings) -> Mapping[int, Pair]:
    """Find for each word of a claim what stands for it.

    Returns:
        position in the claim -> its pair; words that nothing stands for are left out, as are numbers and dates, which
        are compared by value.
    """
    free = {n: base(t.term) for n, t in enumerate(sentence.tokens) if n not in sentence.inside}
    found: dict[int, Pair] = {}
    for n, token in enumerate(claim.tokens):
        if n in claim.inside:
            continue
        pair = _best(claim, n, base(token.term), sentence, free) or _beside(claim, n, token.term, around)
        if pair:
            found[n] = pair
    return found


def _best(claim: Anatomy, n: int, term: str, sentence: Anatomy, free: Mapping[int, str]) -> Pair | None:
    """The word of the sentence itself that stands for a word of the claim."""
    exact = [at for at, other in free.items() if other == term]
    if exact:
        return Pair(_in_step(n, claim, exact, sentence), EXACT)
    name = n in claim.name_at
    peers = alike().get(term, frozenset()) | namesakes().get(term, frozenset())
    softer = [at for at, other in free.items() if other in peers]
    if softer:
        return Pair(_in_step(n, claim, softer, sentence), PARAPHRASE)
    opposed = opposites().get(term, frozenset())
    word = _bare(claim.word(n))
    for at, other in free.items():
        if other not in opposed and _spelt_alike(word, _bare(sentence.word(at)), name=name and at in sentence.name_at):
            return Pair(at, SPELLING)
    return None


def _spelt_alike(word: str, other: str, *, name: bool) -> bool:
    """Whether two words are spellings of one: a name in two alphabets, or British and American English."""
    if min(len(word), len(other)) < 5 or abs(len(word) - len(other)) > 1:
        return False
    if name:
        return word not in PLACES and other not in PLACES and fuzz.ratio(word, other) >= SPELT_ALIKE
    return _american(word) == _american(other)


def _american(word: str) -> str:
    """A word as Americans spell it."""
    return re.sub(r"is(?=(?:e|es|ed|ing|ation)$)", "iz", word).replace("our", "or").replace("ence", "ense")


def _beside(claim: Anatomy, n: int, term: str, around: Surroundings) -> Pair | None:
    """A word that the sentence can be read with."""
    if n in claim.name_at:
        terms = {term} | namesakes().get(term, frozenset()) | alike().get(term, frozenset())
        if terms & around.carried:
            return Pair(BESIDE, CARRIED)
        if terms & (around.nearby | around.topic):
            return Pair(BESIDE, NEARBY)
        return None
    return Pair(BESIDE, NEARBY) if term in around.nearby or (around.points_back and term in around.topic) else None


def _in_step(n: int, claim: Anatomy, places: list[int], sentence: Anatomy) -> int:
    """Of several places of a word, the one beside a word that also stands beside it in the claim, else the first."""
    beside = {claim.tokens[m].term for m in (n - 1, n + 1) if 0 <= m < len(claim.tokens)}

    def company(at: int) -> int:
        return sum(sentence.tokens[m].term in beside for m in (at - 1, at + 1) if 0 <= m < len(sentence.tokens))

    return max(places, key=lambda at: (company(at), -at))


def _bare(word: str) -> str:
    """A word in lower case without a possessive."""
    return word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
