"""Reading files: formats, encodings, refusals, and that nothing but a ReadError ever escapes."""

import codecs
import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, Kind
from index.errors import NoArticle, ReadError, SourceNotFound, SourceTooLarge, UnsupportedSource
from index.readers import MAX_BYTES, read_article, read_bytes

STORY = (
    "Council votes to mend the old bridge\n\n"
    "The council voted on Tuesday to mend the old bridge over the river, which a flood had damaged.\n\n"
    "“We have waited long enough,” the mayor said. The work will take a year.\n\n"
    "Nobody spoke against the plan, which costs two million crowns.\n"
)


def check_offsets(article: Article) -> None:
    """Paragraphs are slices of the text, ascending, disjoint, numbered from 1."""
    position = 0
    for number, paragraph in enumerate(article.paragraphs, start=1):
        assert article.text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.start >= position
        assert paragraph.text.strip() == paragraph.text != ""
        assert paragraph.number == number
        position = paragraph.end


def test_plain_story_is_kept_whole() -> None:
    """A typed text has a headline and body, and nothing of it is furniture."""
    article = read_bytes(STORY.encode())
    assert [p.kind for p in article.paragraphs] == [Kind.HEADLINE, Kind.BODY, Kind.BODY, Kind.BODY]
    assert article.title == "Council votes to mend the old bridge"
    assert article.text == STORY
    check_offsets(article)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_encodings_give_the_same_text(encoding: str, mark: bytes) -> None:
    """Whatever the encoding, the text is the same and the mark is not part of it."""
    assert read_bytes(mark + STORY.encode(encoding)).text == STORY


def test_a_broken_byte_does_not_change_the_encoding() -> None:
    """UTF-8 with one broken byte stays UTF-8."""
    data = (STORY + "Žofie Dvořáková řekla víc.\n").encode().replace(b"Tuesday", b"Tues\xffday")
    assert "Žofie Dvořáková" in read_bytes(data).text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_stay_as_they_are(ending: str) -> None:
    """CRLF and CR are left in the text, and the paragraphs are the same."""
    article = read_bytes(STORY.replace("\n", ending).encode())
    assert article.text == STORY.replace("\n", ending)
    assert [p.text for p in read_bytes(STORY.encode()).paragraphs] == [p.text for p in article.paragraphs]


def test_source_and_file(tmp_path: Path) -> None:
    """A file gives the same article as its bytes, with its path as the source."""
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode())
    assert read_article(path) == read_bytes(STORY.encode(), str(path))
    assert read_article(path).source == str(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is SourceNotFound, named in the message."""
    with pytest.raises(SourceNotFound, match=r"nothing\.txt"):
        read_article(tmp_path / "nothing.txt")


@pytest.mark.parametrize("path", ["", "a\0b", "x" * 5_000])
def test_impossible_path(path: str) -> None:
    """A path that no file can have is SourceNotFound."""
    with pytest.raises(SourceNotFound):
        read_article(path)


def test_folder(tmp_path: Path) -> None:
    """A folder is SourceNotFound."""
    with pytest.raises(SourceNotFound, match="folder"):
        read_article(tmp_path)


def test_large_file(tmp_path: Path) -> None:
    """A file over the limit is refused before it is decoded."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceTooLarge, match="20 MB"):
        read_article(path)


def test_long_text() -> None:
    """A text over the limit of characters is refused."""
    with pytest.raises(SourceTooLarge, match="characters"):
        read_bytes(b"word " * 1_000_001)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(40),
        b"PK\x03\x04" + b"word/document.xml" * 9,
        b"\x7fELF" + bytes(40),
        b"Some text\x00\x00\x00\x01\x02 and binary \x00 data",
        bytes(range(256)) * 20,
        b"{\\rtf1 text}",
    ],
)
def test_binary_data(data: bytes) -> None:
    """Images, archives, programs and anything with zero bytes is UnsupportedSource."""
    with pytest.raises(UnsupportedSource):
        read_bytes(data, "file.txt")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"--- *** ---", codecs.BOM_UTF8, "\ufeff".encode("utf-16-le")])
