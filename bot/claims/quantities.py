"""Numbers of a text as ranges with a unit: "20,000", "20k", "twenty thousand", "more than 10 %", "dozens"."""

import math
import re
from dataclasses import dataclass

from bot.claims.report import Span

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {
    "hundred": 100, "k": 1_000, "thousand": 1_000, "m": 10**6, "mn": 10**6, "mln": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12,
}  # fmt: skip
_VAGUE = {
    "dozens": (20, 199), "scores": (40, 199), "hundreds": (200, 1_999), "thousands": (2_000, 19_999),
    "tens of thousands": (20_000, 199_999), "hundreds of thousands": (200_000, 1_999_999),
    "millions": (2 * 10**6, 2 * 10**8 - 1), "tens of millions": (2 * 10**7, 2 * 10**8 - 1),
    "hundreds of millions": (2 * 10**8, 2 * 10**9 - 1), "billions": (2 * 10**9, 2 * 10**11 - 1),
}  # fmt: skip
"""What a vague number may stand for. Wide, so that only what nobody would call by the word is taken to differ."""

_DIGITS = r"\d{1,3}(?:[,\u2009\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE_WORD = r"hundred|thousand|million|billion|trillion|dozen|mln|mn|bn|tn"
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_WORDS = rf"(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}|hundred|thousand|million|billion)\b)*"
_A_SCALE = r"an?\s+(?:hundred|thousand|million|billion|dozen)\b"
_AMOUNT = rf"(?:{_DIGITS})(?:\s?(?:{_SCALE_WORD})\b|[kKmMbB]\b)?|\b(?:{_WORDS}|{_A_SCALE})\b(?:\s(?:{_SCALE_WORD})\b)?"
_LOW = r"more than|over|at least|no (?:fewer|less) than|upwards of|above|exceeding|not (?:fewer|less) than"
_HIGH = r"fewer than|less than|under|at most|no more than|not more than|below"
_NEARLY = r"nearly|almost|just under|close to"
_AS_MANY = r"up to|as many as|as much as|a total of|exactly|all|only|just"
"""Said with a number that is meant as it stands: "up to 38 cars" tells what a ferry holds."""
_ABOUT = r"about|around|some|roughly|approximately|approx\.?|circa|ca\.|c\.|~|an estimated"
_BOUND = rf"(?:(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT})|(?:{_AS_MANY})\b)\s*"
_CURRENCY = r"(?:US|A|C)?(?P<sign>[$£€¥])\s?"
_RANGE = rf"(?:(?(between)\s+and\s+|\s?(?:-|–|—|to)\s?)(?P<upper>{_AMOUNT}))?"
_VAGUE_WORDS = "|".join(sorted(map(re.escape, _VAGUE), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.,-])(?:{_BOUND})?(?P<between>between\s+)?(?:{_CURRENCY})?(?:(?P<vague>(?:{_VAGUE_WORDS}))\b|(?P<amount>{_AMOUNT}){_RANGE})"
    rf"(?P<more>\s+or\s+more|\+)?(?:\s?(?P<percent>%|percent\b|per\s?cent\b|percentage\s+points?\b))?(?![\d]|[.,]\d)",
    re.IGNORECASE,
)
_CURRENCY_WORD = {
    "dollar": "$", "dollars": "$", "usd": "$", "euro": "€", "euros": "€", "eur": "€", "pounds": "£", "yen": "¥",
    "rubles": "rub", "roubles": "rub", "rupees": "inr", "crowns": "crown",
}  # fmt: skip
_TIMES = {
    u: base
    for base, many in {
        "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
        "month": "months", "year": "years", "decade": "decades", "century": "centuries",
    }.items()
    for u in (base, many)
}  # fmt: skip
_NEXT_WORD = re.compile(r"[\s-]+([a-z]+)", re.IGNORECASE)
MORE = 10
"""Times that a vague number may be exceeded by one in figures: "thousands" is not wrong for 100,000."""

