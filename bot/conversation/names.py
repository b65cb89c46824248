"""The names of an article: what each is called in full, what it is, and whether a "he" or a "she"."""

import enum
import re
import weakref
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.lexicon import (
    COLLECTIVE_NOUNS,
    FEMALE,
    FEMALE_WORDS,
    MALE,
    MALE_WORDS,
    PERSON_NOUNS,
    SAYING,
)
from bot.english.answer_words import Kind, Span, candidates
from bot.english.gazetteer import COUNTRIES, DEMONYMS, GIVEN_NAMES, GROUP_NOUNS, MONTHS, PLACES, WEEKDAYS
from index.analyzer import STOP_WORDS
from index.article import Kind as Part
from index.indexer import Index


class Sort(enum.Enum):
    """What a name or a noun stands for, as far as pronouns care."""

    PERSON = enum.auto()
    GROUP = enum.auto()
    COUNTRY = enum.auto()
    PLACE = enum.auto()
    THING = enum.auto()
    UNKNOWN = enum.auto()


class Gender(enum.Enum):
    """Which pronoun a person takes, where that is known."""

    HE = enum.auto()
    SHE = enum.auto()
    UNKNOWN = enum.auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A name.

    Attributes:
        text: in full, as it is put into a question ("Zamir Kabulov", "the Taliban").
        sort: what it stands for.
        gender: of a person.
        plural: whether it ends like a plural ("Kelder Rovers", "the Taliban").
    """

    text: str
    sort: Sort
    gender: Gender = Gender.UNKNOWN
    plural: bool = False


_SORTS = {
    Kind.PERSON: Sort.PERSON,
    Kind.GROUP: Sort.GROUP,
    Kind.COUNTRY: Sort.COUNTRY,
    Kind.PLACE: Sort.PLACE,
    Kind.NAME: Sort.UNKNOWN,
}
_GIVEN = GIVEN_NAMES | FEMALE | MALE
_GROUP_BEFORE = COLLECTIVE_NOUNS | frozenset("maker chain champions side rival rivals club".split())
_PLURAL_NAMES = frozenset({"taliban"})
_SHE = re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Seen:
    """What was gathered of a name."""

    spelling: str
    sorts: Counter[Sort]
    he: int = 0
    she: int = 0
    the: int = 0
    bare: int = 0
    inside: bool = False


class Names:
    """The names of an article, by how they are written."""

    def __init__(self, index: Index) -> None:
        """Gather the names of the prose and the headline."""
        seen: dict[str, _Seen] = {}
        texts = [s.text for s in index.sentences if s.kind.is_prose or s.kind is Part.HEADLINE]
        lower = {w for text in texts for w in re.findall(r"\b[a-z]+\b", text)}
        for n, text in enumerate(texts):
            spans = [s for s in candidates(text) if s.kind in _SORTS]
            names = [
                one
                for s in spans
                if not (s.kind is Kind.PLACE and _twice(s, spans))
                for one in _split(text, s)
                if _is_name(text[one.start : one.end])
            ]
            for span in names:
                self._gather(seen, text, span, alone=len(names) == 1, after=texts[n + 1] if n + 1 < len(texts) else "")
        self._by_key = self._merged(seen, lower)
        keys = sorted(self._by_key, key=lambda k: (-len(k), k))
        self._pattern = (
            re.compile(r"(?<![\w’'-])(?:" + "|".join(map(re.escape, keys)) + r")(?![\w-])", re.IGNORECASE)
            if keys
            else None
        )

    def find(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """(start, end, name) of the names in a text, in order; capitals do not matter."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            yield match.start(), match.end(), self._by_key[match[0].casefold()]

    def cased(self, text: str) -> str:
        """A text with the names that were typed in small letters as the article writes them."""
        out, at = [], 0
        for start, end, name in self.find(text):
            typed = text[start:end]
            full = name.text.removeprefix("the ")
            words = full.split()[-len(typed.split()) :]
            known = " ".join(words)
            out += [text[at:start], known if typed.islower() and known.casefold() == typed else typed]
            at = end
        return "".join([*out, text[at:]])

    def short(self, text: str, typed: str) -> str:
        """A text that calls persons by their last names, but for those whose names were typed in full."""
        out, at = [], 0
        for start, end, name in self.find(text):
            full = text[start:end]
            if name.sort is Sort.PERSON and " " in full and full.casefold() not in typed.casefold():
                out += [text[at:start], full.split()[-1]]
                at = end
        return "".join([*out, text[at:]])

    def _gather(self, seen: dict[str, _Seen], text: str, span: Span, *, alone: bool, after: str) -> None:
        name = text[span.start : span.end]
        key = name.casefold()
        known = seen.setdefault(key, _Seen(name, Counter()))
        if name[0].isupper() and known.spelling.isupper():
            known.spelling = name
        sort = _sort_of(text, span)
        known.sorts[sort] += 1
        known.inside |= re.search(r"[\w,;]\s*[\"“‘(]?$", text[: span.start]) is not None
        follows = text[span.end : span.end + 30].split()
        standing = not follows or not re.match(r"[A-Za-z]", follows[0]) or follows[0].casefold() in STOP_WORDS
        if standing or follows[0].casefold() in SAYING:
            known.the += bool(re.search(r"\b[Tt]he\s$", text[: span.start]))
            known.bare += not re.search(r"\b[Tt]he\s$", text[: span.start])
        if sort in (Sort.PERSON, Sort.UNKNOWN):
            rest = text[span.end :] if alone else ""
            rest += " " + after[:40] if alone else ""
            known.he += len(_HE.findall(rest))
            known.she += len(_SHE.findall(rest))

    @staticmethod
    def _merged(seen: dict[str, _Seen], lower: set[str]) -> dict[str, Name]:
        """Each way of writing a name -> the name in full; a surname alone is its bearer."""
        seen = {key: known for key, known in seen.items() if not _opens_with_a_word(key, known, seen, lower)}
        full: dict[str, _Seen] = {}
        for key, known in seen.items():
            last = key.split()[-1]
            if " " in key and (last not in full or len(key) < len(full[last].spelling)):
                full[last] = known
        merged: dict[str, Name] = {}
        for key, known in seen.items():
            if " " not in key and key in full and not _is_place(known):
                full[key].sorts.update(known.sorts)
                full[key].he += known.he
                full[key].she += known.she
        for key, known in seen.items():
            whole = full[key] if " " not in key and key in full and not _is_place(known) else known
            # A word that only ever opens sentences has its capital from there.
            opens = not known.inside and known.sorts.most_common(1)[0][0] is Sort.UNKNOWN
            if " " in key or not (opens or key in lower):
                merged[key] = _name_of(whole)
        for last, known in full.items():
            # A surname that the article never uses alone may still be typed alone.
            sort = known.sorts.most_common(1)[0][0]
            if last not in merged and last not in lower and sort in (Sort.PERSON, Sort.UNKNOWN) and len(last) > 3:
                merged[last] = _name_of(known)
        return merged


