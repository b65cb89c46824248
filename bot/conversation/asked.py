"""A question, taken apart: its question words, its verb, and what it leaves open."""

import enum
import re
from dataclasses import dataclass

from bot.conversation.lexicon import (
    ADJUNCT_WORDS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from bot.conversation.names import Names
from bot.conversation.verbs import base, is_base
from bot.english.inflection import is_participle

LONGEST = 6
"""Words between a question word and its verb: "how many of the military reservists did"."""

_LEAD = re.compile(
    r"^(?:(?:and|but|so|ok|okay|also|well|please|yes|no|hm+|then|now|oh|right|alright|thanks|thank you)\b[,!.…]*\s+)+",
    re.IGNORECASE,
)
_CONTRACTIONS = (
    (re.compile(r"\b(who|what|when|where|why|how|that|there)['’]?s\b(?=\s)", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(it|he|she)['’]s\b(?=\s)", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(what|who|why|how|where|they)['’]re\b", re.IGNORECASE), r"\1 are"),
    (re.compile(r"\b(who|what|when|where|why|how)['’]d\b", re.IGNORECASE), r"\1 did"),
    (re.compile(r"\b(who|what|when|where)['’]ll\b", re.IGNORECASE), r"\1 will"),
)

_SLIP = dict(
    pair.split(":")
    for pair in (
        "waht:what whta:what wat:what wich:which whcih:which whihc:which whne:when wehn:when wen:when hwo:how "
        "woh:who whree:where wehre:where were's:where's thier:their theyre:they're taht:that thsi:this tehy:they "
        "teh:the hte:the adn:and "
        "didnt:didn't doesnt:doesn't dont:don't isnt:isn't wasnt:wasn't wont:won't cant:can't hasnt:hasn't sya:say "
        "siad:said "
        "esle:else eles:else mcuh:much amny:many manny:many wy:why becuase:because"
    ).split()
)
"""Slips of the fingers in the little words that a follow-up turns on; `bot.question.correct` mends the others."""
_SLIPS = re.compile(r"\b(?:" + "|".join(map(re.escape, _SLIP)) + r")\b", re.IGNORECASE)


class Gap(enum.Enum):
    """What a question leaves open."""

    SUBJECT = enum.auto()
    """Who or what does it: "Who called?"."""
    OBJECT = enum.auto()
    """What is done, or to whom: "What did he say?"."""
    ADJUNCT = enum.auto()
    """When, where, why, how: the rest of the question is whole."""
    IDENTITY = enum.auto()
    """Who or what somebody or something is."""
    POLAR = enum.auto()
    """Whether it is so."""
    NONE = enum.auto()
    """It is no question in its form: "tell me about the ferry", "ferry cost"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's parts; joined by spaces they are the question without what led it in and its mark.

    Attributes:
        word: the question words with what belongs to them ("How many reservists", "In which city"), or "".
        auxiliary: the verb that stands before the subject ("did", "is"), or "".
        rest: what follows.
        gap: what it leaves open.
    """

    word: str
    auxiliary: str
    rest: str
    gap: Gap

    @property
    def body(self) -> str:
        """The question without its question words."""
        return " ".join(part for part in (self.auxiliary, self.rest) if part)

    @property
    def asks(self) -> str:
        """The question word itself, lower case: "how many" for "How many reservists"."""
        found = re.search(r"\b(?:how (?:many|much|long|often|old|far)|who|whom|whose|what|which|when|where|why|how)\b",
                          self.word.casefold())  # fmt: skip
        return found[0] if found else ""

    @property
    def noun(self) -> str:
        """What is counted or chosen: "reservists" of "How many reservists"; else ""."""
        found = re.search(r"\b(?:how many|how much|whose|what|which)\s+(.+)$", self.word, re.IGNORECASE)
        return found[1] if found else ""


def plain(question: str) -> str:
    """A question without what leads it in and the mark that ends it, its contractions written out."""
    text = " ".join(question.replace("’", "'").split())
    text = _LEAD.sub("", text).strip(" ?!.…,;:")
    text = _SLIPS.sub(lambda m: _SLIP[m[0].lower()], text)
    for pattern, written in _CONTRACTIONS:
        text = pattern.sub(written, text)
    return text


def take_apart(question: str, names: Names) -> Asked:
    """Take a question apart.

    Args:
        question: in words.
        names: of the article, to see where a name typed in small letters begins.
    """
    text = plain(question)
    words = text.split()
    low = [w.casefold().strip(",") for w in words]
    at = 1 if len(low) > 1 and low[0] in PREPOSITIONS and low[1] in QUESTION_WORDS else 0
    if not low or low[at] not in QUESTION_WORDS:
        if low and low[0] in AUXILIARIES and len(low) > 1:
            return Asked("", words[0], " ".join(words[1:]), Gap.POLAR)
        return Asked("", "", text, Gap.NONE)
    verb = next((n for n in range(at + 1, min(len(low), at + 1 + LONGEST)) if low[n] in AUXILIARIES), None)
    asks = low[at]
    adjunct = asks in ADJUNCT_WORDS and not (asks == "how" and low[at + 1 : at + 2] in (["many"], ["much"]))
    finite = _finite(low, at)
    if verb is None or (finite is not None and finite < verb):
        if finite is None:
            return Asked(text, "", "", Gap.ADJUNCT if adjunct or at else Gap.NONE)
        return Asked(" ".join(words[:finite]), "", " ".join(words[finite:]), Gap.SUBJECT)
    word, rest = " ".join(words[:verb]), " ".join(words[verb + 1 :])
    if adjunct or at:
        gap = Gap.ADJUNCT
    elif low[verb] in DO:
        gap = Gap.OBJECT
    else:
        gap = _gap_behind(low, verb, rest, names)
    return Asked(word, words[verb], rest, gap)


def _finite(low: list[str], at: int) -> int | None:
    """Where the verb of a question about its own subject stands ("who called", "which two countries signed")."""
    asks = low[at]
    if asks in ADJUNCT_WORDS and low[at + 1 : at + 2] not in (["many"], ["much"]):
        return None
    first = at + (1 if asks in ("who", "what") else 2)
    for n in range(first, min(len(low), at + LONGEST)):
        if low[n] in AUXILIARIES:
            return None
        if base(low[n]) is not None and not _is_counted(low, n):
            return n
        if n > first - 1 and low[n - 1].endswith("s") and n > at + 1 and is_base(low[n]):
            return n
        if asks == "who":
            return None
    return None


def _is_counted(low: list[str], n: int) -> bool:
    """Whether a word that may be a verb in -s is a noun: "what plans failed?", but not "what worries officials?"."""
    if not low[n].endswith("s") or low[n - 1] not in ("many", "which", "what"):
        return False
    another = any(w in AUXILIARIES or base(w) not in (None, w) for w in low[n + 1 : n + LONGEST])
    return low[n - 1] != "what" or another or n + 1 == len(low)


def _gap_behind(low: list[str], verb: int, rest: str, names: Names) -> Gap:
    """What is open behind "is", "has" or "will": a subject follows, or the verb's other half."""
    behind = low[verb + 1 :]
    if not behind:
        return Gap.IDENTITY
    named = any(start == 0 for start, _, _ in names.find(rest))
    is_be = low[verb] in BE
    if is_be and any(start == 0 and end == len(rest) for start, end, _ in names.find(rest)):
        return Gap.IDENTITY  # also of "Redwing", which ends like a verb
    first = (
        behind[1]
        if behind[0] in ("not", "also", "still", "already", "being", "been", "be") and len(behind) > 1
        else behind[0]
    )
    verbal = is_participle(first) or first.endswith("ing") or (not is_be and is_base(first))
    if not named and behind[0] not in DETERMINERS and (verbal or first in PREPOSITIONS):
        return Gap.SUBJECT
    if is_be and not any(is_participle(w) or w.endswith("ing") or w in ("about", "for") for w in behind[1:]):
        return Gap.IDENTITY
    if (
        is_be
        and low[0] in ("who", "what", "which")
        and not (is_participle(behind[-1]) or behind[-1].endswith("ing") or behind[-1] in PREPOSITIONS)
    ):
        return Gap.IDENTITY
    return Gap.OBJECT
