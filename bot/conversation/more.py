"""More of what was asked for, without what was quoted: "what else did he say?", "tell me more"."""

import re

from bot.conversation.asked import Gap, plain, take_apart
from bot.conversation.context import Context
from bot.conversation.ellipsis import bare
from bot.conversation.mentions import mentions_in
from bot.conversation.names import Names
from bot.conversation.resolved import FollowUp, Resolved
from bot.conversation.takeover import take_over

_MORE = re.compile(
    r"^(?:(?:tell|show|give) me (?:some )?more|(?:some )?more(?: please)?|go on|continue|and more|what more"
    r"|is (?:that|this) all|anything (?:else|more)|something else|(?:is|was) there (?:anything|something) (?:else|more)"
    r"|what else|else)$",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"^(?:what|who|whom|where|when|why|how|which|anything|something|anyone|anybody|somebody|someone)\b.*?\belse\b"
    r"|^(?:what|which) other\b|\belse$",
    re.IGNORECASE,
)


def read_more(context: Context) -> Resolved | None:
    """Read "what else?" and its like."""
    if _MORE.match(context.text):
        return context.read(_else_of(plain(context.last.question), context.names), FollowUp.ELSE, exclude=True)
    if not _ELSE.search(context.text):
        return None
    ask = bare(context.text, context.asked)
    if ask is not None and ask.more:
        made = take_over(context, ask)
        return context.read(_else_of(made, context.names) if made else None, FollowUp.ELSE, exclude=True)
    known = context.filled(context.text)
    about_it = re.match(r"^(?:anything|something) else (.+)$", known or context.text, re.IGNORECASE)
    text = f"what else is there {about_it[1]}" if about_it else known or context.text
    return context.read(text, FollowUp.ELSE, exclude=True)


def _else_of(question: str, names: Names) -> str:
    """From "what did he say" to "what else did he say"."""
    text = plain(question)
    if re.search(r"\belse\b", text, re.IGNORECASE):
        return text
    asked = take_apart(text, names)
    found = [m.text for m in mentions_in(text, names, question=True) if not m.inner]
    if asked.gap is Gap.IDENTITY and not asked.noun and found:
        return f"what else is there about {found[0]}"
    if asked.asks and not asked.noun and not re.search(r"\s", asked.word):
        return f"{asked.word} else {asked.body}"
    if asked.asks in ("what", "which") and asked.noun and asked.word.split()[0].casefold() in ("what", "which"):
        return f"{asked.word.split()[0]} other {asked.noun} {asked.body}"
    if asked.gap is Gap.OBJECT:
        return f"what else {asked.body}"
    return f"what else is there about {found[0]}" if found else text
