"""The WebSocket side of the fake Discord: sessions, heartbeats, resuming, and closes that are asked for."""

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
        id: the session's id.
        sent: dispatches in order; the n-th has sequence number n + 1.
        socket: the connection, or None while there is none.
    """

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class Gateway:
    """The gateway.

    Attributes:
        identifies: every IDENTIFY that came.
        resumes: every RESUME that came.
        heartbeats: when heartbeats came, in the loop's seconds.
        closes: the codes that the bot closed connections with.
        refuse_with: close codes for the next IDENTIFYs, first come first served.
        interval: milliseconds between heartbeats.
        acknowledges: whether heartbeats are answered.
        guilds: the servers that the bot is in.
    """

    def __init__(self, token: str, url: Callable[[], str], changed: Callable[[], None]) -> None:
        """Start without connections.

        Args:
            token: the only one that is let in.
            url: where the gateway is.
            changed: called whenever something happened.
        """
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats: list[float] = []
        self.closes: list[int] = []
        self.refuse_with: list[int] = []
        self.interval = 41_250
        self.acknowledges = True
        self.guilds = [payloads.GUILD]
        self.sessions: dict[str, Session] = {}
        self._token = token
        self._url = url
        self._changed = changed
        self._connections = itertools.count(1)

    @property
    def connected(self) -> Session | None:
        """The session that is up, if any."""
        return next((s for s in self.sessions.values() if s.socket is not None), None)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.interval}})
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            packet = json.loads(frame.data)
            if packet["op"] == HEARTBEAT:
                self.heartbeats.append(asyncio.get_running_loop().time())
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
        self._changed()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.identifies.append(data)
        code = self.refuse_with.pop(0) if self.refuse_with else 4004 if data["token"] != self._token else None
        if code is not None:
            await socket.close(code=code)
            return None
        session = Session(socket=socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": payloads.own_user(),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in self.guilds],
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "shard": data.get("shard", [0, 1]),
            "application": {"id": str(payloads.APPLICATION), "flags": 0},
        }
        await self._send(session, "READY", ready)
        for guild in self.guilds:
            await self._send(session, "GUILD_CREATE", payloads.guild(guild))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "d": False})
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
        """Send an event; while the bot is away it is kept for when it resumes."""
        session = self.connected or list(self.sessions.values())[-1]
        await self._send(session, event, data)

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

    async def drop(self, code: int = 1006) -> None:
        """Close the connection from this side; 1006 cuts it without a word."""
        session = self.connected
        if session and session.socket:
            socket, session.socket = session.socket, None
            if code == 1006 and socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
            else:
                await socket.close(code=code)
