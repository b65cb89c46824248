"""What format a file is in, told by its content first and by the ending of its name then.

Telling takes no reader: a program that reads one text does not wait until those of Word and of books are imported.
"""

import codecs
import enum
import re
from pathlib import PurePath

ARCHIVE = b"PK\x03\x04"
"""What a zip archive with something in it starts with."""

CONTAINER = "META-INF/container.xml"
"""The file of a book (EPUB) that says where the rest is."""

_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:(?><!--.{0,2000}?-->)\s*+){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class Format(enum.StrEnum):
    """A format that is read."""

    PDF = "pdf"
    EPUB = "epub"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


_ENDINGS = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
}


def format_of(data: bytes, name: str = "") -> Format:
    """Tell the format of a file.

    Args:
        data: the file's bytes.
        name: its name or path.

    Returns:
        the format; `TEXT` where nothing speaks for another, whether it is text or not.
    """
    # A file that is called a PDF may hold some bytes before its signature.
    if data[:64].lstrip().startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in data[:1_024]):
        return Format.PDF
    if data.startswith(ARCHIVE):
        from index.readers.archive import names_in

        names = names_in(data)
        if CONTAINER in names:
            return Format.EPUB
        if "[Content_Types].xml" in names and any(member.startswith("word/document") for member in names):
            return Format.DOCX
    if _HTML.match(data[:16_384].removeprefix(codecs.BOM_UTF8)):
        return Format.HTML
    return _ENDINGS.get(PurePath(name).suffix.lower(), Format.TEXT)
