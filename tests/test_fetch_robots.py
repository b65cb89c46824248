"""What robots.txt says, in ordinary words and in hostile ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from index.fetch.model import AGENT
from index.fetch.robots import LIFE, MOST_BYTES, MOST_SITES, Robots, parsed

PAGE = URL("https://example.org/news/tide?page=2")


def allows(text: str, url: str = str(PAGE)) -> bool:
    """Whether a file lets us have a page."""
    return parsed(text.encode()).can_fetch(url, AGENT)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\r\nDisallow: /news", False),
        ("USER-AGENT: PULLQUOTE\nDISALLOW: /news # not these", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Pullquote\nAllow: /", True),
        ("User-agent: Pullquote\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: Other\nDisallow: /", True),
        ("User-agent: Other\nUser-agent: Pullquote\nDisallow: /", False),
        ("User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /news/rain", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", True),
        ("User-agent: *\nDisallow: /*?page=", False),
        ("User-agent: *\nDisallow: /*.html$", True),
        ("User-agent: *\nDisallow: /n%65ws/", False),
        ("<html>not found</html>", True),
    ],
)
def test_rules_are_read_as_meant(text: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    """Our group before everybody's, the longest rule first, wildcards, escapes, whatever the case."""
    assert allows(text) is allowed


@given(st.binary(max_size=2_000))
def test_any_file_is_read(data: bytes) -> None:
    """Whatever it holds, there is an answer."""
    assert parsed(data).can_fetch(str(PAGE), AGENT) in (True, False)


def test_a_file_made_to_be_slow_is_not() -> None:
    """Thousands of groups with rules for each, and wildcards in the thousands, are one pass over the file."""
    groups = "".join(f"User-agent: robot{n}\n" for n in range(9_000))
    rules = "Disallow: /" + "*a" * 100 + "b\n"
    assert allows(groups + rules * 1_000 + "User-agent: *\n" + rules * 300, str(PAGE) + "a" * 1_500)


def test_what_is_beyond_the_limit_does_not_count() -> None:
    """Half a megabyte is read, and no half of a rule."""
    assert allows("#" * MOST_BYTES + "\nUser-agent: *\nDisallow: /")
    head = "User-agent: *\n"
    assert allows(head + "#" * (MOST_BYTES - len(head) - 12) + "\nDisallow: /sport")
    assert not allows(head + "#" * (MOST_BYTES - len(head) - 20) + "\nDisallow: /\n")


async def test_a_site_is_asked_once_a_day() -> None:
    """And each by itself: another port or scheme is another site; the number that is remembered is bounded."""
    now, asked = [0.0], []

    async def ask(url: URL) -> bytes | None:
        asked.append(str(url))
        return b"User-agent: *\nDisallow: /news" if "example.org" in str(url) else None

    robots = Robots(clock=lambda: now[0])
    for _ in range(2):
        assert not await robots.allow(PAGE, ask)
        assert await robots.allow(URL("https://example.org/sport"), ask)
    assert asked == ["https://example.org/robots.txt"]
    assert not await robots.allow(URL("http://example.org/news"), ask)
    now[0] = LIFE
    assert not await robots.allow(PAGE, ask)
    assert len(asked) == 3
    for n in range(MOST_SITES):
        assert await robots.allow(URL(f"https://{n}.example/news"), ask)
    assert not await robots.allow(PAGE, ask)
    assert len(asked) == 3 + MOST_SITES + 1
