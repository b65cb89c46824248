"""The real bot in a process of its own."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.loopback.people import FakeDiscord
from tests.loopback.server import PATIENCE, TOKEN

RUN_BOT = Path(__file__).with_name("run_bot.py")


class BotProcess:
    """A bot process.

    Attributes:
        log: what it wrote to standard error, line by line.
    """

    def __init__(self, discord: FakeDiscord, folder: Path, *, token: str | None = TOKEN, **settings: str) -> None:
        """Prepare a start.

        Args:
            discord: where it logs in.
            folder: its working and state folder.
            token: its token, or None for none.
            settings: further settings, by the name behind PULLQUOTE_, and those of `run_bot`.
        """
        self.log: list[str] = []
        self._discord = discord
        self._folder = folder
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith(("PULLQUOTE_", "COV_"))}
        self._environment |= {"PYTHONPATH": str(RUN_BOT.parents[2]), "PULLQUOTE_STATE": str(folder / "state")}
        # The people of the tests ask as fast as they can; a test of the cooldown sets its own.
        self._environment["PULLQUOTE_COOLDOWN"] = "0"
        # This Discord lets sessions begin as close to each other as they come; a test of their spacing sets both.
        self._environment["LOOPBACK_SPACING"] = "0.1"
        self._environment |= {
            name if name.startswith("LOOPBACK_") else f"PULLQUOTE_{name.upper()}": value
            for name, value in settings.items()
        }
        if token is not None:
            self._environment["PULLQUOTE_DISCORD_TOKEN"] = token
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """The whole log."""
        return "\n".join(self.log)

    async def start(self) -> "BotProcess":
        """Start, and wait until it is connected."""
        gateway = self._discord.gateway
        before = len(gateway.identifies)
        await self.launch()
        try:
            await self._discord.until(
                lambda: self._is_over() or (len(gateway.identifies) > before and gateway.connected is not None)
            )
            assert not self._is_over()
        except (TimeoutError, AssertionError):
            await self.kill()
            raise AssertionError(f"the bot did not connect:\n{self.text}") from None
        return self

    async def launch(self, *arguments: str) -> None:
        """Start, and wait for nothing."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RUN_BOT),
            str(self._discord.port),
            *arguments,
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.log.append(line.decode().rstrip("\n"))
            self._discord.changed()
        self._discord.changed()

    def _is_over(self) -> bool:
        return self._reader is not None and self._reader.done()

    async def logged(self, part: str) -> str:
        """Wait for a line of the log."""
        return await self._discord.until(lambda: next((line for line in self.log if part in line), None))

    def signal(self, kind: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(kind)

    async def ended(self) -> int:
        """Wait until it ends of itself; its exit status."""
        assert self._process is not None
        assert self._reader is not None
        async with asyncio.timeout(PATIENCE):
            status = await self._process.wait()
            await self._reader
        return status

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self._is_over()

    async def stop(self) -> int:
        """Ask it to stop, and wait."""
        self.signal()
        return await self.ended()

    async def kill(self) -> None:
        """End it, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self.ended()
