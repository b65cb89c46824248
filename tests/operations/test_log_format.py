"""Log lines: nothing that anybody wrote can forge one, colour it or turn it around, and secrets are in none."""

import json
import logging
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.log_format import BELOW, FIELDS, LONGEST, JsonFormat, TextFormat, one_line
from bot.operations.redaction import Redactor

NOTHING = Redactor(())

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x1b\x9b\x07\x00\u202e\u2066\u200b\ufeff\u061c\ud800|{}%\"'\\"
        ),
    ),
    max_size=200,
)
"""What an article, a title or a name may hold: anything at all."""


def record(
    message: str, *args: object, error: BaseException | None = None, extra: dict[str, object] | None = None
) -> logging.LogRecord:
    """A log record."""
    made = logging.LogRecord("bot.x", logging.ERROR, __file__, 1, message, args, None)
    made.__dict__.update(extra or {})
    if error is not None:
        try:
            raise error
        except type(error):
            made.exc_info = sys.exc_info()
    return made


def steers(text: str) -> list[str]:
    """The characters of a line that do more than stand there."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")]


@given(HOSTILE, HOSTILE)
def test_no_text_forges_a_line_of_text(message: str, failure: str) -> None:
    """One record has one line that is none of a traceback, and no character steers a terminal."""
    written = TextFormat(NOTHING).format(record("said %s", message, error=ValueError(failure)))
    head, *below = written.split("\n")
    assert head.split(" ", 3)[1:3] == ["ERROR", "bot.x:"]
    assert below
    assert all(line.startswith(BELOW) for line in below)
    assert written.splitlines() == [head, *below]
    assert not steers(written.replace("\n", ""))


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_forges_a_line_of_json(message: str, failure: str, question: str) -> None:
    """One record is one line of printable ASCII, an object; values stay in their places."""
    made = record(
        "said %s", message, error=ValueError(failure), extra={FIELDS: {"question": question, "level": "INFO"}}
    )
    written = JsonFormat(NOTHING).format(made)
    assert written.isascii()
    assert written.isprintable()
    line = json.loads(written)
    assert line["level"] == "ERROR"
    assert line["question"] == one_line(question)
    assert not steers("".join(line["traceback"]) + line["message"] + line["question"])


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\xa0\u3000"), max_size=50))
def test_what_can_be_read_stays_as_it_is(text: str) -> None:
    """Letters of all scripts, accents, figures, marks and emoji are not touched; unusual spaces are shown."""
    plain = "".join(c for c in text if unicodedata.category(c) != "Zs" or c == " ")
    assert one_line(plain) == plain


def test_the_same_line_is_not_written_by_another_text() -> None:
    """A record that names a record does not look like one."""
    forged = "x\r\n2026-01-01T00:00:00.000Z ERROR bot.records: the store is gone"
    written = TextFormat(NOTHING).format(record("guild %s joined", forged))
    assert "\n" not in written
    assert r"x\x0d\x0a2026" in written


def test_a_long_message_is_cut() -> None:
    """Nobody fills the disk with one line."""
    written = TextFormat(NOTHING).format(record("%s", "x" * 1_000_000))
    assert len(written) < LONGEST + 200
    assert "more]" in written


def test_a_secret_at_the_cut_does_not_show_its_head() -> None:
    """What is cut off is cut after secrets are taken out."""
    secret = "s3cr3t-" * 8
    for before in range(LONGEST - 60, LONGEST + 5):
        written = TextFormat(Redactor([secret])).format(record("%s", " " * before + secret))
        assert "s3cr3t" not in written


def test_a_record_that_cannot_be_put_together_is_not_lost() -> None:
    """Wrong arguments are told as such."""
    written = TextFormat(NOTHING).format(record("%d servers", "no number"))
    assert "TypeError while putting it together" in written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.5, None, True, 7, [1], {"a": 1}])
def test_any_value_is_valid_json(value: object) -> None:
    """JSON has no NaN, and a value of an unknown kind is text."""
    line = JsonFormat(NOTHING).format(record("x", extra={FIELDS: {"value": value}}))
    json.loads(line, parse_constant=pytest.fail)
