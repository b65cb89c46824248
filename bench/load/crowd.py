"""The crowd: who asks what, when. Open loop: what is offered does not wait for what came of it."""

import asyncio
import itertools
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.load.discord import Asked, LoadDiscord
from bench.load.figures import Figures, figures
from bench.load.process import ROOT, Bot, taken

QUESTIONS = ROOT / "tests" / "questions" / "dev.jsonl"
PEOPLE = 100_000
SETTLE = 15.0
"""Seconds after the last question in which answers still count."""

NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def questions(path: Path = QUESTIONS) -> list[str]:
    """Questions on the sample article."""
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def stream(pool: Sequence[str], *, distinct: bool, seed: int = 7) -> Iterator[str]:
    """Questions without end, in a shuffled order.

    Args:
        pool: what is asked.
        distinct: whether each is worded as none before, so that no answer can be one that is remembered.
        seed: of the order.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    for n in itertools.count():
        question = chance.choice(pool)
        if distinct:
            # Two further words, of which no two questions have the same.
            words = f"{NUMBERS[n % 10]} {n // 10}"
            question = f"{question.rstrip('?. ')}, asked as the {words}?"
        yield question


async def offer(  # noqa: PLR0913 - what a run is made of
    discord: LoadDiscord,
    bots: Sequence[Bot],
    asking: Iterator[str],
    *,
    rate: float,
    seconds: float,
    servers: int,
    hog: float = 0.0,
    seed: int = 1,
) -> tuple[Figures, list[Asked]]:
    """Offer questions at a rate for a time, and sum up what came of them.

    Args:
        discord: where they are asked.
        bots: who answers.
        asking: questions.
        rate: a second, at times that know nothing of each other (a Poisson process).
        seconds: how long.
        servers: in which they are asked, each as often.
        hog: the share of all questions that is asked in the first server.
        seed: of who asks when.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    loop = asyncio.get_running_loop()
    discord.asked.clear()
    discord.forget_gaps()
    before, own, start = [taken(bot.pid).cpu for bot in bots], time.process_time(), loop.time()
    at, asked = start, []
    while at < start + seconds:
        await asyncio.sleep(max(0.0, at - loop.time()))
        server = 0 if chance.random() < hog else chance.randrange(servers)
        token = await discord.ask(next(asking), chance.randrange(PEOPLE), server)
        asked.append(discord.asked[token])
        at += chance.expovariate(rate)
    lasted = loop.time() - start
    for _ in range(int(SETTLE / 0.05)):
        if all(a.answered is not None or a.refused for a in asked):
            break
        await asyncio.sleep(0.05)
    after = [taken(bot.pid) for bot in bots]
    found = figures(
        rate,
        asked,
        lasted,
        gap=discord.largest_gap,
        bot_cpu=sum(a.cpu for a in after) - sum(before),
        driver_cpu=time.process_time() - own,
        load=os.getloadavg()[0],
        rss=sum(a.rss for a in after),
    )
    return found, asked
