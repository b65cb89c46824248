"""The bot's processes as the machine sees them: started, stopped, and what they take."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.load.discord import TOKEN, LoadDiscord

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

CONNECTED = 180.0
"""Seconds that the bots may take to start."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took.

    Attributes:
        cpu: seconds of a core, since its start.
        rss: bytes of memory that are its now.
    """

    cpu: float
    rss: int


def taken(pid: int) -> Taken:
    """What a process took, as Linux tells it; nothing of one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return Taken(0.0, 0)
    return Taken((int(fields[11]) + int(fields[12])) / TICKS, pages * PAGE)


class Bot:
    """A bot process.

    Attributes:
        program: what is run: a module, and what it is told behind the port.
        pid: its number.
        log: the end of what it wrote.
    """

    program: tuple[str, ...] = ("bench.load.bot",)

    def __init__(self, port: int, folder: Path, **settings: str) -> None:
        """Prepare.

        Args:
            port: where the Discord is.
            folder: for its state.
            settings: by the name behind PULLQUOTE_.
        """
        self._port = port
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("PULLQUOTE_")}
        self._environment |= {
            "PYTHONPATH": str(ROOT),
            "PULLQUOTE_STATE": str(folder),
            "PULLQUOTE_DISCORD_TOKEN": TOKEN,
            # People here ask as often as the run wants; that they may not is tested elsewhere.
            "PULLQUOTE_COOLDOWN": "0",
            "PULLQUOTE_LOG_LEVEL": "WARNING",
        }
        self._environment |= {f"PULLQUOTE_{name.upper()}": value for name, value in settings.items()}
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self.log: list[str] = []

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid if self._process else 0

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._process is None or self._process.returncode is not None

    async def start(self) -> "Bot":
        """Start it; whether it connects is seen at the gateway."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self.program[0],
            str(self._port),
            *self.program[1:],
            cwd=ROOT,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        assert self._process is not None  # noqa: S101 - for the type checker
        assert self._process.stdout is not None  # noqa: S101 - likewise
        async for line in self._process.stdout:
            self.log = [*self.log[-50:], line.decode("utf-8", "replace").rstrip()]

    async def stop(self, kind: signal.Signals = signal.SIGTERM) -> int:
        """End it with a signal, and wait; its exit status."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(kind)
        try:
            async with asyncio.timeout(30):
                status = await self._process.wait()
        except TimeoutError:
            self._process.kill()
            status = await self._process.wait()
        if self._reader is not None:
            await self._reader
        return status


async def connected(discord: LoadDiscord, bots: list[Bot], shards: int) -> None:
    """Wait until so many shards are up.

    Raises:
        RuntimeError: a bot ended, or they take too long.
    """
    for _ in range(int(CONNECTED / 0.1)):
        if len(discord.sessions) >= shards:
            return
        if any(bot.ended for bot in bots):
            break
        await asyncio.sleep(0.1)
    raise RuntimeError("\n".join(line for bot in bots for line in bot.log) or "the bot does not connect")
