"""Dates of a text as stretches of days, so that "Thursday" and "8 July 2021" can be seen to be one day."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.claims.report import Span

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_AT = {m: n for n, m in enumerate(_MONTHS, start=1)} | {m[:3]: n for n, m in enumerate(_MONTHS, start=1)}
_MONTH_AT["sept"] = 9
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = rf"(?:(?:{'|'.join(_MONTHS)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_CAPITAL_MONTH = r"(?:May|March)"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?:(?:the\s)?(?P<day1>{_NTH})\s(?:of\s)?)(?P<month1>{_MONTH})(?:,?\s(?P<year1>{_YEAR})\b)?"
    rf"|\b(?P<month2>{_MONTH})\s(?P<day2>{_NTH})\b(?!\s*(?:%|percent|per))(?:,?\s(?P<year2>{_YEAR})\b)?"
    rf"|\b(?P<month3>{_MONTH})(?:,?\s(?:of\s)?(?P<year3>{_YEAR})\b)?"
    rf"|\b(?P<weekday>{'|'.join(_DAYS)})\b"
    rf"|\b(?P<decade>(?:1[0-9]|20)\d0)s\b"
    rf"|(?<![\d.,$£€-])\b(?P<year>{_YEAR})\b(?![\d%]|[.,]\d|\s(?:people|men|women|soldiers|troops|dollars|euros|reservists))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?:earlier|later)\s+)?(?:last|next|this|the\s+(?:past|previous|following))\s+"
    r"(?:week|month|year|summer|winter|spring|autumn|fall|weekend|decade|morning)\b"
    r"|\b(?:yesterday|today|tonight|tomorrow)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a stretch of days.

    Attributes:
        first: its first day; None where it cannot be told (a weekday in an article without a date; "yesterday").
        last: its last day.
        words: as written, lower case.
        weekday: 0 (Monday) to 6, or None where it is none.
        month: 1 to 12 where it names a month without a year, else None.
        start: offset of its first character in the text.
        end: offset behind its last character.
    """

    first: dt.date | None
    last: dt.date | None
    words: str
    weekday: int | None
    month: int | None
    start: int
    end: int

    @property
    def mark(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    def within(self, other: "Date") -> bool:
        """Whether the other date says at least as much: every day of it lies in this one."""
        if self.words == other.words:
            return True
        if None in (self.first, other.first) or self.first is None or self.last is None:
            return self.weekday is not None and self.weekday == other.weekday
        if other.first is None or other.last is None:
            return False
        return self.first <= other.first and other.last <= self.last

    def conflicts(self, other: "Date") -> bool:
        """Whether both cannot be the same date: no day in common."""
        if self.words == other.words:
            return False
        if self.first is None or self.last is None or other.first is None or other.last is None:
            both = (self.weekday, other.weekday)
            months = (self.month, other.month)
            return (None not in both and both[0] != both[1]) or (None not in months and months[0] != months[1])
        return self.last < other.first or other.last < self.first


def _end_of_month(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else dt.date.max
    return following - dt.timedelta(days=1)


def dates(text: str, published: dt.date | None) -> list[Date]:
    """Find the dates of a text.

    Args:
        text: a sentence or less.
        published: the article's day. A weekday is read as the last such day up to it, a month or a day without a
            year as the one nearest before it; without it, those are left open.

    Returns:
        in order. "May" and "March" are months only in capitals. Relative dates ("last week") stand for themselves.
    """
    found = [d for match in _DATE.finditer(text) if (d := _date(match, published))]
    found += [
        Date(None, None, " ".join(match[0].casefold().split()), None, None, *match.span())
        for match in _RELATIVE.finditer(text)
    ]
    return sorted(found, key=lambda d: d.start)


def _date(match: re.Match[str], published: dt.date | None) -> Date | None:
    """What a match stands for; None where it is no date ("may go", "31 February")."""
    words = " ".join(match[0].casefold().split())
    try:
        if match["iso"]:
            day = dt.date.fromisoformat(match["iso"])
            return Date(day, day, words, None, None, *match.span())
        if match["decade"]:
            year = int(match["decade"])
            return Date(dt.date(year, 1, 1), dt.date(year + 9, 12, 31), words, None, None, *match.span())
        if match["year"]:
            year = int(match["year"])
            return Date(dt.date(year, 1, 1), dt.date(year, 12, 31), words, None, None, *match.span())
        if match["weekday"]:
            number = _DAYS.index(match["weekday"].casefold())
            last = published - dt.timedelta(days=(published.weekday() - number) % 7) if published else None
            return Date(last, last, words, number, None, *match.span())
        return _in_month(match, words, published)
    except ValueError:
        return None


def _in_month(match: re.Match[str], words: str, published: dt.date | None) -> Date | None:
    """A month, or a day of one.

    Raises:
        ValueError: there is no such day.
    """
    name = match["month1"] or match["month2"] or match["month3"]
    nth = match["day1"] or match["day2"]
    year_typed = match["year1"] or match["year2"] or match["year3"]
    if name.casefold() in ("may", "march", "mar") and not nth and not re.fullmatch(_CAPITAL_MONTH, name):
        return None
    month = _MONTH_AT[name.casefold().rstrip(".")]
    day = int(re.sub(r"\D", "", nth)) if nth else None
    if day is not None and not 1 <= day <= 31:
        raise ValueError(words)
    if not year_typed and published is None:
        return Date(None, None, words, None, None if day else month, *match.span())
    year = int(year_typed) if year_typed else _year_of(month, day, published)
    if day:
        only = dt.date(year, month, day)
        return Date(only, only, words, None, None, *match.span())
    return Date(dt.date(year, month, 1), _end_of_month(year, month), words, None, month, *match.span())


def _year_of(month: int, day: int | None, published: dt.date | None) -> int:
    """The year of the nearest such month up to the article's day."""
    if published is None:
        return 1
    return published.year if (month, day or 1) <= (published.month, published.day) else published.year - 1
