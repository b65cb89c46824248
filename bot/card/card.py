"""Answer -> card: the whole way in one function."""

from dataclasses import dataclass

from bot.answer import Answer
from bot.card import png
from bot.card.alt import alt_text, description
from bot.card.content import content
from bot.card.draw import draw
from bot.card.theme import Theme


@dataclass(frozen=True, slots=True)
class Card:
    """An answer as an image.

    Attributes:
        png: the image, a PNG file that carries its alt text and source.
        alt: what stands on it, for those who cannot see it: every quote verbatim, its source and citation.
        description: the same within the 1,024 characters that Discord takes for an attachment; never cuts a quote.
        width: in pixels, 1200.
        height: in pixels, 675 or more.
    """

    png: bytes
    alt: str
    description: str
    width: int
    height: int


def render_card(answer: Answer, theme: Theme = Theme.LIGHT) -> Card:
    """Draw an answer as an image.

    Takes some 50 ms of one core and holds the interpreter lock meanwhile for a part of it: call it from a thread
    where something else must go on. The same answer gives the same bytes on the same versions.

    Args:
        answer: the answer; all of its quotes stand on the card.
        theme: how it is coloured.

    Raises:
        CardError: the packages or the fonts for it are not installed, or the quotes are too long; the message says
            which, and what to do.
    """
    shown = content(answer)
    alt = alt_text(shown)
    drawn = draw(shown, theme)
    width, height = png.size(drawn)
    image = png.with_text(drawn, alt=alt, title=shown.headline, author=shown.byline, source=shown.url)
    return Card(image, alt, description(shown), width, height)
