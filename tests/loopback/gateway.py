"""The WebSocket side of the fake Discord: shards, sessions, heartbeats, resuming, and what may go wrong with them."""

import asyncio
import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback import payloads

Json = dict[str, Any]

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """What a shard was sent, for resuming.

    Attributes:
        shard: its number, and how many there are in all.
        id: the session's id.
        sent: dispatches in order; the n-th has sequence number n + 1.
        socket: the connection, or None while there is none.
    """

    shard: tuple[int, int] = (0, 1)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    def takes(self, guild: int) -> bool:
        """Whether the events of a server come by this shard; those of no server (0) come by the first."""
        return (guild >> 22) % self.shard[1] == self.shard[0]


class Gateway:
    """The gateway.

    Attributes:
        identifies: every IDENTIFY that came.
        identified: which shards were let in and when, in the loop's seconds.
        resumes: every RESUME that came.
        heartbeats: when heartbeats came, in the loop's seconds; a list for each connection.
        closes: the codes that the bot closed connections with.
        refuse_with: close codes for the next IDENTIFYs, first come first served.
        interval: milliseconds between heartbeats.
        acknowledges: whether heartbeats are answered.
        guilds: the servers that the bot is in.
        shards: how many shards it recommends.
        concurrency: shards that may IDENTIFY within `spacing` of each other, told apart by number modulo this.
        spacing: seconds.
        remaining: sessions that may still be begun today, and milliseconds until there are more.
        collisions: IDENTIFYs that came too soon after another and were turned away.
        broken: shards whose connections break off as soon as they IDENTIFY or RESUME.
    """

    def __init__(self, token: str, url: Callable[[], str], changed: Callable[[], None]) -> None:
        """Start without connections.

        Args:
            token: the only one that is let in.
            url: where the gateway is.
            changed: called whenever something happened.
        """
        self.identifies: list[Json] = []
        self.identified: list[tuple[int, float]] = []
        self.resumes: list[Json] = []
        self.heartbeats: list[list[float]] = []
        self.closes: list[int] = []
        self.refuse_with: list[int] = []
        self.interval = 41_250
        self.acknowledges = True
        self.guilds = [payloads.GUILD]
        self.shards = 1
        self.concurrency = 1
        self.spacing = 0.0
        self.remaining = (999, 0)
        self.collisions = 0
        self.broken: set[int] = set()
        self.sessions: dict[str, Session] = {}
        self._identified: dict[int, float] = {}
        self._token = token
        self._url = url
        self._changed = changed
        self._connections = itertools.count(1)

    @property
    def connected(self) -> Session | None:
        """The session that is up, if any."""
        return next((s for s in self.sessions.values() if s.socket is not None), None)

    def live(self, shard: int) -> list[Session]:
        """The sessions of a shard that are up: more than one while processes take over from each other."""
        return [s for s in self.sessions.values() if s.socket is not None and s.shard[0] == shard]

    @property
    def limits(self) -> Json:
        """As `GET /gateway/bot` tells them."""
        remaining, reset_after = self.remaining
        return {
            "total": 1000,
            "remaining": remaining,
            "reset_after": reset_after,
            "max_concurrency": self.concurrency,
        }

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.interval}})
        session: Session | None = None
        beats: list[float] = []
        self.heartbeats.append(beats)
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            packet = json.loads(frame.data)
            if packet["op"] == HEARTBEAT:
                beats.append(asyncio.get_running_loop().time())
                if self.acknowledges:
                    await socket.send_json({"op": ACK})
            elif packet["op"] == IDENTIFY:
                session = await self._identify(socket, packet["d"])
            elif packet["op"] == RESUME:
                session = await self._resume(socket, packet["d"])
            self._changed()
        if session is not None and session.socket is socket:
            session.socket = None
        if socket.close_code is not None:
            self.closes.append(socket.close_code)
        if session is not None and socket.close_code in (1000, 1001):
            self.sessions.pop(session.id, None)  # whoever says goodbye cannot resume
        self._changed()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.identifies.append(data)
        code = self.refuse_with.pop(0) if self.refuse_with else 4004 if data["token"] != self._token else None
        if code is not None:
            await socket.close(code=code)
            return None
        number, count = data.get("shard", [0, 1])
        if number in self.broken:
            await socket.close(code=4000)
            return None
        now = asyncio.get_running_loop().time()
        bucket = number % self.concurrency
        if now < self._identified.get(bucket, -self.spacing) + self.spacing:
            self.collisions += 1
            await socket.send_json({"op": INVALID, "d": False})
            return None
        self._identified[bucket] = now
        self.identified.append((number, now))
        session = Session((number, count), socket=socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": payloads.own_user(),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in self.guilds if session.takes(guild)],
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "shard": [number, count],
            "application": {"id": str(payloads.APPLICATION), "flags": 0},
        }
        await self._send(session, "READY", ready)
        for guild in filter(session.takes, self.guilds):
            await self._send(session, "GUILD_CREATE", payloads.guild(guild))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "d": False})
            return None
        if session.shard[0] in self.broken:
            await socket.close(code=4000)
            return None
        session.socket = socket
        for packet in session.sent[data["seq"] :]:
            await socket.send_json(packet)
        await self._send(session, "RESUMED", {})
        return session

    async def _send(self, session: Session, event: str, data: Json) -> None:
        packet = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(packet)
        if session.socket is not None and not session.socket.closed:
            await session.socket.send_json(packet)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to every session of its shard; while one is away it is kept for when it resumes."""
        guild = int(data.get("guild_id") or 0)
        for session in [s for s in self.sessions.values() if s.takes(guild)]:
            await self._send(session, event, data)

    def _of(self, shard: int | None) -> Session | None:
        """A session that is up, of a shard or of any."""
        return self.connected if shard is None else next(iter(self.live(shard)), None)

    async def ask_to_reconnect(self) -> None:
        """Op 7: the bot is to come back and resume."""
        if self.connected and self.connected.socket:
            await self.connected.socket.send_json({"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """Op 9: the session is over, the bot is to identify again."""
        session = self.connected
        if session and session.socket:
            del self.sessions[session.id]
            await session.socket.send_json({"op": INVALID, "d": False})

    async def drop(self, code: int = 1006, *, shard: int | None = None) -> None:
        """Close a connection from this side; 1006 cuts it without a word."""
        session = self._of(shard)
        if session and session.socket:
            socket, session.socket = session.socket, None
            if code == 1006 and socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
            else:
                await socket.close(code=code)
