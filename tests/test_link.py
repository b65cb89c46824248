"""Links that open a page at a sentence."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.link import MAX_LINK, link_to

URL = "https://example.org/story"
TEXT = (
    "A short one. The long-awaited ferry, repaired at great cost over the winter, "
    "sails again on Monday - says Nordlinje. End."
)


def link(sentence: str, text: str = TEXT, url: str | None = URL) -> str | None:
    """The link to a sentence of a text."""
    start = text.index(sentence)
    return link_to(url, text, start, start + len(sentence))


def test_a_short_sentence_is_named_whole() -> None:
    """The browser marks the very words."""
    assert link("A short one.") == f"{URL}#:~:text=A%20short%20one."


def test_a_long_sentence_is_named_by_its_ends() -> None:
    """First and last words, with dashes and commas encoded, since they have a meaning there."""
    sentence = TEXT[13:-5]
    assert (
        link(sentence)
        == f"{URL}#:~:text=The%20long%2Dawaited%20ferry%2C%20repaired%20at,on%20Monday%20%2D%20says%20Nordlinje."
    )


def test_the_same_beginning_is_told_apart() -> None:
    """Where two sentences begin alike, enough words are given to find the right one."""
    one = "The old ferry of the island sails to the north every single day of the year without any pause."
    two = "The old ferry of the island sails to the south every other day of the year without any pause."
    assert "south" in unquote(link(two, f"{one} {two}") or "").split(":~:text=")[1].split(",")[0]


def test_a_fragment_that_is_there_stays() -> None:
    """A text directive is joined to the page's own fragment."""
    assert link("A short one.", url=f"{URL}#top") == f"{URL}#top:~:text=A%20short%20one."


def test_a_long_link_falls_back_to_the_page() -> None:
    """A link that Discord would not take becomes the plain address."""
    url = f"{URL}?{'x' * 460}"
    assert link("A short one.", url=url + "y" * 20) == url + "y" * 20


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///tmp/a",
        "https://",
        "https://exa mple.org",
        "http://[::1",
        "https://example.org/\x1b]0;owned",
        URL + "x" * 600,
    ],
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    """No script, no file, no broken address becomes a link."""
    assert link("A short one.", url=url) is None


@given(st.text(min_size=1, max_size=600).filter(str.strip))
def test_any_sentence_gives_a_valid_link(text: str) -> None:
    """ASCII only, within the limit, and an address that parses, whatever the sentence."""
    found = link_to(URL, text, 0, len(text))
    assert found is not None
    assert found.isascii()
    assert len(found) <= MAX_LINK
    assert urlsplit(found).netloc == "example.org"
