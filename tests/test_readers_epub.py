"""Books: chapters in reading order, what the package says, margins, locks, and files that are damaged."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

import pytest

from index.article import Kind
from index.errors import NoArticle, ProtectedSource, SourceTooLarge, UnsupportedSource
from index.readers import read_bytes
from index.readers.archive import MAX_MEMBER, MAX_MEMBERS

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Keepers of the Light</dc:title><dc:creator id="a">Ruth Aker</dc:creator>
<dc:creator id="b">Jon Falk</dc:creator><dc:creator opf:role="ill">Ida Brush</dc:creator>
<dc:creator id="t">Tom Lator</dc:creator><meta refines="#t" property="role">trl</meta>
<dc:date>2019-10-05</dc:date><dc:identifier id="id">https://books.example/light</dc:identifier></metadata>
<manifest><item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/chapter%20two.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c" href="copy.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="nav"/>
<itemref idref="two"/><itemref idref="one"/><itemref idref="gone"/></spine>
</package>"""
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"'
    ' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>{body}</html>'
)
FIRST = "The tower was built in 1852 on a rock that the sea covers twice a day."
SECOND = "Its keeper, a widow called Anna, rowed to the village on Saturdays & was back by night."
BOOK = {
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": XHTML.format(body="<body><nav><ol><li>Chapter one</li></ol></nav></body>"),
    "OEBPS/copy.xhtml": XHTML.format(body='<body epub:type="copyright-page"><p>© 2019 The Press.</p></body>'),
    "OEBPS/text/one.xhtml": XHTML.format(body=f"<body><h1>The tower</h1><p>{FIRST}</p><script>x()</script></body>"),
    "OEBPS/text/chapter two.xhtml": XHTML.format(
        body="<body><h1>The <i>keeper</i></h1><p>Its keeper, a&nbsp;widow called <b>Anna</b>,\n rowed to the village on"
        " Saturdays &amp; was back by night.</p></body>"
    ),
}


def packed(files: Mapping[str, str | bytes], container: str = CONTAINER) -> bytes:
    """A book of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", container)
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_book_is_read_in_its_order() -> None:
    """The spine gives the order; contents and copyright page are furniture; the head is the package's."""
    article = read_bytes(packed(BOOK), "light.epub")
    assert article.title == "The Keepers of the Light"
    assert article.byline == "By Ruth Aker and Jon Falk"
    assert article.published == dt.date(2019, 10, 5)
    assert article.url == "https://books.example/light"
    assert [(p.kind, p.text) for p in article.paragraphs] == [
        (Kind.HEADLINE, "The Keepers of the Light"),
        (Kind.BYLINE, "By Ruth Aker and Jon Falk"),
        (Kind.DATE, "5 October 2019"),
        (Kind.FURNITURE, "© 2019 The Press."),
        (Kind.FURNITURE, "Chapter one"),
        (Kind.HEADING, "The keeper"),
        (Kind.BODY, SECOND),
        (Kind.HEADING, "The tower"),
        (Kind.BODY, FIRST),
    ]
    assert [p.text for p in article.paragraphs] == [article.text[p.start : p.end] for p in article.paragraphs]


def test_content_decides() -> None:
    """A book is one whatever its name says."""
    assert read_bytes(packed(BOOK), "x.txt").title == "The Keepers of the Light"


def test_the_guide_of_an_old_book_names_its_margins() -> None:
    """EPUB 2 tells of its title page in a guide."""
    guide = '<guide><reference type="title-page" href="text/one.xhtml#top"/></guide></package>'
    article = read_bytes(packed(BOOK | {"OEBPS/book.opf": PACKAGE.replace("</package>", guide)}))
    assert {p.text: p.kind for p in article.paragraphs}[FIRST] is Kind.FURNITURE


def test_a_broken_chapter_is_read_as_a_browser_would() -> None:
    """Tags that do not close lose nothing of the text."""
    broken = f"<html><head><title/></head><body><p>{FIRST}<br/>&eacute;<p>Second <b>paragraph of it</body>"
    article = read_bytes(packed(BOOK | {"OEBPS/text/one.xhtml": broken}))
    assert [p.text for p in article.paragraphs][-2:] == [f"{FIRST} é", "Second paragraph of it"]


def test_a_locked_book_is_refused() -> None:
    """A book whose chapters are encrypted says so; one that locks its fonts is read."""
    lock = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        '<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
    )
    path = "META-INF/encryption.xml"
    with pytest.raises(ProtectedSource, match="DRM"):
        read_bytes(packed(BOOK | {path: lock.format("OEBPS/text/chapter%20two.xhtml")}))
    assert read_bytes(packed(BOOK | {path: lock.format("OEBPS/font.otf")})).title


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"OEBPS/book.opf": ""},
        {"OEBPS/book.opf": "<package/>"},
        {"OEBPS/book.opf": PACKAGE},
        {name: text for name, text in BOOK.items() if "text" not in name and "copy" not in name and "nav" not in name},
    ],
)
def test_a_book_without_text_is_refused(files: dict[str, str]) -> None:
    """A package that is missing or broken, or chapters that are, make no article."""
    with pytest.raises((NoArticle, UnsupportedSource)):
        read_bytes(packed(files), "x.epub")


@pytest.mark.parametrize("keep", [0.1, 0.4, 0.7, 0.95])
def test_a_truncated_book_is_refused(keep: float) -> None:
    """A file that was cut off has no directory."""
    data = packed(BOOK)
    with pytest.raises(UnsupportedSource):
        read_bytes(data[: int(keep * len(data))], "x.epub")


@pytest.mark.parametrize("container", ["", "<a>", CONTAINER.replace("OEBPS/book.opf", "../../etc/passwd")])
def test_a_container_that_leads_nowhere(container: str) -> None:
    """Paths are looked up in the archive alone."""
    with pytest.raises(UnsupportedSource, match="damaged"):
        read_bytes(packed(BOOK, container))


def test_bombs_are_refused() -> None:
    """A chapter that unpacks to too much, or an archive of too many files, is refused before it is unpacked."""
    with pytest.raises(SourceTooLarge, match="unpacks"):
        read_bytes(packed(BOOK | {"OEBPS/text/one.xhtml": "<p>" + "a" * MAX_MEMBER}))
    with pytest.raises(SourceTooLarge):
        read_bytes(packed(BOOK | {f"x{i}": "" for i in range(MAX_MEMBERS)}))


def test_entities_are_not_resolved() -> None:
    """What a chapter or the package declares for itself is not expanded, and no file is read for it."""
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    chapter = f"{bomb}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{FIRST} &b; &f;</p></body></html>"
    article = read_bytes(packed(BOOK | {"OEBPS/text/one.xhtml": chapter}))
    assert "lol" not in article.text
    package = PACKAGE.replace("?>", f"?>{bomb.replace('html', 'package')}", 1).replace("Light</dc", "Light &b;&f;</dc")
    assert "lol" not in str(read_bytes(packed(BOOK | {"OEBPS/book.opf": package})).title)
