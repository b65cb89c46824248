"""Content -> PNG: hands the strings to the typesetter and `card.typ`, which places them.

The strings go in as data (JSON), never as markup: nothing that an article holds is run. Nothing is read but the
template and the fonts, and no package is fetched.
"""

import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.card.content import Content, Excerpt
from bot.card.fonts import SERIF, families, installed
from bot.card.glyphs import drawable, isolated, long_words, loosened, plainly
from bot.card.script import Script, is_right_to_left, language_of, region_of, script_of
from bot.card.theme import PALETTES, Theme
from index.errors import CardError

if TYPE_CHECKING:
    import typst

WIDTH = 1_200
"""Pixels: what Discord and the social networks show at full width without scaling up."""

WIDEST_WORD = 36
"""Letters of a word that fit into a line of the small type whatever they are; a longer one may break anywhere."""

NO_BREAK = "\u00a0"

HAN_SCALE = 0.96
SCALES: dict[Script, float] = {
    Script.ARABIC: 1.12,
    Script.SIMPLIFIED: HAN_SCALE,
    Script.TRADITIONAL: HAN_SCALE,
    Script.JAPANESE: HAN_SCALE,
}
"""What to multiply a size by so that scripts look equally large: Amiri is small on its body, Han signs fill theirs."""

PIXELS_PER_POINT = 72.0
"""So that a point of the template is a pixel."""


def draw(shown: Content, theme: Theme) -> bytes:
    """Draw a card, as a PNG file.

    Raises:
        CardError: the typesetter, the fonts or a glyph are missing.
    """
    check_installed()
    import typst

    try:
        png = typeset(shown, theme).compile(format="png", ppi=PIXELS_PER_POINT)
    except typst.TypstError as error:
        raise CardError("The card could not be set; share the answer as text.") from error
    if not isinstance(png, bytes):
        # More than one page comes as a list; the template makes one.
        raise CardError("The card could not be set; share the answer as text.")
    return png


def check_installed() -> None:
    """See that what draws a card is installed; the rest of Pullquote does without.

    Raises:
        CardError: it is not.
    """
    if find_spec("typst") is None or find_spec("fontTools") is None or SERIF.path is None:
        raise CardError("Cards need packages that are not installed: pip install 'pullquote[card]'")


def typeset(shown: Content, theme: Theme) -> "typst.Compiler":
    """The card, ready to be written in a format of the typesetter's.

    Raises:
        CardError: a glyph is missing.
    """
    import typst

    return typst.Compiler(
        (files("bot.card") / "card.typ").read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"card": json.dumps(_data(shown, theme))},
    )


@cache
def _fonts() -> "typst.Fonts":
    """The fonts at hand, and no others: the same picture on every machine."""
    import typst

    folders = sorted({str(path.parent) for font in installed() if (path := font.path)})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _data(shown: Content, theme: Theme) -> dict[str, object]:
    """What the template reads."""
    palette = PALETTES[theme]
    # A date stays in one line.
    imprint = (shown.byline, shown.date.replace(" ", NO_BREAK))
    return {
        "palette": {name: getattr(palette, name) for name in palette.__slots__},
        "quotes": [_excerpt(excerpt) for excerpt in shown.excerpts],
        "headline": _line(shown.headline),
        "imprint": _line(" · ".join(isolated(part) for part in imprint if part)),
        "link": _line(shown.link),
    }


def _excerpt(excerpt: Excerpt) -> dict[str, object]:
    runs = [(run, piece.marked) for piece in excerpt.pieces for run in drawable(piece.text)]
    return {
        "opening": plainly(excerpt.opening),
        "own": excerpt.own,
        "runs": [
            {"text": run.text, "loose": loosened(run.text), "named": run.named, "marked": marked}
            for run, marked in runs
        ],
        "long": long_words("".join(run.text for run, _marked in runs)),
        "closing": plainly(excerpt.closing),
        "where": _line(excerpt.where),
        "context": _line(excerpt.context),
        **_setting(excerpt.script, right_to_left=excerpt.right_to_left),
    }


def _line(text: str) -> dict[str, object]:
    """A text that is not a quote, with how it is set."""
    drawn = plainly(text)
    loose = loosened(drawn, WIDEST_WORD)
    return {
        "text": loose,
        "loose": loose != drawn,
        **_setting(script_of(text), right_to_left=is_right_to_left(text)),
    }


def _setting(script: Script, *, right_to_left: bool) -> dict[str, object]:
    return {
        "fonts": [
            # Beside Han signs, quotation marks and dashes are as wide as these and come from their font.
            {"name": name, "covers": "latin-in-cjk"} if script.is_cjk and name == SERIF.family else name
            for name in families(script)
        ],
        "lang": language_of(script),
        "region": region_of(script),
        "rtl": right_to_left,
        "cjk": script.is_cjk,
        "tall": script in (Script.ARABIC, Script.DEVANAGARI, Script.THAI),
        "scale": SCALES.get(script, 1.0),
    }
