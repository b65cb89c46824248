"""/insights: what moderators see of their server, in pages, with a chart; for their eyes alone."""

import asyncio
import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Self

import aiohttp
import discord
from discord import ui

from bot.chart import draw
from bot.discord.buttons.action import Action
from bot.discord.libraries import Libraries
from bot.discord.moderation import moderated
from bot.discord.replies import acknowledge, defer
from bot.discord.views import ANSWERED
from bot.insights import RANGES, Insights, first_day, insights
from bot.records import Owner, Records, Refusal, Tally, Vote
from bot.render import insights_text
from bot.translation import _, n_
from index.errors import PullquoteError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

CHART = "insights.png"
DEFAULT = 30
"""Days looked back unless asked for others."""


@dataclass(frozen=True, slots=True)
class InsightsId:
    """A page of insights. It names no server: what is shown is always the one's where the button is pressed.

    Attributes:
        days: how far to look back, one of `RANGES`.
        page: from 1 on.
        turns: whether it turns the page; else it changes the range. Two buttons may lead to one page.
    """

    days: int
    page: int
    turns: bool = True

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        rf"pq:i:(?P<days>{'|'.join(map(str, RANGES))}):(?P<page>[0-9]{{1,5}}):(?P<turns>[pr])"
    )

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:i:{self.days}:{self.page}:{'p' if self.turns else 'r'}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(int(match["days"]), int(match["page"]), match["turns"] == "p")


class InsightsButton(Action, template=InsightsId.PATTERN):
    """Shows another page or another range in the place of this one."""

    ID = InsightsId

    async def press(self, interaction: "Interaction") -> None:
        """Show it."""
        owner = moderated(interaction)
        await acknowledge(interaction, interaction.response.defer)
        await _show(interaction, owner, self.wanted)


async def show_insights(interaction: "Interaction", days: int | None = None) -> None:
    """Show the first page.

    Raises:
        CommandError: it is no moderator who asks.
        RecordsError: the store cannot be read.
    """
    owner = moderated(interaction)
    await defer(interaction, ephemeral=True)
    await _show(interaction, owner, InsightsId(days or DEFAULT, 1))


async def _show(interaction: "Interaction", owner: Owner, wanted: InsightsId) -> None:
    """Read, sum up, draw and show."""
    client = interaction.client
    today = dt.datetime.now(dt.UTC).date()
    votes, refusals, tallies = await client.keeping.run(lambda records: _read(records, owner, today, wanted.days))

    def made() -> tuple[Insights, insights_text.Pages, bytes | None]:
        found = insights(votes, refusals, tallies, today, wanted.days)
        asked = wanted.page <= 1 and (found.answered or found.refused)
        chart = draw(found.periods, insights_text.axis) if asked else None
        sentence = partial(_sentence, client.libraries, owner)
        return found, insights_text.pages(found, sentence), chart

    found, pages, chart = await client.work.compute(made, owner)
    page = min(max(wanted.page, 1), len(pages))
    view = insights_view(found, pages, page, with_chart=chart is not None)

    async def send() -> None:
        files = [] if chart is None else [discord.File(io.BytesIO(chart), CHART)]
        await interaction.edit_original_response(view=view, attachments=files)

    try:
        await send()
    except (aiohttp.ClientConnectionError, ConnectionError):
        await asyncio.sleep(0)
        await send()  # an edit may be made twice
    interaction.extras.pop("pending", None)


def _read(
    records: Records, owner: Owner, today: dt.date, days: int
) -> tuple[tuple[Vote, ...], tuple[Refusal, ...], tuple[Tally, ...]]:
    """All of one owner's that is needed."""
    first = first_day(today, days)
    since = int(dt.datetime.combine(first, dt.time(), dt.UTC).timestamp())
    return records.votes(owner, since), records.refusals(owner, since), records.tallies(owner, first)


def _sentence(libraries: Libraries, owner: Owner, article: str, number: int) -> str | None:
    """A sentence of an article, if the server still has it, or it is the operator's."""
    try:
        index = libraries.index(owner, article)
    except PullquoteError:
        return None
    return index.sentences[number].text if number < len(index.sentences) else None


def insights_view(found: Insights, pages: insights_text.Pages, page: int, *, with_chart: bool) -> ui.LayoutView:
    """A page with its buttons.

    Args:
        found: what there is to see.
        pages: all of it as text.
        page: which page, from 1 on.
        with_chart: whether the chart is sent with it, as the file `CHART`.
    """
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ANSWERED)
    head, *texts = pages[page - 1]
    container.add_item(ui.TextDisplay(head))
    if with_chart:
        picture = discord.MediaGalleryItem(f"attachment://{CHART}", description=insights_text.described(found))
        container.add_item(ui.MediaGallery(picture))
    else:
        container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
    for text in texts:
        container.add_item(ui.TextDisplay(text))
    container.add_item(ui.TextDisplay(_("-# Page {page} of {pages}").format(page=page, pages=len(pages))))
    ranges = [
        InsightsButton(
            InsightsId(days, 1, turns=False),
            n_("{n} day", "{n} days", days).format(n=days),
            disabled=days == found.days,
        )
        for days in RANGES
    ]
    turning = [
        InsightsButton(InsightsId(found.days, max(page - 1, 0)), _("Previous"), disabled=page == 1),
        InsightsButton(InsightsId(found.days, page + 1), _("Next"), disabled=page == len(pages)),
    ]
    container.add_item(ui.ActionRow(*ranges, *turning))
    view.add_item(container)
    view.stop()  # discord.py need not keep it: its buttons are found by their custom_id
    return view