@pytest.mark.parametrize("name", ["", "a.txt", "a.md", "a.html", "a.pdf"])
def test_nothing_to_read(data: bytes, name: str) -> None:
    """A file without a word is NoArticle, whatever its name."""
    with pytest.raises(NoArticle):
        read_bytes(data, name)


def test_only_furniture() -> None:
    """A page without a story is NoArticle."""
    page = "Home\nNews\nSport\nLog in\n\nSign up for our newsletter\n\n© 2020 All rights reserved\n\nPrivacy policy"
    with pytest.raises(NoArticle):
        read_bytes(page.encode())


def test_messages_are_one_sentence(tmp_path: Path) -> None:
    """Each refusal says what is wrong with which file, in one sentence."""
    for data, name in ((b"", "empty.txt"), (b"\x89PNG", "photo.png"), (b"%PDF-1.4 broken", "broken.pdf")):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(ReadError, match=name) as caught:
            read_article(path)
        assert str(caught.value).endswith(".")
        assert "\n" not in str(caught.value)


NAMES = st.sampled_from(["", "a.txt", "a.md", "a.html", "a.pdf"])
SEEDS = st.sampled_from(
    [
        STORY.encode(),
        STORY.encode("utf-16"),
        b"---\ntitle: A\n---\n# Head\n\n- item\n\n> quoted\n\n```\ncode\n```\n| a | b |\n|---|---|\nText goes on.\n",
        b"<!doctype html><html><head><title>T</title></head><body><article><p>One story.</p></article></body></html>",
    ]
)


@given(data=st.binary(max_size=400), name=NAMES)
@settings(max_examples=150, deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    """Any bytes under any name give an article with true offsets, or a ReadError."""
    with contextlib.suppress(ReadError):
        check_offsets(read_bytes(data, name))


@given(
    text=st.text(
        st.sampled_from(list('abcXYZ019 .,!?"“”’-*_#>|`~[]()<>/&:=\\\n\n\n\r\t\u2028\x85\x0c\ufeffé漢')), max_size=300
    ),
    name=NAMES,
)
@settings(max_examples=300, deadline=None)
def test_any_markup(text: str, name: str) -> None:
    """Any mixture of markup and line breaks gives an article with true offsets, or a ReadError."""
    with contextlib.suppress(ReadError):
        check_offsets(read_bytes(text.encode(), name))


@given(data=SEEDS, name=NAMES, position=st.integers(0, 2_000), junk=st.binary(max_size=12), cut=st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_mutated_files(data: bytes, name: str, position: int, junk: bytes, cut: int) -> None:
    """A damaged file gives an article with true offsets, or a ReadError."""
    position %= len(data) + 1
    with contextlib.suppress(ReadError):
        check_offsets(read_bytes(data[:position] + junk + data[position + cut :], name))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    ["a ", "x", "\n\na", "By A B\n", "7 July 2021 ", "“a", "(photo ", "Follow us\n", "Title\n", "- ", "> a\n", "<p>"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_long_monotonous_text_is_read_in_linear_time(unit: str, name: str) -> None:
    """A hundred thousand characters of anything are read at once."""
    with contextlib.suppress(NoArticle):
        check_offsets(read_bytes((unit * (100_000 // len(unit))).encode(), name))


def test_published_and_byline_in_plain_text() -> None:
    """Headline, standfirst, byline and date are found in the head of a text."""
    head = (
        "Council votes to mend the old bridge\n\n"
        "The crossing has been closed since a flood damaged it in spring, and traders complain\n\n"
        "By Jane Doe and John Roe\nTuesday 03 March 2020 09:15 GMT\n\n"
    )
    article = read_bytes((head + STORY.split("\n\n", 1)[1]).encode())
    assert [p.kind for p in article.paragraphs[:5]] == [
        Kind.HEADLINE,
        Kind.STANDFIRST,
        Kind.BYLINE,
        Kind.DATE,
        Kind.BODY,
    ]
    assert article.byline == "By Jane Doe and John Roe"
    assert article.published == dt.date(2020, 3, 3)
