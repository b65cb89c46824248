"""What was quoted, called "that": "who said that?", "says who?", "when was that?"."""

import re

from bot.conversation.asked import plain
from bot.conversation.bare import Bare
from bot.conversation.context import Context
from bot.conversation.lexicon import SAYING
from bot.conversation.resolved import FollowUp, Resolved
from bot.conversation.takeover import take_over

LONGEST = 12
"""Words of what was quoted that a question about saying it repeats; of more it says "that"."""

_VERBS_OF_SAYING = (
    rf"(?:{'|'.join(sorted(SAYING))}|promises?|promised|predicts?|predicted|demand(?:s|ed)?|den(?:y|ies|ied)"
    r"|admit(?:s|ted)?|assured?|hopes?|hoped|fears?|feared)"
)
_WHO_SAID = re.compile(
    rf"^(?P<who>who|which \w+|what \w+) (?P<verb>(?:has |had )?{_VERBS_OF_SAYING}) (?:that|this|so|it)$", re.IGNORECASE
)
_SAYS_WHO = re.compile(
    r"^(?:says who|said who|according to whom?|who is (?:saying|claiming) (?:that|this|so|it)"
    r"|whose words (?:are|were) (?:that|this|they|those|these)|who is (?:the|your|its) source|source)$",
    re.IGNORECASE,
)
_SAID_SO = re.compile(
    r"^(?P<lead>(?:when|where|why|how|to whom|in which \w+|on which \w+|what (?:day|year)) "
    rf"(?:did|does|has|had) .+? {_VERBS_OF_SAYING}) (?:that|this|so|it)(?P<tail>(?: \w+){{0,2}})$",
    re.IGNORECASE,
)
_THAT_WAS = re.compile(
    r"^(?P<word>(?:\w+ )?(?:when|where|why|how(?: \w+)?|who|what (?:day|year|time)|which (?:day|year))(?: exactly)?)"
    r" (?:is|was|were|did|does|would|will|has) (?:that|this|it all|all that|all this)"
    r"(?: (?:be|happen|happened|occur|occurred|take place|taken place|the case|said|done|decided|announced))?$",
    re.IGNORECASE,
)
_IT_HAPPENED = re.compile(
    r"^(?P<word>(?:\w+ )?(?:when|where|why|how|how often|how long ago)) (?:did|does|has|had|will|would)"
    r" (?:it|that|this|they all) (?:all )?"
    r"(?:happen|happened|occur|occurred|take place|taken place|come about|last)$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?:what about|how about|tell me about|what do you know about)\s(?P<topic>.+)$", re.IGNORECASE)


def read_that(context: Context) -> Resolved | None:
    """Read "who said that?" and "when was that?": what was quoted, or the question before."""
    that = _THAT_WAS.match(context.text) or _IT_HAPPENED.match(context.text)
    if that:
        made = take_over(context, Bare(that["word"], _asks(that["word"]), "", ""))
        return context.read(made, FollowUp.QUOTED)
    who, so = _WHO_SAID.match(context.text), _SAID_SO.match(context.text)
    if _SAYS_WHO.match(context.text):
        return context.read(_who_said("who", "said", context), FollowUp.QUOTED)
    if who and not who["verb"].casefold().startswith("mention"):  # "who mentioned it?" asks for a thing
        return context.read(_who_said(who["who"], who["verb"], context), FollowUp.QUOTED)
    if so:
        return context.read(_said_so(so["lead"], context), FollowUp.QUOTED)
    return None


def _who_said(who: str, verb: str, context: Context) -> str | None:
    """Ask who said what was quoted; where nothing was, what the question before spoke of."""
    said = context.gist()
    if said is not None:
        return f"{who} {verb} that {said}"
    topic = _TOPIC.match(plain(context.last.question))
    return None if topic is None else re.sub(r"\b(?:that|this|so|it)$", lambda _: topic["topic"], context.text)


def _said_so(lead: str, context: Context) -> str | None:
    """Ask when or where somebody said what was quoted."""
    said = context.gist()
    if said is None:
        topic = _TOPIC.match(plain(context.last.question))
        return None if topic is None else f"{lead} {topic['topic']}"
    lead = context.filled(lead) or lead
    return f"{lead} that" if len(said.split()) > LONGEST else f"{lead} that {said}"


def _asks(word: str) -> str:
    """The question word itself."""
    found = re.search(r"how (?:many|much|long|often|old|far)|who|what|which|when|where|why|how", word.casefold())
    return found[0] if found else ""
