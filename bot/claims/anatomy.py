"""A claim or a sentence, taken apart: its words with their weight, its numbers, dates, names and negations."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.claims.actions import Action, actions, complements
from bot.claims.dates import Date, dates
from bot.claims.lexicon import AGENCIES, light
from bot.claims.polarity import Cue, cues, negated
from bot.claims.quantities import Quantity, quantities
from bot.claims.report import Span
from bot.english.answer_words import Kind, candidates
from bot.english.gazetteer import DEMONYMS, GIVEN_NAMES, HONORIFICS, MONTHS, PLACES, WEEKDAYS
from bot.ranking.wordstats import WordStats
from index.analyzer import Token, tokens

LIGHT = 0.25
"""Weight of a word that says little ("happen", "go"), as a share of its rarity."""

RAREST = 7.0
"""Rarity beyond which a word weighs no more: an odd word is not what a claim turns on."""

COMMONEST = 1.5
"""The least that a word weighs."""

_NAMES = (Kind.PERSON, Kind.GROUP, Kind.NAME, Kind.PLACE, Kind.COUNTRY)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name.

    Attributes:
        kind: person, group, place, country or just a name.
        positions: of its words among the tokens; at least one.
        mark: where it stands, a possessive "'s" left out.
    """

    kind: Kind
    positions: tuple[int, ...]
    mark: Span


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A text, taken apart.

    Attributes:
        text: the text.
        tokens: its words that carry a topic.
        every: all its words.
        weights: of each of `tokens`, > 0.
        quantities: its numbers.
        dates: its dates.
        names: its names, in order, not overlapping.
        cues: what negates in it.
        inside: positions of tokens that lie in a number or a date.
        name_at: positions of tokens that belong to a name.
        actions: what is done in it.
        complements: positions of what somebody is said to be.
    """

    text: str
    tokens: tuple[Token, ...]
    every: tuple[Token, ...]
    weights: tuple[float, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]
    cues: tuple[Cue, ...]
    inside: frozenset[int] = field(default_factory=frozenset)
    name_at: frozenset[int] = field(default_factory=frozenset)
    actions: tuple[Action, ...] = ()
    complements: tuple[int, ...] = ()

    def word(self, position: int) -> str:
        """A token as it is spelt."""
        token = self.tokens[position]
        return self.text[token.start : token.end]

    def negates(self, position: int) -> bool:
        """Whether a token is negated."""
        return negated(self.cues, position)


def anatomy(text: str, published: dt.date | None, stats: WordStats, known_names: Collection[str]) -> Anatomy:
    """Take a text apart.

    Args:
        text: a sentence or less.
        published: the article's day, to which weekdays are relative.
        stats: how rare words are.
        known_names: terms of names in the article, by which a name typed without capitals is known.
    """
    every = tuple(tokens(text))
    found = tuple(t for t in every if not t.stop)
    when = tuple(dates(text, published))
    numbers = tuple(quantities(text, tuple(d.mark for d in when)))
    inside = frozenset(
        n
        for n, t in enumerate(found)
        if any(a <= t.start < b for a, b in (*(d.mark for d in when), *(q.mark for q in numbers)))
    )
    names = _names(text, found, inside, known_names)
    name_at = frozenset(p for name in names for p in name.positions)
    weights = tuple(
        max(COMMONEST, min(RAREST, stats.rare(t.term))) * (LIGHT if t.term in light() and n not in name_at else 1.0)
        for n, t in enumerate(found)
    )
    return Anatomy(
        text=text,
        tokens=found,
        every=every,
        weights=weights,
        quantities=numbers,
        dates=when,
        names=names,
        cues=tuple(cues(text, found, name_at)),
        inside=inside,
        name_at=name_at,
        actions=tuple(actions(text, every, found, name_at)),
        complements=tuple(complements(text, every, found)),
    )


def _names(text: str, found: tuple[Token, ...], inside: frozenset[int], known: Collection[str]) -> tuple[Name, ...]:
    """The names, each once, the longest reading first where readings overlap."""
    spans = sorted(
        ((s.kind, s.start, s.end) for s in candidates(text) if s.kind in _NAMES),
        key=lambda s: (s[1], -s[2], _NAMES.index(s[0])),
    )
    names: list[Name] = []
    taken: set[int] = set()
    for kind, start, end in spans:
        at = tuple(n for n, t in enumerate(found) if start <= t.start < end and n not in inside and n not in taken)
        if not at or (_opens_sentence(text, start) and not _is_name(text, found, at, known)):
            continue
        at = _without_titles(found, at)
        taken.update(at)
        names.append(Name(kind, at, (found[at[0]].start, found[at[-1]].end)))
    for n, token in enumerate(found):
        if n in taken or n in inside:
            continue
        word = text[token.start : token.end].casefold()
        if token.term in known and (word in PLACES or word in DEMONYMS or word in GIVEN_NAMES or text.islower()):
            names.append(
                Name(Kind.COUNTRY if word in PLACES or word in DEMONYMS else Kind.NAME, (n,), (token.start, token.end))
            )
            taken.add(n)
        elif text[token.start].isupper() and token.start > 0 and token.term in known:
            names.append(Name(Kind.NAME, (n,), (token.start, token.end)))
            taken.add(n)
    names.sort(key=lambda name: name.mark)
    return tuple(
        Name(n.kind, n.positions, (n.mark[0], n.mark[1] - len(_tail(text[n.mark[0] : n.mark[1]])))) for n in names
    )


def _tail(name: str) -> str:
    """The possessive at the end of a name."""
    match = _POSSESSIVE.search(name)
    return match[0] if match else ""


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a capital at this place may be that of a sentence."""
    return not re.search(r"[\w,;]\s*[\"“‘(]?$", text[:start])


def _is_name(text: str, found: tuple[Token, ...], at: tuple[int, ...], known: Collection[str]) -> bool:
    """Whether words in capitals at the start of a sentence are a name."""
    if len(at) > 1:
        return True
    token = found[at[0]]
    word = _POSSESSIVE.sub("", text[token.start : token.end]).casefold()
    if word in MONTHS or word in WEEKDAYS:
        return False
    lists = (PLACES, DEMONYMS, GIVEN_NAMES, AGENCIES)
    if any(word in names for names in lists) or token.term in known or word.upper() == text[token.start : token.end]:
        return True
    from bot.question import is_english

    return not is_english(word)


def _without_titles(found: tuple[Token, ...], at: tuple[int, ...]) -> tuple[int, ...]:
    """A name without the titles before it ("Minister Lavrov"), unless there is nothing else."""
    rest = at
    while len(rest) > 1 and found[rest[0]].term in _TITLES:
        rest = rest[1:]
    return rest


_TITLES = frozenset(t.term for word in HONORIFICS for t in tokens(word))
