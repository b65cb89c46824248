"""Bytes -> text: which encoding a file is in, and whether it is text at all."""

import codecs
import re

from index.errors import UnsupportedSource
from index.phrases import Phrase

_BINARY = (
    (b"\x89PNG", Phrase("a PNG image")),
    (b"\xff\xd8\xff", Phrase("a JPEG image")),
    (b"GIF87a", Phrase("a GIF image")),
    (b"GIF89a", Phrase("a GIF image")),
    (b"RIFF", Phrase("a picture or a recording")),
    (b"BM", Phrase("a bitmap image")),
    (b"II*\x00", Phrase("a TIFF image")),
    (b"MM\x00*", Phrase("a TIFF image")),
    (b"PK\x03\x04", Phrase("a zip archive, or an office document other than .docx")),
    (b"PK\x05\x06", Phrase("an empty zip archive")),
    (b"\x1f\x8b", Phrase("a gzip archive")),
    (b"BZh", Phrase("a bzip2 archive")),
    (b"\xfd7zXZ", Phrase("an xz archive")),
    (b"7z\xbc\xaf", Phrase("a 7z archive")),
    (b"Rar!", Phrase("a RAR archive")),
    (b"\xd0\xcf\x11\xe0", Phrase("an old office document (.doc, .xls, .ppt)")),
    (b"{\\rtf", Phrase("a rich text document (.rtf)")),
    (b"%!PS", Phrase("a PostScript document")),
    (b"\x7fELF", Phrase("a program")),
    (b"MZ", Phrase("a program")),
    (b"OggS", Phrase("a recording")),
    (b"ID3", Phrase("a recording")),
    (b"SQLite format 3", Phrase("a database")),
)
_ALSO_WORDS = (b"BM", b"MZ", b"RIFF", b"BZh", b"ID3", b"OggS", b"Rar!")
"""Signatures that a text may start with as well ("BMW said ..."): they count only beside control characters."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
"""Bytes that a guess looks at."""

_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1b") + b"\x7f"
_MAX_CONTROLS = 0.02
"""Share of control characters above which a file is binary data."""

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*+=\s*+(?:[\"']\s*+)?([\w-]{2,30})", re.IGNORECASE
)
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Encodings of Python's that no page is in; some take time that grows with the square of the length."""

_UNDEFINED_1252 = b"\x81\x8d\x8f\x90\x9d"


def _refuse(name: str, what: Phrase) -> UnsupportedSource:
    return UnsupportedSource(
        "{file} is {what}, which has no reader: save the article as text, Markdown, HTML or PDF and try again.",
        file=name,
        what=what,
    )


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, where half of the zero bytes' places make it sure."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _is_plausible(text: str) -> bool:
    """Whether decoded text is text: next to no control characters, at most a few replaced ones."""
    sample = text[:_SAMPLE]
    bad = sum(1 for c in sample if (c < " " and c not in "\t\n\r\x0b\x0c\x1b") or c in "\x7f\ufffd")
    return bad <= _MAX_CONTROLS * len(sample)


def _guess(data: bytes) -> str | None:
    """The encoding by charset-normalizer, asked only where the sure tests fail (it costs 50 ms and more)."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def _refuse_binary(data: bytes, name: str) -> None:
    """Refuse what its signature or its control characters show to be no text; zero bytes may be UTF-16."""
    sample = data[:_SAMPLE]
    controls = sum(sample.count(c) for c in _CONTROLS)
    for signature, what in _BINARY:
        if data.startswith(signature) and (signature not in _ALSO_WORDS or controls):
            raise _refuse(name, what)
    if sample[4:8] == b"ftyp":
        raise _refuse(name, Phrase("a film or a picture"))
    if 0 not in sample and controls > _MAX_CONTROLS * len(sample):
        raise _refuse(name, Phrase("binary data"))


def decode(data: bytes, name: str) -> str:
    """Decode the bytes of a text file.

    A byte order mark decides; then UTF-8, if it is valid; then UTF-16 without a mark, if zero bytes make it
    sure; then Windows-1252, if no byte is undefined there; then charset-normalizer's guess.

    Args:
        data: the whole file.
        name: what to call it in a message.

    Returns:
        the text without the mark, with its line endings as they are.

    Raises:
        UnsupportedSource: it is binary data.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if not _is_plausible(text):
                raise _refuse(name, Phrase("binary data"))
            return text
    _refuse_binary(data, name)
    if 0 in data[:_SAMPLE]:
        encoding_16 = _utf16_without_mark(data)
        text = data.decode(encoding_16, "replace") if encoding_16 else ""
        if encoding_16 is None or not _is_plausible(text):
            raise _refuse(name, Phrase("binary data"))
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # A file that was UTF-8 but for a few broken bytes (cut in the middle, patched by hand) stays UTF-8.
    text = data.decode("utf-8", "replace")
    multibyte = sum(1 for c in text[:_SAMPLE] if c > "\x7f" and c != "\ufffd")
    if multibyte > 4 * text[:_SAMPLE].count("\ufffd"):
        return text
    return _decode_single_byte(data, name)


def _decode_single_byte(data: bytes, name: str) -> str:
    """Windows-1252 for text that is mostly ASCII; a guess for anything else."""
    sample = data[:_SAMPLE]
    high = sum(1 for b in sample if b > 0x7F)
    is_western = high < 0.1 * len(sample) and not any(b in sample for b in _UNDEFINED_1252)
    encoding = "cp1252" if is_western else _guess(data)
    if encoding is None:
        if high > 0.3 * len(sample):
            raise _refuse(name, Phrase("binary data"))
        encoding = "cp1252"
    text = data.decode(encoding, "replace")
    if not _is_plausible(text):
        raise _refuse(name, Phrase("binary data"))
    return text


def page_encoding(declared: str) -> str | None:
    """The encoding of Python's by a name that a page or a server gives; None for what no page is in.

    Python has codecs that unpack archives or take time without end, and looks up any of them by its name.
    """
    try:
        found = codecs.lookup(declared)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)  # as bytes.decode itself tells them apart
    return found.name if is_text and found.name not in _NO_CHARSETS else None


def decode_markup(data: bytes, name: str) -> str:
    """Decode HTML or XML: its own declaration counts where the bytes are not UTF-8.

    Args:
        data: the whole file.
        name: what to call it in a message.

    Raises:
        UnsupportedSource: it is binary data.
    """
    declared = _CHARSET.search(data[:4_096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        encoding = page_encoding(declared[1].decode("ascii", "replace"))
        if encoding is not None:
            return data.decode(encoding, "replace")
    return decode(data, name)
