"""A part of a text as it is looked for, each character knowing where in the part it comes from."""

from dataclasses import dataclass

from bot.claims.report import Span

ADDED = -1
"""Stands for the place of a character that is not in the part itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a text in one line.

    Attributes:
        text: the words.
        origins: of each character of `text` its offset in the part, or `ADDED`; as many as there are characters.
    """

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, plain: str) -> "Reading":
        """Collapse white space."""
        kept = [n for n, c in enumerate(plain) if not c.isspace() or (n > 0 and not plain[n - 1].isspace())]
        while kept and plain[kept[-1]].isspace():
            kept.pop()
        return cls("".join(" " if plain[n].isspace() else plain[n] for n in kept), tuple(kept)).behind_space()

    def behind_space(self) -> "Reading":
        """The reading without white space before it."""
        return self.behind(len(self.text) - len(self.text.lstrip()))

    def behind(self, start: int) -> "Reading":
        """The reading from an offset on."""
        return Reading(self.text[start:], self.origins[start:])

    def put(self, start: int, end: int, words: str) -> "Reading":
        """The reading with other words in a place."""
        return Reading(
            f"{self.text[:start]}{words}{self.text[end:]}",
            (*self.origins[:start], *(ADDED,) * len(words), *self.origins[end:]),
        )

    def origin(self, mark: Span) -> Span | None:
        """Where a stretch of the reading stands in the part; None where it was put in."""
        start, end = mark
        places = self.origins[start:end]
        if not places or ADDED in places:
            return None
        return places[0], places[-1] + 1
