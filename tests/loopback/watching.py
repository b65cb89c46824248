"""An operator's program that looks at the bot's local port."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.loopback.server import PATIENCE

Json = dict[str, Any]

PAUSE = 0.05
"""Seconds between two looks, as a program that watches makes them."""


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Watch:
    """Looks at a port."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body; (0, "") while nothing answers."""
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"http://127.0.0.1:{self.port}{path}") as answer,
            ):
                return answer.status, await answer.text()
        except (aiohttp.ClientError, OSError):
            return 0, ""

    async def until(self, path: str, status: int) -> Json:
        """Look until the status is this one; the body.

        Raises:
            TimeoutError: it never was.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                found, body = await self.get(path)
                if found == status:
                    return dict(json.loads(body)) if body.startswith("{") else {}
                await asyncio.sleep(PAUSE)

    async def metrics(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
        """(Name, labels in order) -> value of every sample."""
        status, body = await self.get("/metrics")
        assert status == 200
        return {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(body)
            for sample in family.samples
        }

    async def value(self, name: str, **labels: str) -> float:
        """The value of a sample; 0 for one that is not there yet."""
        return (await self.metrics()).get((name, tuple(sorted(labels.items()))), 0.0)
