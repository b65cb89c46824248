"""The colours of a card, light and dark."""

import enum


class Theme(enum.StrEnum):
    """How a card is coloured; both stand out from Discord's light and dark windows."""

    LIGHT = "light"
    DARK = "dark"
