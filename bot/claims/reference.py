"""Who "he" and "they" are in a text of several claims: whoever the claims before named."""

import re

from bot.claims.anatomy import Anatomy
from bot.claims.reading import Reading
from bot.english.answer_words import Kind

_OPENS = re.compile(
    r"^(?P<before>(?:(?:and|but|also|then|later|yesterday|today)\s+)*)(?P<word>he|she|they|it|his|her|their|its)\b",
    re.IGNORECASE,
)
_PERSONAL = frozenset(("he", "she", "his", "her"))
_OWN = frozenset(("his", "her", "their", "its"))


def read_as(statement: Reading, before: Anatomy | None) -> Reading:
    """A statement with the pronoun that opens it replaced by whom the claim before named.

    Args:
        statement: as it was typed.
        before: the claim before it in the text, as it was read; None where there is none.

    Returns:
        the statement itself where it opens otherwise or nobody was named.
    """
    opening = _OPENS.match(statement.text)
    if opening is None or before is None or not before.names:
        return statement
    word = opening["word"].casefold()
    people = [name for name in before.names if name.kind is Kind.PERSON]
    if word in _PERSONAL and not people:
        return statement
    start, end = (people if word in _PERSONAL else before.names)[0].mark
    name = before.text[start:end]
    return statement.put(*opening.span("word"), f"{name}{'’s' if word in _OWN else ''}")
