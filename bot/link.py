"""Links that open a web page at a sentence, as URL text fragments.

Source: the WICG's URL Fragment Text Directives, `#:~:text=start,end`.
"""

import re
from urllib.parse import quote, urlsplit

MAX_LINK = 512
"""Characters: what a link button of Discord takes."""

_WORDS_AT_EACH_END = 5
_WHOLE_UP_TO = 80
"""Characters up to which a sentence is named whole rather than by its first and last words."""


def _encoded(text: str) -> str:
    """Percent-encode; a dash, a comma and an ampersand have a meaning of their own in a text directive."""
    return quote(" ".join(text.split()), safe="", errors="replace").replace("-", "%2D")


def is_web(url: str) -> bool:
    """Whether a URL is an address of the web, and not of a file or a script."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable() and " " not in url


def link_to(url: str | None, text: str, start: int, end: int) -> str | None:
    """A link that opens `url` at `text[start:end]`.

    The first and last words name the sentence; more of the first ones where those alone stand earlier in the
    article, so that the browser marks this sentence and not another.

    Returns:
        the link, at most `MAX_LINK` characters; the plain URL where the link would be longer; None where there
        is no web address, or it alone is longer than that.
    """
    if url is None or not is_web(url) or len(url) > MAX_LINK:
        return None
    sentence = text[start:end]
    words = list(re.finditer(r"\S+", sentence))
    joint = ":~:text=" if "#" in url else "#:~:text="
    if len(sentence) <= _WHOLE_UP_TO or len(words) <= 2 * _WORDS_AT_EACH_END:
        link = f"{url}{joint}{_encoded(sentence)}"
        return link if len(link) <= MAX_LINK else url
    head = _WORDS_AT_EACH_END
    while head < len(words) - _WORDS_AT_EACH_END and text.find(sentence[: words[head - 1].end()]) < start:
        head += 1
    first = sentence[: words[head - 1].end()]
    last = sentence[words[-_WORDS_AT_EACH_END].start() :]
    link = f"{url}{joint}{_encoded(first)},{_encoded(last)}"
    return link if len(link) <= MAX_LINK else url
