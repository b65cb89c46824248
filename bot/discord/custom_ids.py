"""What buttons carry in their custom_id: all they need, so that they live on when the bot restarts.

Whoever runs a modified client can send any custom_id, and the article may have been changed since: every value is
checked against the article before it is used.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.translation import N_
from index.article import Passage, Sentence
from index.errors import CommandError
from index.indexer import Index

MAX_CUSTOM_ID = 100

_ARTICLE = "(?P<article>[0-9a-f]{12})"
_FITS_NOT = N_("This button does not fit the article; ask your question again.")
_STALE = N_("This button belongs to another article than the one I answer from now; ask your question again.")


def check_article(article: str, index: Index) -> None:
    """Refuse a button of another article.

    Raises:
        CommandError: it is another one.
    """
    if article != index.article.id:
        raise CommandError(_STALE)


def _fitting(head: str, joint: str, parts: Sequence[object]) -> str:
    """A custom_id with as many of up to eight parts as fit, the first ones."""
    kept = [str(part) for part in parts[:8]]
    while len(head + joint.join(kept)) > MAX_CUSTOM_ID:
        kept.pop()
    return head + joint.join(kept)


@dataclass(frozen=True, slots=True)
class PassageId:
    """Opens a passage.

    Attributes:
        article: id of the article.
        passage: number of the passage; 0 for the lines at the article's head, which are in none.
        part: 1-based part of a passage that one message cannot hold.
        start: offset of the quote to mark; equal to `end` where there is none.
        end: offset behind it.
    """

    article: str
    passage: int
    part: int
    start: int
    end: int

    PATTERN = re.compile(
        rf"pq:p:{_ARTICLE}:(?P<passage>[0-9]{{1,7}}):(?P<part>[0-9]{{1,4}}):(?P<start>[0-9]{{1,9}}):(?P<end>[0-9]{{1,9}})"
    )

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:p:{self.article}:{self.passage}:{self.part}:{self.start}:{self.end}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        numbers = (int(match[name]) for name in ("passage", "part", "start", "end"))
        return cls(match["article"], *numbers)

    def find(self, index: Index) -> Passage:
        """The passage.

        Raises:
            CommandError: it is of another article, or there is no such passage, or the mark is not in it.
        """
        check_article(self.article, index)
        if not 1 <= self.passage <= len(index.passages):
            raise CommandError(_FITS_NOT)
        passage = index.passages[self.passage - 1]
        marks = self.start != self.end
        if self.part < 1 or (marks and not passage.start <= self.start < self.end <= passage.end):
            raise CommandError(_FITS_NOT)
        return passage


@dataclass(frozen=True, slots=True)
class MoreId:
    """Shows further sentences.

    Attributes:
        article: id of the article.
        first: the number that the first of them is cited with.
        sentences: their numbers in the article, best first.
    """

    article: str
    first: int
    sentences: tuple[int, ...]

    PATTERN = re.compile(
        rf"pq:m:{_ARTICLE}:(?P<first>[0-9]{{1,3}}):(?P<sentences>[0-9]{{1,7}}(?:\.[0-9]{{1,7}}){{0,7}})"
    )

    def __str__(self) -> str:
        """As a custom_id; sentences that do not fit are left out, the worst first."""
        return _fitting(f"pq:m:{self.article}:{self.first}:", ".", self.sentences)

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["article"], int(match["first"]), tuple(int(n) for n in match["sentences"].split(".")))

    def find(self, index: Index) -> tuple[Sentence, ...]:
        """The sentences, each once.

        Raises:
            CommandError: they are of another article, or there is no such sentence.
        """
        check_article(self.article, index)
        if self.first < 1 or any(n >= len(index.sentences) for n in self.sentences):
            raise CommandError(_FITS_NOT)
        return tuple(index.sentences[n] for n in dict.fromkeys(self.sentences))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A sentence of some article of a library.

    Attributes:
        number: of the article, in the library of whoever's place it is.
        mark: the first four digits of the article's id: tells whether its text is still the same.
        sentence: its number in the article.
    """

    number: int
    mark: str
    sentence: int

    def __str__(self) -> str:
        """As a custom_id holds it: `12.a3f9.45`."""
        return f"{self.number}.{self.mark}.{self.sentence}"


