"""What is looked past in a text: links, mentions, emoji and Markdown, blanked out so that every offset stays."""

import re
import unicodedata

_URL = r"<?\b(?:https?|ftp)://[^\s<>]+>?|\bwww\.[^\s<>]+|\bdiscord(?:app)?\.(?:gg|com)/[^\s<>]+"
_DISCORD = r"<(?:@[!&]?|\#|a?:\w{1,40}:|t:|/[^:<>\n]{1,100}:|id:)[^<>\s]{0,40}>|(?<!\w)@(?:everyone|here)\b"
_EMOJI_NAME = r"(?<![\w:]):[a-z0-9_+-]{2,32}:(?![\w:])"
_CODE = r"```[\s\S]*?```"
_LINE_START = r"^[ \t]*(?:(?:>{1,3}|-\#|\#{1,3}|[-*+•–—]|\d{1,2}[.)])[ \t]+)+"
_MARKUP = r"[*~|`]+|(?<!\w)_+|_+(?!\w)"
_MASKED_LINK = r"\]\([^()\s]*\)"
_OUT = re.compile(
    f"{_CODE}|{_MASKED_LINK}|{_URL}|{_DISCORD}|{_EMOJI_NAME}|{_LINE_START}|{_MARKUP}", re.MULTILINE | re.IGNORECASE
)
_JOINERS = frozenset("\u200d\ufe0f\u20e3")
_SIGNS = frozenset(("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn"))
"""Unicode categories of emoji and of what is not seen."""


def masked(text: str) -> str:
    """Blank out what states nothing.

    Returns:
        a text of the same length: a link, a mention, an emoji, a list's sign become spaces; line feeds stay.
    """

    def blank(match: re.Match[str]) -> str:
        return "".join("\n" if c == "\n" else " " for c in match[0])

    return "".join(c if _keeps(c) else " " for c in _OUT.sub(blank, text))


def _keeps(character: str) -> bool:
    """Whether a character is part of words, figures or punctuation."""
    if character.isascii():
        return character.isprintable() or character == "\n"
    if character.isspace():
        return False
    return character not in _JOINERS and unicodedata.category(character) not in _SIGNS
