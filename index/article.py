"""The article and its parts: paragraphs, sentences, passages; each knows where it stands in the text.

All offsets count characters (Unicode code points) of `Article.text`, start included, end excluded, so that
`article.text[part.start:part.end] == part.text` for every part. `Article.text` is never changed.
"""

import datetime as dt
import enum
import hashlib
from dataclasses import dataclass, field

from index.phrases import N_


class Kind(enum.StrEnum):
    """What a paragraph is to the article."""

    HEADLINE = N_("headline")
    STANDFIRST = N_("standfirst")
    BYLINE = N_("byline")
    DATE = N_("date")
    HEADING = N_("heading")
    BODY = N_("body")
    FURNITURE = N_("furniture")

    @property
    def is_prose(self) -> bool:
        """Whether sentences of such a paragraph may answer any question."""
        return self in (Kind.STANDFIRST, Kind.BODY)

    @property
    def is_head(self) -> bool:
        """Whether such a paragraph stands above (or below) the story rather than in it."""
        return self in (Kind.HEADLINE, Kind.STANDFIRST, Kind.BYLINE, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article's text.

    Attributes:
        number: 1-based position among all paragraphs, furniture included.
        start: offset of its first character in `Article.text`.
        end: offset behind its last character.
        text: the text itself, without the white space around it.
        kind: what it is to the article.
    """

    number: int
    start: int
    end: int
    text: str
    kind: Kind = Kind.BODY

    @property
    def furniture(self) -> bool:
        """Whether the paragraph belongs to the page and not to the article."""
        return self.kind is Kind.FURNITURE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence.

    Attributes:
        number: 0-based position among the article's sentences.
        start: offset of its first character in `Article.text`.
        end: offset behind its last character.
        text: the text itself.
        paragraph: number of its paragraph (1-based).
        kind: kind of its paragraph; never furniture.
    """

    number: int
    start: int
    end: int
    text: str
    paragraph: int
    kind: Kind = Kind.BODY


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of neighbouring sentences; the unit of retrieval.

    Attributes:
        number: 1-based, as it is cited.
        start: offset of its first character in `Article.text`.
        end: offset behind its last character.
        text: the text itself, with the white space between its paragraphs.
        sentences: numbers of its sentences, ascending.
    """

    number: int
    start: int
    end: int
    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it was read.

    Attributes:
        text: the text, untouched: the decoded file (a byte order mark left out), or what a reader of a
            format that is not plain text (HTML, PDF) extracted.
        title: the headline, or None.
        byline: who wrote it, as it is printed ("Via AP news wire"), or None.
        published: the day of publication, or None.
        url: where the article stands on the web, or None.
        paragraphs: in order of their offsets, not overlapping; furniture is marked, never removed.
        source: where it was read from, to show to a person.
        left_out: words that the page shows and `text` has not, because a reader took them for no part of the article:
            menus, lists of other stories; 0 or more.
        id: 12 hexadecimal digits of the text's SHA-256.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    published: dt.date | None = None
    url: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    source: str = ""
    left_out: int = 0
    id: str = field(init=False)

    def __post_init__(self) -> None:
        """Derive the id; `surrogatepass` because a decoded file may hold lone surrogates."""
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", digest[:12])

    @property
    def furniture(self) -> tuple[Paragraph, ...]:
        """The paragraphs that were set aside."""
        return tuple(p for p in self.paragraphs if p.furniture)