def _opens_with_a_word(key: str, known: _Seen, seen: Mapping[str, _Seen], lower: Collection[str]) -> bool:
    """Whether a name only ever opens a sentence, by a word that has its capital from there: "Stolen Vellinga"."""
    first, _, rest = key.partition(" ")
    return not known.inside and first in lower and first not in _GIVEN and rest in seen


def _twice(span: Span, spans: list[Span]) -> bool:
    """Whether a place is there as a country already."""
    return any(o.kind is Kind.COUNTRY and o.start == span.start for o in spans)


def _split(text: str, span: Span) -> Iterator[Span]:
    """The names that a run of capitals is made of: "Norrland Mills and Teller", "Professor Daniel Osei of ..."."""
    name = text[span.start : span.end]
    joint = r"\s(?:and|for)\s(?:the\s)?" if not set(name.casefold().split()) & GROUP_NOUNS else r"\sand\s(?:the\s)?"
    at = 0
    pieces = list(re.finditer(joint, name))
    for end, following in zip([*(p.start() for p in pieces), len(name)], [*(p.end() for p in pieces), 0], strict=True):
        one = name[at:end]
        start = span.start + at
        at = following
        title, _, rest = one.partition(" ")
        kind = span.kind if not pieces else _kind_alone(one)
        if rest and title.casefold().strip(".") in PERSON_NOUNS:
            start, one = start + len(title) + 1, rest
            kind = Kind.PERSON
        if one.split()[0].casefold() in _GIVEN:
            one = one.split(" of ")[0]
        yield Span(kind, start, start + len(one), span.terms)


