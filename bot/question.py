"""Checks a question, and reads misspelt words of it as the article's words."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answer import Correction
from bot.commands import MAX_QUESTION
from index.analyzer import terms, tokens
from index.errors import QuestionError
from index.indexer import Index

MIN_LENGTH = 4
"""Letters. Shorter words have too many neighbours one letter away to be told from a typing error."""

MIN_PART = 2
"""Words of the shortest question within a question."""

_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_DISCORD_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>")


def clean(question: str) -> str:
    """Make a question fit to be asked: one line, without invisible characters and Discord's own markup.

    Raises:
        QuestionError: it is empty, has more than `MAX_QUESTION` characters, or holds no word.
    """
    visible = "".join(
        " " if c.isspace() else c for c in question if c.isspace() or unicodedata.category(c) not in _INVISIBLE
    )
    cleaned = " ".join(_DISCORD_MARKUP.sub(" ", visible).split())
    if not cleaned:
        raise QuestionError("The question is empty; type what you want to know about the article.")
    if len(cleaned) > MAX_QUESTION:
        raise QuestionError(
            "The question has {length:,} characters and may have {most:,}; ask it in a sentence or two.",
            length=len(cleaned),
            most=MAX_QUESTION,
        )
    if not any(True for _ in tokens(cleaned)):
        raise QuestionError("The question holds no word; ask in words what you want to know about the article.")
    return cleaned


@cache
def _dictionary() -> frozenset[str]:
    """English words, from pyspellchecker (MIT); loaded only when a word looks misspelt (about 0.1 s)."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en", distance=1).word_frequency.dictionary)


def is_english(word: str) -> bool:
    """Whether a word in lower case stands in the English dictionary."""
    return word in _dictionary()


def _allowed_distance(word: str, spelling: str, *, names: bool) -> int:
    """Typing errors forgiven in a word: one, two from eight letters on, and from six where it stands for a name.

    Names are heard more often than they are read.
    """
    return 2 if len(word) >= (6 if names and spelling[0].isupper() else 8) else 1


def nearest(word: str, known: Iterable[str], *, names: bool = True) -> str | None:
    """The word that a word unknown to the article and to English most likely stands for.

    Args:
        word: in lower case.
        known: words of the article, as they are spelt there.
        names: whether more typing errors are forgiven where it stands for a name.
    """
    spellings: dict[str, str] = {}
    for spelling in known:
        bare = re.sub(r"['’]s$", "", spelling)
        if len(bare) >= MIN_LENGTH and bare[0].isalpha():
            spellings.setdefault(bare.casefold(), bare)
    near = process.extract(word, sorted(spellings), scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=10)
    found = [match for match in near if match[1] <= _allowed_distance(word, spellings[match[0]], names=names)]
    # The same first letter first: people seldom miss it.
    found.sort(key=lambda match: (match[1], match[0][0] != word[0], match[0]))
    if not found or word in _dictionary():
        return None
    return spellings[found[0][0]]


def correct(question: str, index: Index) -> tuple[str, tuple[Correction, ...]]:
    """Read misspelt words as the article's.

    A word is taken for misspelt where neither the article nor an English dictionary has it and a word of the
    article is one typing error away (two for words of eight letters and more).

    Returns:
        the question with those words replaced, and what was replaced, in order.
    """
    return respelled(question, index.words, lambda _, word: nearest(word, index.words.values()))


def respelled(
    question: str, known: Container[str], near: Callable[[str, str], str | None]
) -> tuple[str, tuple[Correction, ...]]:
    """Replace the words that are likely to be misspelt; a possessive's ending stays.

    Args:
        question: as it was typed.
        known: terms whose words are right as they stand.
        near: (a word's term, the word in lower case) -> what it likely stands for, or None.

    Returns:
        the question with those words replaced, and what was replaced, in order.
    """
    pieces: list[str] = []
    corrections: list[Correction] = []
    position = 0
    for token in tokens(question):
        typed = question[token.start : token.end]
        bare = re.sub(r"['’]s$", "", typed)
        if token.stop or token.term in known or len(bare) < MIN_LENGTH or not bare.isalpha():
            continue
        meant = near(token.term, bare.casefold())
        if meant is None:
            continue
        corrections.append(Correction(bare, meant))
        pieces += [question[position : token.start], meant, typed[len(bare) :]]
        position = token.end
    return "".join([*pieces, question[position:]]), tuple(corrections)


_OF_NO_TOPIC = frozenset(
    terms(
        "happen happened happens think thinks thought mean means say says said tell know feel want wants "
        "else anything something"
    )
)
"""What is asked about anything: that an article never uses such a word is no reason why it should not answer."""


def missing_terms(question: str, index: Index) -> tuple[str, ...]:
    """The question's words, as typed, that carry a topic and never stand in the article; each once."""
    missing: dict[str, str] = {}
    for token in tokens(question):
        if not token.stop and token.term not in index.words and token.term not in _OF_NO_TOPIC:
            missing.setdefault(token.term, question[token.start : token.end])
    return tuple(missing.values())


_JOINT = re.compile(
    r"(?:\?\s+(?:and\s+)?|,?\s+and\s+(?:also\s+)?)(?=(?:who|whom|whose|what|when|where|why|how|which)\b)", re.IGNORECASE
)
_REFERS = re.compile(r"\b(?:he|she|it|they|him|her|his|its|their|them)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w'’-]+")

MAX_PARTS = 3
"""Questions that one question is taken for at most: an answer has at most three quotes."""


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question is made of: "Who is X and what did he say?" asks two.

    A part that says "he" gets the names of the first part, so that it can be searched for on its own.

    Returns:
        one to three questions; the question itself where it asks one thing.
    """
    found = [part.strip() for part in _JOINT.split(question) if part.strip()]
    if not 1 < len(found) <= MAX_PARTS or any(len(part.split()) < MIN_PART for part in found):
        return (question,)
    names = " ".join(_NAME.findall(found[0]))
    return (found[0], *(f"{part} {names}" if names and _REFERS.search(part) else part for part in found[1:]))
