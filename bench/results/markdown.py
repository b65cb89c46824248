"""Tables of Markdown, and figures as they are written in them."""

import textwrap
from collections.abc import Iterable, Sequence

Value = Sequence[float]
"""A figure with its interval: (value, low, high)."""


WIDTH = 118
"""Columns of a line of prose."""


def paragraph(text: str) -> list[str]:
    """A paragraph of prose, as lines."""
    return [*textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False), ""]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; the first column is text, the others are figures. A cell may hold no pipe."""
    lines = [f"| {' | '.join(header)} |", "|---|" + "---:|" * (len(header) - 1)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return [*lines, ""]


def share(value: float) -> str:
    """A share of 0..1 with three decimals, as the field writes it: .564."""
    text = f"{value:.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def within(value: Value) -> str:
    """A share with its 95 % interval: .564 [.540, .590]."""
    return f"{share(value[0])} [{share(value[1])}, {share(value[2])}]"


def signed(value: Value) -> str:
    """A difference of two shares with its interval; bold where the interval leaves out zero."""
    signs = [("+" if v > 0 else "−" if v < 0 else "") + share(abs(v)) for v in value]
    text = f"{signs[0]} [{signs[1]}, {signs[2]}]"
    return f"**{text}**" if value[1] > 0 or value[2] < 0 else text


def milliseconds(value: float) -> str:
    """A time with two figures that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(value: float) -> str:
    """A ratio: "× 0.21"."""
    return f"× {value:,.0f}" if value >= 10 else f"× {value:.2g}" if value < 1 else f"× {value:.1f}"


def note_of_limit(limit: int | None, what: str) -> list[str]:
    """A warning above figures of a quick look."""
    return paragraph(f"**A quick look**: only the first {limit} {what} of each set. Not to be quoted.") if limit else []
