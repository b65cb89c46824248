"""A Discord that costs little: it plays one kind of interaction to many servers and notes when each was answered.

Nothing that comes is checked here; `tests/loopback` does that. So the driver takes as little of the machine as it can.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.loopback import payloads

Json = dict[str, Any]

TOKEN = "bm90LWEtcmVhbC10b2tlbg.load.only-accepted-on-127-0-0-1"  # noqa: S105 - let in by this fake alone
FIRST_SERVER = 95_400_000_000
"""Number of the first server; the n-th one's id is (FIRST_SERVER + n) << 22, so that servers take turns on shards."""

HEARTBEAT = 500
"""Milliseconds between heartbeats; Discord asks for 41,250, which would show no gap in a run of a minute."""

BACKLOG = 2**30
"""Bytes that may be on their way to a bot."""

DISPATCH, BEAT, IDENTIFY, RESUME, HELLO, ACK = 0, 1, 2, 6, 10, 11


@dataclass(slots=True)
class Asked:
    """An interaction.

    Attributes:
        at: when it was sent, in the loop's seconds.
        server: whose it is, counted from 0.
        acknowledged: seconds until the first response, or None.
        answered: seconds until the answer, or None.
        refused: whether the first response was a refusal.
    """

    at: float
    server: int
    acknowledged: float | None = None
    answered: float | None = None
    refused: bool = False


@dataclass(eq=False)
class Session:
    """A shard's connection.

    Attributes:
        shard: its number and how many there are.
        socket: the connection.
        sequence: of the last dispatch.
    """

    shard: tuple[int, int]
    socket: web.WebSocketResponse
    sequence: int = 0

    async def send(self, event: str, data: str) -> None:
        """Send an event, whose data are JSON already."""
        self.sequence += 1
        await self.socket.send_str(f'{{"op":0,"t":"{event}","s":{self.sequence},"d":{data}}}')


@dataclass
class Beats:
    """The heartbeats of one connection: the last, and the largest time by which one was late, in seconds."""

    last: float | None = None
    gap: float = 0.0

    def beat(self, now: float) -> None:
        """A heartbeat came."""
        if self.last is not None:
            self.gap = max(self.gap, now - self.last - HEARTBEAT / 1000)
        self.last = now


