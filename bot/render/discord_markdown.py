"""Text of an article or a person -> Markdown that Discord shows as it was written, with nothing in it live.

Only backslashes are added, and only where a character would otherwise do something: a person who copies a quote
from the message copies the article's characters and no invisible ones. `@everyone` inside a quote needs no
zero-width character either: a backslash keeps it from being drawn as a mention, and every message is sent with
`AllowedMentions.none()`, which keeps it from notifying anyone.
"""

import re

MAX_TEXT = 4_000
"""Characters that all text displays of a message may hold together (Discord's limit)."""

MAX_BYTES = 9_000
"""UTF-8 bytes of the same; Discord refuses somewhat above this, so that emoji and CJK text count for more."""

RESERVE = 120
"""Characters kept free for a line that is added later ("Shared by ...")."""

_BREAK = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_BREAK = re.compile(rf"\r\n|[{_BREAK}]")
_LIVE = re.compile(
    r"[\\*_~|`<\[]"  # emphasis, spoilers, code, mentions, custom emoji, timestamps, links
    r"|@(?=everyone|here)"
    r"|:(?=//|[\w+-]+:)"  # URLs; emoji by name
    r"|(?<=\w)\.(?=[^\W\d_]+/)"  # invites and addresses without a scheme: discord.gg/...
)
_LINE_START = re.compile(
    rf"(?:^|(?<=[{_BREAK}]))[^\S{_BREAK}]*"
    r"(?:(?P<sign>[#>+-])|\d+(?P<point>[.)]))"  # headings, block quotes, lists, subtext; numbered lists
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _pieces(text: str) -> list[str]:
    """What each character of a text becomes."""
    pieces = list(_SURROGATE.sub("\ufffd", text))
    live = {match.start() for match in _LIVE.finditer(text)}
    for match in _LINE_START.finditer(text):
        live.add(match.start(match.lastgroup or 0))
    for position in live:
        pieces[position] = f"\\{text[position]}"
    for match in _LINE_BREAK.finditer(text):
        pieces[match.start() : match.end()] = ["\n", *[""] * (len(match[0]) - 1)]
    return pieces


def escape(text: str) -> str:
    """Escape a text so that Discord shows it as it is written.

    Line breaks of any kind come out as line feeds. A lone surrogate, which no message can carry, comes out as
    U+FFFD. Nothing else changes but for the backslashes.
    """
    return "".join(_pieces(text))


def unescape(markdown: str) -> str:
    """The text that `escape` was given, a text of one line without surrogates."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


def one_line(text: str, most: int) -> str:
    """A label made of a text: white space collapsed, cut between words behind at most `most` characters, "…"."""
    collapsed = " ".join(_SURROGATE.sub("\ufffd", text).split())
    if len(collapsed) <= most:
        return collapsed
    head = collapsed[: most - 1]
    cut = head.rfind(" ")
    return f"{head[:cut] if cut > most // 2 else head}…"


def bold(markdown: str) -> str:
    """Set escaped text bold; nothing where there is nothing."""
    return f"**{markdown}**" if markdown.strip() else markdown


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """Escape a text with the marked stretches bold.

    Args:
        text: as it is written.
        marks: (start, end) offsets into it; ascending, disjoint.
    """
    pieces = _pieces(text)
    for start, end in reversed(marks):
        # The text is escaped as a whole first: cut at a mark, "@every" and "one" would each look harmless.
        pieces[start:end] = [bold("".join(pieces[start:end]))]
    return "".join(pieces)


def quoted(markdown: str) -> str:
    """A block quote of escaped text, whatever lines it has."""
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def subtext(markdown: str) -> str:
    """Small print, whatever lines it has; Discord shows no empty subtext line, so those are left out."""
    return "\n".join(f"-# {line}" for line in markdown.split("\n") if line.strip())


def link(label: str, url: str) -> str:
    """A masked link; the angle brackets keep Discord from drawing a preview, and must not be closed early."""
    target = re.sub(r"[\s<>()\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return f"[{escape(label)}](<{target}>)"


def fits(texts: tuple[str, ...], reserve: int = RESERVE) -> bool:
    """Whether text displays go into one message.

    Counted in UTF-16 code units, of which a character has one or two, because nobody says what Discord counts.
    """
    units = sum(len(text.encode("utf-16-le")) // 2 for text in texts)
    return units <= MAX_TEXT - reserve and sum(len(text.encode()) for text in texts) <= MAX_BYTES
