"""The slash commands: one definition."""

import pytest

from bot.command import Surface
from bot.commands import COMMANDS, MAX_QUESTION
from bot.terminal.command_line import Invocation, parse
from bot.translation import speaking
from index.errors import CommandError


def values(line: str) -> tuple[str, dict[str, str | int | bool]]:
    """The command's name and the values parsed from a line."""
    invocation = parse(line)
    return invocation.command.name, invocation.values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Who is it?", ("ask", {"question": "Who is it?"})),
        ("  /ask Who is it?", ("ask", {"question": "Who is it?"})),
        ("/ASK question:Who is it? private:true", ("ask", {"question": "Who is it?", "private": True})),
        (
            "/ask what is private:true about? private:no",
            ("ask", {"question": "what is private:true about?", "private": False}),
        ),
        ("/passage 3", ("passage", {"number": 3})),
        ("/passage number:3", ("passage", {"number": 3})),
        ("/why", ("why", {})),
        ("/article ", ("article", {})),
    ],
)
def test_lines_are_read_as_discord_reads_them(line: str, expected: tuple[str, dict[str, object]]) -> None:
    """A plain line is a question; a slash names a command and its parameters."""
    assert values(line) == expected


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/nonsense", "There is no command /nonsense; the commands are /ask, /article"),
        ("/insights", "/insights is for Discord alone; the commands are /ask, /article"),
        ("/", "/ask, /article"),
        ("/ask", "needs a question"),
        ("/passage", "needs a number"),
        ("/passage three", "whole number"),
        ("/passage ٣", "whole number"),
        ("/passage 99999999999999999999", "whole number"),
        ("/why not", "takes nothing"),
        ("/ask x private:maybe", "true or false"),
    ],
)
def test_a_misused_command_says_how_it_is_used(line: str, says: str) -> None:
    """The sentence names what is wrong and what to type."""
    with pytest.raises(CommandError, match=says):
        parse(line)


def test_definitions_keep_discords_limits() -> None:
    """Names are lower case, descriptions fit, required parameters come first."""
    for command in COMMANDS:
        assert command.name == command.name.lower()
        assert 1 <= len(command.description) <= 100
        required = [p.required for p in command.parameters]
        assert required == sorted(required, reverse=True)
        assert all(1 <= len(p.description) <= 100 and p.name == p.name.lower() for p in command.parameters)
        assert all((p.maximum or 0) <= 6_000 for p in command.parameters if p.type == "string")
        assert all(len(p.choices) <= 25 and not (p.choices and p.autocomplete) for p in command.parameters)
        assert not (command.moderators and Surface.SHELL in command.surfaces)
    assert len({c.path for c in COMMANDS}) == len(COMMANDS)
    assert MAX_QUESTION <= 6_000


def test_an_invocation_is_a_value() -> None:
    """The same line gives the same invocation."""
    assert parse("/why") == Invocation(parse("/why").command, {})


@pytest.mark.parametrize(
    ("spoken", "line", "expected"),
    [
        ("de", "/fragen Wer?", ("ask", {"question": "Wer?"})),
        ("de", "/FRAGEN frage:Wer? privat:true", ("ask", {"question": "Wer?", "private": True})),
        ("de", "/ask question:Wer? private:true", ("ask", {"question": "Wer?", "private": True})),
        ("de", "/pru\u0308fen Ein Satz.", ("check", {"text": "Ein Satz."})),
        ("fr", "/passage numéro:3", ("passage", {"number": 3})),
        ("ru", "/отрывок 3", ("passage", {"number": 3})),
        ("es", "/porqué", ("why", {})),
    ],
)
def test_names_of_the_language_in_force_are_understood(
    spoken: str, line: str, expected: tuple[str, dict[str, object]]
) -> None:
    """Beside the English ones, in any case, however the accents are typed."""
    with speaking(spoken):
        assert values(line) == expected


def test_names_of_another_language_are_not_understood() -> None:
    """What is refused names the commands that there are."""
    with pytest.raises(CommandError, match="There is no command /fragen; the commands are /ask,"):
        parse("/fragen Wer?")