class LoadDiscord:
    """The HTTP API and the gateway.

    Attributes:
        asked: by the interaction's token.
        sessions: that are up.
        beats: of each connection that was ever made.
        syncs: how often commands were put.
        port: of both.
    """

    def __init__(self, servers: int, *, shards: int = 1, concurrency: int = 1) -> None:
        """Prepare.

        Args:
            servers: that the bot is in.
            shards: that are recommended.
            concurrency: max_concurrency.
        """
        self.asked: dict[str, Asked] = {}
        self.sessions: list[Session] = []
        self.beats: list[Beats] = []
        self.syncs = 0
        self.port = 0
        self.on_done: Callable[[], None] = lambda: None
        self._servers = servers
        self._shards = shards
        self._concurrency = concurrency
        self._ids = payloads.snowflakes()
        self._runner: web.AppRunner | None = None
        self._message = json.dumps(payloads.message(1, 1, payloads.BOT, {"flags": 1 << 15}))
        self._commands: list[Json] = []
        self._template = ""

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=16 * 2**20)
        application.router.add_get("/gw", self._gateway)
        application.router.add_post("/api/v10/interactions/{id}/{token}/callback", self._callback)
        application.router.add_patch("/api/v10/webhooks/{app}/{token}/messages/@original", self._edit)
        application.router.add_post("/api/v10/webhooks/{app}/{token}", self._edit)
        application.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def largest_gap(self) -> float:
        """The largest time by which a heartbeat was late on any connection, in seconds."""
        return max((beats.gap for beats in self.beats), default=0.0)

    def forget_gaps(self) -> None:
        """Begin a measurement."""
        for beats in self.beats:
            beats.gap = 0.0

    async def ask(self, question: str, person: int, server: int) -> str:
        """A person of a server asks; the interaction's token. Where no session takes it, nobody answers."""
        guild = (FIRST_SERVER + server) << 22
        number = next(self._ids)
        token = f"t{number}"
        filled = self._filled(question, person, server, number, token)
        takers = [s for s in self.sessions if (guild >> 22) % s.shard[1] == s.shard[0] and not s.socket.closed]
        self.asked[token] = Asked(asyncio.get_running_loop().time(), server)
        for session in takers:
            await session.send("INTERACTION_CREATE", filled)
        return token

    def _filled(self, question: str, person: int, server: int, number: int, token: str) -> str:
        """The interaction as Discord sends it; the larger part of it is written once."""
        if not self._template:
            self._template = json.dumps(_interaction(self._commands))
        guild = (FIRST_SERVER + server) << 22
        return (
            self._template.replace('"#question"', json.dumps(question))
            .replace("#person", str(10**17 + person))
            .replace("#guild", str(guild))
            .replace("#channel", str(guild + 1))
            .replace("#number", str(number))
            .replace("#token", token)
        )

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if request.transport is not None:
            # What a bot is too slow to read waits here, and whoever asks does not wait for it.
            request.transport.set_write_buffer_limits(high=BACKLOG)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT}})
        beats = Beats()
        self.beats.append(beats)
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            packet = json.loads(frame.data)
            if packet["op"] == BEAT:
                beats.beat(asyncio.get_running_loop().time())
                await socket.send_json({"op": ACK})
            elif packet["op"] == IDENTIFY:
                session = Session(tuple(packet["d"].get("shard", [0, 1])), socket)
                await self._welcome(session)
            elif packet["op"] == RESUME:
                await socket.send_json({"op": 9, "d": False})
        if session is not None:
            self.sessions.remove(session)
        return socket

    async def _welcome(self, session: Session) -> None:
        guilds = [
            guild
            for n in range(self._servers)
            if ((guild := (FIRST_SERVER + n) << 22) >> 22) % session.shard[1] == session.shard[0]
        ]
        ready = {
            "v": 10,
            "user": payloads.own_user(),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            "session_id": f"s{next(self._ids)}",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gw",
            "shard": list(session.shard),
            "application": {"id": str(payloads.APPLICATION), "flags": 0},
        }
        await session.send("READY", json.dumps(ready))
        for guild in guilds:
            made = payloads.guild(guild) | {"channels": [payloads.channel(guild + 1) | {"guild_id": str(guild)}]}
            await session.send("GUILD_CREATE", json.dumps(made))
        self.sessions.append(session)

    async def _callback(self, request: web.Request) -> web.Response:
        asked = self.asked.get(request.match_info["token"])
        body = await request.json()
        if asked is None:
            return _json('{"code": 10062, "message": "Unknown interaction"}', 404)
        if asked.acknowledged is not None:
            return _json('{"code": 40060, "message": "Interaction has already been acknowledged."}', 400)
        asked.acknowledged = asyncio.get_running_loop().time() - asked.at
        interaction = f'{{"interaction": {{"id": "{request.match_info["id"]}", "type": 2}}'
        if body["type"] != 4:
            return _json(interaction + "}")
        asked.refused = True
        self.on_done()
        return _json(f'{interaction}, "resource": {{"type": 4, "message": {self._message}}}}}')

    async def _edit(self, request: web.Request) -> web.Response:
        await request.read()
        asked = self.asked.get(request.match_info["token"])
        if asked is None:
            return _json('{"code": 10015, "message": "Unknown Webhook"}', 404)
        if asked.answered is None:
            asked.answered = asyncio.get_running_loop().time() - asked.at
        self.on_done()
        return _json(self._message)

    async def _rest(self, request: web.Request) -> web.Response:
        match request.method, request.match_info["path"].split("/"):
            case "GET", ["users", "@me"]:
                return _json(json.dumps(payloads.own_user()))
            case "GET", ["applications" | "oauth2", "@me"] | ["oauth2", "applications", "@me"]:
                return _json(json.dumps(payloads.application()))
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": self._concurrency}
                url = f"ws://127.0.0.1:{self.port}/gw"
                return _json(json.dumps({"url": url, "shards": self._shards, "session_start_limit": limit}))
            case "PUT", ["applications", _, "commands"]:
                self.syncs += 1
                self._commands = [
                    {"type": 1, "description": "", "application_id": str(payloads.APPLICATION), "version": "1"}
                    | command
                    | {"id": str(next(self._ids)), "default_member_permissions": None}
                    for command in await request.json()
                ]
                return _json(json.dumps(self._commands))
        return _json('{"code": 0, "message": "404: Not Found"}', 404)


def _interaction(commands: list[Json]) -> Json:
    """/ask with blanks to fill in."""
    command = next((c["id"] for c in commands if c["name"] == "ask"), "1")
    person = {**payloads.user(payloads.ALICE), "id": "#person"}
    return {
        "id": "#number",
        "application_id": str(payloads.APPLICATION),
        "type": 2,
        "data": {
            "id": command,
            "name": "ask",
            "type": 1,
            "options": [{"name": "question", "type": 3, "value": "#question"}],
        },
        "channel_id": "#channel",
        "channel": payloads.channel(payloads.CHANNEL) | {"id": "#channel", "guild_id": "#guild"},
        "token": "#token",
        "version": 1,
        "app_permissions": "2248473465835073",
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {"0": "#guild"},
        "context": 0,
        "attachment_size_limit": 10_485_760,
        "guild_id": "#guild",
        "guild": {"id": "#guild", "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": payloads.member(payloads.ALICE) | {"user": person},
    }


def _json(text: str, status: int = 200) -> web.Response:
    return web.Response(status=status, body=text.encode(), headers={"Content-Type": "application/json"})
