"""The canonical form of an address, by which an article is known again."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fb_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|_ga|_gl|_hs\w+|mkt_tok"
    r"|at_(?:medium|campaign|link|format|ptr|bbc)\w*|cmpid|cmp|ncid|ocid|ns_\w+|smid|sref|ref_?src|ref_?url",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from, and not what is read."""

_SAFE = "/:@!$&'()*+,;=~-._"


def canonical(url: str | None) -> str | None:
    """An address without what does not choose the page.

    Scheme, "www.", case of the host, default port, fragment, slash at the end, tracking parameters and the order of the
    others make no difference; what is written as %41 or as A is the same.

    Returns:
        the host, path and query, or None where it is no address on the web.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        url.encode("utf-8", "surrogateescape")  # what bytes cannot hold names no page
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return None
    if not host.isprintable() or " " in host:
        return None
    host = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    path = quote(unquote(parts.path, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape").rstrip("/")
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        if not TRACKING.fullmatch(name)
    )
    return host + path + (f"?{urlencode(asked, errors='surrogateescape')}" if asked else "")
