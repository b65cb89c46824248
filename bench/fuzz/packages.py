"""Word documents and books around fuzzed parts; mutated bytes of an archive itself hardly ever get past its directory.

The first byte picks the part that is replaced by the rest, and from 128 on has it made well-formed first: hardly any
mutated bytes are XML, and of what is none nothing is read. From 192 on the rest is a document's lines, each a byte that
picks how it stands there, and its text.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

_MADE_WELL_FORMED = 128
_LINES = 192

_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    f'<Types xmlns="{_PACKAGES}/content-types"><Default Extension="rels" ContentType="application/xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGES}/relationships"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target='
    f'"word/document.xml"/><Relationship Id="b" Type="{_PACKAGES}/relationships/metadata/core-properties" Target='
    '"docProps/core.xml"/></Relationships>'
)
_PARTS = (
    f'<Relationships xmlns="{_PACKAGES}/relationships"><Relationship Id="a" Type="{_OFFICE}/styles" Target='
    f'"styles.xml"/><Relationship Id="b" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
)
_WORDS = (
    f'<w:document xmlns:w="{_W}"><w:body><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:ins><w:r><w:t>Ferry</w:t><w:tab/>'
    "</w:r></w:ins></w:p><w:p><w:r><w:t>It will run twice a day.</w:t></w:r></w:p><w:sectPr/></w:body></w:document>"
)
_NAMES = {"T": "Title", "S": "Subtitle", "H": "heading 1", "C": "toc 1", "N": "Normal"}
_STYLES = "".join(
    [f'<w:styles xmlns:w="{_W}">']
    + [
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _NAMES.items()
    ]
    + ["</w:styles>"]
)
_RUN = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_WAYS = (
    _RUN,
    *(_RUN.replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>') for key in _NAMES),
    f"<w:tbl><w:tr><w:tc>{_RUN}</w:tc></w:tr></w:tbl>",
    f"<w:p><w:r><w:pict>{_RUN}</w:pict><w:t>box</w:t></w:r></w:p>",
    f'<m:Fallback xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">{_RUN}</m:Fallback>',
    "<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>",
    "<w:p><w:r><w:br/><w:t>{}</w:t><w:tab/><w:noBreakHyphen/></w:r></w:p>",
)
"""How a line may stand in a document."""
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGES}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>A title</dc:title><dc:creator>Mona Lind</dc:creator>'
    "<dcterms:created>2021-05-04T10:00:00Z</dcterms:created></cp:coreProperties>"
)
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/>'
    "</rootfiles></container>"
)
_PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The'
    ' Light</dc:title></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine>'
    "</package>"
)
_CHAPTER = "<html><body><p>The tower was built on a rock.</p></body></html>"

DOCUMENT: Mapping[str, str] = {
    "word/document.xml": _WORDS,
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _RELATIONS,
    "word/_rels/document.xml.rels": _PARTS,
    "word/styles.xml": _STYLES,
    "word/footnotes.xml": _FOOTNOTES,
    "docProps/core.xml": _CORE,
}
BOOK: Mapping[str, str] = {
    "a.xhtml": _CHAPTER,
    "book.opf": _PACKAGE,
    "META-INF/container.xml": _CONTAINER,
    "META-INF/encryption.xml": "<encryption/>",
}


def pack(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of these files, not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _well_formed(data: bytes) -> bytes:
    """XML that is as close to these bytes as lxml makes it."""
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return data
    return data if root is None else etree.tostring(root)


def _around(parts: Mapping[str, str], data: bytes) -> bytes:
    if not data:
        return pack(parts)
    names = list(parts)
    part = _well_formed(data[1:]) if data[0] >= _MADE_WELL_FORMED else data[1:]
    return pack({**parts, names[data[0] % len(names)]: part})


def _lines(data: bytes) -> str:
    """The main part of a document of these lines."""
    written = [f'<w:document xmlns:w="{_W}"><w:body>']
    for line in data.split(b"\n"):
        text = "".join(c if c.isprintable() else " " for c in line[1:].decode("utf-8", "replace"))
        written.append(_WAYS[line[0] % len(_WAYS)].format(escape(text)) if line else "")
    return "".join([*written, "<w:sectPr/></w:body></w:document>"])


def document(data: bytes) -> bytes:
    """A Word document with one part replaced, or of any lines."""
    if data and data[0] >= _LINES:
        return pack({**DOCUMENT, "word/document.xml": _lines(data[1:])})
    return _around(DOCUMENT, data)


def book(data: bytes) -> bytes:
    """A book with one part replaced."""
    return _around(BOOK, data)
