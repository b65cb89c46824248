"""What kind of words a question asks for, and where a sentence holds such words.

Rules, no statistics: the first words of the question and the noun that follows ("what city ...") name the kind.
Used as a feature by the ranker, and by the composer to mark the words inside a quote that most likely answer.
"""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.gazetteer import (
    COUNTRIES,
    DEMONYMS,
    GIVEN_NAMES,
    GROUP_NOUNS,
    HONORIFICS,
    MONTHS,
    PLACE_NOUNS,
    PLACES,
    WEEKDAYS,
)
from index.analyzer import STOP_WORDS, terms, tokens


class Kind(enum.StrEnum):
    """A kind of answer; the value is what a person reads in a trace."""

    PERSON = "a name"
    GROUP = "a group"
    NAME = "a proper name"
    PLACE = "a place"
    COUNTRY = "a country"
    DATE = "a date"
    DURATION = "a length of time"
    AGE = "an age"
    NUMBER = "a number"
    MONEY = "an amount of money"
    PERCENT = "a percentage"
    QUOTATION = "a statement"
    REASON = "a reason"
    MANNER = "a way"
    YES_NO = "yes or no"
    OPEN = ""


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


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence that may answer some question.

    Attributes:
        kind: what they are.
        start: offset of the first character in the sentence.
        end: offset behind the last character.
        terms: their terms, stop words left out.
    """

    kind: Kind
    start: int
    end: int
    terms: frozenset[str]


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
_HOW = {
    Kind.AGE: r"how old\b",
    Kind.DURATION: r"how long\b(?! is| was)|how (?:many|much) (?:more )?(?:seconds?|minutes?|hours?|days?|weeks?|months?"
    r"|years?|decades?|time)\b",
    Kind.MONEY: r"how much (?:money|did .* (?:pay|cost|earn|spend|raise|make)|does .* (?:pay|cost|earn|spend|make)"
    r"|is .* worth|was .* worth|was .* paid)|how (?:many|much) (?:dollars|euros|pounds)|what .*\b(?:cost|price)\b",
    Kind.PERCENT: r"(?:what|which) (?:percent|proportion|share|fraction)|how many percent",
    Kind.NUMBER: r"how (?:many|much|long|far|tall|high|big|large|fast|deep|heavy|wide|often|hot|cold|few|small)\b",
}
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        *((pattern, kind) for kind, pattern in _HOW.items()),
        (r"\bhow (?:many|much)\b", Kind.NUMBER),
        (r"\bwhen\b(?=.*\?|$)|^since when|^when\b", Kind.DATE),
        (r"\bwho(?:m|se)?\b", Kind.PERSON),
        (r"\bwhere\b", Kind.PLACE),
        (
            r"\bwhy\b|\bhow come\b|\bwhat(?:'s| is| was)? (?:the )?(?:reason|caused?|led to)\b|^(?:for )?what reason",
            Kind.REASON,
        ),
        (r"\bwhat did .* do (?:to|in order)\b|^how\b", Kind.MANNER),
        (
            rf"\bwhat (?:did|does|do|was|has|had|is) .*\b{_SAYING}\b|\bwhat .*\b(?:quote|statement|comment)s?\b",
            Kind.QUOTATION,
        ),
        (r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|am)\b", Kind.YES_NO),
    )
)
_HEAD = re.compile(
    r"\b(?:what|which|whose)(?:'s)?\s+(?:(?:is|was|are|were|'s)\s+)?(?:(?:the|a|an|his|her|its|their|other|two|three"
    r"|four|type of|kind of|types of|kinds of|first|last|major|main|former|new|name of the|name of)\s+)*([\w-]+)(?:\s+([\w-]+))?"
)


@lru_cache(maxsize=1_024)
def expected_type(question: str) -> Expected:
    """Find what a question asks for.

    Returns:
        the kind is `Kind.OPEN` where the question does not narrow it ("What is a steam engine?").
    """
    text = " ".join(question.casefold().replace("’", "'").split())
    given = frozenset(terms(question))
    head_match = _HEAD.search(text)
    head = ""
    if head_match:
        for word in (head_match[2], head_match[1]):
            if word in _HEADS and not (word == head_match[2] and head_match[1] in ("of", "in")):
                head = word
                break
    for pattern, kind in _KINDS[:2]:
        if pattern.search(text):
            return Expected(kind, head, given)
    if head and not re.match(r"(?:who|when|where|why|how)\b", text):
        kind = _HEADS[head]
        if head == "time" and re.search(r"\bhow much time\b|\blength of time\b", text):
            kind = Kind.DURATION
        if head == "name":
            kind = Kind.NAME
        return Expected(kind, head, given)
    for pattern, kind in _KINDS:
        if pattern.search(text):
            return Expected(kind, head, given)
    return Expected(Kind.OPEN, head_match[1] if head_match and head_match[1] not in STOP_WORDS else "", given)


_DIGITS = r"\d+(?:[.,]\d+)*"
_COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half"
    r"|couple|several|twice|once|both|one)"
)
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|m|k)\b)?"
_AMOUNT = rf"(?:{_DIGITS}|\b{_COUNT}(?:[- ]{_COUNT})*){_SCALE}"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century|nights?)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.MONEY,
        re.compile(
            rf"(?:US|A|C)?[$£€¥]\s?{_DIGITS}{_SCALE}|{_AMOUNT}\s(?:dollars?|euros?|pounds?|yen|rubles|rupees|cents)\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.PERCENT, re.compile(rf"{_AMOUNT}\s?(?:%|percent\b|per cent\b|percentage points?\b)", re.IGNORECASE)),
    (
        Kind.AGE,
        re.compile(
            r"\b\d{1,3}(?:-year-old|\syears?\sold|-years?-old)\b|\baged?\s(?:of\s)?\d{1,3}\b|(?<=[a-z],\s)\d{1,2}(?=[,.])"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s(?:1\d|20)\d\d\b)?"
            rf"|\b(?:(?:last|next|this|early|late|on)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|night|evening|afternoon))?\b"
            r"|\b(?:last|next|this|earlier this|later this|previous|following)\s(?:week|month|year|summer|winter|spring|fall|autumn|weekend|decade|century|morning)\b"
            r"|\b(?:yesterday|today|tonight|tomorrow)\b"
            r"|\b(?:(?:early|late|mid)[- ])?(?:the\s)?(?:1[0-9]|20)\d\d(?:s|[–-]\d{2,4})?\b(?!\s(?:people|men|soldiers|troops))"
            r"|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\b(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+teenth|twentieth)[- ]centur(?:y|ies)\b"
            r"|\b\d{1,4}\s(?:BC|AD|BCE|CE)\b"
        ),
    ),
    (Kind.DURATION, re.compile(rf"{_AMOUNT}[- ]{_UNIT}\b", re.IGNORECASE)),
    (
        Kind.NUMBER,
        re.compile(rf"(?<![\w.])(?:{_DIGITS}{_SCALE}|{_COUNT}(?:[- ]{_COUNT})*{_SCALE}(?![\w]))", re.IGNORECASE),
    ),
    (Kind.QUOTATION, re.compile(r"“[^”]{8,}”?|\"[^\"]{8,}\"?")),
    (
        Kind.REASON,
        re.compile(
            r"\b(?:because|since|due to|owing to|thanks to|as a result|in order to|so that|in response to|after|over|amid"
            r"|caused by|blamed?|attributed to)\b[^.;]{3,}|\b(?:to|for)\s[a-z][^.;,]{6,}",
        ),
    ),
)
_NAME_WORD = r"(?:[A-Z][\w.’'-]*[\w’']|[A-Z]\b\.?|al-[A-Z]\w+)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s(?:(?:of|the|de|von|van|bin|al|for|and)\s(?:the\s)?)?{_NAME_WORD})*")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|across|toward|towards|into|around|throughout|inside|off)\s(?:the\s)?(?:\w+(?:ern)\s)?$"
)
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


def _kind_of_name(text: str, start: int, words: list[str]) -> Kind:
    """Person, group, place or just a name, by the lists and the word before."""
    low = [word.casefold().strip(".’'") for word in words]
    low = [word.removesuffix("'s").removesuffix("’s") for word in low]
    if low[-1] in COUNTRIES or low[-1] in DEMONYMS:
        return Kind.COUNTRY
    if len(low) > 1 and low[-1] in GROUP_NOUNS:
        return Kind.GROUP
    if low[-1] in PLACES or (len(low) > 1 and low[-1] in PLACE_NOUNS):
        return Kind.PLACE
    if low[0] in GIVEN_NAMES or (len(low) > 1 and low[0] in HONORIFICS):
        return Kind.PERSON
    if _BEFORE_PLACE.search(text, max(0, start - 24), start):
        return Kind.PLACE
    before = text[:start].rsplit(None, 1)
    if before and before[-1].casefold().strip(".,") in HONORIFICS:
        return Kind.PERSON
    if all(word.isupper() for word in words):
        return Kind.GROUP
    return Kind.PERSON if len(low) in (2, 3) and all(word[0].isupper() for word in words) else Kind.NAME


def _names(text: str) -> Iterable[Span]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        name = match[0]
        words = name.split()
        first = words[0].casefold().replace("’", "'")
        opens = not re.search(r"[\w,;]\s*[\"“‘(]?$", text[:start])
        if opens and (first in STOP_WORDS or first.split("'")[0] in STOP_WORDS or len(first) == 1):
            start += len(words[0]) + 1
            words = words[1:]
            while words and words[0][0].islower():
                start += len(words[0]) + 1
                words = words[1:]
            name = text[start:end] if words else ""
        if not words or first in MONTHS or first in WEEKDAYS:
            continue
        if opens and len(words) == 1 and start == match.start() and first not in PLACES and first not in DEMONYMS:
            kind = Kind.NAME  # a capital at the start of a sentence says little
        else:
            kind = _kind_of_name(text, start, words)
        found = frozenset(terms(name))
        if not found:
            continue
        clipped = len(name) - len(re.sub(r"[’']s?$", "", name))
        yield Span(kind, start, end - clipped, found)
        if kind is Kind.COUNTRY:
            yield Span(Kind.PLACE, start, end - clipped, found)


@lru_cache(maxsize=4_096)
def candidates(text: str) -> tuple[Span, ...]:
    """Every stretch of a sentence that could answer some question, by kind, then by position."""
    found = [
        Span(kind, match.start(), match.end(), frozenset(terms(match[0])))
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
    ]
    taken = [
        (s.start, s.end) for s in found if s.kind in (Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.AGE)
    ]
    found = [s for s in found if s.kind is not Kind.NUMBER or not any(a < s.end and s.start < b for a, b in taken)]
    found.extend(_names(text))
    return tuple(found)


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
