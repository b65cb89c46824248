"""The colours of a card, light and dark."""

import enum
from dataclasses import dataclass


class Theme(enum.StrEnum):
    """How a card is coloured; both stand out from Discord's light and dark windows."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`.

    Every pair that is read together has a contrast of 4.5 or more (WCAG 2.2, level AA), which a test computes.

    Attributes:
        paper: the ground.
        ink: the quotes and the headline.
        muted: byline, date, citations and the sentence before a quote.
        accent: quotation marks, the bar and the link.
        tint: behind the marked words; ink is read on it.
        rule: the hairlines; decoration, not read.
    """

    paper: str
    ink: str
    muted: str
    accent: str
    tint: str
    rule: str


PALETTES: dict[Theme, Palette] = {
    Theme.LIGHT: Palette("#fbf8f1", "#1c1a17", "#5f584d", "#9b2226", "#f5dfa0", "#d8d0c0"),
    Theme.DARK: Palette("#17181c", "#f2ede3", "#aca598", "#e9a178", "#59431c", "#3c3d43"),
}
"""Newsprint and ink; and warm white on near black, since pure white on black glares on a phone at night."""
