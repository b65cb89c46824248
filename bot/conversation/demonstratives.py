"""Nouns that point back: "that agency", "that country"."""

import re

from bot.conversation.names import Sort
from bot.conversation.referents import Referent

_DEMONSTRATIVE = re.compile(
    r"\b(?P<det>this|that|these|those|such an?)\s(?P<noun>[a-z]+(?:\s[a-z]+)?)\b", re.IGNORECASE
)
_SORTS_OF_NOUNS = (
    (frozenset({"country", "nation", "state"}), frozenset({Sort.COUNTRY})),
    (frozenset("city town village place region island area province".split()), frozenset({Sort.PLACE})),
    (
        frozenset("company firm group organization organisation party agency club union".split()),
        frozenset({Sort.GROUP}),
    ),
    (frozenset("man woman person official".split()), frozenset({Sort.PERSON})),
)
"""Nouns that stand for any name of a sort."""
_SELF = frozenset(
    "article story report text piece page news week month year time day morning evening way one ones".split()
)


def demonstrated(text: str, found: list[Referent]) -> str | None:
    """Read "that agency" as what it was called in full; None where nothing points back.

    Args:
        text: a question as `bot.conversation.asked.plain` makes it.
        found: what was spoken of, most to the fore first.
    """
    match = _DEMONSTRATIVE.search(text)
    if match is None:
        return None
    heads = match["noun"].casefold().split()
    if heads[0] in _SELF:
        return None
    for mention in (referent.mention for referent in found):
        for end in range(len(heads), 0, -1):
            if mention.head == heads[end - 1] and len(mention.text.split()) > end + 1:
                stop = match.start("noun") + len(" ".join(heads[:end]))
                return f"{text[: match.start()]}{mention.text}{text[stop:]}"
    return _of_that_sort(text, match, heads[0], found)


def _of_that_sort(text: str, match: re.Match[str], noun: str, found: list[Referent]) -> str | None:
    """Read "that country" as the country that was named last, and so for towns, firms and people."""
    wanted = next((sorts for nouns, sorts in _SORTS_OF_NOUNS if noun in nouns), frozenset())
    if match["det"].casefold() not in ("this", "that") or not wanted:
        return None
    asked = text.casefold()
    for mention in (referent.mention for referent in found):
        if mention.named and not mention.inner and mention.sort in wanted and mention.head not in asked:
            return f"{text[: match.start()]}{mention.text}{text[match.start('noun') + len(noun) :]}"
    return None
