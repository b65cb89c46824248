"""Text -> word pieces, as BERT (uncased) reads it.

The rules are those of Devlin et al. (2019) and their released `tokenization.py`. The `tokenizers` package does the
same, and is what the tests compare with; at run time it would bring a client of a model hub, with its HTTP stack,
into a program that promises to stay offline, and it takes three times as long to load.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

UNKNOWN, CLASSIFY, SEPARATE = "[UNK]", "[CLS]", "[SEP]"

MAX_WORD = 100
"""Characters of the longest word that is cut into pieces; a longer one is unknown."""

_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@cache
def _kind(char: str) -> str:
    """What becomes of a character: "drop", "space", "alone" (a word of its own) or "letter"."""
    code = ord(char)
    if char in "\t\n\r" or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return "space"
    category = unicodedata.category(char)
    if code in (0, 0xFFFD) or category in ("Cc", "Cf", "Cn", "Co", "Cs"):
        return "drop"
    is_ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    if is_ascii_mark or category.startswith("P") or any(first <= code <= last for first, last in _CJK):
        return "alone"
    return "letter"


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; a punctuation mark or an ideograph is a word of its own."""
    clean = "".join(" " if (kind := _kind(c)) == "space" else c for c in text if _kind(c) != "drop")
    spaced = "".join(f" {c} " if _kind(c) == "alone" and unicodedata.category(c) == "Lo" else c for c in clean)
    # Accents go before the case: what lowering a letter leaves over (Turkish İ) stays, as in the original.
    bare = "".join(c for c in unicodedata.normalize("NFD", spaced) if unicodedata.category(c) != "Mn").lower()
    word = ""
    for char in bare:
        kind = _kind(char)
        if kind == "letter":
            word += char
            continue
        if word:
            yield word
            word = ""
        if kind == "alone":
            yield char
    if word:
        yield word


class WordPiece:
    """A vocabulary, and how to cut text into its pieces."""

    def __init__(self, path: Path) -> None:
        """Read a vocabulary, one piece a line; a piece's number is its line's, from 0."""
        self._ids = {piece: number for number, piece in enumerate(path.read_text("utf-8").splitlines())}
        self._unknown = self._ids[UNKNOWN]

    def encode(self, text: str, most: int) -> list[int]:
        """Numbers of the pieces of a text.

        Args:
            text: any text.
            most: how many numbers to give at most, the two marks at the ends included.

        Returns:
            the number of [CLS], those of the pieces, that of [SEP].
        """
        pieces: list[int] = []
        for word in _words(text):
            pieces += self._pieces(word)
            if len(pieces) >= most - 2:
                break
        return [self._ids[CLASSIFY], *pieces[: most - 2], self._ids[SEPARATE]]

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces from the left; unknown as a whole where some part has none."""
        if len(word) > MAX_WORD:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                found = self._ids.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if found is not None:
                    pieces.append(found)
                    start = end
                    break
            else:
                return [self._unknown]
        return pieces
