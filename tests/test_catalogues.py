"""The catalogues: nothing is left in English or breaks when it is filled in, nothing is more than Discord takes."""

import ast
import gettext
import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot import privacy
from bot.commands import COMMANDS, NAMES
from bot.discord.buttons.follow_up import form
from bot.discord.client import PullquoteClient
from bot.discord.settings_view import settings_view
from bot.discord.translator import CHECK_MENU, CatalogueTranslator
from bot.privacy import ServerCounts
from bot.records import Kept
from bot.render import discord_text
from bot.render.discord_markdown import escape, fits
from bot.server_settings import ServerSettings
from bot.settings import Settings
from bot.translation import ENGLISH, LANGUAGES, _, speaking
from tests.loopback.schema import command_errors, walk
from tests.loopback.story import story_assistant
from tests.messages import ERRORS, ROOT, messages

FOREIGN = [language for language in LANGUAGES if language != ENGLISH]
MESSAGES = messages()

BUTTONS = (
    "Answer everywhere", "Card", "Context", "Context {n}", "Dark", "Delete", "Erase all of it",
    "Erase all of this server's …", "Erase what is kept about me", "Exact numbers", "Follow up", "Light", "More",
    "Next", "Next page", "Next part", "Passage {number}", "Previous", "Previous page", "Share", "Shared",
)  # fmt: skip
"""What buttons say: at most 80 characters; numbers that are filled in are short."""

FORMS = (
    "Days that votes and questions are kept", "Exact numbers", "Follow up", "How sure an answer must be",
    "What do you want to know next?",
)  # fmt: skip
"""Titles of forms, and labels of their fields: at most 45 characters."""

OPTIONS = (
    "0 % always answers, 100 % hardly ever; empty for the default.", "1 to {most}; empty for the default, {default}.",
    "Answers only what is more likely right than not", "And when? Why? What else did they say?", "Balanced", "Bold",
    "Cautious", "Default: {what}", "Each person's own", "Everyone in the channel", "Everywhere",
    "Seldom refuses, and is more often wrong", "Set by its number",
    "Some refusals too many, some answers beside the point", "The asker alone, with a button to share it",
    "The language of their Discord, English where I do not speak it",
)  # fmt: skip
"""Options of menus, what is said of them, and hints: at most 100 characters."""

NAME = re.compile(r"[-_'\w]{1,32}")


