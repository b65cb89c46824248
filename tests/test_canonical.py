"""The canonical form of an address: what chooses the page, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library.canonical import canonical


@pytest.mark.parametrize(
    "written",
    [
        "https://news.example/a%20b/tide?page=2&q=%7Ea",
        "http://WWW.News.Example:443/a b/tide/?q=~a&utm_source=x&page=2&fbclid=1#top",
        " https://news.example:80/a%20b/tide?page=2&q=~a ",
    ],
)
def test_what_does_not_choose_the_page_is_left_out(written: str) -> None:
    """Scheme, "www.", the usual port, the order of parameters and those that follow a reader make no difference."""
    assert canonical(written) == "news.example/a%20b/tide?page=2&q=~a"


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "news.example",
        "ftp://news.example/",
        "https://",
        "https://[::1/",
        "http://0.4\x1d/",
        "http:// .:/",
        "http://a.b/\ud800",
    ],
)
def test_what_is_no_address_has_none(written: str | None) -> None:
    """The last three were found by fuzzing: a control character and a space for a host, half of a surrogate pair."""
    assert canonical(written) is None


@given(st.text("aé北%/?&=+;.:@[]-_~ 1\x1d\ud800", max_size=40))
def test_a_canonical_address_is_its_own(rest: str) -> None:
    """Whatever is written."""
    known = canonical(f"https://news.example/{rest}")
    assert known is None or canonical(f"https://{known}") == known
