"""More of what was asked for, without what was quoted: "what else did he say?", "tell me more"."""

import re

from bot.conversation.asked import Asked, Gap, plain, take_apart
from bot.conversation.bare import bare
from bot.conversation.context import Context
from bot.conversation.mentions import is_time, mentions_in
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
        return context.read(_else_of(_left_open(context), context.names), FollowUp.ELSE, exclude=True)
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


def _left_open(context: Context) -> str:
    """The question that "what else?" goes on with; in words, without its mark.

    A time or a place is told once, and asked for by the way. Behind "and when?" it goes on with what was asked before
    about the same, where that asked for things, else it asks about whoever or whatever the question was about.
    """
    last = plain(context.last.question)
    if not _is_by_the_way(take_apart(last, context.names)):
        return last
    spoken_of = _first_mention(last, context.names)
    if spoken_of is None:
        return last
    for turn in reversed(context.conversation.turns[:-1]):
        before = plain(turn.question)
        asked = take_apart(before, context.names)
        if _first_mention(before, context.names) != spoken_of:
            break
        if not _is_by_the_way(asked):
            if asked.gap is Gap.OBJECT and asked.asks in ("what", "which"):
                return before
            break
    return f"what else is there about {spoken_of}"


def _is_by_the_way(asked: Asked) -> bool:
    """Whether a question asks for the time, the place or the manner; reasons may be several."""
    return asked.gap is Gap.ADJUNCT and (asked.asks in ("when", "where", "which") or asked.asks.startswith("how"))


def _first_mention(text: str, names: Names) -> str | None:
    """What a question is about: the first thing or person that it mentions, but for days and times."""
    found = mentions_in(text, names, question=True)
    return next((m.text for m in found if not m.inner and not is_time(m)), None)


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