@cache
def catalogue(language: str) -> Catalog:
    """A catalogue."""
    with (ROOT / "bot" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def message(language: str, text: str) -> Message:
    """An entry of a catalogue."""
    found = catalogue(language).get(text)
    assert found is not None, text
    return found


def forms_of(entry: Message) -> list[str]:
    """Its translation, or its forms."""
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def fields(text: str) -> Counter[tuple[str, str]]:
    """What is filled in, and how it is written."""
    return Counter((name, form or "") for _text, name, form, _to in string.Formatter().parse(text) if name is not None)


def numbers_of(language: str) -> dict[int, set[int]]:
    """Which numbers each form of a plural stands for, of the first few hundred."""
    position = gettext.c2py(catalogue(language).plural_expr)
    found: dict[int, set[int]] = {}
    for n in range(1, 300):
        found.setdefault(position(n), set()).add(n)
    return found


@pytest.mark.parametrize("language", FOREIGN)
def test_every_sentence_is_translated(language: str) -> None:
    """`make messages` brings in what is new; each sentence of the code has its translation, in every form."""
    found = catalogue(language)
    missing = [text for text in MESSAGES if found.get(text) is None or not all(forms_of(message(language, text)))]
    assert missing == []


@pytest.mark.parametrize("language", FOREIGN)
def test_nothing_else_stands_in_a_catalogue(language: str) -> None:
    """What the code no longer says is gone, and nothing waits for a second look."""
    found = catalogue(language)
    assert {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in found if entry.id} == set(MESSAGES)
    assert not found.obsolete
    assert [entry.id for entry in found if entry.id and entry.fuzzy] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_plurals_have_all_their_forms(language: str) -> None:
    """As many forms as the language has, for sentences that speak of a number and no others."""
    for text, many in MESSAGES.items():
        entry = message(language, text)
        assert isinstance(entry.string, str) == (many is None), text
        assert len(forms_of(entry)) == (catalogue(language).num_plurals if many else 1), text


@pytest.mark.parametrize("language", FOREIGN)
def test_what_is_filled_in_is_the_same(language: str) -> None:
    """Each value stands in the translation, written as in the code; a form for one thing may leave its number out."""
    numbers = numbers_of(language)
    for text, many in MESSAGES.items():
        for position, translated in enumerate(forms_of(message(language, text))):
            allowed = [fields(many or text)]
            if many and numbers[position] == {1}:
                allowed.append(fields(text))
            assert fields(translated) in allowed, translated


@pytest.mark.parametrize("language", FOREIGN)
def test_marks_and_ends_are_the_same(language: str) -> None:
    """Markdown, line breaks, and space at the ends stand in a translation as in the code."""
    for text in MESSAGES:
        for translated in forms_of(message(language, text)):
            assert [translated.count(mark) for mark in ("**", "\n", "-# ")] == [
                text.count(mark) for mark in ("**", "\n", "-# ")
            ], translated
            assert (translated[0].isspace(), translated[-1].isspace()) == (text[0].isspace(), text[-1].isspace())
            assert (text[-1] == ":") == (translated[-1] == ":"), translated


@pytest.mark.parametrize("language", FOREIGN)
def test_commands_are_called_by_their_names(language: str) -> None:
    """A sentence that sends people to /export sends them to what it is called in their language."""
    names = {name: message(language, name).string for name in NAMES if name.startswith("/")}
    for text in MESSAGES:
        named = [names[word] for word in re.findall(r"(?<![\w./])/[a-z]+", text) if word in names]
        for translated in forms_of(message(language, text)):
            assert [str(name) for name in named if str(name) not in translated] == [], translated


@pytest.mark.parametrize("language", FOREIGN)
def test_names_are_such_as_discord_takes(language: str) -> None:
    """Lower case, at most 32 letters, and no two commands, nor two options of one command, of the same name."""
    with speaking(language):
        names = [command.shown.removeprefix("/") for command in COMMANDS]
        options = [[parameter.shown for parameter in command.parameters] for command in COMMANDS]
        words = (word for name in names for word in name.split())
        for name in (*words, *(option for each in options for option in each)):
            assert NAME.fullmatch(name), name
            assert name == name.lower()
        assert len(set(names)) == len(names)
        assert all(len(set(each)) == len(each) for each in options)
        assert 1 <= len(_(CHECK_MENU)) <= 32


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize(
    ("texts", "most"),
    [
        ([c.description for c in COMMANDS], 100),
        ([p.description for c in COMMANDS for p in c.parameters], 100),
        (BUTTONS, 80),
        (FORMS, 45),
        (OPTIONS, 100),
    ],
)
def test_nothing_is_longer_than_discord_takes(language: str, texts: list[str], most: int) -> None:
    """Descriptions, faces of buttons, forms and menus fit; else they would be cut, or refused with all the rest."""
    long = [entry for text in texts for entry in forms_of(message(language, text)) if not 1 <= len(entry) <= most]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_menus_fit(language: str) -> None:
    """What people fill in and choose from is within Discord's limits as it is sent."""
    with speaking(language):
        view: Any = settings_view(ServerSettings(), private=False, threshold=0.28)
        sent = view.to_components()
        modal: Any = form("0" * 12).to_dict()
    assert len(modal["title"]) <= 45
    for part in (*walk(sent), *walk(modal["components"])):
        assert len(part.get("label") or "") <= (45 if part["type"] == 18 else 80)
        assert len(part.get("placeholder") or "") <= 100
        assert all(
            len(option["label"]) <= 100 and len(option.get("description") or "") <= 100
            for option in part.get("options", [])
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_in_one_message_fits_it(language: str) -> None:
    """Help with the longest examples, and /privacy with all that it has to say."""
    counts = ServerCounts(1_000, 2_000, ServerSettings())
    with speaking(language):
        assert fits(discord_text.help_text(["x" * 100] * discord_text.EXAMPLES, moderator=True))
        assert fits(tuple(escape(text) for text in privacy.texts(Kept((), ()), 90, 30, counts)))


async def test_discord_is_told_every_name(tmp_path: Path) -> None:
    """People of each language see commands, options and the menu in their own, and Discord takes them all."""
    client = PullquoteClient(Settings(state=tmp_path), story_assistant())
    translator = CatalogueTranslator()
    await client.tree.set_translator(translator)
    payloads: list[Any] = [
        await command.get_translated_payload(client.tree, translator) for command in client.tree.get_commands()
    ]
    assert command_errors(payloads) == []
    told = {payload["name"]: payload for payload in payloads}
    assert told["ask"]["name_localizations"] == {
        "de": "fragen", "fr": "demander", "es-ES": "preguntar", "es-419": "preguntar", "ru": "спросить",
    }  # fmt: skip
    assert set(told[CHECK_MENU]["name_localizations"]) == {"de", "fr", "es-ES", "es-419", "ru"}
    for payload in payloads:
        options = payload.get("options", [])
        for part in (payload, *options, *(inner for option in options for inner in option.get("options", []))):
            if part.get("description"):
                assert set(part["description_localizations"]) == {"de", "fr", "es-ES", "es-419", "ru"}, part["name"]


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("de", r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b|[\"“](?=\w)"),
        ("fr", r"(?<=\S) [;?!:»]|« |\b(?:tu|toi|ton|tes)\b|\w'\w|[\"“”]"),
        ("es", r"\b(?:usted|ustedes|vosotros)\b|[\"“”]"),
        ("ru", r"\b(?:ты|тебя|тебе|твой|твоя|твоё|твои)\b|[\"“”]"),
    ],
)
def test_one_voice_and_its_typography(language: str, foreign: str) -> None:
    """Each language addresses people in one way and has its own quotation marks; French signs never break off."""
    found = [t for text in MESSAGES for t in forms_of(message(language, text)) if re.search(foreign, t)]
    assert found == []


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a plain name within a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


MODULES = [path for folder in ("bot", "index") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_looked_up_can_be_gathered(path: Path) -> None:
    """A sentence is a literal where it is looked up or said by an error: no catalogue holds one filled in already."""
    for name, call in calls(ast.parse(path.read_text("utf-8"))):
        if name in {"_", "N_", "n_"}:
            texts = call.args[: 2 if name == "n_" else 1]
            assert not any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in texts), ast.unparse(call)
        if name in ERRORS:
            said = call.args[0]
            marked = isinstance(said, ast.Call) and isinstance(said.func, ast.Name) and said.func.id == "N_"
            again = isinstance(said, ast.Attribute) and said.attr == "template"  # another error's, said once more
            assert marked or again or isinstance(said, ast.Constant | ast.Name | ast.Subscript), ast.unparse(call)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_looked_up_when_a_module_is_imported(path: Path) -> None:
    """It would stay in the language of whoever came first; constants are marked, and looked up where they are said."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    todo: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while todo:
        node = todo.pop()
        named = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        assert named not in {"_", "n_"}, ast.unparse(node)
        todo += [child for child in ast.iter_child_nodes(node) if not isinstance(child, functions)]
