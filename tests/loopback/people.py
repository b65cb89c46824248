"""The people of the fake Discord: they use commands, type, press buttons and write messages."""

import asyncio
import json
from typing import Any

from tests.loopback import payloads
from tests.loopback.exchanges import Exchange
from tests.loopback.schema import buttons_of, face
from tests.loopback.server import PATIENCE, HttpApi

Json = dict[str, Any]


class FakeDiscord(HttpApi):
    """A whole Discord: HTTP API, gateway and people."""

    async def _interact(  # noqa: PLR0913 - what an interaction is made of
        self,
        kind: int,
        data: Json,
        who: int,
        where: int,
        message: Json | None = None,
        *,
        locale: str = "en-GB",
        installed: bool = True,
    ) -> Exchange:
        number = next(self.ids)
        payload: Json = {
            "id": str(number),
            "application_id": str(payloads.APPLICATION),
            "type": kind,
            "data": data,
            "channel_id": str(where),
            "channel": payloads.channel(where),
            "token": f"interaction-{number}",
            "version": 1,
            "app_permissions": "2248473465835073",
            "locale": locale,
            "entitlements": [],
            # In a server that did not install the bot, a person uses it who did.
            "authorizing_integration_owners": {"0": str(payloads.GUILD)} if where == payloads.DM else {"1": str(who)},
            "context": 1 if where == payloads.DM else 0,
            "attachment_size_limit": 10_485_760,
        }
        if where == payloads.DM:
            payload["user"] = payloads.user(who)
        else:
            guild = str(payloads.GUILDS[where])
            if installed:
                payload["authorizing_integration_owners"] = {"0": guild}
            payload |= {
                "guild_id": guild,
                "guild": {"id": guild, "locale": "en-US", "features": []},
                "guild_locale": "en-US",
                "member": payloads.member(who),
            }
        if message is not None:
            payload["message"] = message
        exchange = Exchange(payload)
        self.exchanges[exchange.token] = exchange
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return exchange

    def _command(self, name: str, values: Json) -> Json:
        """What an interaction says of a command; one in a group is named with the group's name in front."""
        first, _, inside = name.partition(" ")
        command = next((c for c in self.commands if c["name"] == first), None)
        options = {o["name"]: o for o in (command or {}).get("options") or []}
        if inside:
            options = {o["name"]: o for o in options[inside].get("options") or []}
        files = {n: v for n, v in values.items() if options[n]["type"] == 11}
        given = [
            {"name": n, "type": options[n]["type"], "value": v["id"] if n in files else v} for n, v in values.items()
        ]
        made: Json = {"id": command["id"] if command else "1", "name": first, "type": 1}
        made["options"] = [{"name": inside, "type": 1, "options": given}] if inside else given
        if files:
            made["resolved"] = {"attachments": {file["id"]: file for file in files.values()}}
        return made

    def upload(self, name: str, data: bytes, *, size: int | None = None) -> Json:
        """A person uploads a file.

        Args:
            name: of the file.
            data: what it holds.
            size: bytes that Discord says it has, if others.
        """
        number = str(next(self.ids))
        self.uploads[number] = data
        url = f"http://127.0.0.1:{self.port}/attachments/{number}/{name}"
        return {
            "id": number,
            "filename": name,
            "size": len(data) if size is None else size,
            "url": url,
            "proxy_url": url,
            "content_type": "application/octet-stream",
            "ephemeral": True,
        }

    async def slash(
        self,
        name: str,
        /,
        *,
        who: int = payloads.ALICE,
        where: int = payloads.CHANNEL,
        locale: str = "en-GB",
        installed: bool = True,
        **values: object,
    ) -> Exchange:
        """A person uses a command.

        Args:
            name: of the command.
            who: the person.
            where: the channel.
            locale: the language of their Discord.
            installed: whether the server installed the bot, and not the person alone.
            values: of the command's parameters.
        """
        data = self._command(name, dict(values))
        return await self._interact(2, data, who, where, locale=locale, installed=installed)

    async def menu(self, name: str, message: Json, *, who: int = payloads.ALICE, locale: str = "en-GB") -> Exchange:
        """A person uses a command of a message's menu; Discord sends the whole message with it."""
        command = next(c for c in self.commands if c["name"] == name and c["type"] == 3)
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: json.loads(json.dumps(message))}},
        }
        return await self._interact(2, data, who, int(message["channel_id"]), locale=locale)

    async def complete(  # noqa: PLR0913 - who types what, and where
        self,
        name: str,
        parameter: str,
        typed: str,
        *,
        some: bool = True,
        who: int = payloads.ALICE,
        where: int = payloads.CHANNEL,
        installed: bool = True,
    ) -> list[Json]:
        """A person types into a parameter; the choices that the bot offers, `some` of them or perhaps none."""
        data = self._command(name, {parameter: typed})
        options = data["options"]
        (options[0]["options"] if " " in name else options)[0]["focused"] = True
        exchange = await self._interact(4, data, who, where, installed=installed)
        await self.until(lambda: exchange.callbacks)
        return await self.until(lambda: exchange.choices) if some else exchange.choices or []

    async def until_complete(self, name: str, parameter: str, typed: str) -> list[Json]:
        """A person types until there is something to choose from: what takes a while to find is not there at first."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if offered := await self.complete(name, parameter, typed, some=False):
                    return offered

    async def press(  # noqa: PLR0913 - who presses what, and where
        self,
        message: Json,
        label: str = "",
        *,
        who: int = payloads.ALICE,
        custom_id: str | None = None,
        locale: str = "en-GB",
        where: int = 0,
        installed: bool = True,
    ) -> Exchange:
        """A person presses a button; one with a custom_id of their own runs a modified client.

        Args:
            message: that the button is on.
            label: what it says.
            who: the person.
            custom_id: of a button that is not on the message.
            locale: the language of their Discord.
            where: the channel, if the message is shown to them in another one than where it is; 0 if not.
            installed: see `slash`.
        """
        if custom_id is None:
            custom_id = next(b["custom_id"] for b in buttons_of(message) if face(b) == label and not b["disabled"])
        data = {"custom_id": custom_id, "component_type": 2}
        on = json.loads(json.dumps(message))
        place = where or int(message["channel_id"])
        return await self._interact(3, data, who, place, on, locale=locale, installed=installed)

    async def choose(
        self,
        message: Json,
        custom_id: str,
        *values: str,
        who: int = payloads.ALICE,
        kind: int = 3,
        resolved: Json | None = None,
    ) -> Exchange:
        """A person chooses from a menu: of words (kind 3), or of channels (8), which are resolved."""
        data: Json = {"custom_id": custom_id, "component_type": kind, "values": list(values)}
        if resolved is not None:
            data["resolved"] = resolved
        return await self._interact(3, data, who, int(message["channel_id"]), json.loads(json.dumps(message)))

    async def submit(
        self,
        form: Json,
        message: Json | None = None,
        *,
        who: int = payloads.ALICE,
        where: int = 0,
        files: tuple[Json, ...] = (),
        **values: str,
    ) -> Exchange:
        """A person fills in a form and sends it.

        Args:
            form: as the bot sent it: custom_id, title, components.
            message: the message that the form was opened from, if any.
            who: the person.
            where: the channel; that of the message if 0.
            files: that were uploaded with it.
            values: by the custom_id of each field.
        """
        filled: list[Json] = []
        for n, row in enumerate(form["components"], start=1):
            if row["type"] == 18:
                field = row["component"]
                entered = {"type": field["type"], "id": 2 * n, "custom_id": field["custom_id"]}
                if field["type"] == 19:
                    entered["values"] = [file["id"] for file in files]
                else:
                    entered["value"] = values.get(field["custom_id"], "")
                filled.append({"type": 18, "id": 2 * n - 1, "component": entered})
        data: Json = {"custom_id": form["custom_id"], "components": filled}
        if files:
            data["resolved"] = {"attachments": {file["id"]: file for file in files}}
        place = where or int(message["channel_id"] if message else payloads.CHANNEL)
        return await self._interact(5, data, who, place, json.loads(json.dumps(message)) if message else None)

    async def again(self, exchange: Exchange) -> None:
        """The same interaction comes once more."""
        await self.gateway.dispatch("INTERACTION_CREATE", exchange.payload)

    async def say(
        self,
        text: str,
        *,
        who: int = payloads.ALICE,
        where: int = payloads.CHANNEL,
        to: Json | None = None,
        pings: bool = True,
    ) -> Json:
        """A person writes a message.

        Args:
            text: what it says. Discord hides it from a bot without the message content intent, except in direct
                messages and where the bot is mentioned.
            who: the person.
            where: the channel.
            to: the message that it replies to.
            pings: whether a reply pings the author of that message.
        """
        body: Json = {"content": text} | ({"message_reference": {"message_id": to["id"]}} if to else {})
        message = payloads.message(next(self.ids), where, who, body)
        if to is not None:
            message["referenced_message"] = json.loads(json.dumps(to))
        if f"<@{payloads.BOT}>" in text or (to is not None and pings and to["author"]["id"] == str(payloads.BOT)):
            message["mentions"] = [payloads.user(payloads.BOT)]
        elif where != payloads.DM:
            message["content"] = ""
        if where != payloads.DM:
            member = payloads.member(who)
            del member["user"]
            message |= {"guild_id": str(payloads.GUILDS[where]), "member": member}
        await self.gateway.dispatch("MESSAGE_CREATE", message)
        return message

    async def answer(self, exchange: Exchange) -> Json:
        """Wait for the original response of an interaction."""
        return await self.until(lambda: exchange.message if not exchange.thinking else None)

    async def reply_to(self, message: Json) -> Json:
        """Wait for the reply to a message."""

        def found() -> Json | None:
            return next(
                (m for m in self.messages if m.get("message_reference", {}).get("message_id") == message["id"]), None
            )

        return await self.until(found)
