"""An answer as an image to share: the quotes set large, and below them where they are from.

    card = render_card(answer, Theme.DARK)
    Path("card.png").write_bytes(card.png)

Set by Typst (shaping, right-to-left text, line breaking, hanging punctuation) in fonts that are installed as packages:
`pip install 'pullquote[card]'`. Nothing of it is imported before a card is drawn.
"""

from bot.card.card import Card, render_card
from bot.card.theme import Theme

__all__ = ["Card", "Theme", "render_card"]
