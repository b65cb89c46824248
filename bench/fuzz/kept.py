"""Targets for what comes off the web and goes into a library: robots.txt, addresses, responses, files that are kept."""

import os
import tempfile
import zlib
from functools import cache
from pathlib import Path

from bench.fuzz.packages import book, document
from bench.fuzz.promises import hold, text_of
from index.library import Library
from index.owner import person, server

_MOST = 65_536
"""Bytes that a response may be unpacked to here."""

_KINDS = (
    (".txt", bytes),
    (".md", bytes),
    (".html", b"<html><body>".__add__),
    (".pdf", b"%PDF-1.4\n".__add__),
    (".docx", document),
    (".epub", book),
)


def robots(data: bytes) -> None:
    """A robots.txt: there is an answer for any page, and a group of our name alone is obeyed."""
    from index.fetch.model import AGENT
    from index.fetch.robots import parsed

    rules = parsed(data)
    first = data[:200].decode("latin-1").split("\n")[0].strip()
    for url in ("https://example.org/news/tide?page=2", "https://example.org", f"https://example.org/{first}"):
        hold(rules.can_fetch(url, AGENT) in (True, False), "there is an answer")
    closed = data.replace(b"\x00", b"").lower()
    if b"pullquote" not in closed and b"user" not in closed:
        hold(rules.can_fetch("https://example.org/a", AGENT), "a file without a group closes nothing")


def address(data: bytes) -> None:
    """An address that a person or a server names: one of the public web that stays what it is, or a sentence."""
    from index.fetch.address_bar import LONGEST, checked
    from index.fetch.addresses import is_public
    from index.fetch.names import file_name
    from index.library.canonical import canonical

    text = text_of(data)
    known = canonical(text)
    if known is not None and "[" not in text:  # brackets around an address of version 6 are left out
        hold(canonical(f"https://{known}") == known, "a canonical address is its own")
    is_public(text)
    url = checked(text)
    hold(url.scheme in ("http", "https") and url.port in (80, 443) and bool(url.host), "it is one of the web")
    hold(url.raw_user is None and not url.fragment and str(url).isascii(), "it names nobody, and can be sent")
    if len(str(url)) <= LONGEST:
        hold(str(checked(str(url))) == str(url), "an address that was taken is taken again")
    name = file_name(url, "text/html")
    hold(0 < len(name) <= 85 and name.isprintable() and not {"/", "\\"} & set(name), "a name is that of a file")


def response(data: bytes) -> None:
    """A body as a server sends it: unpacked within the limit, whatever comes, and named so that it can be read.

    The first byte picks how it is packed, the second how it is sent; the first line behind is its encoding's name.
    """
    from index.fetch.body import ENCODINGS, Unpacker
    from index.fetch.names import in_utf8

    if len(data) < 3:
        return
    way, size = data[0], data[1] + 1
    named, _, body = data[2:].partition(b"\n")
    encoding = ENCODINGS[way % len(ENCODINGS)]
    if way & 64:  # random bytes hardly ever unpack
        made = zlib.compressobj(wbits=31 if "gzip" in encoding else 15)
        body = made.compress(body) + made.flush()
    unpacker = Unpacker(encoding, "example.org", _MOST)
    out = b""
    for start in range(0, len(body), size):
        out += unpacker.feed(body[start : start + size])
    hold(len(out) <= _MOST, "no more comes out than may")
    charset = named.decode("latin-1").lower() or None
    text = in_utf8(out, "text/html", charset)
    hold(text == out or text.decode("utf-8-sig") is not None, "what is put into UTF-8 is UTF-8")


def added(data: bytes) -> None:
    """A file of any name and format is added: what is kept is what was read, found, listed, and its owner's alone.

    The first byte picks the format, the first line behind it is the file's name.
    """
    from bench.fuzz.asked import sent
    from bot.discord.library.picking import label, pick
    from bot.librarian.lookup import look_up
    from bot.render import discord_library
    from index.errors import CommandError, QuestionError, UnknownArticle
    from index.library.model import Skipped
    from index.readers import read_bytes

    if not data:
        return
    ending, wrap = _KINDS[data[0] % len(_KINDS)]
    name, _, rest = data[1:].partition(b"\n")
    article = read_bytes(wrap(rest), os.fsdecode(name.replace(b"\0", b"")[:200]) + ending)
    kept, owner, other = library(), server(1), person(1)
    kept.erase(owner)
    addition = kept.add(owner, article, at=0)
    entry = addition.entry
    hold(addition.skipped is None, "what is not there is added")
    hold(kept.article(owner, entry.number) == article, "what is kept is what was read")
    hold(kept.add(owner, article, at=1).skipped is Skipped.SAME_TEXT, "the same is not added again")
    hold(kept.entries(owner) == (entry,) and not kept.entries(other), "it is its owner's alone")
    hold(kept.find(owner, article.id) == entry, "it is found by its text")
    for typed in (str(entry.number), entry.title or "", article.text[:40]):
        try:
            hold(pick(kept, owner, typed) == entry, "it is found by its number and headline")
        except (CommandError, UnknownArticle):
            hold(typed != str(entry.number), "a number is always found")
    hold(0 < len(label(entry)) <= 100, "a choice has 1 to 100 characters")
    sent(discord_library.listing((entry,), kept.size(owner), article.text[:60], more=True))
    sent(discord_library.details(entry, (entry,)))
    sent(discord_library.added((discord_library.Outcome(entry.source or "x", addition),)))
    try:
        hits = look_up(kept, owner, article.text[:300])
    except QuestionError:
        hits = ()
    sent(discord_library.found(hits, article.text[:300]))
    hold(all(hit.text in article.text for hit in hits), "what is found is the article's")
    changes = kept.refresh(owner, entry.number, article, at=2)
    hold(not changes, "nothing changed")


@cache
def library() -> Library:
    """A library that is gone with the process."""
    from index.library.opening import open_library

    return open_library(Path(_folder().name) / "fuzzed.db")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone with the process."""
    return tempfile.TemporaryDirectory()
