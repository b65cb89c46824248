"""What a PNG file says about itself: its size, and text for people and programs that do not look at it.

Chunks as in the PNG specification, third edition: `iTXt` behind the header, `Description` and the like as keywords.
The alt text also stands in XMP, where picture desks' programs and screen readers look for it (IPTC Photo Metadata
2021.1, `AltTextAccessibility`).
"""

import re
import struct
import zlib
from xml.sax.saxutils import escape

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(SIGNATURE) + 4 + 4 + 13 + 4
"""The header chunk always comes first: length, type, 13 bytes, checksum."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:source>{source}</dc:source>"
    '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt>'
    "</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack_from(">II", png, len(SIGNATURE) + 8)
    return width, height


def with_text(png: bytes, *, alt: str, title: str, author: str, source: str) -> bytes:
    """The same image with its text in it; what is empty is left out.

    Args:
        png: a PNG file.
        alt: what the image shows, for those who cannot see it.
        title: the headline of the article that it quotes.
        author: who wrote that.
        source: where it stands on the web.
    """
    values = {"Title": title, "Author": author, "Description": alt, "Source": source, "Software": "Pullquote"}
    chunks = [_text(keyword, value) for keyword, value in values.items() if value]
    chunks.append(_text("XML:com.adobe.xmp", _xmp(alt=alt, title=title, source=source)))
    return png[:_HEADER_END] + b"".join(chunks) + png[_HEADER_END:]


def _text(keyword: str, value: str) -> bytes:
    """An `iTXt` chunk in UTF-8, not compressed."""
    body = keyword.encode("latin-1") + b"\0\0\0\0\0" + value.replace("\0", "").encode("utf-8", "replace")
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))


def _xmp(**values: str) -> str:
    return _XMP.format(**{name: escape(_NOT_XML.sub("", value)) for name, value in values.items()})
