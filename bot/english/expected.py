"""What kind of words a question asks for, and where a sentence holds such words.

Rules, no statistics: the first words of the question and the noun that follows ("what city ...") name the kind.
Used as a feature by the ranker, and by the composer to mark the words inside a quote that most likely answer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from bot.english.answer_words import Kind, Span, candidates
from bot.english.apposition import descriptions
from index.analyzer import STOP_WORDS, terms, tokens


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question asks for.

    Attributes:
        kind: the kind of words that would answer.
        head: the term of the noun that names the kind ("city" in "what city"), or "".
        given: the question's terms; words that the question already holds do not answer it.
    """

    kind: Kind = Kind.OPEN
    head: str = ""
    given: frozenset[str] = field(default_factory=frozenset)


_HEADS: dict[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.PERSON: "person man woman actor actress singer author writer president minister leader player artist king "
        "queen officer spokesman spokeswoman director coach character politician scientist name judge general boy "
        "girl husband wife son daughter brother sister mother father",
        Kind.GROUP: "company organization organisation group team party agency band club firm network airline "
        "government army newspaper magazine university school court ministry church institution department tribe",
        Kind.PLACE: "city place location town state area region province river lake island continent street county "
        "village venue airport port district capital sea ocean mountain stadium neighborhood site border",
        Kind.COUNTRY: "country nation nationality countries nations",
        Kind.DATE: "year date day month time century decade season era week",
        Kind.DURATION: "duration",
        Kind.AGE: "age ages",
        Kind.NUMBER: "number amount quantity size score rate temperature speed height weight distance population "
        "length depth magnitude total",
        Kind.MONEY: "price cost salary value fee budget",
        Kind.PERCENT: "percentage percent proportion share fraction",
        Kind.NAME: "film movie song album book novel show title religion language award brand event war battle series "
        "treaty law game sport product prize nickname",
        Kind.REASON: "reason cause motive",
    }.items()
    for word in words.split()
}

_SAYING = r"(?:say|says|said|tell|tells|told|claim|claims|claimed|add|added|think|thinks|believe|believes|ask|asked"
_SAYING += r"|announce|announced|argue|argued|write|wrote|call|called|state|stated|warn|warned|suggest|suggested)"
_WHY = r"\bwhy\b|\bhow come\b|^(?:for )?what reason|\bwhat(?:'s| is| was)? (?:the )?(?:reason|caused?|led to)\b"
_HOW = {
    Kind.AGE: r"how old\b",
    Kind.DURATION: r"how long\b(?! is| was)|how (?:many|much) (?:more )?(?:seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|decades?|time)\b",
    Kind.MONEY: r"how much (?:money|did .* (?:pay|cost|earn|spend|raise|make)|does .* (?:pay|cost|earn|spend|make)"
    r"|is .* worth|was .* worth|was .* paid)|how (?:many|much) (?:dollars|euros)|what .*\b(?:cost|price)\b",
    Kind.PERCENT: r"(?:what|which) (?:percent|proportion|share|fraction)|how many percent",
    Kind.NUMBER: r"how (?:many|much|long|far|tall|high|big|large|fast|deep|heavy|wide|often|hot|cold|few|small)\b",
}


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    """What the wording of a question says about its kind, first match wins; compiled on the first question."""
    return tuple(
        (re.compile(pattern), kind)
        for pattern, kind in (
            *((pattern, kind) for kind, pattern in _HOW.items()),
            (r"\bhow (?:many|much)\b", Kind.NUMBER),
            (r"\bwhen\b(?=.*\?|$)|^since when|^when\b", Kind.DATE),
            (r"\bwho(?:m|se)?\b", Kind.PERSON),
            (r"\bwhere\b", Kind.PLACE),
            (_WHY, Kind.REASON),
            (r"\bwhat did .* do (?:to|in order)\b|^how\b", Kind.MANNER),
            (
                rf"\bwhat (?:did|does|do|was|has|had|is) .*\b{_SAYING}\b|\bwhat .*\b(?:quote|statement|comment)s?\b",
                Kind.QUOTATION,
            ),
            (r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|am)\b", Kind.YES_NO),
        )
    )


_HEAD = (
    r"\b(?:what|which|whose)(?:'s)?\s+(?:(?:is|was|are|were|'s)\s+)?(?:(?:the|a|an|his|her|its|their|other|two|three"
    r"|four|type of|kind of|types of|kinds of|first|last|major|main|former|new|name of the|name of)\s+)*([\w-]+)"
    r"(?:\s+([\w-]+))?"
)


_WHO_IS = r"^(?i:who|what)(?:['’]s| is| was| are| were) (?P<rest>[^?]+)"
_MEANS = r"^what (?:does|do|did) .*\b(?:mean|stand for)\W*$"
_NOT_A_NAME = frozenset(
    """
    the his her its their my our your it he she they this that these those there going by for of in on to at with
    """.split()
)


