"""What a PNG file says about itself."""

import io
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from bot.card import png


def picture() -> bytes:
    """A small PNG file of another program's."""
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    return stream.getvalue()


def read(file: bytes) -> dict[str, str]:
    """The text of a PNG file, as another program reads it; its checksums hold."""
    with Image.open(io.BytesIO(file)) as opened:
        opened.load()
        assert isinstance(opened, PngImageFile)
        assert opened.size == (30, 20)
        return {name: str(value) for name, value in opened.text.items()}


def test_the_size_is_read_from_the_header() -> None:
    """Width first."""
    assert png.size(picture()) == (30, 20)


@given(st.text(min_size=1), st.text(), st.text(), st.text())
def test_other_programs_find_the_text(alt: str, title: str, author: str, source: str) -> None:
    """Any text comes back as it went in, but for NUL, which PNG cannot hold; what is empty is left out."""
    found = read(png.with_text(picture(), alt=alt, title=title, author=author, source=source))
    given_texts = {"Description": alt, "Title": title, "Author": author, "Source": source}
    expected = {name: text.replace("\0", "") for name, text in given_texts.items() if text}
    assert {name: found[name] for name in expected} == expected
    assert set(found) == {*expected, "Software", "XML:com.adobe.xmp"}


@given(st.text())
def test_the_alt_text_stands_where_picture_desks_look_for_it(alt: str) -> None:
    """The XMP packet is well-formed and holds the alt text under IPTC's name."""
    found = read(png.with_text(picture(), alt=alt, title="<T>", author="", source="https://example.org/?a=1&b=2"))
    tree = ET.fromstring(found["XML:com.adobe.xmp"])  # noqa: S314 - our own
    node = tree.find(".//{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility")
    assert node is not None
    said = "".join(node.itertext())
    kept = png._NOT_XML.sub("", alt).replace("\r\n", "\n").replace("\r", "\n")  # XML's own line ends
    assert said == kept
