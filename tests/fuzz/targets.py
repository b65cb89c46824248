"""What is held to stand whatever comes: one function a target; it raises where something does not hold."""

import contextlib
import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversations
from bot.dialogue import Dialogue
from bot.discord.buttons import BUTTONS
from bot.discord.buttons.answers import answer_view
from bot.discord.custom_ids import MAX_CUSTOM_ID
from bot.render import discord_text, json, terminal
from bot.settings import Settings, load_settings
from index.errors import CommandError, PullquoteError, QuestionError, SettingsError
from tests.loopback.schema import message_errors


@contextlib.contextmanager
def one_sentence(kind: type[PullquoteError]) -> Iterator[None]:
    """An error of this kind is as good as none, as long as it is one line."""
    said = ""
    try:
        yield
    except kind as error:
        said = str(error)
    assert "\n" not in said


def ask(assistant: Assistant, question: str) -> None:
    """A question is answered, left open or refused; an answer's quotes are the article's, and it fits all places."""
    with one_sentence(QuestionError):
        show(assistant, assistant.ask(question))


def converse(assistant: Assistant, questions: list[str]) -> None:
    """The same of a conversation."""
    dialogue = Dialogue(assistant, Conversations(minutes=30))
    for question in questions:
        with contextlib.suppress(QuestionError):
            show(assistant, dialogue.ask(question, 1, 2, since=None, threshold=None))


def show(assistant: Assistant, result: Answer | Abstention) -> None:
    """Whatever an answer is, it can be shown."""
    if isinstance(result, Answer):
        for quote in result.quotes:
            assert assistant.article.text[quote.citation.start : quote.citation.end] == quote.text
    json.dumps(json.result(result))
    terminal.result(result)
    discord_text.result(result)
    view: Any = answer_view(result, assistant.index, asker=2**62, private=False, number=2**62)
    body: dict[str, Any] = {"flags": 1 << 15, "components": view.to_components(), "allowed_mentions": {"parse": []}}
    assert message_errors(body) == []


@contextlib.contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder, without settings in the environment."""
    before = Path.cwd()
    kept = dict(os.environ)
    for name in Settings.model_fields:
        os.environ.pop(f"PULLQUOTE_{name.upper()}", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(kept)


def read_settings(folder: Path, env: bytes) -> None:
    """A file .env is read, or refused in one sentence."""
    (folder / ".env").write_bytes(env)
    with in_folder(folder), one_sentence(SettingsError):
        settings = load_settings()
        assert 0 <= settings.threshold <= 1
        assert isinstance(settings.state_folder, Path)


def press(assistant: Assistant, custom_id: str) -> None:
    """A custom_id belongs to one family at most, comes back as it went, and is believed as far as the article goes."""
    index = assistant.index
    ours = [f for f in BUTTONS if f.__discord_ui_compiled_template__.fullmatch(custom_id)]
    assert len(ours) <= 1
    for family in ours:
        match = family.__discord_ui_compiled_template__.fullmatch(custom_id)
        assert match
        wanted = family.ID.parse(match)
        assert len(str(wanted)) <= max(len(custom_id), MAX_CUSTOM_ID)
        family(wanted)
        # What is looked up in the article; what is in a library is looked up by the bot (tests/loopback/test_fuzz.py).
        find = getattr(wanted, "find", None)
        if find is not None and "index" in inspect.signature(find).parameters:
            with contextlib.suppress(CommandError):
                find(index)
