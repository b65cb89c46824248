"""The question before, taken over by a bare question word; what was quoted, where that question leaves nothing open."""

import re

from bot.about import about
from bot.conversation.asked import Asked, Gap, plain, take_apart
from bot.conversation.bare import Bare, bare
from bot.conversation.context import Context
from bot.conversation.ellipsis import turned
from bot.conversation.lexicon import ADJUNCT_WORDS
from bot.conversation.resolved import FollowUp, Resolved
from bot.conversation.told import asks_for_the_tale, tale

_PREFIX = re.compile(r"^about (?P<topic>[^:]+): (?P<rest>.+)$", re.IGNORECASE)


def read_bare(context: Context) -> Resolved | None:
    """Read "and when?"."""
    ask = bare(context.text, context.asked)
    if ask is None or re.match(r"so what\b", context.typed, re.IGNORECASE):
        return None  # "So what?" asks for nothing that was left open
    made = take_over(context, ask)
    if made is None and (ask.noun or ask.asks.split()[0] in ADJUNCT_WORDS):
        found = context.referents()
        if found:
            made = f"about {found[0].mention.text}: {context.text}"
    return context.read(made, FollowUp.ELLIPSIS)


def take_over(context: Context, ask: Bare) -> str | None:
    """The question before, turned to a bare question word; a question without its mark.

    Args:
        context: with the question before.
        ask: the bare question word.

    Returns:
        None where the two do not go together.
    """
    before = plain(context.last.question)
    if about(context.last.question) is not None:
        return _of_the_article(ask)
    prefix = _PREFIX.match(before)
    asked = take_apart(prefix["rest"] if prefix else before, context.names)
    if prefix and asked.gap is Gap.NONE and asked.noun:
        asked = Asked("What", "are", f"the {asked.noun}", Gap.IDENTITY)
    if asks_for_the_tale(ask, asked, context.names):
        quote = context.last_quote()
        return None if quote is None else tale(ask, asked, quote, context.names)
    made = turned(ask, asked, context.answer(), context.names)
    return f"about {prefix['topic']}: {made[0].lower()}{made[1:]}" if made and prefix else made


def _of_the_article(ask: Bare) -> str | None:
    """A bare question word behind a question about the article itself."""
    if ask.asks in ("when", "how long") or (ask.noun and ask.noun.split()[-1] in ("day", "date", "year")):
        return "when was this article published"
    return "who wrote this article" if ask.asks in ("who", "whom") else None
