"""Interactions of the fake Discord: what the bot may answer them with, and the messages that come of it."""

from dataclasses import dataclass, field
from typing import Any

from tests.loopback import payloads
from tests.loopback.schema import EPHEMERAL, message_errors, modal_errors

Json = dict[str, Any]


@dataclass
class Exchange:
    """An interaction and what came of it.

    Attributes:
        payload: INTERACTION_CREATE as it was sent.
        callbacks: the first responses, in order; a good bot makes one.
        message: the original response, once there is one.
        followups: further messages, in order.
        edits: how often the original response was edited.
        thinking: whether a response is announced and not there yet.
        dead: whether it was taken back while it was only announced; nothing can follow then.
        ephemeral: whether the original response is for one person.
        choices: of an autocompletion.
        modal: a form that is to be filled in.
        files: what was uploaded with the messages, by name.
    """

    payload: Json
    callbacks: list[Json] = field(default_factory=list)
    message: Json | None = None
    followups: list[Json] = field(default_factory=list)
    edits: int = 0
    thinking: bool = False
    dead: bool = False
    ephemeral: bool = False
    choices: list[Json] | None = None
    modal: Json | None = None
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The interaction's token."""
        return str(self.payload["token"])


class Refusal(Exception):
    """An answer of Discord's that is not a success."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code}


class Exchanges:
    """The interactions, and all messages.

    Attributes:
        exchanges: by the interaction's token.
        messages: all messages in channels, in order.
        problems: what was wrong in what the bot sent, or in what was answered.
        ids: the next snowflakes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.exchanges: dict[str, Exchange] = {}
        self.messages: list[Json] = []
        self.problems: list[str] = []
        self.ids = payloads.snowflakes()

    def _exchange(self, token: str, code: int = 10015) -> Exchange:
        if token not in self.exchanges:
            raise Refusal(404, code, "Unknown interaction" if code == 10062 else "Unknown Webhook")
        return self.exchanges[token]

    def _made(self, exchange: Exchange, body: Json) -> Json:
        self.problems += [f"message: {e}" for e in message_errors(body)]
        exchange.files |= body.get("files", {})
        where = int(exchange.payload["channel_id"])
        return payloads.message(next(self.ids), where, payloads.BOT, body, body.get("files"))

    def _callback(self, token: str, body: Json) -> tuple[int, Any]:
        exchange = self._exchange(token, 10062)
        if exchange.callbacks:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        exchange.callbacks.append(body)
        data = body.get("data") or {}
        exchange.ephemeral = bool(data.get("flags", 0) & EPHEMERAL)
        seen: Json = {"id": exchange.payload["id"], "type": exchange.payload["type"]}
        answer: Json = {"interaction": seen}
        if body["type"] == 4:
            exchange.message = self._made(exchange, data)
            self._publish(exchange.message)
            answer["resource"] = {"type": 4, "message": exchange.message}
        elif body["type"] == 5:
            exchange.thinking = True
            seen |= {"response_message_loading": True, "response_message_ephemeral": exchange.ephemeral}
        elif body["type"] == 6:
            exchange.message = exchange.payload["message"]
        elif body["type"] == 7:
            exchange.message = exchange.payload["message"]
            self._edit_original(token, data)
            exchange.ephemeral = bool(exchange.message["flags"] & EPHEMERAL)
            answer["resource"] = {"type": 7, "message": exchange.message}
        elif body["type"] == 9:
            exchange.modal = data
            self.problems += [f"form: {e}" for e in modal_errors(data)]
        elif body["type"] == 8:
            exchange.choices = data["choices"]
            if len(exchange.choices) > 25 or any(not 1 <= len(c["name"]) <= 100 for c in exchange.choices):
                self.problems.append("choices: at most 25, of 1 to 100 characters")
        return 200, answer

    def _edit_original(self, token: str, body: Json) -> Json:
        exchange = self._exchange(token)
        if not exchange.callbacks:
            raise Refusal(404, 10015, "Unknown Webhook")
        if not (exchange.thinking or exchange.message):
            raise Refusal(404, 10008, "Unknown Message")
        made = self._made(exchange, body)
        exchange.edits += 1
        if exchange.thinking:
            exchange.thinking = False
            made["flags"] |= EPHEMERAL if exchange.ephemeral else 0
            exchange.message = made
            self._publish(made)
        elif exchange.message is not None:
            kept = {key: exchange.message[key] for key in ("id", "timestamp")}
            flags = exchange.message["flags"] | made["flags"]
            exchange.message.update(made | kept | {"flags": flags})
        assert exchange.message is not None
        return exchange.message

    def _delete_original(self, token: str) -> None:
        exchange = self._exchange(token)
        exchange.dead = exchange.thinking
        exchange.thinking = False
        if exchange.message in self.messages:
            self.messages.remove(exchange.message)
        exchange.message = None

    def _follow_up(self, token: str, body: Json) -> Json:
        exchange = self._exchange(token)
        if not exchange.callbacks:
            raise Refusal(404, 10015, "Unknown Webhook")
        if exchange.dead:
            raise Refusal(404, 10008, "Unknown Message")
        if exchange.thinking:
            return self._edit_original(token, body)
        made = self._made(exchange, body)
        exchange.followups.append(made)
        self._publish(made)
        return made

    def _create(self, where: int, body: Json) -> Json:
        self.problems += [f"message: {e}" for e in message_errors(body)]
        made = payloads.message(next(self.ids), where, payloads.BOT, body)
        self._publish(made)
        return made

    def _publish(self, message: Json) -> None:
        if not message["flags"] & EPHEMERAL:
            self.messages.append(message)
