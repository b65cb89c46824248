"""What a sentence negates: cues such as "not", "nobody", "denied", and the words that they reach."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.report import Span
from index.analyzer import Token

REACH = 8
"""Words that carry a topic behind a cue, up to the end of its clause, that it negates."""

HEADS = 2
"""Of these, how many it negates first of all: "did not *press* the *visitors* ..."."""

_CUE = re.compile(
    r"\b(?:not|never|nobody|no\s+one|no\s+longer|nowhere|neither|nor|nothing|none|without|cannot|no"
    r"|den(?:y|ies|ied|ying)(?=\s+(?:that|\w+ing))|(?:refus|declin)(?:e|es|ed|ing)(?=\s+to)|fail(?:s|ed|ing)?(?=\s+to)"
    r"|unable(?=\s+to)|rul(?:e|es|ed)\s+out|stopped(?=\s+\w+ing))\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_CUE = re.compile(
    r"(?:not\s+(?:only|just|merely|simply|least)|no\s+(?:doubt|wonder|matter|fewer|less|more)\b|nothing\s+but"
    r"|not\s+(?:fewer|less|more)\s+than|without\s+(?:a\s+)?doubt)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.!?—–]\s|\s(?:but|although|though|while|because)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that negates.

    Attributes:
        mark: where it stands.
        heads: positions among the tokens given of what it negates first of all.
        reach: positions of all that it negates.
    """

    mark: Span
    heads: frozenset[int]
    reach: frozenset[int]


def cues(text: str, tokens: Sequence[Token], names: frozenset[int]) -> list[Cue]:
    """Find what a sentence negates.

    Args:
        text: the sentence.
        tokens: its words that carry a topic, in order.
        names: positions among these that are names; never what is negated first of all.
    """
    found: list[Cue] = []
    for match in _CUE.finditer(text):
        if _NO_CUE.match(text, match.start()):
            continue
        end = _CLAUSE_END.search(text, match.end())
        last = end.start() if end else len(text)
        reached = [n for n, t in enumerate(tokens) if match.end() <= t.start < last][:REACH]
        plain = [n for n in reached if n not in names]
        paired = match[0].casefold() in ("neither", "nor")
        heads = plain if paired else plain[:HEADS]
        found.append(Cue(match.span(), frozenset(heads), frozenset(reached)))
    return found


def negated(found: Sequence[Cue], position: int) -> bool:
    """Whether a word is negated: an odd number of cues reach it, "neither ... nor" counting as one."""
    return any(position in cue.reach for cue in found) and sum(position in cue.reach for cue in _merged(found)) % 2 == 1


def _merged(found: Sequence[Cue]) -> list[Cue]:
    """The cues, one whose reach ends where another's does (neither and nor) left out."""
    kept: list[Cue] = []
    for cue in found:
        if kept and cue.reach <= kept[-1].reach and cue.heads and cue.heads <= kept[-1].heads:
            continue
        kept.append(cue)
    return kept
