"""People who send what no client would: any value for any option, made up custom_ids, forms that never were."""

import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

from bot.discord.buttons import BUTTONS
from bot.discord.guild_settings import SettingMenu
from bot.discord.library.buttons import ArticleMenu
from tests.fuzz.strategies import NASTY, WORDS
from tests.loopback.exchanges import Exchange
from tests.loopback.payloads import ALICE, BEN, CHANNEL, DM, MIRA, OTHER_CHANNEL
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import EPHEMERAL

Json = dict[str, Any]

LARGEST = 2**53
"""Discord's whole numbers end here."""

_LETTERS = "0123456789abcdef:.-pqmsuxcnvgif"


class Hostile:
    """Draws what is sent; the same seed draws the same."""

    def __init__(self, discord: FakeDiscord, message: Json, seed: int) -> None:
        """Prepare.

        Args:
            discord: where it is sent.
            message: an answer of the bot's, whose buttons are forged.
            seed: of the draws.
        """
        self._discord = discord
        self._message = message
        self._random = random.Random(seed)  # noqa: S311 - to be drawn again
        self._article = next(
            part for b in _buttons(message) for part in b["custom_id"].split(":") if len(part) == 12 and part != "p"
        )

    async def send(self) -> tuple[str, Exchange]:
        """Send something; what it was, in a word, and what comes of it."""
        ways: dict[str, Callable[[], Awaitable[Exchange]]] = {
            "command": self._command,
            "completion": self._completion,
            "button": self._button,
            "form": self._form,
            "menu": self._menu,
        }
        kind = self._random.choices(list(ways), [5, 2, 5, 3, 1])[0]
        return kind, await ways[kind]()

    def _who(self) -> tuple[int, int]:
        who = self._random.choice([ALICE, BEN, MIRA])
        where = self._random.choice([CHANNEL, CHANNEL, OTHER_CHANNEL, DM])
        return (ALICE if where == DM else who), where

    def _text(self, most: int = 6000) -> str:
        kind = self._random.randrange(5)
        if kind == 0:
            return " ".join(self._random.choices(WORDS, k=self._random.randrange(1, 30)))[:most]
        if kind == 1:
            characters = NASTY.encode("utf-8", "ignore").decode()  # a WebSocket carries no half of a surrogate pair
            return "".join(self._random.choices(characters, k=self._random.randrange(0, 80)))
        if kind == 2:
            return self._random.choice(["", " ", "a" * most, "\n" * 50, "?" * 300, "e\u0301" * 500, "\U0001f3f4" * 200])
        return "".join(chr(self._random.choice([*range(32, 0xD800), *range(0xE000, 0x11000)])) for _ in range(40))

    def _value(self, kind: int) -> str | int | float | bool:
        """A value of an option's type: 3 text, 4 whole, 5 yes or no, 10 a number, 6 to 9 and 11 an id."""
        if kind == 3:
            return self._text()
        if kind == 4:
            return self._random.choice([0, -1, 1, 2, 3, 10**6, LARGEST, -LARGEST, self._random.randrange(-9, 99)])
        if kind == 5:
            return self._random.choice([True, False])
        if kind == 10:
            return self._random.choice([0.0, -1.5, 1e300, 0.1])
        return str(self._random.choice([0, 1, ALICE, 2**63 - 1]))

    def _options(self, options: list[Json], *, wrong: bool) -> list[Json]:
        """Values for some of a command's options; `wrong` has them of other types than it says, and unknown ones."""
        sent: list[Json] = []
        for option in options:
            if option["type"] in (1, 2):
                continue
            if self._random.random() < 0.8:
                kind = self._random.choice([3, 4, 5, 10]) if wrong else option["type"]
                sent.append({"name": option["name"], "type": kind, "value": self._value(kind)})
        if wrong and self._random.random() < 0.5:
            sent.append({"name": "unknown", "type": 3, "value": self._text(100)})
        return sent

    def _named(self) -> Json:
        """A command with values, as Discord sends it."""
        command = self._random.choice([c for c in self._discord.commands if c["type"] == 1])
        wrong = self._random.random() < 0.3
        data: Json = {"id": command["id"], "name": command["name"], "type": 1}
        options = list(command.get("options") or [])
        inner = [o for o in options if o["type"] == 1]
        if inner:
            chosen = self._random.choice(inner)
            below = self._options(list(chosen.get("options") or []), wrong=wrong)
            data["options"] = [{"name": chosen["name"], "type": 1, "options": below}]
        else:
            data["options"] = self._options(options, wrong=wrong)
        if self._random.random() < 0.1:
            data["name"] = self._random.choice(["gone", "ask2", "settings "])
        return data

    async def _command(self) -> Exchange:
        who, where = self._who()
        locale = self._random.choice(["en-GB", "de", "ru", "ja", "xx"])
        data = self._named()
        # A file that is given to a command comes with its description; what it points to is nobody's.
        files = [o for o in _leaves(data) if o["type"] == 11]
        if files:
            url = "https://cdn.invalid/x.html"
            data["resolved"] = {
                "attachments": {
                    o["value"]: {"id": o["value"], "filename": "x.html", "size": 10, "url": url, "proxy_url": url}
                    for o in files
                }
            }
        installed = self._random.random() < 0.9
        return await self._discord._interact(2, data, who, where, locale=locale, installed=installed)

    async def _completion(self) -> Exchange:
        """Somebody types; Discord asks for suggestions only where a command says that it has some."""
        having = [(c, o) for c in self._discord.commands for o in c.get("options") or [] if o.get("autocomplete")]
        command, option = self._random.choice(having)
        typed = {"name": option["name"], "type": option["type"], "value": self._text(100), "focused": True}
        data = {"id": command["id"], "name": command["name"], "type": 1, "options": [typed]}
        who, where = self._who()
        return await self._discord._interact(4, data, who, where)

    def _custom_id(self) -> str:
        numbers = [0, 1, 2, 999, 9_999, 9_999_999, 2**63 - 1, 10**19, ALICE, BEN]
        made = ["".join(self._random.choices(_LETTERS, k=self._random.randrange(1, 90))) for _ in range(2)]
        own = [b["custom_id"] for b in _buttons(self._message)]
        family = self._random.choice("pmsucxnvgifl")
        parts = [str(self._random.choice(numbers)) for _ in range(self._random.randrange(0, 5))]
        pick = self._random.randrange(5)
        if pick == 4:
            action = self._random.choice(["refresh", "ask", "remove", "a", "z", "open", "form"])
            number, article = self._random.choice(numbers), self._random.choice([self._article, "0" * 12])
            return self._random.choice(
                [f"pq:b:{action}:{number}:{article}", f"pq:b:{action}:{number}", f"pq:b:{action}"]
            )[:100]
        if pick == 0:
            return str(self._random.choice(own))
        if pick == 1:
            return f"pq:{self._random.choice(made)}"[:100]
        if pick == 2:
            return _mutated(self._random, self._random.choice(own))[:100] or "x"
        article = self._random.choice([self._article, "0" * 12, "f" * 12])
        return ":".join(["pq", family, article, *parts])[:100]

    async def _button(self) -> Exchange:
        """A made up button or menu on a message that holds it, so that it is acted on; or one that it does not hold."""
        custom_id = self._custom_id()
        carried: Json = json.loads(json.dumps(self._message))
        if self._random.random() < 0.5:
            carried["flags"] |= EPHEMERAL
        ours = [f for f in BUTTONS if f.__discord_ui_compiled_template__.fullmatch(custom_id)]
        # What is a menu and what a button is Discord's word, which it has from the message.
        menu = bool({SettingMenu, ArticleMenu} & set(ours)) if ours else self._random.random() < 0.3
        if self._random.random() < 0.8:
            row = next(c for c in carried["components"][0]["components"] if c["type"] == 1)
            item: Json = {"type": 2, "id": 91, "style": 2, "label": "x", "custom_id": custom_id}
            if menu:
                item = {"type": 3, "id": 91, "custom_id": custom_id, "options": [{"label": "x", "value": "x"}]}
            row["components"] = [item]
        who, where = self._who()
        data: Json = {"custom_id": custom_id, "component_type": 3 if menu else 2}
        if menu:
            made = [self._text(100), str(self._random.randrange(-1, 5)), "9" * 12]
            data["values"] = self._random.choices(made, k=self._random.randrange(0, 4))
        return await self._discord._interact(3, data, who, where, carried | {"channel_id": str(where)})

    async def _form(self) -> Exchange:
        known = ["pq:g:form", f"pq:q:{self._article}", "pq:q:" + "0" * 12, "pq:b:form"]
        name = self._random.choice([*known, self._custom_id()])
        fields = self._random.choices(
            ["question", "threshold", "retention", "url", "headline", "text", "more", "x"], k=2
        )
        rows = [
            {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": field, "value": self._text(4000)}}
            for field in dict.fromkeys(fields)
        ]
        who, where = self._who()
        on = None
        if self._random.random() < 0.7:
            on = json.loads(json.dumps(self._message)) | {"channel_id": str(where)}
        return await self._discord._interact(5, {"custom_id": name, "components": rows}, who, where, on)

    async def _menu(self) -> Exchange:
        who, where = self._who()
        command = self._random.choice([c for c in self._discord.commands if c["type"] == 3])
        message = json.loads(json.dumps(self._message)) | {"channel_id": str(where), "content": self._text(2000)}
        if self._random.random() < 0.5:
            message |= {"components": [], "flags": 0}
        data = {"id": command["id"], "name": command["name"], "type": 3, "target_id": message["id"]}
        data["resolved"] = {"messages": {message["id"]: message}}
        return await self._discord._interact(2, data, who, where)


def _buttons(message: Json) -> list[Json]:
    rows = [c for c in message["components"][0]["components"] if c["type"] == 1]
    known = [f.__discord_ui_compiled_template__ for f in BUTTONS]
    return [b for row in rows for b in row["components"] if any(p.fullmatch(b.get("custom_id") or "") for p in known)]


def _leaves(data: Json) -> list[Json]:
    """The options of a command that have values."""
    options = data.get("options") or []
    return [leaf for o in options for leaf in (_leaves(o) if o["type"] == 1 else [o])]


def _mutated(draw: random.Random, text: str) -> str:
    """The text with a few characters changed, left out or put in."""
    characters = list(text)
    for _ in range(draw.randrange(1, 4)):
        place = draw.randrange(len(characters) + 1)
        characters[place : place + draw.randrange(2)] = draw.choices(_LETTERS, k=draw.randrange(2))
    return "".join(characters)