@dataclass(frozen=True, slots=True)
class AcrossId:
    """Shows further sentences, of several articles.

    Attributes:
        first: the number that the first of them is cited with.
        places: where they stand, best first.
    """

    first: int
    places: tuple[Elsewhere, ...]

    PATTERN = re.compile(
        r"pq:y:(?P<first>[0-9]{1,3}):(?P<places>[0-9]{1,9}\.[0-9a-f]{4}\.[0-9]{1,7}(?:-[0-9]{1,9}\.[0-9a-f]{4}\.[0-9]{1,7}){0,7})"
    )

    def __str__(self) -> str:
        """As a custom_id; sentences that do not fit are left out, the worst first."""
        return _fitting(f"pq:y:{self.first}:", "-", self.places)

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        parts = (place.split(".") for place in match["places"].split("-"))
        return cls(int(match["first"]), tuple(Elsewhere(int(n), mark, int(s)) for n, mark, s in parts))

    @staticmethod
    def sentence(place: Elsewhere, index: Index) -> Sentence:
        """A sentence of one of the articles.

        Args:
            place: where it stands.
            index: the index of the article of that number.

        Raises:
            CommandError: the article's text is another one now, or there is no such sentence.
        """
        if not index.article.id.startswith(place.mark):
            raise CommandError(_STALE)
        if place.sentence >= len(index.sentences):
            raise CommandError(_FITS_NOT)
        return index.sentences[place.sentence]


@dataclass(frozen=True, slots=True)
class ShareId:
    """Posts a private answer for all to see.

    Attributes:
        article: id of the article.
        asker: id of the person who asked; nobody else may share.
    """

    article: str
    asker: int

    PATTERN = re.compile(rf"pq:s:{_ARTICLE}:(?P<asker>[0-9]{{1,20}})")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:s:{self.article}:{self.asker}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["article"], int(match["asker"]))


@dataclass(frozen=True, slots=True)
class FollowUpId:
    """Opens a form for a follow-up; what it follows stands on the message.

    Attributes:
        article: id of the article.
    """

    article: str

    PATTERN = re.compile(rf"pq:u:{_ARTICLE}")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:u:{self.article}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["article"])


@dataclass(frozen=True, slots=True)
class DeleteId:
    """Deletes the message that it is on.

    Attributes:
        asker: id of the person whose message it is; besides them only moderators may.
    """

    asker: int

    PATTERN = re.compile(r"pq:x:(?P<asker>[0-9]{1,20})")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:x:{self.asker}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(int(match["asker"]))


@dataclass(frozen=True, slots=True)
class CardId:
    """Draws the answer on the message as a card.

    Attributes:
        action: `open` a card in a message of its own, `turn` the one on the message, or `post` it for all.
        article: id of the article.
        theme: how it is coloured: "light" or "dark".
        sentences: numbers of the quoted sentences, in the order of the answer.
    """

    action: str
    article: str
    theme: str
    sentences: tuple[int, ...]

    PATTERN = re.compile(
        rf"pq:c:(?P<action>open|turn|post):{_ARTICLE}:(?P<theme>light|dark):"
        r"(?P<sentences>[0-9]{1,7}(?:\.[0-9]{1,7}){0,2})"
    )

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:c:{self.action}:{self.article}:{self.theme}:{'.'.join(map(str, self.sentences[:3]))}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        numbers = tuple(int(n) for n in match["sentences"].split("."))
        return cls(match["action"], match["article"], match["theme"], numbers)

    def find(self, index: Index) -> tuple[Sentence, ...]:
        """The sentences, each once.

        Raises:
            CommandError: they are of another article, or there is no such sentence.
        """
        return MoreId(self.article, 1, self.sentences).find(index)


@dataclass(frozen=True, slots=True)
class PageId:
    """Turns to a page of something that was longer than a message.

    Attributes:
        key: what the pages are kept under.
        page: 1-based.
    """

    key: str
    page: int

    PATTERN = re.compile(r"pq:n:(?P<key>[0-9a-f]{16}):(?P<page>[0-9]{1,4})")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:n:{self.key}:{self.page}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["key"], int(match["page"]))
