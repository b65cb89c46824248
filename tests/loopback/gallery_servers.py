"""What is kept per server and person, as the bot shows it, for looking at."""

import datetime as dt
import json

import discord
from discord import ui

from bot import privacy
from bot.chart import draw
from bot.discord.insights import CHART, insights_view
from bot.discord.personal import EXPORT, ForgetButton, ForgetId, export_view
from bot.discord.settings_view import settings_view
from bot.discord.views import layout
from bot.insights import insights
from bot.privacy import ServerCounts
from bot.records import Kept, Refusal, Tally, Verdict, Vote, server
from bot.render import insights_text
from bot.server_settings import ServerSettings
from index.indexer import Index
from tests.loopback import payloads

Shown = tuple[str, ui.LayoutView, dict[str, bytes]]

NOW = 1_795_500_000
TODAY = dt.date(2026, 11, 24)


def asked(article: str) -> tuple[list[Vote], list[Refusal], list[Tally]]:
    """What a server may have asked within a month."""
    place = server(payloads.GUILD)
    refused = (
        ("How many soldiers died in the fighting?", ("died", "fighting"), 9),
        ("What does the treaty cost?", ("treaty", "cost"), 4),
        ("Will there be elections in Kabul this year?", ("elections",), 2),
    )
    refusals = [
        Refusal(place, 100 * k + n, n, question, missing, article, 0.1, NOW - n * 86_400 * (k + 1))
        for k, (question, missing, times) in enumerate(refused)
        for n in range(times)
    ]
    votes = [
        Vote(place, n, n, verdict, "Who calls the Taliban terrorists?", article, (9,), 0.63, NOW - n * 200_000)
        for n, verdict in enumerate((Verdict.DOWN, Verdict.DOWN, Verdict.UP))
    ]
    votes += [Vote(place, n, n, Verdict.UP, "When?", article, (3,), 0.9, NOW - n * 90_000) for n in range(20)]
    first = dt.date(2026, 10, 26)
    tallies = [Tally(first + dt.timedelta(days=n), 3 + n * 7 % 11, n * 5 % 4) for n in range(30)]
    return votes, refusals, tallies


def views(index: Index) -> list[Shown]:
    """(caption, view, files) of every kind."""
    votes, refusals, tallies = asked(index.article.id)
    counts = ServerCounts(len(votes), len(refusals), ServerSettings())
    kept = Kept(tuple(votes[:2]), tuple(refusals[:1]))
    set_up = ServerSettings(channels=frozenset({payloads.CHANNEL}), threshold=0.5)
    shown: list[Shown] = [
        ("/privacy", layout(privacy.texts(kept, 90, 30, counts)), {}),
        ("/export", export_view(), {EXPORT: json.dumps({}).encode()}),
        (
            "/forget",
            layout(
                [privacy.about_you(kept)],
                [ForgetButton(ForgetId("me"), "Erase what is kept about me")],
                accent=discord.Colour(0x8A8F98),
            ),
            {},
        ),
        ("/settings", settings_view(set_up, private=False, threshold=0.28), {}),
    ]
    found = insights(votes, refusals, tallies, TODAY, 30)
    pages = insights_text.pages(found, lambda _, number: index.sentences[number].text)
    chart = draw(found.periods, insights_text.axis)
    for page in range(1, len(pages) + 1):
        view = insights_view(found, pages, page, with_chart=page == 1)
        shown.append((f"/insights, page {page}", view, {CHART: chart} if page == 1 else {}))
    return shown
