"""A text as it can be drawn: every letter has a glyph, or the card is refused; never a box in its place.

- A symbol without a glyph, such as an emoji, is named in square brackets, as editors do: `[thumbs up sign]`. A quote
  that lost it silently would not be the quote. The alt text has the symbol itself.
- A letter without a glyph refuses the card, in a sentence that names the package to install.
- Runs of white space are one space; control characters, and overrides that would turn the letters round, draw nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from wcwidth import iter_graphemes

from bot.card.fonts import covers, package_for
from bot.translation import Phrase, _
from index.errors import CardError

MAX_MARKS = 4
"""Combining marks on one letter. Vietnamese, polytonic Greek and pointed Hebrew have three at most; towers of them
would be drawn over the lines above."""

LONG_WORD = 14
"""Clusters from which a word may be wider than the card in a large size."""

SOFT_HYPHEN = "\u00ad"

_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNBROKEN = re.compile(r"(?:\S|[\u00a0\u2007\u202f])+")
"""What stands in one line unless it is loosened: words, and what spaces that do not break join to them."""
_OVERRIDES = str.maketrans("", "", "\u202d\u202e")
_EMBEDDING, _ISOLATE = "\u202a\u202b", "\u2066\u2067\u2068"
_ASIDE = re.compile("[\ufe00-\ufe0f\u200d\u20e3\U000e0020-\U000e007f\U0001f3fb-\U0001f3ff]")
"""What only joins or tints the signs of an emoji: selectors, the joiner, tags, tones of skin."""
_UNSPACED = ("THAI ", "LAO ", "KHMER ", "MYANMAR ")
_REGIONAL = 0x1F1E6


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is drawn alike.

    Attributes:
        text: what to draw.
        named: whether it is a symbol's name, in brackets.
    """

    text: str
    named: bool = False


def drawable(text: str) -> tuple[Run, ...]:
    """A text as it can be drawn.

    Raises:
        CardError: no font at hand holds one of its letters.
    """
    runs: list[Run] = []
    plain: list[str] = []
    for cluster in iter_graphemes(_SPACE.sub(" ", text.translate(_OVERRIDES))):
        if unicodedata.category(cluster[0]) == "Cc":
            continue
        if covers(cluster) and sum(unicodedata.combining(sign) > 0 for sign in cluster) <= MAX_MARKS:
            plain.append(cluster)
            continue
        if not _is_symbol(cluster):
            raise _refusal(cluster)
        if plain:
            runs.append(Run("".join(plain)))
            plain.clear()
        runs.append(Run(f"[{_name(cluster)}]", named=True))
    if plain:
        runs.append(Run("".join(plain)))
    if unclosed := _closers(text):
        runs.append(Run(unclosed))
    return tuple(runs)


def plainly(text: str) -> str:
    """The same as one string, for what is not a quote.

    Raises:
        CardError: no font at hand holds one of its letters.
    """
    return "".join(run.text for run in drawable(text))


def _closers(text: str) -> str:
    """What closes the bidirectional embeddings that a text leaves open, so that nothing behind it is turned round."""
    depth: list[str] = []
    for sign in text:
        if sign in _EMBEDDING:
            depth.append("\u202c")
        elif sign in _ISOLATE:
            depth.append("\u2069")
        elif depth and sign == depth[-1]:
            depth.pop()
    return "".join(reversed(depth))


def _is_symbol(cluster: str) -> bool:
    """Whether a cluster stands for a thing and not for a sound: symbols, emoji, keycaps, flags."""
    return unicodedata.category(cluster[0])[0] == "S" or "\u20e3" in cluster


def _name(cluster: str) -> str:
    """The name of a symbol: `thumbs up sign`, `woman, microscope`, `flag: DE`."""
    letters = [chr(ord("A") + ord(sign) - _REGIONAL) for sign in cluster if 0 <= ord(sign) - _REGIONAL < 26]
    if letters:
        return "flag: " + "".join(letters)
    signs = _ASIDE.sub("", cluster)
    return ", ".join(unicodedata.name(sign, _("symbol")).lower() for sign in signs) or _("symbol")


def _refusal(cluster: str) -> CardError:
    """Why a card cannot be drawn, in one sentence that says what to do."""
    bare = next((sign for sign in cluster if not covers(sign)), None)
    if bare is None:
        return CardError("More accents stand on one letter than a card can show; share the answer as text.")
    if package := package_for(bare):
        return CardError(
            "No font at hand holds the letter “{letter}” ({name}): pip install {package}",
            letter=bare,
            name=unicodedata.name(bare).lower(),
            package=package,
        )
    return CardError(
        "No font at hand holds the character {code} ({name}); share the answer as text.",
        code=f"U+{ord(bare):04X}",
        name=unicodedata.name(bare, "").lower() or Phrase("no name"),
    )


def isolated(text: str) -> str:
    """The text within a bidirectional isolate, so that what stands beside it leaves its order alone."""
    return f"\u2068{text}\u2069"


def long_words(text: str, longest: int = LONG_WORD) -> tuple[str, ...]:
    """The words of so many letters that may be too wide for a line; those of scripts without spaces are none."""
    return tuple(word for word in _UNBROKEN.findall(text) if _is_long(word, longest))


def loosened(text: str, longest: int = LONG_WORD) -> str:
    """The text with places to break lines in its long words, for where nothing else helps.

    An address may break behind its slashes and the like, and a word of letters between any two of them, which then
    shows a hyphen.
    """
    return _UNBROKEN.sub(lambda word: _loose(word[0]) if _is_long(word[0], longest) else word[0], text)


def _loose(word: str) -> str:
    return "\u200b".join(
        (SOFT_HYPHEN if part.isalpha() and part.lower() != part.upper() else "\u200b").join(iter_graphemes(part))
        if len(part) >= LONG_WORD
        else part
        for part in re.split(r"(?<=[/\-_.?&=#,;:])", word)
    )


def _is_long(word: str, longest: int) -> bool:
    return len(word) >= longest and not any(_breaks_anyway(sign) for sign in word)


def _breaks_anyway(sign: str) -> bool:
    """Whether lines break in words of a sign's script: East Asian ones, and those of South East Asia without spaces."""
    return unicodedata.east_asian_width(sign) in "WF" or unicodedata.name(sign, "").startswith(_UNSPACED)
