"""What came next: "and then?", "what happened before that?"."""

import re

from bot.conversation.context import Context
from bot.conversation.resolved import FollowUp, Resolved

_NEXT = re.compile(
    r"^(?:(?:and )?(?:then|after (?:that|this)|afterwards?|next)(?: what)?|then what"
    r"|what(?: came| comes| happened| happens| was)?(?: then| next| afterwards?| after(?:wards)?(?: that| this)?)"
    r"|what (?:happened|came) (?:then|next|after (?:that|this|it)|afterwards?)|what followed(?: that| this)?)$",
    re.IGNORECASE,
)
_BEFOREHAND = re.compile(
    r"^(?:(?:and )?before (?:that|this)|what (?:happened|came) (?:before (?:that|this|it)|earlier|first))$",
    re.IGNORECASE,
)


def read_next(context: Context) -> Resolved | None:
    """Look next to what was quoted: what came next stands next, as news tells it."""
    later, earlier = _NEXT.match(context.text), _BEFOREHAND.match(context.text)
    if not (later or earlier) or not context.last.sentences:
        return None
    at = context.last.sentences[0]
    prose = [s.number for s in context.index.prose]
    near = [n for n in prose if n > at][:2] if later else [n for n in reversed(prose) if n < at][:2]
    word = "after" if later else "before"
    event = context.gist() or "that"
    return context.read(f"what happened {word} {event}", FollowUp.NEXT, exclude=True, near=tuple(near))
