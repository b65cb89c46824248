"""Text -> blocks: the paragraphs of a text by its line breaks, with offsets.

A blank line always ends a paragraph. A single line break does so in text copied from a page (one line is one
paragraph, a link or a caption) and does not in text that was wrapped at a column; which of the two a text is
shows in how full its lines are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_BULLET = re.compile(r"(?:[-*•‣◦▪·–—+]|\d{1,3}[.)]|[a-zA-Z][.)])\s+\S")

MIN_WRAPPED = 40
"""Characters. A shorter line is a line of its own: a link, a name, a verse, the end of a paragraph."""

MAX_WRAPPED = 130
"""Characters. A longer line was not wrapped at a column."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph by its line breaks.

    Attributes:
        start: offset of its first character in the text.
        end: offset behind its last character.
        after_blank: whether a blank line, or the start of the text, stands before it.
    """

    start: int
    end: int
    after_blank: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool

    @property
    def width(self) -> int:
        return self.end - self.start + self.indent


def _lines(text: str) -> list[_Line]:
    """The lines that hold more than white space."""
    found: list[_Line] = []
    breaks = 2  # the start of the text counts as a blank line
    for match in _LINE.finditer(text):
        piece = match.group()
        if piece[0] in "\n\r\x0b\x0c\x85\u2028\u2029":
            breaks += 2 if piece in ("\x0c", "\u2029") else 1
            continue
        stripped = piece.strip()
        if not stripped:
            continue
        indent = len(piece) - len(piece.lstrip())
        start = match.start() + indent
        found.append(_Line(start, start + len(stripped), indent, breaks > 1))
        breaks = 0
    return found


def _first_word(text: str, line: _Line) -> int:
    """Length of a line's first word."""
    return len(text[line.start : line.end].split(None, 1)[0])


def _wrap_column(text: str, lines: Sequence[_Line]) -> int | None:
    """The column at which a text was wrapped, or None for one that was not.

    In wrapped text the first word of a line would not have fitted on the line before.
    """
    pairs = [
        (line.width, _first_word(text, following))
        for line, following in pairwise(lines)
        if not following.after_blank and line.width >= MIN_WRAPPED
    ]
    if len(pairs) < 2 or any(width > MAX_WRAPPED for width, _ in pairs):
        return None
    widths = sorted(width for width, _ in pairs)
    column = widths[-1] if len(widths) < 20 else widths[int(len(widths) * 0.98)]
    full = sum(width + 1 + word > column for width, word in pairs)
    return column if full >= 0.7 * len(pairs) else None


def _belong_together(text: str, line: _Line, following: _Line, column: int | None) -> bool:
    """Whether two lines with a single break between them are one paragraph."""
    if following.after_blank or _BULLET.match(text, following.start, following.end):
        return False
    if line.width < MIN_WRAPPED or line.width > MAX_WRAPPED:
        return False
    if following.indent > line.indent + 1:
        return False
    left = text[max(line.start, line.end - 8) : line.end]
    if column is not None and line.width + 1 + _first_word(text, following) > column:
        return True
    return text[following.start].islower() and not _ENDS_SENTENCE.search(left)


def split_blocks(text: str) -> list[Block]:
    """Find the paragraphs of a text.

    Args:
        text: any text with any line endings.

    Returns:
        the blocks, ascending, not overlapping, without white space around them; what lies between them is
        white space only. Linear in the length of the text.
    """
    lines = _lines(text)
    column = _wrap_column(text, lines)
    blocks: list[Block] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _belong_together(text, previous, line, column):
            blocks[-1] = Block(blocks[-1].start, line.end, blocks[-1].after_blank)
        else:
            blocks.append(Block(line.start, line.end, line.after_blank))
        previous = line
    return blocks