NEAR = 0.1
"""Share by which "about" may be off on either side."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a range.

    Attributes:
        low: the least that it may be.
        high: the most; may be infinite.
        unit: "%", a currency, a length of time ("year"), or "" where it counts things.
        start: offset of its first character in the text, bound and sign included.
        end: offset behind its last character.
        vague: whether it is a word such as "dozens".
    """

    low: float
    high: float
    unit: str
    start: int
    end: int
    vague: bool = False

    @property
    def mark(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    def agrees(self, other: "Quantity") -> bool:
        """Whether both may mean the same: the ranges overlap; "hundreds" is no "thousands", but 3,000 may be."""
        if self.vague and other.vague:
            return self.low == other.low
        high = self.high * (MORE if self.vague else 1)
        return self.low <= other.high * (MORE if other.vague else 1) and other.low <= high

    def borne_out_by(self, written: "Quantity") -> bool:
        """Whether an article that has `written` says this number too; "over 5" and "dozens" are not yet 60."""
        finite = math.isfinite(written.high) or math.isinf(self.high)
        return self.agrees(written) and finite and (self.vague or not written.vague)


def _value(words: str) -> float | None:
    """The value of an amount in figures, words or both; None where it is none ("hundred" alone is one)."""
    text = re.sub(r"(?<=\d)[,\u2009\u00a0\u202f ](?=\d{3})", "", words.casefold())
    total = current = 0.0
    seen = False
    for part in re.findall(r"\d+(?:\.\d+)?|[a-z]+", text):
        if part[0].isdigit():
            current, seen = float(part), True
        elif part in _SMALL:
            current, seen = current + _SMALL[part], True
        elif part in ("a", "an", "and"):
            continue
        elif part in _SCALES:
            scale = _SCALES[part]
            if scale == 100:
                current = (current or 1) * 100
            else:
                total += (current or 1) * scale
                current = 0.0
            seen = True
    return total + current if seen and math.isfinite(total + current) else None


def quantities(text: str, taken: tuple[Span, ...] = ()) -> list[Quantity]:
    """Find the numbers of a text.

    Args:
        text: a sentence or less.
        taken: stretches that hold no number, such as dates.

    Returns:
        in order; a lone "one" is a pronoun more often than a number and is left out, as are ordinals.
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if match["vague"]:
            low, high = map(float, _VAGUE[match["vague"].casefold()])
        else:
            if match["amount"].casefold() in ("one", "zero", "m", "k", "b"):
                continue
            value = _value(match["amount"])
            if value is None or re.match(r"(?:st|nd|rd|th|s)\b", text[match.end("amount") :]):
                continue
            upper = _value(match["upper"]) if match["upper"] else value
            low, high = _bounded(match, value, value if upper is None else upper)
        unit, end = _unit(text, match)
        found.append(Quantity(low, high, unit, match.start(), end, bool(match["vague"])))
    return found


def _bounded(match: re.Match[str], value: float, upper: float) -> tuple[float, float]:
    """The range that a number with its bound ("more than") stands for."""
    low, high = min(value, upper), max(value, upper)
    if match["upper"] and high == upper and value > upper:
        low = high = value
    if match["low"] or match["more"]:
        return low, math.inf
    if match["high"]:
        return 0.0, high
    if match["nearly"]:
        return low * (1 - 2 * NEAR), high
    if match["about"]:
        return low * (1 - NEAR), high * (1 + NEAR)
    return low, high


def _unit(text: str, match: re.Match[str]) -> tuple[str, int]:
    """(unit, offset behind the quantity with a unit word that belongs to it)."""
    if match["percent"]:
        return "%", match.end()
    if match["sign"]:
        return match["sign"], match.end()
    following = _NEXT_WORD.match(text, match.end())
    word = following[1].casefold() if following else ""
    if following and word in _CURRENCY_WORD:
        return _CURRENCY_WORD[word], following.end()
    if following and word in _TIMES:
        return _TIMES[word], following.end()
    return "", match.end()
