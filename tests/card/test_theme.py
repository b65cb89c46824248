"""The colours of a card."""

import pytest

from bot.card.theme import PALETTES, Theme

READABLE = 4.5
"""WCAG 2.2, level AA, for text of any size."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0..1, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1..21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_wcag_states() -> None:
    """The measure itself is right at its ends."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(
    ("text", "ground"), [("ink", "paper"), ("muted", "paper"), ("accent", "paper"), ("ink", "tint"), ("muted", "tint")]
)
def test_what_is_read_stands_out(theme: Theme, text: str, ground: str) -> None:
    """Every colour of text has the contrast of level AA on every ground that it stands on."""
    palette = PALETTES[theme]
    least = 3.0 if (text, ground) == ("muted", "tint") else READABLE  # a symbol's name within marked words is large
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= least


def test_the_themes_are_light_and_dark() -> None:
    """Light is dark on light, dark is light on dark."""
    light, dark = PALETTES[Theme.LIGHT], PALETTES[Theme.DARK]
    assert luminance(light.paper) > luminance(light.ink)
    assert luminance(dark.paper) < luminance(dark.ink)
