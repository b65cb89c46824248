"""Thumbs up and down below an answer or a refusal: one vote a person, to be changed or taken back."""

import re
import time
from dataclasses import dataclass
from typing import ClassVar, Self

import discord

from bot.answer import Abstention, Answer
from bot.discord.buttons.action import Action, Interaction
from bot.discord.keeping import owner_of
from bot.discord.replies import respond
from bot.discord.views import notice, parts_of
from bot.records import Verdict, Vote
from bot.render import discord_text
from bot.translation import _
from index.errors import CommandError
from index.indexer import Index

_LARGEST = 2**63
"""Ids are below it; whoever makes one up need not keep to that."""


@dataclass(frozen=True, slots=True)
class VoteId:
    """A verdict on an answer.

    Attributes:
        verdict: thumbs up or down.
        article: id of the article.
        answer: id of the answer: that of the interaction or message that asked.
        confidence: in thousandths, 0 to 1000.
        sentences: numbers of the quoted sentences, three at most; none for a refusal.
    """

    verdict: Verdict
    article: str
    answer: int
    confidence: int
    sentences: tuple[int, ...]

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        r"pq:v:(?P<verdict>[ud]):(?P<article>[0-9a-f]{12}):(?P<answer>[0-9]{1,19}):(?P<confidence>[0-9]{1,4}):"
        r"(?P<sentences>(?:[0-9]{1,7}(?:\.[0-9]{1,7}){0,2})?)"
    )

    def __str__(self) -> str:
        """As a custom_id."""
        thumb = "u" if self.verdict is Verdict.UP else "d"
        return f"pq:v:{thumb}:{self.article}:{self.answer}:{self.confidence}:{'.'.join(map(str, self.sentences))}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        sentences = tuple(int(n) for n in match["sentences"].split(".") if n)
        verdict = Verdict.UP if match["verdict"] == "u" else Verdict.DOWN
        return cls(verdict, match["article"], int(match["answer"]), int(match["confidence"]), sentences)


class _VoteButton(Action, template=re.compile(r"(?!)")):
    """A thumb."""

    ID = VoteId

    async def press(self, interaction: Interaction) -> None:
        """Take the vote, and say what holds now."""
        wanted: VoteId = self.wanted
        question = question_on(interaction.message)
        if not question or wanted.answer >= _LARGEST or wanted.confidence > 1000:
            raise CommandError("There is no answer on this message to vote on; ask your question again.")
        vote = Vote(
            owner_of(interaction),
            wanted.answer,
            interaction.user.id,
            wanted.verdict,
            question,
            wanted.article,
            wanted.sentences,
            wanted.confidence / 1000,
            int(time.time()),
        )
        held = await interaction.client.keeping.run(lambda records: records.cast(vote))
        await respond(interaction, notice(_said(held)), ephemeral=True)


class UpButton(_VoteButton, template=re.compile(VoteId.PATTERN.pattern.replace("[ud]", "u"))):
    """Thumbs up."""

    EMOJI = "\N{THUMBS UP SIGN}"


class DownButton(_VoteButton, template=re.compile(VoteId.PATTERN.pattern.replace("[ud]", "d"))):
    """Thumbs down."""

    EMOJI = "\N{THUMBS DOWN SIGN}"


def _said(held: Vote | None) -> str:
    """What holds after a vote."""
    if held is None:
        return _("Your thumb is taken back.")
    again = _("Press again to take it back.")
    if held.on_refusal:
        up, down = _("Noted: the article does not say indeed."), _("Noted: the article does answer this.")
    else:
        up, down = _("Noted: the answer is right."), _("Noted: the answer is wrong.")
    return f"{up if held.verdict is Verdict.UP else down} {again}"


def question_on(message: discord.Message | None) -> str:
    """The question at the head of an answer, as it was understood; empty where there is none."""
    texts = parts_of(message)[0]
    return discord_text.understood(texts[0]) if texts else ""


def vote_buttons(result: Answer | Abstention, index: Index | None, answer: int) -> tuple[Action, Action]:
    """The two thumbs.

    Args:
        result: what is voted on.
        index: of the article that was quoted first, which the vote names; None where there is none.
        answer: id of the interaction or message that asked.
    """
    quotes = result.quotes if isinstance(result, Answer) else ()
    by_start = {s.start: s.number for s in index.sentences} if index else {}
    starts = [q.citation.start for q in quotes if q.citation.source == quotes[0].citation.source]
    sentences = tuple(by_start[start] for start in starts if start in by_start)[:3]
    confidence = round(result.confidence * 1000)
    up, down = (VoteId(v, result.article.id, answer, confidence, sentences) for v in (Verdict.UP, Verdict.DOWN))
    return UpButton(up), DownButton(down)
