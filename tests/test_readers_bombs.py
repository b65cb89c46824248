"""Files made to explode: each is read or refused with a sentence, within the limits of time and memory."""

import copy
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfWriter

from bench.fuzz.packages import BOOK, DOCUMENT, pack
from index.article import Article
from index.errors import CostlySource, ReadError, SourceTooLarge
from index.readers import read_article, read_bytes
from index.readers.sandbox import Limits, close_workers, read_feed_limited, read_limited

SENTENCE = "The ferry to the outer islands will run twice a day from June, the harbour board decided on Monday."
LIMITS = Limits(seconds=10, wall=900.0, memory=400_000_000)
"""Of processor time and memory; the clock is left out of it, so that a busy machine changes nothing."""

pytestmark = pytest.mark.timeout(1_000)

LAUGHS = "".join(f'<!ENTITY l{n} "{"lol" if not n else f"&l{n - 1};" * 10}">' for n in range(10))
"""Entities that unpack to 3 GB: "a billion laughs"."""


@pytest.fixture(scope="module", autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    close_workers()


def html(inside: str, head: str = "") -> bytes:
    """A page."""
    return f"<html><head>{head}</head><body>{inside}</body></html>".encode()


def pdf(*objects: bytes) -> bytes:
    """A document of these objects, the first of them its root, with a table of where they stand."""
    out = bytearray(b"%PDF-1.5\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(content, 1)
    return b"<<%b/Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (entries, len(packed), packed)


def drawn(content: bytes) -> bytes:
    """A document of one page that draws this."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def laughing(document: str) -> str:
    """A document that holds the largest of `LAUGHS` in each of its texts."""
    return f"<!DOCTYPE d [{LAUGHS}]>" + document.replace("The ", "&l9; ").replace("It will ", "&l9; ")


def million_objects() -> bytes:
    """A document of 10^6 objects in one compressed stream, and the table of all of them in another."""
    count = 1_000_000
    head = b"%PDF-1.5\n"
    places = b" ".join(b"%d %d" % (number, 5 * (number - 4)) for number in range(4, count + 4))
    objects = b"1 0 obj\n<</Type/Catalog/Pages 4 0 R>>\nendobj\n"
    start = len(head) + len(objects)
    packed = stream(places + b" " + b"null " * count, b"/Type/ObjStm/N %d/First %d" % (count, len(places) + 1))
    objects += b"2 0 obj\n" + packed + b"\nendobj\n"
    rows = bytearray(b"\x00" * 8 + b"\x01" + len(head).to_bytes(4) + bytes(3) + b"\x01" + start.to_bytes(4) + bytes(3))
    table = len(head) + len(objects)
    rows += b"\x01" + table.to_bytes(4) + bytes(3)
    for index in range(count):
        rows += b"\x02" + (2).to_bytes(4) + index.to_bytes(3)
    entries = b"/Type/XRef/Size %d/W[1 4 3]/Root 1 0 R" % (count + 4)
    objects += b"3 0 obj\n" + stream(bytes(rows), entries) + b"\nendobj\n"
    return head + objects + b"startxref\n%d\n%%%%EOF" % table


def squeezed(parts: Mapping[str, bytes | str], **sizes: int) -> bytes:
    """An archive of these files, compressed; where a size is given for a file, its directory says that of it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for info in archive.infolist():
            info.file_size = sizes.get(info.filename.partition(".")[0].partition("/")[0], info.file_size)
    return target.getvalue()


def many_names() -> bytes:
    """An archive whose directory names 190,000 files, all of them the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a", "x")
        archive.filelist *= 190_000
    return target.getvalue()


def overlapping(chapters: int = 1_900) -> bytes:
    """A book whose chapters are all the same bytes of the archive, as in the zip bomb of Fifield, 2019."""
    names = [f"c{n}.xhtml" for n in range(chapters)]
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = BOOK["book.opf"].replace("</manifest>", f"{items}</manifest>").replace("</spine>", f"{spine}</spine>")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**BOOK, "book.opf": package, "c.xhtml": f"<p>{'x ' * 45_000}</p>"}.items():
            archive.writestr(name, content)
        shared = archive.getinfo("c.xhtml")
        for name in names:
            info = copy.copy(shared)
            info.filename = info.orig_filename = name
            archive.filelist.append(info)
            archive.NameToInfo[name] = info
    return target.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "nested elements": lambda: html("<div>" * 200_000 + SENTENCE),
    "nested styles": lambda: html("<p>" + "<b>" * 300_000 + SENTENCE),
    "nested tables": lambda: html("<table><tr><td>" * 60_000 + SENTENCE),
    "tiny paragraphs": lambda: html("<p>x</p>" * 140_000),
    "paragraphs in elements": lambda: html("<div><p>a</div>" * 20_000),
    "attributes": lambda: html("<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + SENTENCE),
    "open comments": lambda: html("<!--" * 250_000 + SENTENCE),
    "open tags": lambda: html("<" * 1_000_000 + SENTENCE),
    "nested data": lambda: html(f"<p>{SENTENCE}", f"<script type='application/ld+json'>{'[' * 500_000}</script>"),
    "entities": lambda: b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><html><body><p>&b;</p></html>",
    "pages within pages": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % number for number in range(3, 50_000)),
    ),
    "pages that hold themselves": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
    "a page count": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 999999999/Kids[]>>"),
    "nested arrays": lambda: pdf(b"[" * 1_000_000),
    "a page of nothing": lambda: drawn(b" " * 200_000_000),
    "saved states": lambda: drawn(b"q " * 5_000_000),
    "a million objects": million_objects,
    "a long line": lambda: bytes(SENTENCE * 48_000, "utf-8"),
    "quotation marks": lambda: "“".encode() * 1_500_000,
    "brackets": lambda: b"[a](" * 1_000_000,
    "quotations": lambda: b"> " * 2_000_000 + b"x",
    "comments before a page": lambda: b"<!---->" * 2_000,
    "a heading of spaces": lambda: b"# a" + b" " * 1_000_000 + b"b\n" + b" " * 1_000_000 + b"x",
    "a word of a million letters": lambda: drawn(b"BT /F 1 Tf (" + b"a" * 1_000_000 + b") Tj ET"),
    "a document of entities": lambda: pack(
        {**DOCUMENT, "word/document.xml": "<!DOCTYPE d [<!ENTITY a 'aa'>]>" + DOCUMENT["word/document.xml"]}
    ),
    "a nested document": lambda: pack({**DOCUMENT, "word/document.xml": "<a>" * 1_000_000}),
    "a nested book": lambda: pack({**BOOK, "a.xhtml": "<p>" * 1_000_000}),
    "laughs in a page": f"<!DOCTYPE html [{LAUGHS}]><html><body><p>&l9;</p></body></html>".encode,
    "laughs in a document": lambda: pack({**DOCUMENT, "word/document.xml": laughing(DOCUMENT["word/document.xml"])}),
    "laughs in a chapter": lambda: pack({**BOOK, "a.xhtml": laughing(BOOK["a.xhtml"])}),
    "laughs in a book": lambda: pack({**BOOK, "book.opf": laughing(BOOK["book.opf"])}),
    "a chapter of nothing": lambda: squeezed({**BOOK, "a.xhtml": b" " * 39_000_000}),
    "a document of nothing": lambda: squeezed({**DOCUMENT, "word/document.xml": b" " * 39_000_000}),
    "a chapter too large": lambda: squeezed({**BOOK, "a.xhtml": bytes(210_000_000)}),
    "a chapter that is said to be small": lambda: squeezed({**BOOK, "a.xhtml": bytes(210_000_000)}, a=99),
    "a document that is said to be small": lambda: squeezed(
        {**DOCUMENT, "word/document.xml": bytes(210_000_000)}, word=99
    ),
    "a chapter that is said to be large": lambda: squeezed(BOOK, a=39_000_000),
    "many names": many_names,
    "chapters on top of each other": overlapping,
    "archives in an archive": lambda: squeezed({f"{n}.zip": squeezed({"a": bytes(10_000_000)}) for n in range(9)}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_read_or_refused(bomb: str) -> None:
    """There is an article or a sentence, and not for want of time: a worker that hangs or breaks is told apart."""
    name = "x.md" if bomb in ("brackets", "quotations", "a heading of spaces") else "x"
    told: Article | ReadError
    try:
        told = read_limited(BOMBS[bomb](), name, LIMITS)
    except ReadError as error:
        told = error
    assert bomb == "a million objects" or not isinstance(told, CostlySource)
    assert "harm" not in str(told)


def test_a_feed_of_laughs_is_refused() -> None:
    """Entities are refused before a parser sees them, or come to nothing."""
    feed = f"<?xml version='1.0'?><!DOCTYPE r [{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>"
    with pytest.raises(ReadError) as refused:
        read_feed_limited(feed.encode(), limits=LIMITS)
    assert not isinstance(refused.value, CostlySource)


def test_a_page_that_draws_without_end_is_stopped() -> None:
    """Three million words drawn one by one from a file of 30 kB are given up when the time is over."""
    with pytest.raises(CostlySource, match="too long"):
        read_limited(drawn(b"BT /F 1 Tf " + b"(a) Tj " * 3_000_000), "x.pdf", Limits(seconds=1, wall=900.0))


def test_a_file_of_one_endless_line_is_not_even_read(tmp_path: Path) -> None:
    """200 MB are refused after the first 20."""
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(SourceTooLarge):
        read_article(path)


def written_pdf() -> bytes:
    """A document as pypdf writes it."""
    writer = PdfWriter(clone_from=io.BytesIO(drawn(b"BT /F 9 Tf 9 9 Td (" + SENTENCE.encode() + b") Tj ET")))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "x.txt": lambda: bytes(SENTENCE, "utf-16"),
    "x.md": lambda: bytes(f"---\ntitle: Ferry\n---\n# Ferry\n\n```\ncode\n```\n{SENTENCE}", "utf-8"),
    "x.html": lambda: html(f"<article><p>{SENTENCE}</p></article>", "<title>Ferry</title>"),
    "x.pdf": written_pdf,
    "x.docx": partial(pack, DOCUMENT),
    "x.epub": partial(pack, BOOK),
}


@pytest.mark.parametrize("name", WHOLE)
def test_truncated_files(name: str) -> None:
    """A file of any format, cut off anywhere, is read as far as it goes or refused with a sentence."""
    data = WHOLE[name]()
    assert read_bytes(data, name).text
    for cut in range(0, len(data), max(1, len(data) // 60)):
        try:
            article = read_bytes(data[:cut], name)
        except ReadError:
            continue
        assert all(article.text[p.start : p.end] == p.text for p in article.paragraphs)
