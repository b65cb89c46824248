"""Answers from a library as Markdown for Discord."""

import re

from bot.answer import Abstention, Answer
from bot.librarian.librarian import Librarian
from bot.render import discord_text
from bot.render.discord_markdown import fits
from bot.render.discord_why import why
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL
from tests.librarian.conftest import FERRY, article

BOTH = "What would a bridge cost and how many steps does the lighthouse have?"


def test_every_quote_names_its_article_and_date(librarian: Librarian) -> None:
    """Below each quote stands its own article; the foot tells how many were searched."""
    result = librarian.ask(SHELL, BOTH)
    assert isinstance(result, Answer)
    page = discord_text.answer(result)
    assert fits(page.texts)
    bridge, lighthouse = page.texts[1:3]
    assert "article 2 · Bridge to Holm would cost 900 million crowns, ministry finds · courier.example" in bridge
    assert "<t:1714644000:D>" in bridge
    assert "article 3 · Lighthouse keeper of Skarv retires at 81" in lighthouse
    assert "3 articles searched" in page.texts[-1]


def test_closest_passages_name_theirs(librarian: Librarian) -> None:
    """A passage of another article is never shown as the first one's."""
    result = librarian.ask(SHELL, "Which zeppelin did the mayor buy from the keeper?")
    assert isinstance(result, Abstention)
    page = discord_text.abstention(result)
    assert fits(page.texts)
    assert len(page.passages) == len(page.sources) > 1
    for source in page.sources:
        assert f"article {source.entry.number} · " in page.texts[2]
    assert "None of 3 articles says." in page.texts[1]


def test_why_names_the_article_of_a_sentence(librarian: Librarian) -> None:
    """What was considered may be of several articles."""
    (texts, *_) = why(librarian.ask(SHELL, "What did the mayor say?"))
    assert any("article 1 · " in text for text in texts)
    assert any("article 2 · " in text for text in texts)


def test_nothing_of_an_articles_name_is_live(library: SQLiteLibrary) -> None:
    """A headline that looks like a mention or a link is shown as it is written."""
    for n, headline in enumerate(("@everyone [free](https://evil.example) **now**", "<@1> discord.gg/abc"), start=1):
        library.add(SHELL, article(f"{headline}\n\n{FERRY.replace('Solveig', f'Nordstjernen{n}')}", f"{n}.txt"), at=n)
    library.add(SHELL, article("A third\n\nThe pier was painted white in the spring of that year.\n", "3.txt"), at=3)
    result = Librarian(library).ask(SHELL, "What will the ferry carry?", threshold=0)
    assert isinstance(result, Answer)
    shown = "\n".join(discord_text.answer(result).texts)
    for live in (r"(?<!\\)\]\(https://evil", r"(?<!\\)\*\*now", r"(?<!\\)<@1>", r"(?<!\\)@everyone", r"discord\.gg/"):
        assert not re.search(live, shown), live


def test_one_article_looks_as_it_always_did(library: SQLiteLibrary) -> None:
    """In a library of one the foot names the article, and the quotes do not."""
    library.add(SHELL, article(FERRY, "ferry.txt"), at=1)
    result = Librarian(library).ask(SHELL, "Who is the chief engineer?")
    assert isinstance(result, Answer)
    page = discord_text.answer(result)
    assert "article 1" not in "\n".join(page.texts)
    assert "Island ferry returns to service" in page.texts[-1]
