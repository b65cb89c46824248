"""A card of an answer that quotes several articles."""

from bot.answer import Answer
from bot.card.content import content
from bot.librarian.librarian import Librarian
from index.owner import SHELL


def test_every_quote_names_its_own_article(librarian: Librarian) -> None:
    """No quote stands below the headline of another article."""
    result = librarian.ask(SHELL, "What would a bridge cost and how many steps does the lighthouse have?")
    assert isinstance(result, Answer)
    shown = content(result)
    assert (shown.headline, shown.url) == ("From 2 articles", "")
    for quote, excerpt in zip(result.quotes, shown.excerpts, strict=True):
        assert quote.citation.source is not None
        assert (quote.citation.source.entry.title or "") in excerpt.where


def test_one_article_keeps_its_headline(librarian: Librarian) -> None:
    """Quotes of one article stand below its headline, as they always did."""
    result = librarian.ask(SHELL, "What would a bridge cost?")
    assert isinstance(result, Answer)
    assert content(result).headline.startswith("Bridge to Holm")
