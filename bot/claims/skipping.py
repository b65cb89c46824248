"""Which parts of a text state nothing that an article could bear out."""

import re
from collections.abc import Sequence

from bot.claims.report import Skip
from index.analyzer import tokens

_ASKS = re.compile(
    r"(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|shall|may|might|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t|didn['’]t|won['’]t|any|anyone|anybody)\b",
    re.IGNORECASE,
)
_BARE_QUESTION = re.compile(
    r"(?:who|whom|whose|what|when|where|why|how)\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|should|many|much|come|the\s+hell|exactly)\b|(?:do|does|did|is|are|was|were|can|could|will|would)\s+(?:you|anyone"
    r"|anybody|we|i|it|he|she|they|this|that)\b|any(?:one|body)\b(?=.*\b(?:know|think|heard|read)\b)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"^(?:i|we|imho|imo|personally|honestly|tbh)\b(?!\s+(?:was|were|read|heard|saw)\b)"
    r"|^(?:in my (?:opinion|view|experience)|to me|if you ask me|my (?:guess|bet|take|feeling|opinion)\b)"
    r"|\b(?:i|we)\s+(?:\w+\s+)?(?:think|believe|feel|guess|hope|wish|doubt|love|hate|bet|suppose|fear|want|wonder|like"
    r"|agree|disagree|don['’]t|can['’]t|cannot|would|should|am|are)\b|\bi['’]m\b"
    r"|\b(?:should|ought to|must)\s+(?:not\s+)?(?:be\s+(?:ashamed|stopped|punished|careful)|do\s+(?:more|something))\b"
    r"|\b(?:is|are|was|were|so|such|how|what)\s+(?:(?:so|very|really|just|absolutely|totally|a|an|such|pretty|quite)\s+)*"
    r"(?:terrible|awful|great|amazing|awesome|horrible|disgusting|ridiculous|crazy|insane|sad|scary|shameful|stupid"
    r"|beautiful|wonderful|boring|interesting|funny|hilarious|nonsense|bullshit|disgrace|shame|joke|outrageous"
    r"|disappointing|unbelievable|fascinating|brilliant|ugly|lovely|cool|nice)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:please|pls|plz|let['’]?s|let me|do not|don['’]t|stop|read|look|check|see|click|share|join|follow|tell|give"
    r"|remember|imagine|note|consider|watch|listen|subscribe|stay|keep calm|thank|thanks|come on)\b"
    r"(?!\s+(?:is|are|was|were|has|have|had)\b)",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"^(?:hi|hello|hey|yo|lol|lmao|rofl|haha+|ha|wow|omg|wtf|ok|okay|yeah|yep|nope|nah|sure|thanks|thx|ty|cheers"
    r"|good\s+(?:morning|evening|night|day|afternoon)|bye|welcome|congrats|congratulations|exactly|indeed|agreed"
    r"|brb|gg|rip|nice|cool|great|amazing)\b"
    r"|^(?:yes|no|true|false|right|same|this|sources?)(?:\W+\w+)?$",
    re.IGNORECASE,
)
CHATTER_WORDS = 4
"""Words up to which a part that opens like a greeting or a cheer is one."""

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|says?|said"
    r"|\w+n['’]t|\w{2,}(?:ed|ing|s)|went|came|took|gave|made|told|met|left|fled|fought|won|lost|held|sent|became|began"
    r"|fell|rose|want|host|saw|got|put|kept|led|paid|spoke|brought|built|bought|broke|drove|grew|knew|ran|shot|sold|set"
    r"|cut|hit|let|withdrew|threw|understood|wrote|died)\b",
    re.IGNORECASE,
)


def skipped(statement: str) -> Skip | None:
    """Why a part of a text is no claim.

    Args:
        statement: a sentence or less, in one line.

    Returns:
        the reason, or None where it states something.
    """
    bare = statement.strip(" \"'“”‘’()[].,;:!…-–—")
    words = bare.split()
    asks = statement.rstrip("\"'“”‘’)] !…").endswith("?") and _ASKS.match(bare)
    if (asks or _BARE_QUESTION.match(bare)) and not _tagged(bare):
        return Skip.QUESTION
    if _OPINION.search(bare):
        return Skip.OPINION
    if _is_chatter(bare, words):
        return Skip.CHATTER
    return Skip.REQUEST if _REQUEST.match(bare) else None


def _is_chatter(bare: str, words: Sequence[str]) -> bool:
    """Whether a part greets or cheers, or has too few words to state something."""
    if len(words) <= CHATTER_WORDS and _CHATTER.match(bare):
        return True
    return all(t.stop for t in tokens(bare)) or len(words) < (2 if _VERB.search(bare) else CHATTER_WORDS)


def _tagged(bare: str) -> bool:
    """Whether it states something and only asks for agreement: "They left, right?"."""
    return (
        re.search(r",\s*(?:right|correct|no|yes|huh|eh|(?:is|was|did|do|does|has|have|are|were)n['’]t\s\w+)\W*$", bare)
        is not None
    )
