"""What is known when a follow-up is read: the question, what came before it, and the article."""

import re

from bot.conversation.asked import Asked, plain, take_apart
from bot.conversation.demonstratives import demonstrated
from bot.conversation.gist import gist
from bot.conversation.history import Conversation, Turn
from bot.conversation.mentions import Mention
from bot.conversation.names import Names, names_of
from bot.conversation.pronouns import filled, open_pronouns
from bot.conversation.referents import Referent, answer_in, referents
from bot.conversation.resolved import FollowUp, Resolved
from bot.english.gazetteer import MONTHS, WEEKDAYS
from index.indexer import Index

_DAYS = re.compile(
    rf"\b(?:{'|'.join(sorted(WEEKDAYS | (MONTHS - {'may', 'march', 'mar', 'sep', 'dec', 'oct', 'jan', 'jun'})))})\b"
)


class Context:
    """A question, and what was asked and quoted before it; at least one turn.

    Attributes:
        typed: the question as it was typed.
        text: the question as `bot.conversation.asked.plain` makes it.
        asked: its parts.
        conversation: what came before.
        last: the turn before.
        index: of the article.
        names: of the article.
    """

    def __init__(self, question: str, conversation: Conversation, index: Index) -> None:
        """Take the question apart."""
        self.typed = question
        self.text = plain(question)
        self.conversation = conversation
        self.last: Turn = conversation.turns[-1]
        self.index = index
        self.names: Names = names_of(index)
        self.asked: Asked = take_apart(question, self.names)

    def read(
        self, text: str | None, kind: FollowUp, *, exclude: bool = False, near: tuple[int, ...] | None = None
    ) -> Resolved | None:
        """A reading, shown where it differs from what was typed; None of no text.

        Args:
            text: the question that was understood, without its mark.
            kind: how it leans on what came before.
            exclude: whether what was quoted would be no news.
            near: the sentences that it is about; what was quoted last if None.
        """
        if not text:
            return None
        # What was put in may have been nothing, and leave two spaces.
        named = _DAYS.sub(lambda m: m[0].capitalize(), self.names.cased(" ".join(text.split())))
        question = f"{named[:1].upper()}{named[1:]}?"
        same = plain(question).casefold() == self.text.casefold()
        return Resolved(
            self.typed if same else self.names.short(question, self.text),
            None if same else question,
            kind,
            self.quoted() if exclude else frozenset(),
            self.lately() if near is None else near,
            self.quoted(),
            self.typed,
        )

    def quoted(self) -> frozenset[int]:
        """Everything that was quoted so far."""
        return frozenset(n for turn in self.conversation.turns for n in turn.sentences)

    def lately(self) -> tuple[int, ...]:
        """What was quoted last, though the question before may have been refused."""
        return next((turn.sentences for turn in reversed(self.conversation.turns) if turn.sentences), ())

    def last_quote(self) -> str | None:
        """The first sentence of what was quoted last, however long ago."""
        return next((self._sentence(number) for number in self.lately()[:1]), None)

    def gist(self) -> str | None:
        """What was quoted last, as a clause."""
        quote = self.last_quote()
        return None if quote is None else gist(quote, self.names)

    def answer(self) -> Mention | None:
        """What the quote for the question before answered it with, where that is seen."""
        quote = next((self._sentence(number) for number in self.last.sentences[:1]), None)
        return None if quote is None else answer_in(self.last.question, quote, self.names)

    def referents(self) -> list[Referent]:
        """What was spoken of, most to the fore first."""
        return referents(self.conversation, self.index, self.names)

    def filled(self, text: str) -> str | None:
        """A text with its open pronouns and demonstratives filled in; None where there is none."""
        if any(True for _ in open_pronouns(text, self.names)):
            filled_in = filled(text, self.referents(), self.index, self.names)
            if filled_in:
                return demonstrated(filled_in, self.referents()) or filled_in
        return demonstrated(text, self.referents())

    def _sentence(self, number: int) -> str | None:
        """A sentence's text; None where the article has none of that number, as one remembered of another may be."""
        sentences = self.index.sentences
        return sentences[number].text if 0 <= number < len(sentences) else None