def _describes(question: str) -> bool:
    """Whether it asks who or what a named person or thing is: "Who is Ada Lovelace?", "What is a quark?"."""
    if re.match(_MEANS, question.casefold()):
        return True
    match = re.match(_WHO_IS, question)
    if match is None:
        return False
    words = match["rest"].split()
    if words[0] in ("a", "an"):
        return len(words) <= 4
    if len(words) > 4 or any(w.casefold() in _NOT_A_NAME or re.search(r"['’]s?$", w) for w in words):
        return False
    if any(c.isupper() for c in question[1:]):
        return all(w[0].isupper() for w in words)
    # Typed without capitals: two or three words, the last no participle, are more likely a name than a verb.
    return 2 <= len(words) <= 3 and not words[-1].endswith(("ing", "ed", "en"))


@lru_cache(maxsize=1_024)
def expected_type(question: str) -> Expected:
    """Find what a question asks for.

    Returns:
        the kind is `Kind.OPEN` where the question does not narrow it ("What did the crew find?").
    """
    text = " ".join(question.casefold().replace("’", "'").split())
    given = frozenset(terms(question))
    if _describes(" ".join(question.split())):
        return Expected(Kind.DESCRIPTION, "", given)
    named = re.search(_HEAD, text)
    head = _head_of(named)
    kind = _kind_of(text, head)
    if kind is Kind.OPEN and named and named[1] not in STOP_WORDS:
        head = named[1]
    return Expected(kind, head, given)


def _head_of(named: re.Match[str] | None) -> str:
    """The noun after "what" or "which" that names a kind, or ""."""
    if named is None:
        return ""
    if named[2] in _HEADS and named[1] not in ("of", "in"):
        return str(named[2])
    return str(named[1]) if named[1] in _HEADS else ""


def _kind_of(text: str, head: str) -> Kind:
    """An age or a length of time first, then what the head says, then what the wording says."""
    wording = next((n for n, (pattern, _) in enumerate(_kinds()) if pattern.search(text)), None)
    decided = wording is not None and wording < 2
    if head and not decided and not re.match(r"(?:who|when|where|why|how)\b", text):
        return Kind.NAME if head == "name" else _HEADS[head]
    return Kind.OPEN if wording is None else _kinds()[wording][1]


_COVERS = {
    Kind.PERSON: (Kind.PERSON, Kind.NAME),
    Kind.GROUP: (Kind.GROUP, Kind.NAME),
    Kind.NAME: (Kind.NAME, Kind.PERSON, Kind.GROUP, Kind.PLACE),
    Kind.PLACE: (Kind.PLACE, Kind.NAME),
    Kind.COUNTRY: (Kind.COUNTRY,),
    Kind.NUMBER: (Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.AGE),
    Kind.MONEY: (Kind.MONEY,),
    Kind.PERCENT: (Kind.PERCENT,),
    Kind.DATE: (Kind.DATE,),
    Kind.DURATION: (Kind.DURATION,),
    Kind.AGE: (Kind.AGE,),
    Kind.QUOTATION: (Kind.QUOTATION,),
    Kind.REASON: (Kind.REASON,),
}
"""Kinds of spans that meet an expectation, the better first; the rest (a way, yes or no, open) have no spans."""


def matching(found: Iterable[Span], expected: Expected) -> list[Span]:
    """The spans of an expected kind that say something the question does not; unsorted."""
    kinds = _COVERS.get(expected.kind, ())
    return [span for span in found if span.kind in kinds and not span.terms <= expected.given]


def spans(sentence_text: str, expected: Expected) -> list[tuple[int, int]]:
    """Find the words of a sentence that most likely answer.

    Args:
        sentence_text: a sentence.
        expected: what `expected_type` made of the question.

    Returns:
        (start, end) offsets into the sentence, best first, disjoint: the better kind first, then the nearer to
        the question's own words, then the earlier. Empty where the question asks for no such kind.
    """
    if expected.kind is Kind.DESCRIPTION:
        return descriptions(sentence_text, expected.given)
    kinds = _COVERS.get(expected.kind, ())
    near = [t.start for t in tokens(sentence_text) if t.term in expected.given and not t.stop]

    def order(span: Span) -> tuple[int, int, int]:
        distance = min((max(span.start - at, at - span.end, 0) for at in near), default=0)
        return kinds.index(span.kind), distance, span.start

    chosen: list[tuple[int, int]] = []
    for span in sorted(matching(candidates(sentence_text), expected), key=order):
        if all(span.end <= a or b <= span.start for a, b in chosen):
            chosen.append((span.start, span.end))
    return chosen


__all__ = ["Expected", "Kind", "Span", "candidates", "expected_type", "matching", "spans"]
