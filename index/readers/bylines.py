"""Lines that say who wrote an article: "Via AP news wire", "By Jane Doe and John Roe", "Reporting by ..."."""

import re

from index.readers.dates import without_dates

_LEAD = re.compile(
    r"(?:(?:(?:written|words|story|text|report|reported|posted|published|compiled|interview|review|analysis"
    r"|opinion|article"
    r"|contributed|submitted)\s+)?by|via|from|authors?|autor|von|par)(?P<colon>\s*:)?\s+(?=\S)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\(?\s*(?:(?:additional|with\s+additional|further)\s+)?(?:reporting|writing|editing|compiled|edited"
    r"|photography)\s+"
    r"(?:and\s+(?:reporting|writing|editing)\s+)?by\s+(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*,?")
_LINKING = frozenset(
    "and & with for of the in de da di del der den van von al el la le bin ibn y und et at is a on | political"
    " chief senior"
    " junior staff foreign home business sports science health special associate assistant deputy contributing"
    " national world"
    " education economics diplomatic technology environment defence defense security legal culture arts".split()
)
_AGENCY = re.compile(
    r"(?:the\s+)?(?:associated press|ap|reuters|afp|agence france-presse|pa(?: media)?|press association"
    r"|bloomberg|upi|dpa|efe"
    r"|tass|xinhua|ians|pti|ani|kyodo|staff|newsroom|news desk|our correspondent)"
    r"(?:\s+(?:staff|news|news\s?wire|newswire|wire|reporters?|writers?|correspondents?|agency))*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|columnist|contributor|journalist|staff|team|bureau|newsroom|desk)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r",\s+(?:retold|adapted|based|translated|rewritten|condensed|abridged|with\s+(?:files|reporting|agencies))\b.*$",
    re.IGNORECASE,
)
"""What a byline says of where the report comes from, behind the names."""
_NOT_A_NAME = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:january|february|march|april|june|july|august|september|october"
    r"|november|december|now|then|all|my|your|our|their|its|this|that|these|those|what|how|why|law|design"
    r"|continuing|using"
    r"|clicking|signing|subscribing|registering)\b",
    re.IGNORECASE,
)

MAX_LINE = 160
"""Characters of the longest line that can be a byline."""


def _names(words: list[str]) -> bool:
    """Whether words are names of people or agencies and what links them."""
    if not words or not _NAME_WORD.fullmatch(words[0].strip("(|")):
        return False
    if _NOT_A_NAME.match(words[0]):
        return False
    for word in words:
        bare = word.strip("(),;:|·•–—-/")
        if not bare or bare.lower() in _LINKING:
            continue
        # A name, an initial, "@handle", a host ("Cleveland.com"); a lower-case word only as part of a trade.
        if (
            _NAME_WORD.fullmatch(bare)
            or bare.startswith("@")
            or _ROLE.search(bare)
            or bare in ("news", "wire", "newswire")
        ):
            continue
        return False
    return True


def is_byline(line: str) -> bool:
    """Whether a line, wherever it stands, says who wrote the article.

    The line has to open as one ("By", "Via", "Written by", "From" with a known agency) and hold names and
    nothing else but a date. "By then the ..." is not one, nor is a sentence.
    """
    if len(line) > MAX_LINE or "\n" in line:
        return False
    lead = _LEAD.match(line)
    if lead is None:
        return False
    words = without_dates(_CREDIT.sub("", line[lead.end() :])).removeprefix("the ").split()
    if not words or len(words) > 16:
        return False
    keyword = lead.group().strip(" :").lower()
    rest = " ".join(words)
    if keyword in ("from", "von", "par"):
        return bool(_AGENCY.fullmatch(rest)) or (keyword != "from" and _names(words) and len(words) <= 5)
    if rest.endswith((".", "?", "!")) and not re.search(r"(?:\b[A-Z]|Jr|Sr|Inc|com)\.$", rest):
        return False
    return bool(_AGENCY.fullmatch(rest)) or _names(words)


def is_sign_off(line: str) -> bool:
    """Whether a line is the last one of an agency report: "Reporting by Jane Doe; editing by John Roe"."""
    return len(line) <= 3 * MAX_LINE and _SIGN_OFF.match(line) is not None


def may_be_byline(line: str) -> bool:
    """Whether a line is a byline if it stands where one does, beside the date or under the headline.

    "Jane Doe", "Jane Doe in Moscow", "Jane Doe, political correspondent", "Associated Press", "AP".
    """
    if len(line) > MAX_LINE // 2 or "\n" in line:
        return False
    if "(" in line or (line.isupper() and len(line) < 8 and not _AGENCY.fullmatch(line)):
        return False
    words = without_dates(line).split()
    if _AGENCY.fullmatch(" ".join(words).strip(" ,|")):
        return True
    return 2 <= len(words) <= 8 and words[-1][-1] not in ".!?:" and _names(words)
