"""Word documents: styles, tables, notes and margins, properties, and files that are damaged or too large."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from index.article import Article, Kind
from index.errors import NoArticle, ReadError, SourceTooLarge, UnsupportedSource
from index.readers import read_bytes
from index.readers.archive import MAX_MEMBER

STORY = [
    "The ferry to the outer islands will run twice a day from June, the harbour board decided on Monday.",
    "Islanders had asked for a second crossing since the old boat was sold four years ago.",
    "The board expects the new timetable to cost 300,000 crowns a year, half of it paid by the county.",
]
TITLE = "Second daily ferry to the outer islands"


def written(fill: Callable[[Document], None]) -> bytes:
    """A document with what a function puts into it."""
    document = docx.Document()
    document.core_properties.author = "python-docx"
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def styled(document: Document) -> None:
    """A report as Word's own styles set it."""
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("What the harbour board has decided", style="Subtitle")
    document.add_paragraph(STORY[0])
    document.add_heading("What it costs", level=1)
    document.add_paragraph(STORY[1])
    document.add_table(1, 1).cell(0, 0).text = STORY[2]
    document.sections[0].header.paragraphs[0].text = "The Skerry Post"
    document.core_properties.title = "Another title of the file"
    document.core_properties.author = "Mona Lind"
    document.core_properties.created = dt.datetime(2021, 5, 4, 12, tzinfo=dt.UTC)


def body_of(article: Article) -> list[str]:
    """The paragraphs of the story."""
    return [p.text for p in article.paragraphs if p.kind is Kind.BODY]


def test_styles_say_what_a_paragraph_is() -> None:
    """Title, subtitle and headings are taken from the styles; tables are read; a page header is furniture."""
    article = read_bytes(written(styled), "report.docx")
    assert article.title == TITLE
    assert article.byline == "By Mona Lind"
    assert article.published == dt.date(2021, 5, 4)
    kinds = {p.text: p.kind for p in article.paragraphs}
    assert kinds[TITLE] is Kind.HEADLINE
    assert kinds["What the harbour board has decided"] is Kind.STANDFIRST
    assert kinds["What it costs"] is Kind.HEADING
    assert kinds["The Skerry Post"] is Kind.FURNITURE
    assert body_of(article) == STORY
    assert [p.text for p in article.paragraphs] == [article.text[p.start : p.end] for p in article.paragraphs]
    assert article.paragraphs[0].text == TITLE


def test_a_document_without_styles_is_read_like_text() -> None:
    """Headline and byline are found by their form and place; a program's default author is not believed."""

    def fill(document: Document) -> None:
        for text in (TITLE, "By Mona Lind", "4 May 2021", *STORY):
            document.add_paragraph(text)

    article = read_bytes(written(fill), "report.docx")
    assert (article.title, article.byline, article.published) == (TITLE, "By Mona Lind", dt.date(2021, 5, 4))
    assert body_of(article) == STORY


def test_content_decides() -> None:
    """A Word document is one whatever its name says."""
    assert read_bytes(written(styled), "page.html").title == TITLE


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    """Of tracked changes the newest state counts; a text box is read once."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    compat = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = (
        f"<w:p {word} {compat}><w:r><w:t>The board met</w:t></w:r>"
        "<w:del><w:r><w:delText> never</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t xml:space='preserve'> on Monday.</w:t></w:r></w:ins></w:p>"
        f"<w:p {word} {compat}><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box stands here."
        "</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box stands here."
        "</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    data = changed(
        written(lambda _: None), "word/document.xml", lambda xml: xml.replace("<w:sectPr", f"{inner}<w:sectPr", 1)
    )
    article = read_bytes(data)
    assert [p.text for p in article.paragraphs] == ["The board met on Monday.", "A box stands here."]
    assert article.published is None


def changed(data: bytes, path: str, change: Callable[[str], str]) -> bytes:
    """An archive with one of its files changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            raw = old.read(name)
            new.writestr(name, change(raw.decode()).encode() if name == path else raw)
    return target.getvalue()


def test_an_empty_document_is_refused() -> None:
    """No paragraph, no article."""
    with pytest.raises(NoArticle):
        read_bytes(written(lambda _: None))


@pytest.mark.parametrize("keep", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_document_is_refused(keep: float) -> None:
    """Half a file is told from a damaged one by nobody: it is refused with a sentence."""
    data = written(styled)
    with pytest.raises(UnsupportedSource):
        read_bytes(data[: int(keep * len(data))], "report.docx")


@pytest.mark.parametrize("path", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_broken_part_is_refused(path: str) -> None:
    """A part that is no XML makes a damaged document."""
    with pytest.raises(UnsupportedSource, match="damaged"):
        read_bytes(changed(written(styled), path, lambda xml: xml[: len(xml) // 2]))


def test_entities_are_not_resolved() -> None:
    """Entities that grow without end stay what they are; a file that one names is not read."""
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'

    def poison(xml: str) -> str:
        start, rest = xml.split("?>", 1)
        return f"{start}?>{bomb}{rest.replace('on Monday', 'on &b;&f; Monday')}"

    try:
        article = read_bytes(changed(written(styled), "word/document.xml", poison))
    except ReadError:
        return
    assert "aaa" not in article.text


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A small file that unpacks to far too much is refused by what its directory says."""
    data = changed(written(styled), "word/document.xml", lambda xml: xml + " " * (MAX_MEMBER + 1))
    assert len(data) < 200_000
    with pytest.raises(SourceTooLarge, match="unpacks"):
        read_bytes(data, "bomb.docx")
