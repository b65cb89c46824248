"""The article that the loopback tests ask about: ours, made by hand, so that no reader stands between."""

import datetime as dt
import time
from collections.abc import Collection
from pathlib import Path

from bot.assistant import Assistant
from bot.ranking.ranker import BM25Ranker, Ranking
from index.article import Article, Kind, Paragraph
from index.indexer import Index

TRAPS = (
    "The harbour board wrote on its page: @everyone who sails, see <#400000000000000004>, ask <@400000000000000012>, "
    "join discord.gg/harbour or https://example.org/board, **today** at <t:1678800000:R> :anchor: ||secret||."
)

_LIST = " ".join(
    f"The inspector's list named, under the heading number {n}, the *valves*, _pumps_, ~~lamps~~ and `bolts`"
    for n in range(1, 9)
)

_TEXT = f"""\
furniture: Get the morning letter from the Harbour Gazette
headline: Island ferry returns to service after three months of repairs
byline: By Marta Lindqvist
date: Tuesday 14 March 2023 09:30 GMT
body: The ferry Solveig will carry cars and passengers between Varnes and the island of Holm again from Monday, the \
operator Nordlinje said.
body: “We replaced both engines and the bow door, and she is safer than on the day she was launched,” chief engineer \
Dr. Aino K. Berg said on Friday. She added that the repairs had cost 4.2 million crowns.
body: The ship had been laid up since December, when a deckhand noticed water in the engine room. It carries up to \
38 cars and 250 passengers.
body: Mayor Tomas Hald welcomed the news. “The island was cut off from its hospital, and that must never happen \
again,” he told local radio.
body: Nordlinje plans six crossings a day in summer, two more than last year, because demand has grown.
body: {TRAPS}
body: {_LIST}. {_LIST.replace("list", "second list")}. {_LIST.replace("list", "third list")}.
furniture: Log in to leave a comment"""

PARAGRAPHS = tuple((Kind(kind), words) for kind, _, words in (line.partition(": ") for line in _TEXT.split("\n")))


def story(url: str | None = "https://example.org/ferry") -> Article:
    """The article."""
    text = "\n\n".join(words for _, words in PARAGRAPHS)
    paragraphs: list[Paragraph] = []
    start = 0
    for number, (kind, words) in enumerate(PARAGRAPHS, start=1):
        paragraphs.append(Paragraph(number, start, start + len(words), words, kind))
        start += len(words) + 2
    return Article(
        text=text,
        title=PARAGRAPHS[1][1],
        byline=PARAGRAPHS[2][1],
        published=dt.date(2023, 3, 14),
        url=url,
        paragraphs=tuple(paragraphs),
        source="ferry.txt",
    )


LABOURED = "laboriously"
"""A word that makes a question take a second and a half of arithmetic in Python."""


HELD = "patiently"
"""A word that makes a question wait until nobody writes to the pipe `gate` in the bot's working folder any more."""


class PlainRanker(BM25Ranker):
    """BM25, which takes its time where it is asked to."""

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:
        """Rank; spin or wait first where the question asks for it."""
        if HELD in question:
            Path("gate").read_bytes()
        if LABOURED in question:
            until = time.thread_time() + 1.5
            while time.thread_time() < until:
                pass
        return super().rank(index, question.replace(LABOURED, "").replace(HELD, ""), near)


def story_assistant(quotes: int = 3) -> Assistant:
    """An assistant on the story; plain BM25, so that these tests do not depend on how the shipped ranker is tuned."""
    return Assistant(story(), ranker=PlainRanker(), threshold=0.3, quotes=quotes)
