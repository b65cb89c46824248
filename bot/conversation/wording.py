"""What a follow-up's own words say about the sentence that it asks for."""

import re

from bot.conversation.asked import Gap, plain, take_apart
from bot.conversation.names import Names
from bot.conversation.resolver import GENERAL
from bot.ranking.synonyms import synonyms
from index.analyzer import terms

_REASONS = re.compile(
    r"\b(?:because|since|so that|so as|in order|due to|owing|reasons?|why|after|therefore|thus|for fear|as a result)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:[“\"].*?[”\"],?\s)?(?:(?:But|And|Then|On \w+|In \w+|Later|Yet),? )?"
    r"(?:He|She|It|They|His|Her|Its|Their|he|she)\b"
    r"|\b(?:he|she|they|it) (?:said|says|added|adds|told|explained|warned|noted|has said|have said)\b"
)


def terms_like(typed: str) -> frozenset[str]:
    """The terms of a follow-up as it was typed that say what it is about, and their near-synonyms; possibly none."""
    peers = synonyms()
    own = set(terms(plain(typed))) - GENERAL
    return frozenset(own.union(*(peers.get(term, ()) for term in own)))


def gives_reason(sentence: str) -> bool:
    """Whether a sentence holds "because" or its like."""
    return _REASONS.search(sentence) is not None


def goes_on(sentence: str) -> bool:
    """Whether a sentence speaks of somebody or something as "he", "its" or "they" that was named before it."""
    return _GOES_ON.search(sentence) is not None


def asks_whether(typed: str, names: Names) -> bool:
    """Whether a follow-up asks if something is so."""
    return take_apart(typed, names).gap is Gap.POLAR
