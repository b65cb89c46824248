"""What a fetch may take, and what it gives."""

from dataclasses import dataclass

AGENT = "Pullquote"
"""Our name in robots.txt and, with an address, in `User-Agent`."""

ARTICLES: frozenset[str] = frozenset(
    {
        "",  # where the server does not say
        "application/atom+xml",
        "application/epub+zip",
        "application/octet-stream",
        "application/pdf",
        "application/rss+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-pdf",
        "application/xhtml+xml",
        "application/xml",
        "binary/octet-stream",
        "text/html",
        "text/markdown",
        "text/plain",
        "text/x-markdown",
        "text/xml",
    }
)
"""Media types that a page may come as; what it really is, the readers find out."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take.

    Attributes:
        bytes: of the body, as it comes and again as it is unpacked, > 0.
        seconds: for all of it: looking the name up, robots.txt, redirects, the body; > 0.
        redirects: that are followed, >= 0.
        types: media types that are taken, in lower case; "" is none given.
    """

    bytes: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    types: frozenset[str] = ARTICLES


LIMITS = Limits()
"""For a page that a person names. Ten million bytes hold any article's page; pictures are fetched by nobody."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        url: where it was found in the end, without a fragment.
        data: the body, unpacked.
        content_type: its media type in lower case, or "".
        charset: the encoding that the server names, in lower case, or None.
        name: what to call the file: the last part of its path, with an ending that fits the type where there is none.
    """

    url: str
    data: bytes
    content_type: str
    charset: str | None
    name: str
