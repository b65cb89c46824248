"""Telling what format a file is in, and importing what it needs."""

import codecs
import io
import sys
import zipfile

import pytest

from index.readers import warm_up
from index.readers.formats import CONTAINER, Format, format_of


def packed(*members: str) -> bytes:
    """A zip archive with empty files of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for member in members:
            archive.writestr(member, b"")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "", Format.PDF),
        (b"junk\n%PDF-1.4", "scan.PDF", Format.PDF),
        (b"junk\n%PDF-1.4", "notes.txt", Format.TEXT),
        (packed(CONTAINER), "", Format.EPUB),
        (packed("[Content_Types].xml", "word/document2.xml"), "story.txt", Format.DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "", Format.TEXT),
        (b"PK\x03\x04 and nothing else", "", Format.TEXT),
        (codecs.BOM_UTF8 + b" <!DOCTYPE html><p>Hello", "story.md", Format.HTML),
        (b"Hello", "STORY.HTM", Format.HTML),
        (b"# Hello", "story.markdown", Format.MARKDOWN),
        (b"", "", Format.TEXT),
    ],
)
def test_the_format_is_told_by_the_content_and_by_the_ending_then(data: bytes, name: str, expected: Format) -> None:
    """Whatever a file is called, what it starts with decides, where that says anything."""
    assert format_of(data, name) is expected


def test_what_a_file_needs_is_imported_without_opening_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens what somebody sent is a process that may be killed; not the one that it is forked from."""
    monkeypatch.setattr(zipfile, "ZipFile", None)
    warm_up(b"PK\x03\x04")
    assert {"docx", "index.readers.docx", "index.readers.epub"} <= set(sys.modules)
