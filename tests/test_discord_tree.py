"""Discord is told exactly the commands of the one definition, and only when they changed."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import discord
import pytest
from discord import app_commands

from bot.command import Command, Parameter, Surface
from bot.commands import COMMANDS, commands_on
from bot.discord.client import PullquoteClient
from bot.discord.commands import COMPLETERS, HANDLERS
from bot.discord.sync import fingerprint, sync
from bot.discord.translator import CHECK_MENU
from bot.discord.tree import made
from bot.settings import Settings
from tests.loopback.schema import Description, command_errors
from tests.loopback.story import story_assistant

TYPES = {"string": 3, "integer": 4, "boolean": 5, "attachment": 11}


@pytest.fixture
async def tree() -> app_commands.CommandTree[Any]:
    """The bot's commands."""
    return PullquoteClient(Settings(), story_assistant()).tree


def expected(parameter: Parameter) -> dict[str, Any]:
    """A parameter as Discord is to be told it."""
    limits = ("min_length", "max_length") if parameter.type == "string" else ("min_value", "max_value")
    told: dict[str, Any] = {
        "name": parameter.name,
        "description": parameter.description,
        "type": TYPES[parameter.type],
        "required": parameter.required,
    }
    if parameter.autocomplete:
        told["autocomplete"] = True
    if parameter.choices:
        told["choices"] = [{"name": str(c), "value": c} for c in parameter.choices]
    bounds = zip(limits, (parameter.minimum, parameter.maximum), strict=True)
    return told | {key: value for key, value in bounds if value is not None}


async def test_discord_is_told_the_definition(tree: app_commands.CommandTree[Any]) -> None:
    """Names, descriptions, parameters, limits; installable to servers and people, usable everywhere."""
    told = {c.name: c.to_dict(tree) for c in tree.get_commands(type=discord.AppCommandType.chat_input)}
    commands = commands_on(Surface.DISCORD)
    assert list(told) == list(dict.fromkeys(c.group.name if c.group else c.name for c in commands))
    for command in commands:
        sent = told[command.group.name if command.group else command.name]
        if command.group:
            assert sent["description"] == command.group.description
            inside = {option["name"]: option for option in sent["options"]}
            assert list(inside) == [c.name for c in commands if c.group == command.group]
            assert inside[command.name]["type"] == 1
            sent = sent | inside[command.name]
        assert sent["description"] == command.description
        assert sorted(sent["integration_types"]) == ([0] if command.moderators else [0, 1])
        assert sorted(sent["contexts"]) == ([0] if command.moderators else [0, 1, 2])
        assert sent["default_member_permissions"] == (1 << 5 if command.moderators else None)
        options = [{k: v for k, v in o.items() if v not in (None, [])} for o in sent["options"]]
        assert options == [expected(p) for p in command.parameters]


async def test_the_commands_are_what_discord_takes(tree: app_commands.CommandTree[Any]) -> None:
    """They break neither Discord's description nor the rules beside it."""
    told = [c.to_dict(tree) for c in tree.get_commands()]
    assert command_errors(told) == []
    assert Description().request_errors("PUT", "/applications/1/commands", told) == []


async def test_a_message_has_a_menu_command(tree: app_commands.CommandTree[Any]) -> None:
    """The menu of a message offers the check, for servers and people, everywhere."""
    (menu,) = tree.get_commands(type=discord.AppCommandType.message)
    told = menu.to_dict(tree)
    assert told["name"] == CHECK_MENU
    assert (told["integration_types"], told["contexts"]) == ([0, 1], [0, 1, 2])


def test_every_command_has_its_handler() -> None:
    """And every completed parameter its completer."""
    assert sorted(HANDLERS) == sorted(c.path for c in commands_on(Surface.DISCORD))
    assert list(COMPLETERS) == [(c.path, p.name) for c in COMMANDS for p in c.parameters if p.autocomplete]


def test_a_parameter_of_every_kind_can_be_made() -> None:
    """The definition may grow without a change here."""
    parameters = tuple(
        Parameter(f"{kind}{n}", "Words", kind, required=n == 0)
        for n in (0, 1)
        for kind in ("string", "integer", "boolean", "attachment")
    )
    command = made(Command("x", "Words", parameters), AsyncMock())
    assert [p.name for p in command.parameters] == [p.name for p in parameters]
    assert [p.required for p in command.parameters] == [p.required for p in parameters]


class Told:
    """Counts how often Discord is told."""

    def __init__(self, tree: app_commands.CommandTree[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen in."""
        self.mock = AsyncMock()
        monkeypatch.setattr(tree, "sync", self.mock)

    @property
    def times(self) -> int:
        """How often."""
        return self.mock.await_count


async def test_commands_are_told_once(
    tree: app_commands.CommandTree[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first time, and again only for another application or after a change."""
    told = Told(tree, monkeypatch)
    folder = tmp_path / "not" / "there yet"
    assert await sync(tree, 1, folder)
    assert not await sync(tree, 1, folder)
    assert await sync(tree, 2, folder)
    assert told.times == 2
    tree.remove_command("why")
    assert await sync(tree, 1, folder)
    assert sorted(p.name for p in folder.iterdir()) == ["commands-1.sha256", "commands-2.sha256"]


async def test_a_refusal_is_not_remembered(
    tree: app_commands.CommandTree[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What Discord did not take is told again at the next start; the bot goes on meanwhile."""
    told = Told(tree, monkeypatch)
    response: Any = SimpleNamespace(status=500, reason="")
    told.mock.side_effect = discord.HTTPException(response, {"code": 0, "message": "x"})
    assert not await sync(tree, 1, tmp_path)
    assert not (tmp_path / "commands-1.sha256").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0" * 64])
async def test_a_damaged_record_counts_as_none(
    tree: app_commands.CommandTree[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    """Whatever stands in the file, the commands are told and the file is mended."""
    told = Told(tree, monkeypatch)
    (tmp_path / "commands-1.sha256").write_bytes(content)
    assert await sync(tree, 1, tmp_path)
    assert told.times == 1
    assert (tmp_path / "commands-1.sha256").read_text("ascii").strip() == await fingerprint(tree)


async def test_a_folder_that_cannot_be_written_is_no_obstacle(
    tree: app_commands.CommandTree[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The commands are told at every start then."""
    told = Told(tree, monkeypatch)
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert await sync(tree, 1, blocked)
    assert await sync(tree, 1, blocked)
    assert told.times == 2