def _kind_alone(name: str) -> Kind:
    last = name.rsplit(maxsplit=1)[-1].casefold()
    if last in COUNTRIES:
        return Kind.COUNTRY
    if last in PLACES:
        return Kind.PLACE
    return Kind.GROUP if last in GROUP_NOUNS else Kind.NAME


def _is_name(name: str) -> bool:
    """Whether a run of capitals names something: a day, an adjective and a bare title do not."""
    low = [w.casefold().strip(".") for w in name.split()]
    if not low or name.endswith(("-",)):
        return False
    adjective = low[-1] in DEMONYMS and low[-1] not in COUNTRIES
    return not (all(w in MONTHS | WEEKDAYS for w in low) or adjective or (len(low) == 1 and low[0] in PERSON_NOUNS))


def _is_place(known: _Seen) -> bool:
    return known.sorts.most_common(1)[0][0] in (Sort.COUNTRY, Sort.PLACE)


def _sort_of(text: str, span: Span) -> Sort:
    """What a name stands for where it stands: a person needs more than two capitals."""
    name = text[span.start : span.end]
    low = [w.casefold().strip(".’'") for w in name.split()]
    if span.kind is Kind.COUNTRY:
        return Sort.COUNTRY if low[-1] in COUNTRIES or low[-1] in DEMONYMS else Sort.PLACE
    if low[0] in _GIVEN and len(low) > 1:
        return Sort.PERSON
    return _sort_by_neighbours(text, span, low)


def _sort_by_neighbours(text: str, span: Span, low: list[str]) -> Sort:
    """What a name stands for by what stands before and behind it: a title, "a 41-year-old", "said"."""
    before = [w.casefold().strip(",") for w in text[max(0, span.start - 40) : span.start].split()[-3:]]
    after = text[span.end : span.end + 50]
    if before and (before[-1] in _GROUP_BEFORE or (len(before) > 1 and before[-1] == "&")):
        return Sort.GROUP
    titled = bool(before) and before[-1].strip(".") in PERSON_NOUNS
    described = re.match(
        r"(?:,\s(?:\d\d|an?|the|who|its|his|her)\b|\s(?:said|says|told|added|warned|explained)\b)", after
    )
    role = re.match(
        r",\s(?:an?|the|its|one of|[A-Z][\w-]*['’]s)\s(?:[\w-]+\s){0,4}?([\w-]+)(?=[,.]|\s(?:of|in|at|for|who)\b)",
        after,
    )
    if titled or (role and role[1].casefold() in PERSON_NOUNS):
        return Sort.PERSON
    if span.kind is Kind.PERSON:
        if described and not (role and role[1].casefold() in COLLECTIVE_NOUNS) and low[-1] not in COLLECTIVE_NOUNS:
            return Sort.PERSON
        return Sort.UNKNOWN
    return _SORTS[span.kind]


def _name_of(known: _Seen) -> Name:
    """What was gathered -> a name; a sort that is known once outweighs any number of unknowns."""
    sorts = Counter({s: n for s, n in known.sorts.items() if s is not Sort.UNKNOWN}) or known.sorts
    sort = sorts.most_common(1)[0][0]
    words = known.spelling.split()
    gender = Gender.UNKNOWN
    if sort in (Sort.PERSON, Sort.UNKNOWN):
        first = words[0].casefold().strip(".")
        if first in FEMALE or first in FEMALE_WORDS:
            gender = Gender.SHE
        elif first in MALE or first in MALE_WORDS:
            gender = Gender.HE
        elif known.she != known.he:
            gender = Gender.SHE if known.she > known.he else Gender.HE
    last = words[-1].casefold()
    plural = last in _PLURAL_NAMES or (
        sort in (Sort.GROUP, Sort.UNKNOWN)
        and last.endswith("s")
        and not last.endswith(("ss", "us", "is"))
        and len(last) > 4
    )
    the = known.the > known.bare and sort is not Sort.PERSON
    if words[0].casefold() == "the":
        the, words = True, words[1:]
    text = " ".join(words)
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", text):
        text += "."  # the last full stop of an abbreviation
        the = True
    return Name(("the " if the else "") + text, sort, gender, plural)


_known: "weakref.WeakKeyDictionary[Index, Names]" = weakref.WeakKeyDictionary()


def names_of(index: Index) -> Names:
    """The names of an index's article, gathered once."""
    found = _known.get(index)
    if found is None:
        found = _known.setdefault(index, Names(index))
    return found
