"""Values of commands are held to what the command takes, whatever Discord sends."""

import pytest

from bot.command import Parameter
from bot.discord.values import check_values
from index.errors import CommandError

QUESTION = Parameter("question", "What", "string", minimum=1, maximum=5)
DAYS = Parameter("days", "How far", "integer", required=False, choices=(7, 30))
PRIVATE = Parameter("private", "Whether", "boolean", required=False)
FILE = Parameter("file", "Which", "attachment", required=False)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [(QUESTION, "When?"), (DAYS, 30), (DAYS, None), (PRIVATE, True), (PRIVATE, False), (PRIVATE, None), (FILE, None)],
)
def test_what_fits_is_let_through(parameter: Parameter, value: object) -> None:
    """And what was left out."""
    check_values([parameter], {parameter.name: value})


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (QUESTION, 2),
        (QUESTION, None),
        (QUESTION, ""),
        (QUESTION, ["When?"]),
        (DAYS, 2),
        (DAYS, True),
        (DAYS, "7"),
        (DAYS, 7.5),
        (PRIVATE, 1),
        (PRIVATE, "true"),
        (FILE, "400000000000000001"),
    ],
)
def test_what_does_not_fit_is_refused(parameter: Parameter, value: object) -> None:
    """Another type, another size, no choice."""
    with pytest.raises(CommandError, match="does not take"):
        check_values([parameter], {parameter.name: value})


def test_what_is_too_long_is_told_its_length() -> None:
    """By the name that Discord shows, with how much there is and may be."""
    with pytest.raises(CommandError, match="“question” has 6 characters and may have 5: write less"):
        check_values([QUESTION], {"question": "longer"})
