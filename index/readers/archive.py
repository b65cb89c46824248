"""Zip archives (DOCX, EPUB): what is in one, and that unpacking it is bounded."""

import copy
import io
import zipfile
import zlib
from typing import IO

from index.errors import ProtectedSource, SourceTooLarge, UnsupportedSource

MAX_MEMBERS = 10_000
"""Files of the largest archive that is opened; a book of 2,000 chapters with pictures has half of that."""

MAX_UNPACKED = 200_000_000
"""Bytes of all files of an archive together, unpacked."""

MAX_MEMBER = 40_000_000
"""Bytes of the largest file that is unpacked: `index.readers.MAX_TEXT` characters with a lot of markup around them."""

_PIECE = 65_536
"""Bytes that are unpacked at once to see how many there are."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, LookupError)
"""What zipfile raises on an archive that is damaged or of a kind that it does not know."""


def names_in(data: bytes) -> frozenset[str]:
    """The names of the files in an archive; none if it is broken, or larger than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist()[: MAX_MEMBERS + 1])
    except _BROKEN:
        return frozenset()


def damaged(name: str) -> UnsupportedSource:
    """The error of a document that cannot be opened."""
    return UnsupportedSource(
        "{file} is damaged: open it in the program that made it, save it again and try once more.", file=name
    )


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive, if unpacking all of it stays within bounds.

    What its directory says of a file's size is no more than a word: see `unpack_member`, `check_sizes`.

    Raises:
        SourceTooLarge: it holds too many files, or too large ones.
        ProtectedSource: a file in it is encrypted.
        UnsupportedSource: it is damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise damaged(name) from None
    members = archive.infolist()
    sizes = [member.file_size for member in members]
    if len(members) > MAX_MEMBERS or sum(sizes) > MAX_UNPACKED:
        raise SourceTooLarge(
            "{file} unpacks to more than {most} MB: cut it down to the article and try again.",
            file=name,
            most=MAX_UNPACKED // 1_000_000,
        )
    if any(member.flag_bits & 1 for member in members):
        raise ProtectedSource("{file} opens only with a password: save a copy without one and try again.", file=name)
    return archive


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """A file of an archive, to be read in pieces; it gives one byte more than the directory says, if it has that.

    zipfile gives no more than the directory says, but asked for all of a file it unpacks all that there is first.
    """
    asked = copy.copy(member)
    asked.file_size += 1
    return archive.open(asked)


def check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    """See that no file of an archive unpacks to more than the directory says, for whoever unpacks it without us.

    Raises:
        UnsupportedSource: one does, or is damaged.
    """
    try:
        for member in archive.infolist():
            with _opened(archive, member) as file:
                if sum(map(len, iter(lambda: file.read(_PIECE), b""))) != member.file_size:
                    raise damaged(name)
    except _BROKEN:
        raise damaged(name) from None


def unpack_member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One file of an archive.

    Raises:
        SourceTooLarge: it has more than `MAX_MEMBER` bytes.
        UnsupportedSource: it is not there, or damaged.
    """
    try:
        member = archive.getinfo(path)
        if member.file_size > MAX_MEMBER:
            raise SourceTooLarge(
                "{file} unpacks to more than {most} MB: cut it down to the article and try again.",
                file=name,
                most=MAX_MEMBER // 1_000_000,
            )
        with _opened(archive, member) as file:
            unpacked = file.read(member.file_size + 1)
    except _BROKEN:
        raise damaged(name) from None
    if len(unpacked) != member.file_size:
        raise damaged(name)
    return unpacked
