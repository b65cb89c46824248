"""A text -> its parts: lines, then sentences, then the statements that "and" or a semicolon join."""

import re
from collections.abc import Iterator

from bot.claims.masking import masked
from bot.claims.reading import Reading
from bot.claims.report import Span
from index.analyzer import tokens
from index.splitter import split_sentences

LEAST = 3
"""Words on either side of a joint, so that both can state something."""

_FINITE = (
    r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|says?|said|isn['’]t"
    r"|aren['’]t|wasn['’]t|weren['’]t|won['’]t|didn['’]t|doesn['’]t|don['’]t|hasn['’]t|haven['’]t|can['’]t|went|came|took|gave|made|told|met|left|fled|fought|won"
    r"|lost|held|sent|became|began|fell|rose|wants?|hosts?|\w{2,}ed|called)"
)
_SUBJECT = (
    r"(?:(?:the|a|an|its|his|her|their|this|that|these|those|some|no|nobody|nothing|he|she|it|they|there)\b|[A-Z])"
)
_JOINT = re.compile(
    rf"(?:;\s+|,?\s+(?:and|but|while|whereas|although|though|yet)\s+)(?={_SUBJECT}(?:[^,;]*?)\b{_FINITE}\b)"
)
_HAS_FINITE = re.compile(rf"\b{_FINITE}\b", re.IGNORECASE)
_WITHIN_LIST = re.compile(r"\b(?:between|both|either|neither)\b[^,;]*$", re.IGNORECASE)
_SMALL_START = re.compile(r"(?:(?<=[a-z0-9]{3}[.!?])|(?<=[!?]{2}))(?<!\betc\.)(?<!\bvs\.)\s+(?=[a-z])")
_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(
    r"\s*(?:(?:btw|fyi|so|well|ok|okay|lol|wow|omg|and|but|also|plus|breaking|update|news|imo|tldr|tl;dr|fact|reminder"
    r"|apparently|wait|hey|hi|hello|guys)\b[\s,:;.!…–—-]*)+",
    re.IGNORECASE,
)


def pieces(text: str) -> Iterator[tuple[Span, str]]:
    """Cut a text into what may be a statement each.

    Args:
        text: anything.

    Yields:
        (offsets into `text` without surrounding white space, the same stretch with what states nothing blanked out);
        ascending, not overlapping; stretches without a letter or a figure are left out.
    """
    plain = masked(text)
    for line in _LINE.finditer(plain):
        for first, last in _sentences(line[0]):
            for start, end in _statements(plain, line.start() + first, line.start() + last):
                trimmed = _trimmed(plain, start, end)
                if trimmed:
                    yield trimmed, plain[trimmed[0] : trimmed[1]]


def _sentences(line: str) -> Iterator[Span]:
    """Cut a line into sentences, also where the next one begins small, as people type in a chat."""
    for start, end in split_sentences(line):
        position = start
        for stop in _SMALL_START.finditer(line, start, end):
            yield position, stop.start()
            position = stop.end()
        yield position, end


def _statements(plain: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence where a new subject with its verb begins behind a joint."""
    position = start
    for joint in _JOINT.finditer(plain, start, end):
        left, right = plain[position : joint.start()], plain[joint.end() : end]
        if _says_something(left) and _says_something(right) and not _WITHIN_LIST.search(left):
            yield position, joint.start()
            position = joint.end()
    yield position, end


def _says_something(part: str) -> bool:
    """Whether a part of a sentence has words enough and a verb."""
    return len(part.split()) >= LEAST and _HAS_FINITE.search(part) is not None


def _trimmed(plain: str, start: int, end: int) -> Span | None:
    """A stretch without white space and punctuation around it; None where nothing is left."""
    while start < end and not (plain[start].isalnum() or plain[start] in "“\"'‘($£€¥-+<"):
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if not any(True for _ in tokens(plain[start:end])):
        return None
    return start, end


def statement(plain: str) -> Reading:
    """A part of a text as it is looked for: in one line, without what only opens it ("btw", "so")."""
    line = Reading.of(plain)
    opening = _LABEL.match(line.text)
    rest = line.behind(opening.end()) if opening else line
    return rest if len(rest.text.split()) >= 2 else line
