"""`python -m tests.fuzz --minutes 15`: hostile input for as long as that, in one process and one bot's.

The exit status is 1 if anything did not hold. What it finds becomes a test.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.discord.buttons import BUTTONS
from index.readers import read_bytes
from tests.conftest import FERRY
from tests.fuzz import targets
from tests.fuzz.strategies import custom_ids, env_files, questions
from tests.loopback.fuzzing import PATIENT, campaign
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess

ROUND = 500
"""Examples of one target before it is the next one's turn."""


def pure(folder: Path) -> dict[str, Callable[[int], None]]:
    """The targets in this process: name -> runs it with a seed."""
    assistant = Assistant(read_bytes(FERRY.encode(), "ferry.txt"))
    shapes = st.one_of([st.from_regex(f.__discord_ui_compiled_template__, fullmatch=True) for f in BUTTONS])
    chosen = settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    def target(strategy: st.SearchStrategy[object], check: Callable[..., None]) -> Callable[[int], None]:
        def run(number: int) -> None:
            seed(number)(chosen(given(strategy)(check)))()

        return run

    return {
        "question": target(questions, lambda question: targets.ask(assistant, question)),
        "conversation": target(st.lists(questions, min_size=2, max_size=4), lambda q: targets.converse(assistant, q)),
        "settings": target(env_files, lambda env: targets.read_settings(folder, env)),
        "custom_id": target(shapes | custom_ids, lambda custom_id: targets.press(assistant, custom_id)),
    }


def run_pure(end: float, folder: Path, number: int) -> list[str]:
    """Take turns until the time is over; what did not hold."""
    found: list[str] = []
    runs = dict.fromkeys(pure(folder), 0)
    while time.monotonic() < end:
        for name, run in pure(folder).items():
            number += 1
            try:
                run(number)
            except Exception as error:  # noqa: BLE001 - it goes on with the next
                found.append(
                    f"{name}, seed {number}: {type(error).__name__}: {error} {getattr(error, '__notes__', '')}"
                )
                sys.stdout.write(f"{found[-1]}\n")
                sys.stdout.flush()
            runs[name] += ROUND
            if time.monotonic() > end:
                break
    sys.stdout.write(f"examples at most: {runs}\n")
    return found


async def run_discord(seconds: float, folder: Path, number: int) -> list[str]:
    """Send hostile interactions to a bot."""
    async with FakeDiscord() as fake:
        bot = await BotProcess(fake, folder, cooldown="0", **PATIENT).start()
        try:
            found = await campaign(fake, bot, number, seconds=seconds)
            sys.stdout.write("\n".join([*found, ""]))
            sys.stdout.flush()
            sent = sum(len(session.sent) for session in fake.gateway.sessions.values())
            sys.stdout.write(f"events sent: {sent}\n")
        finally:
            await bot.kill()
    return found


def main() -> int:
    """Run both."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--minutes", type=float, default=15.0)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", choices=["pure", "discord"])
    chosen = options.parse_args()
    seconds = chosen.minutes * 60 / (1 if chosen.only else 2)
    found: list[str] = []
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # it warns of every line that is none
    if chosen.only != "pure":
        with tempfile.TemporaryDirectory() as folder:
            found += asyncio.run(run_discord(seconds, Path(folder), chosen.seed))
    if chosen.only != "discord":
        with tempfile.TemporaryDirectory() as folder:
            found += run_pure(time.monotonic() + seconds, Path(folder), chosen.seed)
    sys.stdout.write("\n\n".join([*found, f"{len(found)} findings"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
