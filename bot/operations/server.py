"""The port on 127.0.0.1 where an operator's programs look: /healthz, /readyz and /metrics."""

from collections.abc import Awaitable, Callable
from typing import Self

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.operations.metrics import Metrics
from index.errors import SettingsError

HOST = "127.0.0.1"
"""Nothing is shown to other machines; who wants that puts a proxy with a password in front."""

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class OperationsServer:
    """Answers from what it is given to ask.

    Attributes:
        port: where it listens, once it does.
    """

    def __init__(
        self,
        port: int,
        metrics: Metrics,
        ailments: Callable[[], tuple[str, ...]],
        lacking: Callable[[], tuple[str, ...]],
    ) -> None:
        """Prepare; `start` listens.

        Args:
            port: on 127.0.0.1; 0 for any that is free.
            metrics: what /metrics shows.
            ailments: what is wrong; /healthz is red while there is anything.
            lacking: what the bot waits for; /readyz is red while there is anything.
        """
        self.port = port
        self._metrics = metrics
        application = web.Application()
        application.router.add_get("/healthz", self._state("well", ailments))
        application.router.add_get("/readyz", self._state("ready", lacking))
        application.router.add_get("/metrics", self._show)
        self._runner = web.AppRunner(application, access_log_class=_Silent, shutdown_timeout=1.0)

    async def start(self) -> Self:
        """Listen.

        Raises:
            SettingsError: the port is taken, or may not be used.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self.port).start()
        except OSError:
            await self._runner.cleanup()
            raise SettingsError(
                "Port {port} of this machine cannot be listened on: another program has it, or it needs more rights. "
                "Set PULLQUOTE_METRICS_PORT to a free one above 1023.",
                port=self.port,
            ) from None
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Listen no more; nothing happens where it never did."""
        await self._runner.cleanup()

    @staticmethod
    def _state(good: str, wrong: Callable[[], tuple[str, ...]]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            del request
            found = wrong()
            status = {"status": "no" if found else good, "lacking": list(found)}
            return web.json_response(status, status=503 if found else 200, headers={"Cache-Control": "no-store"})

        return answer

    async def _show(self, request: web.Request) -> web.Response:
        del request
        return web.Response(body=self._metrics.text(), headers={"Content-Type": CONTENT_TYPE})


class _Silent(AbstractAccessLogger):
    """Who asks every ten seconds fills no log."""

    @property
    def enabled(self) -> bool:
        """Whether anything is logged."""
        return False

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Log nothing."""
