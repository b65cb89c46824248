"""Dates, bylines and blocks: the lines of an article's head and the shape of its paragraphs."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.blocks import split_blocks
from index.readers.bylines import is_byline, is_sign_off, may_be_byline
from index.readers.dates import find_date, is_date_line

DAY = dt.date(2021, 7, 8)


@pytest.mark.parametrize(
    "line",
    [
        "Thursday 08 July 2021 14:10 EDT",
        "July 8, 2021",
        "8 July 2021",
        "8th July, 2021",
        "2021-07-08",
        "2021-07-08T14:10:00Z",
        "2021-07-08T14:10:00+02:00",
        "Jul 8, 2021 at 3:15 p.m. ET",
        "JULY 8 2021",
        "Published 12:01 BST 8 Jul 2021",
        "Published: 10:48, Thu, Jul 8, 2021 | UPDATED: 11:05, Fri, Jul 9, 2021",
        "Updated July 9, 2021 7:10 p.m. First published on July 8, 2021 / 8:16 AM",
        "Last updated on 8 July 2021",
        "8.7.2021",
        "2021/07/08",
        "07/13/2021",
        "13/07/2021",
    ],
)
def test_date_lines(line: str) -> None:
    """The forms in which news sites print a date are date lines, and give the day of first publication."""
    assert is_date_line(line)
    assert find_date(line) == (dt.date(2021, 7, 13) if "13/" in line else DAY)


def test_ambiguous_and_impossible_dates_are_no_dates() -> None:
    """07/08/2021 may be one day or another, and the 31st of June is none."""
    assert [find_date(line) for line in ("07/08/2021", "31 June 2021", "3 hours ago")] == [None, None, None]
    assert is_date_line("3 hours ago")


@pytest.mark.parametrize(
    "line",
    [
        "The law came into force on 8 July 2021.",
        "On July 8, 2021 the council met",
        "Moscow, July 8, 2021 (Reuters)",
        "May 2021",
        "1989",
        "",
    ],
)
def test_prose_is_not_a_date_line(line: str) -> None:
    """A date in prose is not the day of publication."""
    assert not is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Via AP news wire",
        "By Jane Doe and John Roe",
        "By JANE DOE, Associated Press",
        "Written by Jane Doe",
        "By Jane Doe | July 8, 2021",
        "By The Associated Press",
        "by Ludwig van Beethoven",
        "Words by Zoë O’Brien-Ng",
        "By Jane Doe in Moscow",
        "By Jane Doe, political correspondent",
    ],
)
def test_bylines(line: str) -> None:
    """The forms in which news sites name the author are bylines."""
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By then the bridge had been closed.",
        "By Friday the water had gone",
        "By clicking here you agree to our terms",
        "By 2021 all was well",
        "From Moscow to Kabul",
        "Via the border the goods reach the north",
        "Jane Doe said so.",
        "By",
        "",
    ],
)
def test_not_bylines(line: str) -> None:
    """A sentence that starts with "By" is not a byline."""
    assert not is_byline(line)


def test_lines_that_are_bylines_beside_a_date() -> None:
    """A bare name or agency is a byline only where one is expected."""
    assert [
        may_be_byline(line) for line in ("Jane Doe", "Jane Doe in Moscow", "Associated Press", "Jane Doe, staff writer")
    ] == [True, True, True, True]
    assert [may_be_byline(line) for line in ("Menu", "The river rose again last night", "GET IT")] == [
        False,
        False,
        False,
    ]


def test_sign_off() -> None:
    """An agency names its reporters in the last line."""
    assert is_sign_off("Reporting by Jane Doe; editing by John Roe")
    assert is_sign_off("(Additional reporting by Jane Doe in Kabul; Writing by John Roe)")
    assert not is_sign_off("Reporting by candlelight was hard")


def test_page_lines_are_their_own_blocks() -> None:
    """Short lines with single breaks are links and names: one block each."""
    text = "Home\nNews\nSport\n\nA story of one line."
    assert [text[b.start : b.end] for b in split_blocks(text)] == ["Home", "News", "Sport", "A story of one line."]


def test_indented_paragraphs_without_blank_lines() -> None:
    """In a text wrapped at a column an indent starts a paragraph."""
    text = (
        "    The committee met on Tuesday to discuss the new bridge over the\nriver, which has been closed since"
        " the flood of"
        " last year. Nobody\nspoke against it.\n    Members agreed to ask the county for two million to pay for"
        " it and\n"
        "to begin in May."
    )
    assert len(split_blocks(text)) == 2


@given(st.text(st.sampled_from(list("ab .\n\r\t\x0b\x0c\x85\u2028\u2029-*1")), max_size=200))
def test_blocks_hold_everything_but_white_space(text: str) -> None:
    """Blocks ascend, do not overlap, and leave out white space only."""
    position = 0
    for block in split_blocks(text):
        assert not text[position : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
        position = block.end
    assert not text[position:].strip()
