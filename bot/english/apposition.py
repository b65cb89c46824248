"""Who somebody is, as news says it beside the name: "its foreign minister, X", "X, the envoy", "spokesman X"."""

import re
from collections.abc import Collection

from index.analyzer import tokens

_RUN = re.compile(r"[A-Z][\w.’'-]*(?:\s(?:(?:al|bin|de|van|von)\s)?[A-Z][\w.’'-]*)*")
_ROLES = (
    "spokesman|spokeswoman|spokesperson|minister|president|secretary|envoy|ambassador|chief|leader|director|chairman|"
    "chairwoman|chair|head|mayor|governor|senator|general|colonel|commander|captain|officer|officials?|official|judge|"
    "professor|doctor|scientist|researcher|engineer|analyst|economist|lawyer|coach|player|actor|actress|singer|author|"
    "writer|journalist|reporter|editor|activist|king|queen|prince|princess|pope|bishop|founder|manager|owner|teacher|"
    "student|farmer|resident|witness|agency|group|company|ministry|organi[sz]ation|movement|party|ship|ferry"
)
_BEHIND = re.compile(
    r",\s+(?P<what>(?:(?:the|an?|its|his|her|their|one of|[A-Z][\w-]*['’]s)\s)[^,;:.!?“”\"()—]{3,90})(?=[,.;—])"
)
_BEFORE_COMMA = re.compile(
    r"\b(?P<what>(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s"
    r"(?:(?!\b(?:said|says|told|that|met|added)\b)[^,;:.!?“”\"()—]){3,80}),\s+$"
)
_BEFORE = re.compile(
    rf"(?P<what>\b(?:[A-Z][\w’'-]*\s){{0,3}}(?:[a-z-]+\s){{0,3}}(?:{_ROLES}))\s+(?:(?:Dr|Mr|Mrs|Ms|Prof)\.\s)?$"
)
_TITLE = re.compile(rf"(?P<what>(?:[A-Z][\w-]*\s)*?(?:[A-Z][\w-]*\s)?(?:{_ROLES}))\s(?=[A-Z])", re.IGNORECASE)


def descriptions(sentence: str, asked: Collection[str]) -> list[tuple[int, int]]:
    """Find what a sentence says that a name is.

    Args:
        sentence: a sentence.
        asked: the terms of the name.

    Returns:
        (start, end) offsets into the sentence, best first; empty where it says no such thing beside the name.
    """
    at = [t.start for t in tokens(sentence) if t.term in asked and not t.stop]
    for run in _RUN.finditer(sentence):
        if not any(run.start() <= start < run.end() for start in at):
            continue
        if found := _BEHIND.match(sentence, run.end()):
            return [found.span("what")]
        head = sentence[max(0, run.start() - 120) : run.start()]
        for pattern in (_BEFORE_COMMA, _BEFORE):
            if found := pattern.search(head):
                return [(run.start() - len(head) + found.start("what"), run.start() - len(head) + found.end("what"))]
        title = _TITLE.match(sentence, run.start())
        if title and title.end("what") < run.end():
            return [title.span("what")]
    return []
