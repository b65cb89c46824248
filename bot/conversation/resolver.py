"""A question and the conversation before it -> the question to ask.

Each kind of follow-up has a module: `sequel` (what came next), `more` (what else), `saying` (who said that),
`takeover` (bare question words), `parallel` (and X?), `pronouns`. Here is the order in which they are tried.
"""

import re
from collections.abc import Iterator

from bot.conversation.asked import plain, take_apart
from bot.conversation.context import Context
from bot.conversation.history import Conversation
from bot.conversation.more import read_more
from bot.conversation.parallel import fragment, put_in
from bot.conversation.resolved import FollowUp, Resolved
from bot.conversation.saying import read_that
from bot.conversation.sequel import read_next
from bot.conversation.takeover import read_bare
from index.analyzer import terms
from index.indexer import Index

_DOUBT = re.compile(
    r"^(?:are you (?:sure|certain)(?: about (?:that|this|it))?|really"
    r"|is (?:that|this|it) (?:true|right|correct|so|a fact)|how (?:sure|certain) are you"
    r"|how do you know(?: that)?|prove it)$",
    re.IGNORECASE,
)
_GOING_ON = re.compile(r"^(?:and|but|so)\b", re.IGNORECASE)
GENERAL = frozenset(
    terms(
        "people person thing anything something else happen exactly really mean new now one say do go come get give "
        "make take part involve"
    )
)
"""Terms that do not tell what a question is about."""
TELLING = 3
"""Words of its own from which "what about the safety of embassies in Kabul?" stands alone."""


def resolve(question: str, conversation: Conversation | None, index: Index) -> Resolved:
    """Read a question in the light of what came before; pure, never raises.

    A question that stands alone comes back unchanged.

    Args:
        question: one line, as `bot.question.clean` makes it.
        conversation: what came before; None or empty where nothing did.
        index: the index of the article that the conversation is about.
    """
    if conversation is None or not conversation.turns or conversation.article not in ("", index.article.id):
        return Resolved(question)
    context = Context(question, conversation, index)
    if not context.text:
        return Resolved(question)
    for reading in _readings(context):
        if reading is not None:
            return reading
    if _goes_on(context):
        return Resolved(question, None, FollowUp.GOING_ON, frozenset(), context.lately(), context.quoted(), question)
    return Resolved(question)


def _readings(context: Context) -> Iterator[Resolved | None]:
    """Each way to read a follow-up, the more particular first."""
    yield Resolved(context.typed, None, FollowUp.DOUBT) if _DOUBT.match(context.text) else None
    yield read_next(context)
    yield read_more(context)
    yield read_that(context)
    yield read_bare(context)
    yield _parallel(context)
    yield context.read(context.filled(context.text), FollowUp.PRONOUN)


def _goes_on(context: Context) -> bool:
    """Whether a question into which nothing was put is a follow-up all the same."""
    if _GOING_ON.match(context.typed):
        return True
    named = any(True for _ in context.names.find(context.text))
    own = {t for t in terms(context.text) if t not in GENERAL}
    return bool(context.asked.asks or context.asked.auxiliary) and len(own) <= 1 and not named


def _parallel(context: Context) -> Resolved | None:
    """Read "and X?"."""
    part = fragment(context.typed)
    if part is None or (part.about and len(set(terms(part.text))) >= TELLING):
        return None
    before = plain(context.last.question)
    known = context.filled(part.text)
    if known:
        # A pronoun that opens a fragment does not open the question.
        known = re.sub(r"^(?:The|In)\b", lambda m: m[0].lower(), known)
        part = type(part)(known, part.about)
    made = put_in(part, before, take_apart(before, context.names), context.index, context.names)
    if made is None and known:
        made = f"what about {known.removeprefix('in ')}"
    return context.read(made, FollowUp.PARALLEL)
