"""PDF: sentences come out whole, and what cannot be read is refused with a reason."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from index.article import Kind
from index.errors import NoArticle, ProtectedSource, ReadError, UnsupportedSource
from index.readers import read_bytes

PAGES = [
    [
        "Valley Courier",
        "Old bridge to be mended",
        "By Jane Doe",
        "The council voted on Tuesday to mend the old bridge over the river,",
        "which a flood had damaged in spring. The mayor said that the tra-",
        "ders of the town had waited long enough.",
        "Officials put the cost at two million crowns, a third of which the",
        "1",
    ],
    ["Valley Courier", "province has promised to pay. The well-known bridge was built in", "1898.", "2"],
    ["Valley Courier", "It carries the only road to the northern villages of the well-", "known valley.", "3"],
]


def make_pdf(pages: list[list[str]], information: dict[str, str] | None = None, password: str | None = None) -> bytes:
    """A real PDF with a line of text at a time, written by hand and finished by pypdf."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[int] = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(len(objects))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    if information is None and password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata(information or {})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - it guards nothing
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


STORY = make_pdf(PAGES)


def test_sentences_come_out_whole() -> None:
    """Wrapped lines, words cut at a line end and page breaks are joined; a hyphen of its own is kept."""
    article = read_bytes(STORY, "story.pdf")
    body = " ".join(p.text for p in article.paragraphs if p.kind is Kind.BODY)
    assert body == (
        "The council voted on Tuesday to mend the old bridge over the river, which a flood had damaged in"
        " spring. The mayor"
        " said that the traders of the town had waited long enough. Officials put the cost at two million"
        " crowns, a third of"
        " which the province has promised to pay. The well-known bridge was built in 1898. It carries the only"
        " road to the"
        " northern villages of the well-known valley."
    )
    assert article.title == "Old bridge to be mended"
    assert article.byline == "By Jane Doe"
    assert [p.text for p in article.furniture] == ["Valley Courier", "1", "2", "3"]
    assert [p.text for p in article.paragraphs] == [article.text[p.start : p.end] for p in article.paragraphs]


def test_document_information() -> None:
    """Title, author and date come from the document information, where the text has none."""
    text = [["The council voted on Tuesday to mend the old bridge over the river."]]
    sane = {"/Title": "Old bridge to be mended", "/Author": "Jane Doe", "/CreationDate": "D:20200303091500Z"}
    article = read_bytes(make_pdf(text, sane))
    assert (article.title, article.byline, article.published) == (
        "Old bridge to be mended",
        "By Jane Doe",
        dt.date(2020, 3, 3),
    )
    junk = {"/Title": "Microsoft Word - bridge.docx", "/Author": "admin", "/CreationDate": "yesterday"}
    article = read_bytes(make_pdf(text, junk))
    assert (article.title, article.byline, article.published) == (None, None, None)


def test_password() -> None:
    """A document that needs a password is refused; one with an empty password opens."""
    with pytest.raises(ProtectedSource, match=r"locked\.pdf.*password"):
        read_bytes(make_pdf(PAGES, password="secret"), "locked.pdf")  # noqa: S106 - it guards nothing
    assert read_bytes(make_pdf(PAGES, password="")).text == read_bytes(STORY).text


@pytest.mark.parametrize("pages", [[[]], [["-", "*"]], []])
def test_no_text_layer(pages: list[list[str]]) -> None:
    """A document without text is NoArticle, and the message names what helps."""
    with pytest.raises(NoArticle, match="ocrmypdf"):
        read_bytes(make_pdf(pages), "scan.pdf")


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.7\n%%EOF", STORY[:200], STORY.replace(b"/Pages", b"/Pagez")])
def test_damaged(data: bytes) -> None:
    """A damaged document is refused or read as far as it goes."""
    with pytest.raises((UnsupportedSource, NoArticle)):
        read_bytes(data, "broken.pdf")


@given(position=st.integers(0, len(STORY)), junk=st.binary(max_size=20), cut=st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_mutated(position: int, junk: bytes, cut: int) -> None:
    """Any damage gives an article or a ReadError."""
    try:
        article = read_bytes(STORY[:position] + junk + STORY[position + cut :], "story.pdf")
    except ReadError:
        return
    assert [p.text for p in article.paragraphs] == [article.text[p.start : p.end] for p in article.paragraphs]
