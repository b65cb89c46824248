"""What comes back for a text that is checked against the article: a `Report` with a `Finding` a claim.

Nothing here says true or false: the article is compared with, not the world.
"""

import enum
from dataclasses import dataclass

from bot.answer import Quote
from index.article import Article

Span = tuple[int, int]
"""(start, end) offsets, start included, end excluded."""


class Verdict(enum.StrEnum):
    """How the article stands to a claim."""

    SUPPORTS = "supports"
    """The article says so too."""
    DIFFERS = "differs"
    """The article says it differently, in what `Finding.differences` name."""
    NOT_FOUND = "not_found"
    """The article does not say."""


class Aspect(enum.StrEnum):
    """In what a claim and a sentence of the article differ."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    NEGATION = "negation"
    """One says that it is so, the other that it is not."""
    OPPOSITE = "opposite"
    """One uses a word, the other its opposite: rise and fall, before and after."""


class Skip(enum.StrEnum):
    """Why a part of a text is not checked."""

    QUESTION = "question"
    OPINION = "opinion"
    """What somebody thinks, feels or wants; no article can bear it out."""
    REQUEST = "request"
    """Something that is asked for: "read this", "please stop"."""
    CHATTER = "chatter"
    """A greeting, a cheer, a link alone: it states nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the article says otherwise.

    Attributes:
        aspect: what kind of thing it is.
        claimed: the claim's words for it, as typed; "" where the claim has none (a negation that only the article has).
        written: the article's words for it, verbatim; "" where the article has none.
        claim_mark: offsets of `claimed` in `Claim.text`, or None.
        quote_mark: offsets of `written` in the text of the first quote, or None.
    """

    aspect: Aspect
    claimed: str
    written: str
    claim_mark: Span | None = None
    quote_mark: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A part of a text that states something.

    Attributes:
        text: the words, verbatim: `report.text[start:end]`.
        start: offset of the first character in the text that was checked.
        end: offset behind the last character.
        read_as: what was looked for: without links, mentions and emoji, pronouns replaced by what they stand for.
    """

    text: str
    start: int
    end: int
    read_as: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the article has on a claim.

    Attributes:
        claim: the claim.
        verdict: how the article stands to it.
        quotes: sentences of the article, verbatim, best first. One or two where it supports or differs, none where it
            does not say; a second one bears the claim out as well, or is the sentence before that the first leans on.
            In `Quote.marks` are the words that differ, or the numbers, dates and names that agree.
        differences: what differs, in the order of the claim; empty unless the verdict is DIFFERS.
        alignment: share of the claim's content, weighted by rarity, that the first quote also has, 0..1; of the
            nearest sentence where the article does not say.
        missing_terms: the claim's words, as typed, that the article never uses; only where it does not say.
    """

    claim: Claim
    verdict: Verdict
    quotes: tuple[Quote, ...] = ()
    differences: tuple[Difference, ...] = ()
    alignment: float = 0.0
    missing_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a text that states nothing to be checked.

    Attributes:
        text: the words, verbatim: `report.text[start:end]`.
        start: offset of the first character.
        end: offset behind the last.
        reason: why it is not checked.
    """

    text: str
    start: int
    end: int
    reason: Skip


@dataclass(frozen=True, slots=True)
class Report:
    """A text compared with an article.

    Attributes:
        text: as it was given.
        article: what it was compared with.
        findings: one a claim, in the order of the text; none where it states nothing.
        skipped: what was not checked, in the order of the text.
    """

    text: str
    article: Article
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many claims have a verdict."""
        return sum(f.verdict is verdict for f in self.findings)
