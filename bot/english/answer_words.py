"""Stretches of a sentence that could answer some question: names, places, dates, numbers, quotations, reasons.

Rules and word lists, no statistics; what a question asks for is `bot.english.expected`'s business.
"""

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.english.gazetteer import (
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
from index.analyzer import STOP_WORDS, terms
from index.phrases import N_


class Kind(enum.StrEnum):
    """A kind of answer; the value is what a person reads in a trace."""

    PERSON = N_("a name")
    GROUP = N_("a group")
    NAME = N_("a proper name")
    PLACE = N_("a place")
    COUNTRY = N_("a country")
    DATE = N_("a date")
    DURATION = N_("a length of time")
    AGE = N_("an age")
    NUMBER = N_("a number")
    MONEY = N_("an amount of money")
    PERCENT = N_("a percentage")
    QUOTATION = N_("a statement")
    REASON = N_("a reason")
    MANNER = N_("a way")
    DESCRIPTION = N_("a description")
    YES_NO = N_("yes or no")
    OPEN = ""


class Span(NamedTuple):
    """Words of a sentence that may answer some question. A tuple, because an article has hundreds.

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


_DIGITS = r"\d+(?:[.,]\d+)*"
_COUNT = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half"
    r"|couple|several|twice|once|both|one)"
)
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|m|k)\b)?"
_AMOUNT = rf"(?:{_DIGITS}|\b{_COUNT}(?:[- ]{_COUNT})*){_SCALE}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_STRETCH = r"(?:week|month|year|summer|winter|spring|fall|autumn|weekend|decade|century|morning)"
_MONEY = (
    rf"(?:US|A|C)?[$£€¥]\s?{_DIGITS}{_SCALE}"
    rf"|{_AMOUNT}\s(?:dollars?|euros?|pounds?(?!\sof)|yen|rubles|rupees|cents)\b"
)
_PERCENT = rf"{_AMOUNT}\s?(?:%|percent\b|per cent\b|percentage points?\b)"
_AGE = (
    r"\b\d{1,3}(?:-year-old|\syears?\sold|-years?-old)\b|\baged?\s(?:of\s)?\d{1,3}\b"
    r"|(?<=[a-z],\s)\d{1,2}(?=[,.])"
)
_DATE = (
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s(?:1\d|20)\d\d\b)?"
    rf"|\b(?:(?:last|next|this|early|late|on)\s)?{_DAY}(?:\s(?:morning|night|evening|afternoon))?\b"
    rf"|\b(?:last|next|this|earlier this|later this|previous|following)\s{_STRETCH}\b"
    r"|\b(?:yesterday|today|tonight|tomorrow)\b"
    r"|\b(?:(?:early|late|mid)[- ])?(?:the\s)?(?:1[0-9]|20)\d\d(?:s|[–-]\d{2,4})?\b(?!\s(?:people|men|soldiers|troops))"
    r"|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+teenth|twentieth)[- ]centur(?:y|ies)\b"
    r"|\b\d{1,4}\s(?:BC|AD|BCE|CE)\b"
)
_NUMBER = rf"(?<![\w.])(?:{_DIGITS}{_SCALE}|{_COUNT}(?:[- ]{_COUNT})*{_SCALE}(?![\w]))"
_QUOTATION = r"“[^”]{8,}”?|\"[^\"]{8,}\"?"
_REASON = (
    r"\b(?:because|since|due to|owing to|thanks to|as a result|in order to|so that|in response to|after|over|amid"
    r"|caused by|blamed?|attributed to)\b[^.;]{3,}|\b(?:to|for)\s[a-z][^.;,]{6,}"
)
_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century|nights?)"


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """What the kinds of answers look like, names aside; compiled when the first sentence is read."""
    return (
        (Kind.MONEY, re.compile(_MONEY, re.IGNORECASE)),
        (Kind.PERCENT, re.compile(_PERCENT, re.IGNORECASE)),
        (Kind.AGE, re.compile(_AGE)),
        (Kind.DATE, re.compile(_DATE)),
        (Kind.DURATION, re.compile(rf"{_AMOUNT}[- ]{_UNIT}\b", re.IGNORECASE)),
        (Kind.NUMBER, re.compile(_NUMBER, re.IGNORECASE)),
        (Kind.QUOTATION, re.compile(_QUOTATION)),
        (Kind.REASON, re.compile(_REASON)),
    )


# What stands in lower case wherever a pattern finds something. Looking for it takes a tenth of the time that a pattern
# takes to find nothing.
_COUNTING = (
    "two three four five six seven eight nine ten eleven twelve twent thirt fort fift hundred thousand dozen half "
    "couple several twice once both one"
).split()
_CURRENCIES = ("$", "£", "€", "¥", *"dollar euro pound yen ruble rupee cent".split())
_SHARES = ("%", "percent", "per cent")
_UNITS = "second minute hour day week month year decade centur night".split()
_CALENDAR = (
    "January February March April May June July August September October November December Jan. Feb. Aug. Sept. Oct. "
    "Nov. Dec. day tonight tomorrow week month year summer winter spring fall autumn decade century centuries morning"
).split()

_DIGIT = re.compile(r"\d")

_SMALL = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
"""Letters that a pattern takes for another one where case does not count, and that `str.lower` leaves."""


def _holds(text: str, words: Iterable[str]) -> bool:
    for word in words:  # noqa: SIM110 - `any` over a generator takes twice as long
        if word in text:
            return True
    return False


def _begins(text: str, words: Iterable[str]) -> bool:
    """Whether a word of a text begins with one of these."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
                return True
            at = text.find(word, at + 1)
    return False


def _possible(text: str) -> Iterator[tuple[Kind, re.Pattern[str]]]:
    """The patterns that may find something in a sentence, in their order."""
    money, percent, age, date, duration, number, *others = _patterns()
    low = text.lower() if text.isascii() else text.translate(_SMALL).lower()
    figure = _DIGIT.search(text) is not None
    counted = figure or _begins(low, _COUNTING)
    if counted and _holds(low, _CURRENCIES):
        yield money
    if counted and _holds(low, _SHARES):
        yield percent
    if figure:
        yield age
    if figure or _holds(text, _CALENDAR):
        yield date
    if counted and _holds(low, _UNITS):
        yield duration
    if counted:
        yield number
    yield from others


_OPENING = '"“‘('


def _opens(text: str, start: int) -> bool:
    """Whether what stands before a word leaves it at the start of a sentence: no word and no comma."""
    if start and text[start - 1] in _OPENING:
        start -= 1
    while start and text[start - 1].isspace():
        start -= 1
    last = text[start - 1] if start else ""
    return not (last.isalnum() or last in ("_", ",", ";"))


_NAME_WORD = r"(?:[A-Z][\w.’'-]*[\w’']|[A-Z]\b\.?|al-[A-Z]\w+)"
_NAME = rf"{_NAME_WORD}(?:(?<![’']s)\s(?:(?:of|the|de|von|van|bin|al|for|and)\s(?:the\s)?)?{_NAME_WORD})*"
_BEFORE_PLACE = (
    r"\b(?:in|at|near|from|to|outside|across|toward|towards|into|around|throughout|inside|off)\s"
    r"(?:the\s)?(?:\w+(?:ern)\s)?$"
)


def _listed(low: Sequence[str]) -> Kind | None:
    """What the lists say that a name is."""
    first, last, several = low[0], low[-1], len(low) > 1
    if last in COUNTRIES or last in DEMONYMS:
        return Kind.COUNTRY
    if several and last in GROUP_NOUNS:
        return Kind.GROUP
    if last in PLACES or (several and last in PLACE_NOUNS):
        return Kind.PLACE
    if first in GIVEN_NAMES or (several and first in HONORIFICS):
        return Kind.PERSON
    return None


def _kind_of_name(text: str, start: int, words: list[str]) -> Kind:
    """Person, group, place or just a name, by the lists and the word before."""
    low = [word.casefold().strip(".’'") for word in words]
    low = [word[:-2] if word.endswith(("'s", "’s")) else word for word in low]
    if kind := _listed(low):
        return kind
    if re.search(_BEFORE_PLACE, text[max(0, start - 24) : start]):
        return Kind.PLACE
    before = text[:start].rsplit(None, 1)
    if before and before[-1].casefold().strip(".,") in HONORIFICS:
        return Kind.PERSON
    if all(word.isupper() for word in words):
        return Kind.GROUP
    if len(low) in (2, 3) and all(word[0].isupper() for word in words):
        return Kind.PERSON
    return Kind.NAME


@lru_cache(maxsize=8_192)
def _terms_of(answer: str) -> frozenset[str]:
    """The terms of an answer; names come again and again."""
    return frozenset(terms(answer))


def _names(text: str) -> Iterator[Span]:
    """The names in a sentence; a country is given twice, as itself and as a place."""
    for match in re.finditer(_NAME, text):
        start, end = match.span()
        name = match[0]
        words = name.split()
        first = words[0].casefold().replace("’", "'")
        opens = _opens(text, start)
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
        found = _terms_of(name)
        if not found:
            continue
        clipped = 2 if name.endswith(("'s", "’s")) else int(name.endswith(("'", "’")))
        yield Span(kind, start, end - clipped, found)
        if kind is Kind.COUNTRY:
            yield Span(Kind.PLACE, start, end - clipped, found)


@lru_cache(maxsize=4_096)
def candidates(text: str) -> tuple[Span, ...]:
    """Every stretch of a sentence that could answer some question, by kind, then by position."""
    found = [
        Span(kind, match.start(), match.end(), _terms_of(match[0]))
        for kind, pattern in _possible(text)
        for match in pattern.finditer(text)
    ]
    taken = [
        (s.start, s.end) for s in found if s.kind in (Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.AGE)
    ]
    found = [s for s in found if s.kind is not Kind.NUMBER or not any(a < s.end and s.start < b for a, b in taken)]
    found.extend(_names(text))
    return tuple(found)
