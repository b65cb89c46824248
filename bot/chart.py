"""How many questions were asked, and how many of them answered, as bars; drawn with Pillow.

The picture holds bars, figures and dates alone, so one font does for every language; what the colours mean stands in
the message beside it, and all of it in the alternative text.
"""

import datetime as dt
import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.insights import Period

SIZE = (1200, 480)
"""Pixels: twice what Discord shows a picture at in a message, for screens with a fine grid."""

MARGIN = 48
FOOT = 64
"""Pixels below the bars, for the dates."""

HEAD = 40
"""Pixels above the highest bar, for its figure."""

PAPER, INK, MUTED, RULE = "#232428", "#f2f3f5", "#b5bac1", "#3f4147"
ANSWERED, REFUSED = "#4f9de0", "#e69f00"
"""Blue and orange of one lightness apart (Okabe and Ito's orange): told apart by people who are colour-blind."""

FIGURES, DATES = 26, 24
"""Sizes of type, in pixels."""

WIDEST = 110
"""Pixels of a bar's width at most: a few bars are no walls."""

_GAP = 0.28
"""Of a bar's room, left free."""


def draw(periods: Sequence[Period], label: Callable[[dt.date], str]) -> bytes:
    """Draw stacked bars, one a period: answered below, refused above.

    Args:
        periods: in order; at least one.
        label: a day -> figures and signs for the axis, such as "24.11."; Latin letters at most.

    Returns:
        a PNG.
    """
    width, height = SIZE
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    base = height - FOOT
    tallest = max(1, *(p.answered + p.refused for p in periods))
    scale = (base - HEAD - MARGIN // 2) / tallest
    room = (width - 2 * MARGIN) / len(periods)
    figures, dates = ImageFont.load_default(FIGURES), ImageFont.load_default(DATES)
    figures = ImageFont.load_default(min(FIGURES, FIGURES * 0.9 * room / canvas.textlength(f"{tallest}", figures)))
    canvas.line((MARGIN, base, width - MARGIN, base), RULE, 2)
    every = _every(periods, label, dates, canvas, room)
    for number, period in enumerate(periods):
        middle = MARGIN + (number + 0.5) * room
        half = min(room * (1 - _GAP), WIDEST) / 2
        left, right = middle - half, middle + half
        total = period.answered + period.refused
        seam, top = base - period.answered * scale, base - total * scale
        if period.answered:
            canvas.rectangle((left, min(seam, base - 2), right, base - 2), ANSWERED)
        if period.refused:
            foot = min(seam, base - 2) - (2 if period.answered else 0)
            canvas.rectangle((left, min(top, foot), right, foot), REFUSED)  # one in thousands is a hair's breadth
        if total:
            canvas.text((middle, top - 8), f"{total}", INK, figures, anchor="ms")
        if (len(periods) - 1 - number) % every == 0:
            canvas.text((middle, base + 14), label(period.start), MUTED, dates, anchor="mt")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _every(
    periods: Sequence[Period],
    label: Callable[[dt.date], str],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    canvas: ImageDraw.ImageDraw,
    room: float,
) -> int:
    """Of how many dates one is written, so that they do not run into each other."""
    widest = max(canvas.textlength(label(p.start), font) for p in periods)
    return max(1, -int(-(widest + 16) // room))
