"""The fonts a card is set in: packages that are installed, and which letters they hold.

| package | family | for |
|---|---|---|
| fontpkg-source-serif-4 | Source Serif 4, with its display cut at large sizes | Latin, Cyrillic, Greek |
| fontpkg-noto-serif | Noto Serif | their rare letters and marks |
| fontpkg-amiri | Amiri, a Naskh of Bulaq's print | Arabic, Persian, Urdu |
| fontpkg-frank-ruhl-libre | Frank Ruhl Libre, a newspaper face | Hebrew |
| noto-cjk-sans-otc | Noto Sans CJK | Chinese, Japanese, Korean; many symbols |

All are under the SIL Open Font License. `pullquote[card]` brings these; fonts for further
scripts are used where they are installed.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from bot.card.script import Script


@dataclass(frozen=True, slots=True)
class Font:
    """A family of fonts that a package brings.

    Attributes:
        family: its name as the typesetter knows it.
        package: what to install, as pip knows it.
        file: the upright font's file, relative to the package's module.
    """

    family: str
    package: str
    file: str

    @property
    def path(self) -> Path | None:
        """The upright font's file, or None where the package is not installed."""
        return _path(self.package.replace("-", "_"), self.file)


@cache
def _path(module: str, file: str) -> Path | None:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / file
    return path if path.is_file() else None


SERIF = Font("Source Serif 4", "fontpkg-source-serif-4", "files/SourceSerif4[opsz,wght].ttf")
RARE = Font("Noto Serif", "fontpkg-noto-serif", "files/NotoSerif[wdth,wght].ttf")
ARABIC = Font("Amiri", "fontpkg-amiri", "files/Amiri-Regular.ttf")
HEBREW = Font("Frank Ruhl Libre", "fontpkg-frank-ruhl-libre", "files/FrankRuhlLibre[wght].ttf")
CJK = Font("Noto Sans CJK SC", "noto-cjk-sans-otc", "NotoSansCJK-Regular.ttc")
"""One file with a family for each way to write Han signs; see `_CJK_FAMILIES`."""
DEVANAGARI = Font("Noto Sans Devanagari", "fontpkg-noto-sans-devanagari", "files/NotoSansDevanagari[wdth,wght].ttf")
KHMER = Font("Noto Sans Khmer", "fontpkg-noto-sans-khmer", "files/NotoSansKhmer[wdth,wght].ttf")
TAMIL = Font("Noto Sans Tamil", "fontpkg-noto-sans-tamil", "files/NotoSansTamil[wdth,wght].ttf")
TELUGU = Font("Noto Sans Telugu", "fontpkg-noto-sans-telugu", "files/NotoSansTelugu[wdth,wght].ttf")
THAI = Font("Noto Sans Thai", "fontpkg-noto-sans-thai", "files/NotoSansThai[wdth,wght].ttf")

FONTS: tuple[Font, ...] = (SERIF, RARE, ARABIC, HEBREW, CJK, DEVANAGARI, KHMER, TAMIL, TELUGU, THAI)
"""Every font that is used where it is installed, in the order in which a letter is looked for."""

_FOR: dict[str, Font] = {
    "ARABIC": ARABIC,
    "HEBREW": HEBREW,
    "CJK": CJK,
    "HIRAGANA": CJK,
    "KATAKANA": CJK,
    "HANGUL": CJK,
    "DEVANAGARI": DEVANAGARI,
    "KHMER": KHMER,
    "TAMIL": TAMIL,
    "TELUGU": TELUGU,
    "THAI": THAI,
}
"""The font of a script, by the first word of the script's character names."""

_CJK_FAMILIES: dict[Script, str] = {
    Script.TRADITIONAL: "Noto Sans CJK TC",
    Script.JAPANESE: "Noto Sans CJK JP",
    Script.KOREAN: "Noto Sans CJK KR",
}


def installed() -> tuple[Font, ...]:
    """The fonts at hand, in the order in which a letter is looked for."""
    return tuple(font for font in FONTS if font.path is not None)


def families(script: Script) -> tuple[str, ...]:
    """The names of the families at hand for a text mostly in a script, in the order to look for a letter.

    An Arabic or Hebrew text takes its stops and figures from the Arabic or Hebrew font, and Han signs take the shape
    that readers of the language know.
    """
    fonts = list(installed())
    first = {Script.ARABIC: ARABIC, Script.HEBREW: HEBREW}.get(script)
    if first in fonts:
        fonts.sort(key=lambda font: font is not first)
    cjk = _CJK_FAMILIES.get(script, CJK.family)
    return tuple(cjk if font is CJK else font.family for font in fonts)


@cache
def letters(path: Path) -> frozenset[int]:
    """The code points that a font file holds a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


_SPACES = frozenset((0x20, 0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)))
"""Spaces that the shaper makes out of the font's plain one where it has none of their width."""

_VISIBLE_FORMATS = frozenset(
    (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, *range(0xFFF9, 0xFFFC), 0x110BD, 0x110CD)
)
"""Format characters that are drawn all the same: signs that stand over or under numbers, annotation anchors."""

_JOINER = 0x34F
"""COMBINING GRAPHEME JOINER, the one mark that is never seen."""


def _is_ignorable(letter: str) -> bool:
    """Whether a letter draws nothing even where the font has no glyph for it: joiners, selectors, bidi controls."""
    point = ord(letter)
    if point in _SPACES or point == _JOINER or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return True
    return unicodedata.category(letter) == "Cf" and point not in _VISIBLE_FORMATS and point < 0x13430


@lru_cache(maxsize=8_192)
def covers(cluster: str) -> bool:
    """Whether one font at hand holds all of a grapheme cluster, composed or decomposed.

    A cluster is drawn in one font: a letter of one and a mark of another do not meet.
    """
    forms = {
        frozenset(map(ord, filter(lambda letter: not _is_ignorable(letter), form)))
        for form in (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
    }
    # Font by font, so that the large ones are only opened for a letter that the small ones lack.
    return any(form <= letters(path) for font in installed() if (path := font.path) for form in forms)


def package_for(letter: str) -> str | None:
    """The package to install for a letter that no font at hand holds, or None where none is known."""
    words = unicodedata.name(letter, "").split()
    font = _FOR.get(words[0]) if words else None
    return font.package if font and font.path is None else None
