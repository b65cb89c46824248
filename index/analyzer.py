"""Text -> terms: the one analyzer, used for passages and for questions alike."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

# \w leaves out combining marks: accents typed as their own character, vowel signs of Arabic, Hebrew and Indic.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
# An abbreviation, single letters with full stops, or a word. Possessive repeats, because nothing behind them makes a
# match shorter: an expression that may turn back takes half as long again.
_WORD = re.compile(
    rf"[^\W_](?:\.(?<=\b[^\W\d_]\.)(?:[^\W\d_]\.)+|[^\W_]*+(?:[{_MARKS}]++[^\W_]*+)*+(?:[.,][0-9]+)*(?:['’][^\W\d_]+)?)"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SEPARATOR = re.compile(r"(?<=\d)[,\u2009\u00a0](?=\d{3}(?:\D|$))")

STOP_WORDS = frozenset(
    """
    a an the this that these those such
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    myself ourselves yourself himself herself itself themselves one
    am is are was were be been being do does did doing done have has had having
    will would shall should can could may might must ought
    what which who whom whose when where why how
    and or but nor so if then than as because while until although though whether
    of at by for with about against between into through during to from in on off over under
    again further once here there all any both each more most other some only own same too very
    just also not no yes up down out before after above below
    s t d ll m re ve don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn
    tell please according article story report say says said give know many much
    """.split()
)
"""Words that carry no topic. "Say" and "article" are among them because a question about an article holds them
for no reason of its own ("what does the article say about ...")."""

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
# "one" is far more often a pronoun than a figure.
del _NUMBER_WORDS["one"], _NUMBER_WORDS["zero"]


Word = tuple[str, int, int, bool]
"""The fields of a token, in their order. An article has thousands, and Python's collector of garbage soon passes over
plain tuples of such, but not over tokens: what is kept is kept like this."""


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        term: its form in the index.
        start: offset of its first character in the text.
        end: offset behind its last character.
        stop: whether it carries no topic and is left out of the terms.
    """

    term: str
    start: int
    end: int
    stop: bool


_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


def _folded(word: str) -> str:
    """Lower case without accents: a question typed without them still matches. Cyrillic keeps its letters."""
    lowered = unicodedata.normalize("NFKC", word).casefold()
    if lowered.isascii() or _CYRILLIC.search(lowered):
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)) or lowered


@lru_cache(maxsize=65_536)
def _term(word: str) -> tuple[str, bool]:
    """A word as it stands in the text -> (term, whether it is a stop word)."""
    folded = _folded(_SEPARATOR.sub("", word)).replace("’", "'")
    if "." in folded and not any(c.isdigit() for c in folded):
        folded = folded.replace(".", "")
    folded = folded.removesuffix("'s")
    folded = folded.split("'")[0] or folded if folded.endswith(("n't", "'re", "'ve", "'ll", "'d", "'m")) else folded
    if folded in STOP_WORDS and word not in ("US", "U.S.", "IT"):
        return folded, True
    if folded in _NUMBER_WORDS:
        return _NUMBER_WORDS[folded], False
    if folded[:1].isdigit():
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th|s)", folded)
        return (ordinal[1] if ordinal else folded), False
    stem: str = (_russian if _CYRILLIC.search(folded) else _english).stemWord(folded.replace("'", ""))
    return stem or folded, False


def cut(text: str) -> Iterator[Word]:
    """Cut a text into its words.

    Abbreviations with full stops are one word ("U.S."), numbers keep their separators while matching without
    them ("20,000" and "20000" are one term), a hyphen separates. Scripts that are written without spaces
    (Chinese, Japanese, Korean, Thai) give overlapping pairs of characters, the usual index unit for them.

    Yields:
        the fields of each word's token, in the order of their offsets.
    """
    spaced = text.isascii() or not _CJK.search(text)
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        if spaced or not _CJK.search(word):
            term, stop = _term(word)
            yield term, start, end, stop
            continue
        if len(word) == 1:
            yield word, start, end, False
        for offset in range(len(word) - 1):
            yield word[offset : offset + 2], start + offset, start + offset + 2, False


def tokens(text: str) -> Iterator[Token]:
    """What `cut` yields, as tokens."""
    return map(Token._make, cut(text))


def terms(text: str) -> list[str]:
    """The terms of a text, in order, with repeats, without stop words."""
    return [term for term, _, _, stop in cut(text) if not stop]
