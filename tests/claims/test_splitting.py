"""A message -> its claims, and what of it is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims import Skip
from bot.claims.masking import masked
from bot.claims.skipping import skipped
from bot.claims.splitting import pieces, statement


def parts(text: str) -> list[str]:
    """The statements of a text as they are looked for."""
    return [statement(plain).text for _, plain in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia left. Japan stayed.", ["Russia left.", "Japan stayed."]),
        ("russia left. what about japan?", ["russia left.", "what about japan?"]),
        ("- Russia left\n- Japan stayed", ["Russia left", "Japan stayed"]),
        ("> Russia left the talks", ["Russia left the talks"]),
        (
            "Russia has left the talks, and Japan has joined them.",
            ["Russia has left the talks", "Japan has joined them."],
        ),
        ("Both Russia and Japan have left the talks.", ["Both Russia and Japan have left the talks."]),
        ("btw Russia left the talks", ["Russia left the talks"]),
        ("**Russia** left 🚀 the <@123> talks https://a.example/b.c?d", ["Russia left the talks"]),
        ("```\ncode\n```\nRussia left", ["Russia left"]),
        ("[Russia left](https://a.example)", ["Russia left"]),
        ("🚀 <:x:123> !!!", []),
        ("", []),
    ],
)
def test_a_message_is_taken_apart(text: str, expected: list[str]) -> None:
    """Sentences, lines, statements joined by "and"; links, mentions, emoji and Markdown looked past."""
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Did Russia leave the talks?", Skip.QUESTION),
        ("what did Russia say", Skip.QUESTION),
        ("I think Russia left the talks", Skip.OPINION),
        ("This is terrible", Skip.OPINION),
        ("Please read this article", Skip.REQUEST),
        ("lol ok", Skip.CHATTER),
        ("Good morning", Skip.CHATTER),
        ("Russia left the talks", None),
        ("Russia left the talks, didn't they?", None),
        ("The ferry sank in December", None),
        ("No border was violated", None),
        ("20,000 reservists at the border", None),
    ],
)
def test_what_states_nothing_is_skipped(text: str, reason: Skip | None) -> None:
    """Questions, opinions, requests and chatter; a tag question states something."""
    assert skipped(text) is reason


@given(st.text())
def test_pieces_lie_in_the_text(text: str) -> None:
    """Offsets ascend and do not overlap; masking keeps the length and the lines."""
    found = list(pieces(text))
    assert all(0 <= a < b <= len(text) and len(plain) == b - a for (a, b), plain in found)
    assert all(one[0][1] <= other[0][0] for one, other in pairwise(found))
    assert len(masked(text)) == len(text)
    for _, plain in found:
        reading = statement(plain)
        assert len(reading.text) == len(reading.origins)
        assert all(plain[o] == c or c == " " for o, c in zip(reading.origins, reading.text, strict=True))
