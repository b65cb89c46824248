"""What a pronoun may stand for: everything spoken of so far, the more to the fore the better."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.asked import Gap, plain, take_apart
from bot.conversation.history import Conversation, Turn
from bot.conversation.mentions import Mention, is_time, mentions_in
from bot.conversation.names import Gender, Names, Sort
from bot.conversation.verbs import base, is_base
from bot.english.answer_words import Kind
from bot.english.expected import expected_type, spans
from index.analyzer import terms
from index.indexer import Index

SUBJECT, SPOKEN_OF, INNER = 1.0, 0.8, 0.45
"""Salience of a question's first mention, of its others, and of a name that only says more of a noun."""

ANSWER = 1.15
"""Salience of what the quote answers with: after "who came?" a "he" is who came."""

QUOTED_FIRST, QUOTED = 0.6, 0.45
"""Salience of the first mention in a quote and of its others; a person has read them, but asked for something else."""

FADING = 0.55
"""How much of its salience a mention keeps with each turn."""

REACH = 4
"""Turns back that a pronoun may reach."""

TOGETHER = 0.35
"""Salience added where the article speaks of a mention and the rest of the question in one sentence, at most."""


_NEAR_THE_START = 4
"""Characters before the first mention of a sentence that begins with its subject: an article."""


@dataclass(frozen=True, slots=True)
class Referent:
    """Something that a pronoun may stand for.

    Attributes:
        mention: what it is called.
        salience: how much it is to the fore, > 0.
    """

    mention: Mention
    salience: float


def referents(conversation: Conversation, index: Index, names: Names) -> list[Referent]:
    """What was spoken of, most to the fore first; each but once."""
    best: dict[str, Referent] = {}
    for back, turn in enumerate(reversed(conversation.turns[-REACH:])):
        for referent in _of_turn(turn, index, names):
            faded = Referent(referent.mention, referent.salience * FADING**back)
            key = referent.mention.text.casefold()
            if key not in best or best[key].salience < faded.salience:
                best[key] = faded
    return sorted(best.values(), key=lambda r: (-r.salience, r.mention.text))


def _of_turn(turn: Turn, index: Index, names: Names) -> Iterator[Referent]:
    question = plain(turn.question)
    asked = take_apart(question, names)
    first = True
    for mention in mentions_in(question, names, question=True):
        if is_time(mention):
            continue
        # "Which country" is not what "it" stands for, but the country that was quoted is.
        open_one = mention.end <= len(asked.word) and not mention.plural and not mention.named
        salience = INNER if mention.inner or open_one else SUBJECT if first else SPOKEN_OF
        # "Does Russia have a base there?" asks about the base.
        had = asked.gap is Gap.POLAR and _HAS.search(question[: mention.start]) and not mention.inner
        yield Referent(mention, ANSWER if had else salience)
        first = first and mention.inner
    for place, number in enumerate(turn.sentences[:2]):
        text = index.sentences[number].text if 0 <= number < len(index.sentences) else ""
        focus = answer_in(turn.question, text, names) if place == 0 else None
        opening = True
        for mention in mentions_in(text, names, question=False):
            if is_time(mention):
                continue
            if mention == focus:
                yield Referent(mention, ANSWER)
            else:
                yield Referent(mention, (QUOTED_FIRST if opening and not mention.inner else QUOTED) / (1 + place))
            opening = opening and mention.inner


_NOT_NAMED = (Kind.DESCRIPTION, Kind.OPEN, Kind.QUOTATION, Kind.NUMBER, Kind.REASON, Kind.MONEY)
_HAPPENS = re.compile(r"\b(?:end|ended|begin|begun|start|started|last|lasted|over|happen|happened)\W*$", re.IGNORECASE)
_HAS = re.compile(r"\b(?:have|has|had|(?:is|are|was|were) there)\s*$", re.IGNORECASE)
_WILLED = re.compile(
    r"\b(?:want|wish|hope|fear|think|believe|say|promise|demand|ask|offer|plan|agree|deny|claim|warn|urge|refuse|meet)"
    r"(?:s|ed)?\b|\b(?:said|thought|met)\b",
    re.IGNORECASE,
)
"""What only people do, or what is made up of them."""

_OPENS_WITH_PRONOUN = re.compile(r"(?:it|he|she|they|this|that)\b", re.IGNORECASE)


def answer_in(question: str, sentence: str, names: Names) -> Mention | None:
    """What a quote answers a question that asks for someone or something with, if that is seen.

    Args:
        question: stands alone.
        sentence: the quote.
        names: of the article.
    """
    asked = take_apart(question, names)
    expected = expected_type(question)
    if asked.gap is Gap.OBJECT and asked.word.casefold() == "what":
        return _object_in(sentence, asked.rest, names)
    which = asked.gap is Gap.ADJUNCT and asked.asks in ("which", "what") and bool(asked.noun)
    if not (which or asked.gap in (Gap.SUBJECT, Gap.OBJECT, Gap.IDENTITY)) or expected.kind in _NOT_NAMED:
        return None
    found = [m for m in mentions_in(sentence, names, question=False) if not m.inner]
    own = set(terms(question))
    if asked.gap is Gap.SUBJECT and asked.asks == "who":
        if _OPENS_WITH_PRONOUN.match(sentence):
            return None  # who did it stands in an earlier sentence
        opens = found[0] if found and found[0].start <= _NEAR_THE_START else None
        if opens and opens.sort in (Sort.PERSON, Sort.GROUP, Sort.COUNTRY) and not set(terms(opens.text)) <= own:
            return opens
    for start, end in spans(sentence, expected)[:1]:
        return next((m for m in found if m.start < end and start < m.end), None)
    return None


