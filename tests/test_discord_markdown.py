"""Article text in Discord: shown as written, never live, never too much."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.render.discord_markdown import MAX_TEXT, RESERVE, bold, escape, fits, link, marked, one_line, quoted, subtext
from tests.loopback.markdown import live, parse, read

LIVE = (
    *("**bold**", "__line__", "*it*", "_it_", "~~gone~~", "||secret||", "`code`", "```py\nx\n```", "\\", "\\*", "```"),
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</ask:1>", "<id:guide>", "<t:0:R>", "<:a:1>", "<a:b:2>"),
    *("https://a.example/b", "<https://a.example>", "discord.gg/abc", "[x](https://a.example)", ":smile:", "ftp://x/y"),
    *(
        "# a",
        "## a",
        "### a",
        "-# a",
        "> a",
        ">>> a",
        "- a",
        "* a",
        "+ a",
        "1. a",
        "12) a",
        "\n",
        "\r\n",
        "\u2028",
        " ",
    ),
    *(
        "a",
        "1",
        ".",
        ":",
        "é",
        "\U0001f600",
        "ترحب",
        "\u200b",
        "\u202e",
        "_",
        "*",
        "|",
        "<",
        ">",
        "#",
        "-",
        "http",
        "//",
    ),
)
texts = st.one_of(
    st.lists(st.sampled_from(LIVE), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


def in_lines(text: str) -> str:
    """The text with every kind of line break as a line feed."""
    return re.sub(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)


def unescaped(markdown: str) -> str:
    """The text without the backslashes that keep it from being live."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


@given(texts)
@example("`a`\\`b`")
@example(":a:b:c:")
@example("1.\u20281. a")
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    """Backslashes are all that is added, and taking them away gives the text back, character by character."""
    assert unescaped(escape(text)) == in_lines(text)


@given(texts)
def test_nothing_in_escaped_text_is_live(text: str) -> None:
    """Markdown, mentions, channels, invites, links, emoji, timestamps, spoilers, code: none of it does anything."""
    assert live(escape(text)) == set()
    assert read(escape(text)) == in_lines(text)


@given(texts, st.data())
def test_a_marked_quote_is_the_text_with_the_mark_in_bold(text: str, data: st.DataObject) -> None:
    """In a block quote with a mark anywhere, all that is live is the quote and the bold; it reads as written."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = quoted(marked(text, ((start, end),)))
    assert live(shown) <= {"quote", "bold"}
    assert read(shown) == in_lines(text)


@given(texts.filter(lambda t: t.strip() != ""))
def test_small_print_stays_small_print(text: str) -> None:
    """Every line of a text set as subtext is subtext, and nothing else."""
    assert {node.kind for node in parse(subtext(escape(text)))} <= {"subtext"}
    assert live(subtext(escape(text))) <= {"subtext"}


def test_a_quote_that_needs_no_backslash_gets_none() -> None:
    """Ordinary prose is sent as it is, so that even the raw text of a message is the article's."""
    prose = "“We're safe,” Dr. A. B. said (at 14:10, on well-known U.S. routes; see p. 3) – that's 4.2 % + tax. @Bob #1"
    assert escape(prose) == prose


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    """What UTF-8 cannot carry would make Discord refuse the whole message."""
    assert escape("a\ud800b") == "a\ufffdb"


@given(texts, st.integers(5, 60))
def test_labels_keep_their_length(text: str, most: int) -> None:
    """A label is one line of at most so many characters, and a beginning of the text."""
    label = one_line(text, most)
    assert len(label) <= most
    assert " ".join(text.split()).startswith(label.removesuffix("…"))


@pytest.mark.parametrize(
    "url", ["https://a.example/x_(y)#:~:text=a%20b,c", "https://a.example/<>", "https://a.example/a b\n)"]
)
def test_a_link_cannot_be_closed_early(url: str) -> None:
    """Brackets and white space in a URL are percent-encoded."""
    (line,) = parse(link("open", url))
    (node,) = line.parts
    assert node.kind == "link"
    assert not set(node.url) & set("()<> \n")


def test_nothing_is_not_set_bold() -> None:
    """Four asterisks would be shown as four asterisks."""
    assert bold("") == ""


def test_what_fits_is_counted_as_strictly_as_discord_might() -> None:
    """Characters beyond the basic plane count twice, and bytes are counted beside."""
    most = MAX_TEXT - RESERVE
    assert fits(("a" * most,))
    assert not fits(("a" * most, "a"))
    assert fits(("a" * (most - 1), "a"))
    assert not fits(("\U0001f600" * (most // 2 + 1),))
    assert not fits(("語" * 3_100,))
