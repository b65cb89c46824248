"""The whole check: a text in, a report out."""

from bot.assistant import Assistant
from bot.claims.report import Report


def check(text: str, assistant: Assistant) -> Report:
    """Compare every claim of a text with the assistant's article.

    Args:
        text: anything, such as a Discord message; links, mentions and emoji in it are looked past.
        assistant: whose article and ranker are used. Safe to call from several threads.

    Returns:
        a finding for each claim; the same text on the same article gives the same report. Never raises for any text.

    Raises:
        CitationError: a quote would not have been the article's text (a bug); nothing leaves then.
    """
    return Report(text, assistant.article)
