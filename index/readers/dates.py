"""Lines that date an article: "Thursday 08 July 2021 14:10 EDT", "Published July 8, 2021 at 3:15 p.m. ET"."""

import datetime as dt
import re

_MONTHS = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_MONTH = "(?:" + "|".join(_MONTHS) + r")\b\.?"
_NUMBERS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DATE = re.compile(
    rf"""(?<![\w/])(?:
      (?P<iso>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)
        (?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|(?=\D|$))
    | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\u00a0-]+(?:of[\s]+)?(?P<month>{_MONTH}),?[\s\u00a0-]+(?P<year>\d{{4}})(?!\d)
    | (?P<us_month>{_MONTH})[\s\u00a0]+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?
        (?:,[\s\u00a0]*|[\s\u00a0]+)(?P<us_year>\d{{4}})(?!\d)
    | (?P<big_year>\d{{4}})[/.](?P<big_month>\d{{1,2}})[/.](?P<big_day>\d{{1,2}})(?!\d)
    | (?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark)(?P<last_year>\d{{4}})(?!\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY_ONLY = re.compile(
    rf"(?<!\w)(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})(?!\w)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<!\w)(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?!\w)"
    r"(?:\s*\(?(?:[A-Z]{2,4}|[+-]\d\d:?\d\d)\b\)?)?|\bT(?=\d)|(?<=\d)Z\b",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:GMT|UTC|BST|IST|CET|CEST|[ECMP][SD]?T|A[EC][SD]T|SGT|HKT|JST|MSK)\b(?:[+-]\d{1,2}(?::\d\d)?)?"
)
_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\b\.?|\b(?:first|last|originally|published"
    r"|publish|date"
    r"|dated|posted|updated|update|modified|created|edited|issued|released|filed|corrected|revised|on|at|the|time|local"
    r"|eastern|pacific|ago|hours?|days?|minutes?|mins?|hrs?|an|a|today|yesterday|noon|midnight|am|pm|and|online"
    r"|since)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"(?:updated?|modified|edited|corrected|revised)\b[^\d]{0,24}$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:\d{1,2}|an?|one|two|three)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago\b", re.IGNORECASE
)

MAX_LINE = 160
"""Characters of the longest line that can be a date line."""


def _day(year: str, month: int, day: str) -> dt.date | None:
    """A date that exists, from 1600 (the first newspapers) on."""
    try:
        found = dt.date(int(year), month, int(day))
    except ValueError:
        return None
    return found if found.year >= 1600 else None


def _month_number(name: str) -> int:
    return _NUMBERS[name[:3].lower()]


def _value(match: re.Match[str]) -> dt.date | None:
    """The date that a match of `_DATE` names; None where 07/08/2021 may be one day or another."""
    part = match.groupdict()
    if part["iso"]:
        return _day(part["iso"], int(part["iso_month"]), part["iso_day"])
    if part["year"]:
        return _day(part["year"], _month_number(part["month"]), part["day"])
    if part["us_year"]:
        return _day(part["us_year"], _month_number(part["us_month"]), part["us_day"])
    if part["big_year"]:
        return _day(part["big_year"], int(part["big_month"]), part["big_day"])
    day, month = part["first"], part["second"]
    if part["mark"] == "/" and int(day) <= 12:
        if int(month) <= 12 and day != month:
            return None
        day, month = month, day
    return _day(part["last_year"], int(month), day)


def find_date(line: str) -> dt.date | None:
    """The day of publication that a line names.

    Args:
        line: a line that is known to speak of the publication; only its first `MAX_LINE` characters count.

    Returns:
        the first date that is not of an update, else the first date, else None; None as well where day and
        month cannot be told apart (07/08/2021).
    """
    line = line[:MAX_LINE]
    first: dt.date | None = None
    for match in _DATE.finditer(line):
        value = _value(match)
        if value is None:
            continue
        if not _UPDATED.search(line[max(0, match.start() - 40) : match.start()]):
            return value
        first = first or value
    return first


def without_dates(line: str) -> str:
    """A line with its dates, times of day, weekdays and the words around them taken out."""
    rest = _DATE.sub(" ", line[:MAX_LINE])
    for pattern in (_RELATIVE, _DAY_ONLY, _CLOCK, _ZONE, _AROUND):
        rest = pattern.sub(" ", rest)
    return rest


def is_date_line(line: str) -> bool:
    """Whether a line does nothing but say when: a date or "3 hours ago", a time, "Published", "Updated"."""
    if len(line) > MAX_LINE or not any(c.isdigit() for c in line):
        return False
    if not (_DATE.search(line) or _DAY_ONLY.search(line) or _RELATIVE.search(line)):
        return False
    return not any(c.isalnum() for c in without_dates(line))
