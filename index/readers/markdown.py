"""Markdown: the file as it is, with its markup taken into account; nothing is rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.article import Article, Kind, Paragraph
from index.furniture import mark_furniture
from index.readers.bylines import is_byline, is_sign_off
from index.readers.dates import find_date, is_date_line

_LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?P<text>\S.*)$")
_CLOSING = re.compile(r"(?<![ \t])[ \t]++#+$")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_IMAGE = re.compile(r"(?:\[?!\[[^\]]{0,1000}\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])(?:\]\([^)]{0,2000}\))?\s*)+$")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]{1,200}\]:\s*\S+")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]{1,50}\]:[ \t]*")
_TAGS_ONLY = re.compile(r"\s*(?:</?[a-zA-Z][^<>]{0,1000}>\s*)+$")
_TABLE_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)+(?:\|\s*+)?$")
_LINK = re.compile(r"!?\[([^\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,200}\")?\)")
_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,40}?)\s*[:=]\s*(?P<value>\S.*)?$")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]*_]*$")
_EMPHASIS = "*_ \t"

_TITLE_KEYS = ("title", "headline")
_BYLINE_KEYS = ("byline", "author", "authors", "by")
_DATE_KEYS = ("date", "published", "pubdate", "publishdate", "publish_date", "date_published", "created")
_URL_KEYS = ("url", "source", "canonical", "canonical_url", "source_url", "link", "original")

_TOP = 8
"""Paragraphs at the start of the text among which byline and date may stand."""


@dataclass(slots=True)
class _Piece:
    """A paragraph in the making; offsets count in the whole text."""

    start: int
    end: int
    kind: Kind
    level: int = 0
    quoted: bool = False


@dataclass(slots=True)
class _Parser:
    """A line-by-line reader of the blocks that matter here.

    Attributes:
        text: the whole file.
        pieces: what was found so far.
        open: whether the last piece is a paragraph that the next line may continue.
        fence: the mark that closes the code block that is open, or an empty text.
        comment: whether an HTML comment is open.
    """

    text: str
    pieces: list[_Piece] = field(default_factory=list)
    open: bool = False
    fence: str = ""
    comment: bool = False
    blank_before: bool = True

    def feed(self, start: int, line: str) -> None:
        """Take the next line, without its line break."""
        bare = line.strip()
        if self.fence or self.comment:
            self._inside(start, line, bare)
            return
        if not bare:
            self.open, self.blank_before = False, True
            return
        was_blank, self.blank_before = self.blank_before, False
        if fence := _FENCE.match(line):
            self.fence = fence[1]
            self._add(start, line, Kind.FURNITURE)
        elif bare.startswith("<!--"):
            self.comment = "-->" not in bare
            self._add(start, line, Kind.FURNITURE)
        elif heading := _HEADING.match(line):
            self._heading(start, heading)
        elif self.open and _SETEXT.match(line) and not self.pieces[-1].quoted:
            last = self.pieces[-1]
            last.kind, last.level = Kind.HEADING, 1 if "=" in line else 2
            self._add(start, line, Kind.FURNITURE)
        elif self._is_furniture(line, bare, was_blank=was_blank):
            self._add(start, line, Kind.FURNITURE)
        else:
            self._prose(start, line)

    def _inside(self, start: int, line: str, bare: str) -> None:
        """A line of the code block or the comment that is open."""
        last = self.pieces[-1]
        if bare:
            last.end = start + len(line.rstrip())
        if self.fence:
            if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
        elif "-->" in line:
            self.comment = False

    def _is_furniture(self, line: str, bare: str, *, was_blank: bool) -> bool:
        """Whether a line holds no words of the article: a rule, a picture, a table, a definition, tags, code."""
        if _RULE.match(line) or _IMAGE.match(bare) or _TAGS_ONLY.match(line) or _DEFINITION.match(line):
            return True
        if line.startswith(("    ", "\t")) and was_blank and not _ITEM.match(line) and not self._in_list():
            return True
        return _TABLE_RULE.match(line) is not None or (bare.startswith("|") and bare.endswith("|") and len(bare) > 1)

    def _in_list(self) -> bool:
        """Whether the last piece was a list item, whose indented paragraphs are prose."""
        if not self.pieces:
            return False
        start = self.pieces[-1].start
        line_start = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        head = self.text[line_start:start]
        return head.startswith(("    ", "\t")) or bool(head.strip(" \t>"))

    def _add(self, start: int, line: str, kind: Kind) -> None:
        """Add a piece of one line that no other line continues."""
        indent = len(line) - len(line.lstrip())
        self.pieces.append(_Piece(start + indent, start + len(line.rstrip()), kind))
        self.open = False

    def _heading(self, start: int, match: re.Match[str]) -> None:
        """A heading with number signs; they are left out of its span."""
        words = _CLOSING.sub("", match["text"].rstrip())
        left = start + match.start("text")
        self.pieces.append(_Piece(left, left + len(words), Kind.HEADING, len(match[1])))
        self.open = False

    def _prose(self, start: int, line: str) -> None:
        """A line of a paragraph, of a list item or of a block quotation."""
        quote = _QUOTE.match(line)
        offset = quote.end() if quote else 0
        item = _ITEM.match(line, offset) or _FOOTNOTE.match(line, offset)
        offset = item.end() if item else offset + len(line[offset:]) - len(line[offset:].lstrip())
        end = start + len(line.rstrip())
        if start + offset >= end:
            self.open = False
            return
        last = self.pieces[-1] if self.open else None
        # The mark of a quotation would stand inside the paragraph: better two, where a sentence ends with the line.
        ends = last is not None and quote and _ENDS_SENTENCE.search(self.text[max(last.start, last.end - 8) : last.end])
        if last is not None and not item and not ends and last.quoted >= bool(quote):
            last.end = end
        else:
            self.pieces.append(_Piece(start + offset, end, Kind.BODY, quoted=bool(quote)))
        self.open = True


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """(offset, line without its break) from an offset on."""
    for match in _LINE.finditer(text, start):
        yield match.start(), match.group().rstrip("\r\n")


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """(fields, offset behind the closing mark); no fields and 0 where there is none."""
    lines = _lines(text, 0)
    _, first = next(lines, (0, ""))
    mark = first.rstrip()
    if mark not in ("---", "+++"):
        return {}, 0
    fields: dict[str, str] = {}
    last_key = ""
    for number, (start, line) in enumerate(lines):
        if line.rstrip() in (mark, "..." if mark == "---" else mark):
            return fields, start + len(line)
        if number > 200 or (number == 0 and not line.strip()):
            break
        if found := _FIELD.match(line):
            last_key = found["key"].strip().lower().replace(" ", "_")
            fields.setdefault(last_key, (found["value"] or "").strip().strip("\"'[]"))
        elif last_key and line.strip().startswith("- "):
            value = line.strip()[2:].strip().strip("\"'")
            fields[last_key] = f"{fields[last_key]} and {value}" if fields[last_key] else value
    return {}, 0


def _first(fields: dict[str, str], keys: tuple[str, ...]) -> str | None:
    """The value of the first key that is there."""
    return next((fields[key] for key in keys if fields.get(key)), None)


def _plain(text: str) -> str:
    """A paragraph without the marks of links and emphasis, to recognise it by."""
    return _LINK.sub(r"\1", text[:3_000]).strip(_EMPHASIS)


def _mark_head(text: str, pieces: list[_Piece], title: str | None) -> int | None:
    """Find headline, byline and date; the position of the headline, or None."""
    first = next((i for i, p in enumerate(pieces) if p.kind in (Kind.BODY, Kind.HEADING)), None)
    headline = next((i for i, p in enumerate(pieces) if p.kind is Kind.HEADING and p.level == 1), None)
    if headline is None and title is None and first is not None and pieces[first].kind is Kind.HEADING:
        headline = first
    if headline is not None:
        pieces[headline].kind = Kind.HEADLINE
    start = headline if headline is not None else (first or 0)
    who: int | None = None
    for i in range(start, min(len(pieces), start + _TOP)):
        line = _plain(text[pieces[i].start : pieces[i].end])
        if pieces[i].kind is not Kind.BODY:
            continue
        if is_date_line(line):
            pieces[i].kind, who = Kind.DATE, i
        elif is_byline(line):
            pieces[i].kind, who = Kind.BYLINE, i
    if headline is not None and who is not None and who - headline == 2 and pieces[headline + 1].kind is Kind.BODY:
        pieces[headline + 1].kind = Kind.STANDFIRST
    if pieces and pieces[-1].kind is Kind.BODY and is_sign_off(_plain(text[pieces[-1].start : pieces[-1].end])):
        pieces[-1].kind = Kind.BYLINE
    return headline


def _mark_page_furniture(text: str, pieces: list[_Piece]) -> None:
    """A page that was saved as Markdown brings its furniture along."""
    prose = [p for p in pieces if p.kind is Kind.BODY]
    flags = mark_furniture([_plain(text[p.start : p.end]) for p in prose], [True] * len(prose))
    for piece, flag in zip(prose, flags, strict=True):
        if flag:
            piece.kind = Kind.FURNITURE


def read_markdown(text: str, source: str) -> Article:
    """Make an article of Markdown; `Article.text` is the file untouched.

    Front matter, code, comments, tables, rules and pictures are furniture. A paragraph of a list item or of a block
    quotation starts behind its mark.

    Args:
        text: the decoded file.
        source: where it was read from.
    """
    fields, offset = _front_matter(text)
    parser = _Parser(text)
    if offset:
        parser.pieces.append(_Piece(0, offset, Kind.FURNITURE))
    for start, line in _lines(text, offset):
        parser.feed(start, line)
    pieces = [p for p in parser.pieces if text[p.start : p.end].strip()]
    title = _first(fields, _TITLE_KEYS)
    headline = _mark_head(text, pieces, title)
    _mark_page_furniture(text, pieces)
    paragraphs: list[Paragraph] = []
    for piece in pieces:
        raw = text[piece.start : piece.end]
        start = piece.start + len(raw) - len(raw.lstrip())
        end = piece.end - (len(raw) - len(raw.rstrip()))
        paragraphs.append(Paragraph(len(paragraphs) + 1, start, end, text[start:end], piece.kind))
    byline = _first(fields, _BYLINE_KEYS)
    date_field = _first(fields, _DATE_KEYS)
    published = find_date(date_field) if date_field else None
    for paragraph in paragraphs:
        if paragraph.kind is Kind.BYLINE:
            byline = byline or _plain(paragraph.text)
        if paragraph.kind in (Kind.DATE, Kind.BYLINE):
            published = published or find_date(paragraph.text)
    if title is None and headline is not None:
        title = _plain(text[pieces[headline].start : pieces[headline].end])
    url = _first(fields, _URL_KEYS)
    if url is not None and not url.startswith(("http://", "https://")):
        url = None
    return Article(text, title, byline, published, url, tuple(paragraphs), source)
