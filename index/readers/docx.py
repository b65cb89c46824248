"""DOCX: the paragraphs of a Word document, with what their styles and the document's properties say."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from index.article import Article, Kind
from index.errors import ReadError, SourceTooLarge
from index.phrases import Phrase
from index.readers.archive import MAX_MEMBER, check_sizes, damaged, open_archive
from index.readers.information import sane_author, sane_day, sane_title
from index.readers.parts import assemble, by
from index.readers.structure import Head, find_structure

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What stands for a text box in programs that know none: the same text once more."""

_MARKS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
"""Elements that stand for a character."""

_NOTES = ("/footnotes", "/endnotes")
_NOTE = (f"{_W}footnote", f"{_W}endnote")

_TEMPLATE = dt.datetime(2013, 12, 23, 23, 15, tzinfo=dt.UTC)
"""When the template was made that python-docx fills in; every document of its says so."""

_STYLES = (("Title", Kind.HEADLINE), ("Subtitle", Kind.STANDFIRST), ("Heading", Kind.HEADING), ("TOC", Kind.FURNITURE))
"""How the names of styles start, and what they make of a paragraph."""


@dataclass(slots=True)
class _Open:
    """A paragraph whose end is not reached yet: its pieces, and the id of its style."""

    parts: list[str] = field(default_factory=list)
    style: str = ""

    def take(self, element: Any) -> None:  # noqa: ANN401 - lxml's elements are of several classes
        """An element within it."""
        tag = element.tag
        if tag == f"{_W}t":
            self.parts.append(element.text or "")
        elif tag == f"{_W}pStyle":
            self.style = self.style or str(element.get(f"{_W}val", ""))
        else:
            self.parts.append(_MARKS.get(tag, ""))


def _paragraphs(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - see above
    """(text in one line, id of its style) of every paragraph below an element; linear, and nothing recurses.

    Tracked deletions and field codes are other elements and stay out; what was inserted is in.
    """
    from lxml import etree

    open_ones: list[_Open] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag == _FALLBACK:
            skipped += 1 if starts else -1
        elif skipped:
            continue
        elif element.tag == f"{_W}p" and starts:
            open_ones.append(_Open())
        elif element.tag == f"{_W}p":
            paragraph = open_ones.pop()
            if text := " ".join("".join(paragraph.parts).split()):
                yield text, paragraph.style
        elif starts and open_ones:
            open_ones[-1].take(element)


def _notes(document: "Document") -> Iterator[str]:
    """Footnotes and endnotes, without the lines that part them from the text."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.tag in _NOTE and not note.get(f"{_W}type"):
                yield from (text for text, _ in _paragraphs(note))


def _margins(document: "Document") -> Iterator[str]:
    """The distinct lines of page headers and footers."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (section.header, section.footer):
            if part.is_linked_to_previous:
                continue
            for text, _ in _paragraphs(part._element):  # noqa: SLF001 - tables and boxes are not in its paragraphs
                if text not in seen:
                    seen.add(text)
                    yield text


def _kinds(texts: list[str], styles: list[str]) -> tuple[list[Kind], Head]:
    """What every paragraph is, and what they say of the whole: by form and place, but styles have the last word."""
    kinds, head = find_structure(texts, [True] * len(texts))
    styled = [next((kind for start, kind in _STYLES if style.startswith(start)), None) for style in styles]
    if Kind.HEADLINE in styled:
        kinds = [Kind.BODY if kind is Kind.HEADLINE else kind for kind in kinds]
        head = replace(head, title=texts[styled.index(Kind.HEADLINE)])
    for i, kind in enumerate(styled):
        # A first heading that looks like the headline is the headline.
        if kind is not None and not (kind is Kind.HEADING and kinds[i] is Kind.HEADLINE):
            kinds[i] = kind
    return kinds, head


def _open(data: bytes, called: str) -> "Document":
    """Open the document once it is sure to unpack to little."""
    import docx

    with open_archive(data, called) as archive:
        if any(m.file_size > MAX_MEMBER for m in archive.infolist() if m.filename.lower().endswith((".xml", ".rels"))):
            raise SourceTooLarge(
                "{file} unpacks to more than {most} MB: cut it down to the article and try again.",
                file=called,
                most=MAX_MEMBER // 1_000_000,
            )
        check_sizes(archive, called)
    return docx.Document(io.BytesIO(data))


def read_docx(data: bytes, name: str, max_text: int) -> Article:
    """Make an article of a Word document.

    `Article.text` is made here: the paragraphs in their order, those of tables and text boxes included, then notes,
    then page headers and footers as furniture, with a blank line between two.

    Args:
        data: the file.
        name: where it was read from.
        max_text: characters of the longest text that is taken.

    Raises:
        SourceTooLarge: it unpacks to too much, or has more than `max_text` characters.
        ProtectedSource: it is encrypted.
        UnsupportedSource: it is damaged, or no Word document after all.
    """
    called = name or Phrase("The document")
    try:
        document = _open(data, called)
        body = list(_paragraphs(document.element.body))
        styles = {style.style_id: str(style.name) for style in document.styles}
        notes, margins = list(_notes(document)), list(_margins(document))
        properties = document.core_properties
        title, author = sane_title(properties.title), sane_author(properties.author)
        created = sane_day(properties.created) if properties.created != _TEMPLATE else None
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        raise damaged(called) from error
    if sum(len(text) for text, _ in body) > max_text:
        raise SourceTooLarge(
            "{file} holds more than {most:,} characters of text: cut it down to the article and try again.",
            file=called,
            most=max_text,
        )
    texts = [text for text, _ in body]
    kinds, head = _kinds(texts, [styles.get(style, style) for _, style in body])
    parts = [*zip(texts, kinds, strict=True), *((text, Kind.BODY) for text in notes)]
    parts += [(text, Kind.FURNITURE) for text in margins]
    byline = head.byline or by([author] if author else [])
    return assemble(parts, name, Head(head.title or title, byline, head.published or created, head.url))
