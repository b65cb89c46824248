"""Makes questions without an answer from those that have one."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.cross_encoder.documents import Document, Question
from index.analyzer import terms, tokens

_OPPOSITES = (
    "first last|most least|before after|largest smallest|biggest smallest|increase decrease|increased decreased"
    "|north south|east west|northern southern|eastern western|highest lowest|high low|higher lower|more fewer"
    "|above below|early late|earlier later|won lost|win lose|oldest youngest|old young|male female|men women"
    "|start end|started ended|begin end|began ended|born killed|inside outside|arrived left|accept reject"
    "|accepted rejected|longest shortest|long short|large small|major minor|best worst|good bad|rise fall|rose fell"
    "|support oppose|supported opposed|always never|allowed forbidden|public private|open close|opened closed"
    "|buy sell|bought sold|primary secondary|modern ancient|maximum minimum|strong weak|majority minority|many few"
)
OPPOSITES = {a: b for pair in _OPPOSITES.split("|") for a, b in (pair.split(), pair.split()[::-1])}
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|must)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w’'-]*)*")
_ARTICLE = re.compile(r"\b(?:the|an?|of|what|which|his|her|their|its|['’]s)\s+$", re.IGNORECASE)
_BEHIND_ARTICLE = re.compile(r"\b(?:the|an?|of)\s+([a-z]{4,})\b")
_VERB = re.compile(
    r"\b[Dd](?:id|oes|o)\s+(?:he|she|it|they|the\s+[a-z]+|(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\s+([a-z]{3,})\b"
)
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")


@dataclass(frozen=True, slots=True)
class _Maker:
    """Ways to change one answerable question; each returns the new question, or None where it does not apply.

    Attributes:
        text: the question.
        document: its article.
        gold_text: the sentences that answer it.
        rng: all chance comes from it.
    """

    text: str
    document: Document
    gold_text: str
    rng: random.Random

    def _replaced(self, start: int, end: int, others: Sequence[str]) -> str | None:
        """The question with a stretch of it replaced by one of the others that it does not hold yet."""
        new = [other for other in others if other.casefold() not in self.text.casefold()]
        return self.text[:start] + self.rng.choice(new) + self.text[end:] if new else None

    def _sample(self) -> list[str]:
        """Some sentences of the article."""
        return self.rng.sample(self.document.texts, min(25, len(self.document.texts)))

    def name(self) -> str | None:
        """Another name of the article, about as long, that the answer does not hold."""
        spots = [m for m in _NAME.finditer(self.text) if m.start() > 0 and m[0] != "I"]
        if not spots:
            return None
        spot = self.rng.choice(spots)
        names = [m[0] for t in self._sample() for m in _NAME.finditer(t) if m.start() > 0 and len(m[0]) > 2]
        wanted = len(spot[0].split())
        alike = [n for n in names if n not in self.gold_text and abs(len(n.split()) - wanted) <= 1]
        return self._replaced(spot.start(), spot.end(), alike)

    def number(self) -> str | None:
        """Another number of the article with as many digits."""
        spots = list(_NUMBER.finditer(self.text))
        if not spots:
            return None
        spot = self.rng.choice(spots)
        numbers = [m[0] for t in self.document.texts for m in _NUMBER.finditer(t)]
        alike = [n for n in numbers if len(n) == len(spot[0]) and n not in self.gold_text]
        return self._replaced(spot.start(), spot.end(), alike)

    def opposite(self) -> str | None:
        """A word turned into its opposite."""
        spots = [m for m in re.finditer(r"\w+", self.text) if m[0] in OPPOSITES]
        if not spots:
            return None
        spot = self.rng.choice(spots)
        return self._replaced(spot.start(), spot.end(), [OPPOSITES[spot[0]]])

    def negation(self) -> str | None:
        """The first auxiliary verb denied."""
        spot = _AUXILIARY.search(self.text)
        if spot is None or re.search(r"\bnot\b|n't", self.text):
            return None
        contracted = {"can": "can't", "will": "won't"}.get(spot[0].casefold(), spot[0] + "n't")
        denied = self.rng.choice((contracted, f"{spot[0]} not", f"{spot[0]} never"))
        return self.text[: spot.start()] + denied + self.text[spot.end() :]

    def verb(self) -> str | None:
        """What somebody did, replaced by what another question of the article asks of somebody."""
        spot = _VERB.search(self.text)
        if spot is None:
            return None
        asked = (_VERB.search(q.text) for q in self.document.questions if q.answerable)
        stem = set(terms(spot[1])) | set(terms(self.gold_text))
        alike = [m[1] for m in asked if m is not None and set(terms(m[1])) - stem]
        return self._replaced(spot.start(1), spot.end(1), alike)

    def word(self) -> str | None:
        """A noun or adjective that the answer shares, replaced by one of elsewhere in the article."""
        wanted = set(terms(self.gold_text))
        # Behind an article in both places: broken grammar must not give a made question away.
        shared = [t for t in tokens(self.text) if not t.stop and t.term in wanted and self.text[t.start].islower()]
        shared = [t for t in shared if _ARTICLE.search(self.text[: t.start])]
        if not shared:
            return None
        spot = self.rng.choice(shared)
        plural = self.text[spot.start : spot.end].endswith("s")
        words = [m[1] for t in self._sample() for m in _BEHIND_ARTICLE.finditer(t)]
        alike = [w for w in words if w.endswith("s") == plural and set(terms(w)) - wanted]
        return self._replaced(spot.start, spot.end, alike)


def unanswerable(document: Document, question: Question, rng: random.Random, *, verbs: bool = False) -> str | None:
    """Change an answerable question so that the article no longer answers it, most likely.

    Args:
        document: the article.
        question: answered by it.
        rng: all chance comes from it.
        verbs: whether what somebody did is a thing to exchange, too.

    Returns:
        the new question, or None where none of the ways applies.
    """
    maker = _Maker(question.text, document, " ".join(document.texts[i] for i in question.gold), rng)
    ways = [maker.name, maker.name, maker.number, maker.opposite, maker.word, maker.word]
    ways += [maker.verb] * verbs
    # People do ask what was not said or done: too many of these would teach to turn every "not" down.
    ways += [maker.negation] * (rng.random() < 0.5)
    rng.shuffle(ways)
    return next((made for way in ways if (made := way()) is not None), None)
