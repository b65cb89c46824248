"""The alt text of a card: all that stands on it, in words, each quote verbatim."""

from bot.card.content import Content, Excerpt
from bot.translation import _

DISCORD_LIMIT = 1_024
"""Characters that Discord takes for the description of an attachment."""


def alt_text(shown: Content) -> str:
    """Every quote verbatim with its citation, the sentence before it where the card shows it, then the source."""
    return " ".join([*(_quote(excerpt, cited=True) for excerpt in shown.excerpts), _source(shown)]).strip()


def description(shown: Content, limit: int = DISCORD_LIMIT) -> str:
    """The alt text within a limit.

    The citations go first where it does not fit, then the source, then the last quotes, and it says so; a quote is
    never cut.

    Args:
        shown: what stands on the card.
        limit: in UTF-16 code units, as Discord's clients count; so an emoji is two.
    """
    quotes = [_quote(excerpt, cited=False) for excerpt in shown.excerpts]
    more = _("More quotes stand on the card.")
    candidates = [alt_text(shown), " ".join([*quotes, _source(shown)]).strip(), " ".join(quotes)]
    candidates += [" ".join([*quotes[:count], more]) for count in range(len(quotes) - 1, 0, -1)]
    # The first quote alone, without a word around it, is within Discord's limit: `content.MAX_QUOTE` sees to that.
    candidates.append(shown.excerpts[0].text)
    fitting = (text for text in candidates if _units(text) <= limit)
    return next(fitting, _("A quote as an image; its text stands in the answer."))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _quote(excerpt: Excerpt, *, cited: bool) -> str:
    quoted = excerpt.text if excerpt.own else f"{excerpt.opening}{excerpt.text}{excerpt.closing}"
    parts = [quoted]
    if cited:
        parts.append(f"({excerpt.where})")
        if excerpt.context:
            parts.insert(0, excerpt.context)
    return " ".join(parts)


def _source(shown: Content) -> str:
    parts = [part for part in (shown.headline, shown.byline, shown.date, shown.link) if part]
    return _("From: {source}").format(source=" · ".join(parts)) if parts else ""