def _object_in(sentence: str, rest: str, names: Names) -> Mention | None:
    """What stands behind the verb that a question asks for the object of: "promised a new alarm" for "promise"."""
    verb = next((w for w in reversed(rest.casefold().split()) if is_base(w)), "")
    for word in re.finditer(r"[a-z]+", sentence) if verb else ():
        if verb in (word[0], base(word[0])):
            found = (m for m in mentions_in(sentence, names, question=False) if not m.inner)
            return next((m for m in found if m.start == word.end() + 1), None)
    return None


def fits(mention: Mention, pronoun: str) -> float:
    """How well a mention agrees with a pronoun, 0 (not at all) to 1.

    Args:
        mention: what it may stand for.
        pronoun: "he", "she", "it", "they" or "there".
    """
    match pronoun:
        case "he":
            return _fits_person(mention, Gender.HE)
        case "she":
            return _fits_person(mention, Gender.SHE)
        case "it":
            if mention.plural and not mention.named:
                return 0.0
            return _IT.get(mention.sort, 0.75) * (0.6 if mention.plural else 1.0)
        case "they":
            return (_THEY_ALL if mention.plural else _THEY).get(mention.sort, float(mention.plural))
        case _:
            return _THERE.get(mention.sort, 0.1)


_IT = {Sort.PERSON: 0.0, Sort.THING: 1.0, Sort.GROUP: 1.0, Sort.COUNTRY: 0.9, Sort.PLACE: 0.9}
_THEY = {Sort.GROUP: 0.85, Sort.UNKNOWN: 0.4, Sort.COUNTRY: 0.35, Sort.PERSON: 0.3, Sort.PLACE: 0.0}
_THEY_ALL = {Sort.THING: 0.85}  # people are asked about more often than things
_THERE = {Sort.PLACE: 1.0, Sort.COUNTRY: 1.0, Sort.UNKNOWN: 0.6, Sort.GROUP: 0.3}
"""How well "it", one that "they" stands for, and "there" agree with each sort."""


def _fits_person(mention: Mention, wanted: Gender) -> float:
    """How well "he" or "she" agrees."""
    if mention.plural or mention.gender not in (wanted, Gender.UNKNOWN):
        return 0.0
    sure = 1.0 if mention.gender is wanted else 0.75
    return {Sort.PERSON: sure, Sort.UNKNOWN: 0.5 * sure}.get(mention.sort, 0.0)


def best_for(pronoun: str, found: list[Referent], rest: str, index: Index, taken: frozenset[str]) -> Mention | None:
    """What a pronoun stands for.

    Args:
        pronoun: "he", "she", "it", "they" or "there".
        found: what was spoken of.
        rest: the question; the article's sentences that speak of it and of a referent speak for that one.
        index: the article's index.
        taken: texts of mentions that something else in the question stands for, or that it names.

    Returns:
        None where nothing agrees.
    """
    asks_where = re.match(r"(?:\w+\s)?where\b", rest, re.IGNORECASE) is not None
    of_an_event, willed = _HAPPENS.search(rest) is not None, _WILLED.search(rest) is not None
    asked = {t for t in terms(rest) if t in index.sentence_retriever}

    def value(referent: Referent) -> float:
        agrees = fits(referent.mention, pronoun)
        if pronoun == "it" and asks_where:
            # Nobody asks where a country is after reading of it; of a place, sometimes.
            agrees *= {Sort.COUNTRY: 0.3, Sort.PLACE: 0.7, Sort.UNKNOWN: 1.1}.get(referent.mention.sort, 1.0)
        if pronoun == "they" and willed and referent.mention.sort is Sort.THING:
            agrees *= 0.3
        if pronoun == "it" and of_an_event and referent.mention.named:
            agrees *= 0.2  # a war ends, and not the country that fought it
        if not agrees or referent.mention.text.casefold() in taken:
            return 0.0
        return agrees * (referent.salience + TOGETHER * together(referent.mention, asked, index))

    ranked = sorted(found, key=lambda r: (-value(r), r.mention.text))
    return ranked[0].mention if ranked and value(ranked[0]) > 0 else None


def together(mention: Mention, asked: set[str], index: Index) -> float:
    """Share of a question's weight in the sentence that holds most of it and the mention, or follows one; 0..1."""
    own = set(terms(re.sub(r"^the\s", "", mention.text)))
    retriever = index.sentence_retriever
    total = sum(retriever.idf(t) for t in asked)
    if not own or not total:
        return 0.0
    best = 0.0
    key = terms(mention.head) or list(own)
    before: set[str] = set()
    for sentence in index.prose:
        held = set(index.terms(sentence))
        if held.intersection(key):
            best = max(best, sum(retriever.idf(t) for t in asked & held))
        elif before.intersection(key):
            best = max(best, 0.6 * sum(retriever.idf(t) for t in asked & held))
        before = held
    return best / total
