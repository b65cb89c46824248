"""The HTTP side of the fake Discord, on 127.0.0.1, with faults that can be asked for.

Every body that the bot sends is checked, and so is every answer that is given; what is wrong is collected in
`Exchanges.problems`, which the tests' fixture holds to be empty.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.loopback import payloads
from tests.loopback.exchanges import Exchanges, Refusal
from tests.loopback.gateway import Gateway
from tests.loopback.schema import Description, command_errors
from tests.loopback.web import Web

Json = dict[str, Any]
T = TypeVar("T")

TOKEN = "bm90LWEtcmVhbC10b2tlbg.loopback.only-accepted-on-127-0-0-1"  # noqa: S105 - let in by this fake alone
API = "/api/v10"
PATIENCE = 60.0
"""Seconds that a test waits for something to happen."""


@dataclass
class Fault:
    """An answer to play instead of the right one.

    Attributes:
        method: of the request.
        path: pattern that the path behind /api/v10 matches whole.
        status: HTTP status; 0 breaks the connection off without an answer.
        body: of the answer.
        headers: of the answer.
        times: how often to play it.
        after: whether the request is carried out first, and only its answer lost.
    """

    method: str
    path: str
    status: int
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False


class HttpApi(Exchanges, Web):
    """The HTTP side: what comes in, the faults that are played, and where each request goes; the gateway beside it.

    Attributes:
        gateway: the WebSocket side.
        description: Discord's description of its API.
        commands: the global commands, as the bot put them.
        syncs: how often the bot put them.
        faults: to play, first match first.
        requests: (method, path) of every request.
        holds: (method, end of the path) -> what the answer to the next such request waits for.
        rates: (method, pattern of the path) -> headers of the answers, such as what is left of a rate limit.
    """

    def __init__(self) -> None:
        super().__init__()
        self.description = Description()
        self.commands: list[Json] = []
        self.syncs = 0
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.holds: dict[tuple[str, str], asyncio.Event] = {}
        self.rates: dict[tuple[str, str], dict[str, str]] = {}
        self.gateway = Gateway(TOKEN, lambda: f"ws://127.0.0.1:{self.port}/gw", self.changed)
        self.port = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_get("/gw", self.gateway.handle)
        application.router.add_route("*", f"{API}/{{path:.*}}", self._handle)
        application.router.add_get("/attachments/{number}/{name}", self._attachment)
        application.router.add_get("/{path:.*}", self._page)
        self._runner = web.AppRunner(application, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def changed(self) -> None:
        """Wake whoever waits for something."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, found: Callable[[], T | None], seconds: float = PATIENCE) -> T:
        """Wait until `found` finds something true; it is asked again whenever something happened.

        Raises:
            TimeoutError: it did not come.
        """
        async with asyncio.timeout(seconds):
            while not (value := found()):
                future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
        return value

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method, path = request.method, "/" + request.match_info["path"]
        self.requests.append((method, path))
        body, files = await _body(request)
        self.changed()
        held = next((key for key in self.holds if key[0] == method and path.endswith(key[1])), None)
        if held is not None:
            await self.holds.pop(held).wait()
        fault = next((f for f in self.faults if f.method == method and re.fullmatch(f.path, path)), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            if fault.after:
                await self._answer(request, method, path, body, files)
            self.changed()
            if not fault.status:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            return _json(fault.status, fault.body, fault.headers)
        status, answer = await self._answer(request, method, path, body, files)
        self.changed()
        limits = (h for (m, pattern), h in self.rates.items() if m == method and re.fullmatch(pattern, path))
        return _json(status, answer, next(limits, None))

    async def _answer(
        self,
        request: web.Request,
        method: str,
        path: str,
        body: Any,  # noqa: ANN401 - JSON
        files: dict[str, bytes],
    ) -> tuple[int, Any]:
        self.problems += [f"{method} {path}: {e}" for e in self.description.request_errors(method, path, body)]
        if files:
            message = body.get("data", body)
            named = {a["filename"] for a in message.get("attachments", [])}
            self.problems += [f"{name} is uploaded and not named" for name in files if name not in named]
            message["files"] = files
        try:
            status, answer = await self._route(request, method, path, body)
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
        self.problems += [
            f"the fake's answer to {method} {path}: {e}"
            for e in self.description.response_errors(method, path, status, answer)
        ]
        return status, answer

    async def _route(self, request: web.Request, method: str, path: str, body: Any) -> tuple[int, Any]:  # noqa: ANN401, C901, PLR0911 - a table
        parts = path.strip("/").split("/")
        match method, parts:
            case "POST", ["interactions", _, token, "callback"]:
                return self._callback(token, body)
            case "PATCH", ["webhooks", _, token, "messages", "@original"]:
                return 200, self._edit_original(token, body)
            case "DELETE", ["webhooks", _, token, "messages", "@original"]:
                self._delete_original(token)
                return 204, None
            case "POST", ["webhooks", _, token]:
                return 200, self._follow_up(token, body)
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            raise Refusal(401, 0, "401: Unauthorized")
        match method, parts:
            case "GET", ["users", "@me"]:
                return 200, payloads.own_user()
            case "GET", ["applications" | "oauth2", "@me"] | ["oauth2", "applications", "@me"]:
                return 200, payloads.application()
            case "GET", ["gateway", "bot"]:
                url = f"ws://127.0.0.1:{self.port}/gw"
                return 200, {"url": url, "shards": self.gateway.shards, "session_start_limit": self.gateway.limits}
            case "PUT", ["applications", _, "commands"]:
                return 200, self._put_commands(body)
            case "GET", ["applications", _, "commands"]:
                return 200, self.commands
            case "POST", ["channels", where, "messages"]:
                return 200, self._create(int(where), body)
        self.problems.append(f"the fake has no {method} {path}")
        raise Refusal(404, 0, "404: Not Found")

    def _put_commands(self, body: list[Json]) -> list[Json]:
        self.problems += command_errors(body)
        self.syncs += 1
        self.commands = [
            {"type": 1, "description": ""}
            | command
            | {"default_member_permissions": _text(command.get("default_member_permissions"))}
            | {"id": str(next(self.ids)), "application_id": str(payloads.APPLICATION), "version": str(next(self.ids))}
            for command in body
        ]
        return self.commands


async def _body(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """The body of a request as JSON, and what was uploaded beside it, by name."""
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}
    form = await request.post()
    files = {part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)}
    return json.loads(str(form["payload_json"])), files


def _text(number: int | str | None) -> str | None:
    """A number as Discord gives it back where it may be too long for JSON."""
    return None if number is None else str(number)


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:  # noqa: ANN401 - JSON
    """An answer; the content type has no charset, as discord.py wants it."""
    if body is None:
        return web.Response(status=status, headers=headers)
    data = json.dumps(body).encode()
    return web.Response(status=status, body=data, headers={"Content-Type": "application/json"} | (headers or {}))
