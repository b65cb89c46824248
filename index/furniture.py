"""Which paragraphs of a pasted page are the page's and not the article's."""

import re
from collections.abc import Sequence

_PHRASES = re.compile(
    r"notifications? (?:from|can be)|browser (?:preferences|settings)|your (?:support|donation|contribution|subscription)"
    r"|sign up|log(?:ged)? ?in\b|subscribe|newsletter|cookies?\b|privacy policy|terms of (?:use|service)"
    r"|all rights reserved|\(copyright|©|getty images|thank you for registering|refresh (?:the|your|this) (?:page|browser)"
    r"|advertisement|read more|related (?:articles|stories)|most (?:read|popular)|share this|follow us|paywalls?\b",
    re.IGNORECASE,
)


def mark_furniture(texts: Sequence[str], after_blank: Sequence[bool]) -> list[bool]:
    """Decide for every paragraph of a page whether it is furniture.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        one flag a paragraph; True for furniture.
    """
    del after_blank
    return [bool(_PHRASES.search(text[:2_000])) for text in texts]
