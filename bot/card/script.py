"""What a text is written in, and what follows from it: direction, language for the line breaks, quotation marks."""

import enum
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache


class Script(enum.StrEnum):
    """The writing systems that are set differently; every other one is set like Latin."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    SIMPLIFIED = "simplified Chinese"
    TRADITIONAL = "traditional Chinese"
    JAPANESE = "japanese"
    KOREAN = "korean"
    DEVANAGARI = "devanagari"
    THAI = "thai"

    @property
    def is_cjk(self) -> bool:
        """Whether lines break between any two letters, but for punctuation."""
        return self in (Script.SIMPLIFIED, Script.TRADITIONAL, Script.JAPANESE, Script.KOREAN)


@dataclass(frozen=True, slots=True)
class Pair:
    """Quotation marks around a quote, and those to take where the quote holds the first ones itself."""

    opening: str
    closing: str
    other_opening: str
    other_closing: str


_ENGLISH = Pair("“", "”", "‘", "’")
_GERMAN = Pair("„", "“", "‚", "‘")
_GUILLEMETS = Pair("«", "»", "“", "”")
_GUILLEMETS_INWARDS = Pair("»", "«", "›", "‹")
_CORNERS = Pair("「", "」", "『", "』")
_CHINESE = Pair("“", "”", "「", "」")

_LANGUAGES: dict[Script, str] = {
    Script.CYRILLIC: "ru",
    Script.GREEK: "el",
    Script.ARABIC: "ar",
    Script.HEBREW: "he",
    Script.SIMPLIFIED: "zh",
    Script.TRADITIONAL: "zh",
    Script.JAPANESE: "ja",
    Script.KOREAN: "ko",
    Script.DEVANAGARI: "hi",
    Script.THAI: "th",
}

_NAMES: tuple[tuple[str, Script], ...] = (
    ("LATIN", Script.LATIN),
    ("CYRILLIC", Script.CYRILLIC),
    ("GREEK", Script.GREEK),
    ("ARABIC", Script.ARABIC),
    ("HEBREW", Script.HEBREW),
    ("CJK", Script.SIMPLIFIED),
    ("HIRAGANA", Script.JAPANESE),
    ("KATAKANA", Script.JAPANESE),
    ("HANGUL", Script.KOREAN),
    ("DEVANAGARI", Script.DEVANAGARI),
    ("THAI", Script.THAI),
)
"""First words of Unicode character names; Python's own data knows no script property."""

KANA_SHARE = 0.1
"""Share of kana among a text's East Asian letters from which it is Japanese; Chinese quotes a Japanese word at most."""


@cache
def _script(letter: str) -> Script | None:
    """The script of a letter, Han as simplified Chinese; None where it is none of those above."""
    name = unicodedata.name(letter, "")
    return next((script for prefix, script in _NAMES if name.startswith(prefix)), None)


def script_of(text: str) -> Script:
    """The script of most letters of a text; Latin where there is no letter, and of two alike the first to come."""
    counts = Counter(script for letter in text if letter.isalpha() and (script := _script(letter)) is not None)
    if not counts:
        return Script.LATIN
    han, kana, hangul = counts[Script.SIMPLIFIED], counts[Script.JAPANESE], counts[Script.KOREAN]
    # A Han sign says about as much as three letters do.
    weights = {script: count * (3 if script is Script.SIMPLIFIED else 1) for script, count in counts.items()}
    if han and kana >= KANA_SHARE * (han + kana):
        weights[Script.JAPANESE] = weights.pop(Script.SIMPLIFIED) + kana
    elif han and hangul > han:
        weights[Script.KOREAN] = weights.pop(Script.SIMPLIFIED) + hangul
    best = max(weights, key=lambda script: weights[script])
    return _chinese(text) if best is Script.SIMPLIFIED else best


def _chinese(text: str) -> Script:
    """Simplified or traditional: by which of the two old character sets lacks more of the signs."""
    han = [letter for letter in text if _script(letter) is Script.SIMPLIFIED]
    only_simplified = sum(_holds("gb2312", sign) and not _holds("big5", sign) for sign in han)
    only_traditional = sum(_holds("big5", sign) and not _holds("gb2312", sign) for sign in han)
    return Script.TRADITIONAL if only_traditional > only_simplified else Script.SIMPLIFIED


def _holds(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left: by most of its letters.

    The first letter alone, as the Unicode bidirectional algorithm has it without better knowledge, would set an
    Arabic sentence that opens with “BBC” the wrong way round.
    """
    counts = Counter(map(unicodedata.bidirectional, text))
    return counts["R"] + counts["AL"] > counts["L"]


def language_of(script: Script) -> str:
    """The ISO 639-1 code to break lines and shape letters by."""
    return _LANGUAGES.get(script, "en")


def region_of(script: Script) -> str | None:
    """The ISO 3166-1 code that parts the two ways to write Chinese, else None."""
    return {Script.SIMPLIFIED: "cn", Script.TRADITIONAL: "tw"}.get(script)


def quotation_marks(article: str, script: Script) -> Pair:
    """The quotation marks to set around a quote: those that the article itself uses most.

    Args:
        article: its whole text, which tells a German from an English page better than one sentence does.
        script: of the quote; decides where the article uses none.
    """
    german, english = article.count("„"), article.count("”")
    guillemets = article.count("«")
    corners = article.count("「")
    most = max(german, english, guillemets, corners)
    if script in (Script.JAPANESE, Script.TRADITIONAL):
        return _CORNERS
    if script is Script.SIMPLIFIED and most in (english, 0):
        return _CHINESE
    if not most:
        return _GUILLEMETS if script in (Script.CYRILLIC, Script.GREEK, Script.ARABIC) else _ENGLISH
    if most == guillemets:
        # »So« in German and Danish, «so» elsewhere: by what stands in front of a word more often.
        inwards = sum(article.count(f" {mark}") for mark in "»") > article.count(" «")
        return _GUILLEMETS_INWARDS if inwards and script is Script.LATIN else _GUILLEMETS
    if most == german:
        return _GERMAN
    return _CORNERS if most == corners else _ENGLISH
