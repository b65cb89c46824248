"""A question bot as most people write one, to stand beside ours: `python -m bench.load.plain_bot PORT KIND`.

discord.py as it comes: a `Client`, a `CommandTree`, one command, everything in its handler. It cuts the article at the
ends of sentences, and sends the three that fit best. There is no queue, no limit, no cooldown, no store, no
conversation and no button; furniture is not set aside, no quote is checked, and nothing is ever refused or "not said".

Kinds:

- `bm25`: rank_bm25 as its README shows it, answered at once, without deferring: it takes a tenth of a millisecond.
- `blocking`: our cross-encoder over every sentence; the handler defers, reads, and answers.
- `thread`: the same with the reading in `asyncio.to_thread`, as discord.py's FAQ asks for.
"""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence

import discord
from discord import app_commands

from bench.load.redirect import redirect
from index.sample import sample_path

QUOTES = 3
"""Sentences of an answer."""

KINDS = ("bm25", "blocking", "thread")

Find = Callable[[str], list[str]]
"""Question -> the sentences that fit best, best first."""


def sentences(text: str) -> list[str]:
    """Cut a text behind every full stop, question mark and exclamation mark, and where a line ends."""
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]


def by_words(texts: Sequence[str]) -> Find:
    """Rank by BM25."""
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([text.lower().split() for text in texts])

    def find(question: str) -> list[str]:
        found: list[str] = index.get_top_n(question.lower().split(), texts, n=QUOTES)
        return found

    return find


def by_reading(texts: Sequence[str]) -> Find:
    """Rank by the cross-encoder that ships with Pullquote, which is trained from all-MiniLM-L6-v2."""
    from bot.reading.cross_encoder import CrossEncoder

    model = CrossEncoder()

    def find(question: str) -> list[str]:
        scores = model.score(question, texts, range(len(texts)))
        return [texts[i] for i in sorted(scores, key=scores.__getitem__, reverse=True)[:QUOTES]]

    return find


class PlainBot(discord.Client):
    """The bot."""

    def __init__(self, kind: str) -> None:
        """Read the article, and prepare the command."""
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)
        texts = sentences(sample_path().read_text("utf-8"))
        find = by_words(texts) if kind == "bm25" else by_reading(texts)

        @self.tree.command(description="Ask the article")
        async def ask(interaction: discord.Interaction, question: str) -> None:
            if kind == "bm25":
                await interaction.response.send_message("\n".join(find(question)))
                return
            await interaction.response.defer()
            found = await asyncio.to_thread(find, question) if kind == "thread" else find(question)
            await interaction.followup.send("\n".join(found))

    async def setup_hook(self) -> None:
        """Tell Discord the command."""
        await self.tree.sync()


if __name__ == "__main__":
    redirect(int(sys.argv[1]))
    PlainBot(sys.argv[2]).run(os.environ["PULLQUOTE_DISCORD_TOKEN"])
