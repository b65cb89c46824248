"""Discord's Markdown as far as it matters here: what of a text is live, and how it is drawn.

A model written from Discord's documentation and the behaviour of its client; stricter than the client where the two
differ, so that what is dead here is dead there.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BODY = r"((?:\\[\s\S]|[^\\])+?)"
_INLINE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("escape", r"\\([^0-9A-Za-z\s])"),
        ("fence", r"```([\s\S]+?)```"),
        ("code", r"(?<!`)(`+)([\s\S]*?[^`])\1(?!`)"),
        ("url", r"<(https?://[^ >]+)>"),
        ("mention", r"<(?:@[!&]?|#)\d+>|</[^:>]+:\d+>|<id:\w+>|@(?:everyone|here)"),
        ("emoji", r"<a?:\w+:\d+>|:[\w+-]+:"),
        ("timestamp", r"<t:-?\d+(?::[tTdDfFsSR])?>"),
        ("link", r"\[((?:\\[\s\S]|[^\]\\])+)\]\(<?(https?://[^\s)>]+)>?\)"),
        ("url", r"(\w+://[^\s<]+)"),
        ("url", r"((?:discord(?:app)?\.(?:gg|com|me|io)|dsc\.gg)/[\w-]+)"),
        ("bold", rf"\*\*{_BODY}\*\*(?!\*)"),
        ("underline", rf"__{_BODY}__(?!_)"),
        ("italic", r"\*(?=\S)((?:\\[\s\S]|[^\\*])+?)\*(?!\*)"),
        ("italic", r"_((?:\\[\s\S]|[^\\_])+?)_(?![0-9A-Za-z_])"),
        ("strike", rf"~~{_BODY}~~"),
        ("spoiler", rf"\|\|{_BODY}\|\|"),
    )
)
_BLOCK: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"\s*#{1,3}\s+(.*)")),
    ("subtext", re.compile(r"\s*-#\s+(.*)")),
    ("item", re.compile(r"\s*[-*+]\s+(.*)")),
    ("number", re.compile(r"(\s*\d+[.)]\s+.*)")),
)


@dataclass(frozen=True)
class Node:
    """A stretch of text.

    Attributes:
        kind: "text", or what is live about it.
        parts: what it is made of.
        text: of a text, or of a leaf as it is shown.
        url: of a link.
    """

    kind: str
    parts: "tuple[Node, ...]" = ()
    text: str = ""
    url: str = ""


def parse(markdown: str) -> tuple[Node, ...]:
    """Parse blocks, then what is in them."""
    nodes: list[Node] = []
    lines = markdown.split("\n")
    plain: list[str] = []
    position = 0

    def flush() -> None:
        if plain:
            nodes.append(Node("lines", _inline("\n".join(plain))))
            plain.clear()

    while position < len(lines):
        line = lines[position]
        if line.startswith(">>> "):
            flush()
            nodes.append(Node("quote", parse("\n".join([line[4:], *lines[position + 1 :]]))))
            break
        if re.match(r"\s*> ", line):
            flush()
            quoted = []
            while position < len(lines) and (match := re.match(r"\s*> ?", lines[position])):
                quoted.append(lines[position][match.end() :])
                position += 1
            nodes.append(Node("quote", parse("\n".join(quoted))))
            continue
        found = next(((kind, m) for kind, pattern in _BLOCK if (m := pattern.fullmatch(line))), None)
        if found:
            flush()
            nodes.append(Node(found[0], _inline(found[1][1])))
        else:
            plain.append(line)
        position += 1
    flush()
    return tuple(nodes)


def _inline(text: str) -> tuple[Node, ...]:
    nodes: list[Node] = []
    plain = ""
    position = 0
    while position < len(text):
        found = next(((kind, m) for kind, pattern in _INLINE if (m := pattern.match(text, position))), None)
        if found is None:
            plain += text[position]
            position += 1
            continue
        kind, match = found
        position = match.end()
        if kind == "escape":
            plain += match[1]
            continue
        if plain:
            nodes.append(Node("text", text=plain))
            plain = ""
        if kind in ("mention", "emoji", "timestamp"):
            nodes.append(Node(kind, text=match[0]))
        elif kind in ("fence", "code"):
            nodes.append(Node(kind, text=match[match.lastindex or 0]))
        elif kind == "url":
            nodes.append(Node(kind, text=match[1], url=match[1]))
        elif kind == "link":
            nodes.append(Node(kind, _inline(match[1]), url=match[2]))
        else:
            nodes.append(Node(kind, _inline(match[1])))
    if plain:
        nodes.append(Node("text", text=plain))
    return tuple(nodes)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """All nodes, parents first."""
    for node in nodes:
        yield node
        yield from walk(node.parts)


def live(markdown: str) -> set[str]:
    """What is live in a text: the kinds of its nodes, plain text left out."""
    return {node.kind for node in walk(parse(markdown))} - {"lines", "text"}


def visible(nodes: tuple[Node, ...]) -> str:
    """What a person reads, one line a block."""
    blocks = {"lines", "quote", "heading", "subtext", "item", "number"}
    said = ""
    for position, node in enumerate(nodes):
        if position and node.kind in blocks:
            said += "\n"
        said += node.text + visible(node.parts)
    return said


def read(markdown: str) -> str:
    """What a person reads of a text."""
    return visible(parse(markdown))


_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strike": "s", "heading": "h3", "quote": "blockquote"}
_CLASSES = {"subtext": "subtext", "item": "item", "number": "number", "lines": "lines", "spoiler": "spoiler"}


def to_html(nodes: tuple[Node, ...]) -> str:
    """Draw nodes as HTML."""
    return "".join(_node_html(node) for node in nodes)


def _moment(markdown: str) -> str:
    """A timestamp as a reader in England sees it."""
    number, _, style = markdown.strip("<>").removeprefix("t:").partition(":")
    then = dt.datetime.fromtimestamp(int(number), dt.UTC)
    if style == "R":
        minutes = round((then - dt.datetime.now(dt.UTC)).total_seconds() / 60)
        return f"in {minutes} minutes" if minutes > 0 else f"{-minutes} minutes ago"
    day = f"{then.day} {then:%B %Y}"
    return day if style == "D" else f"{day} {then:%H:%M}"


def _node_html(node: Node) -> str:  # noqa: PLR0911 - a table
    inner = html.escape(node.text) + to_html(node.parts)
    if node.kind == "text":
        return inner
    if node.kind in _TAGS:
        return f"<{_TAGS[node.kind]}>{inner}</{_TAGS[node.kind]}>"
    if node.kind in ("link", "url"):
        return f'<a href="{html.escape(node.url)}">{inner}</a>'
    if node.kind == "code":
        return f"<code>{inner}</code>"
    if node.kind == "timestamp":
        return f'<span class="timestamp">{_moment(node.text)}</span>'
    if node.kind in _CLASSES:
        tag = "span" if node.kind == "spoiler" else "div"
        return f'<{tag} class="{_CLASSES[node.kind]}">{inner}</{tag}>'
    return f'<span class="{node.kind}">{inner}</span>'
