"""Names: which of a claim the sentence lacks, and whether another name plays the same part there."""

import re
from collections.abc import Mapping

from bot.claims.alignment import Pair
from bot.claims.anatomy import Anatomy, Name
from bot.claims.lexicon import AGENCIES, SAYING
from bot.claims.report import Aspect, Difference
from bot.english.answer_words import Kind
from bot.english.apposition import descriptions
from bot.english.gazetteer import DEMONYMS, PLACES
from index.analyzer import terms, tokens

_PLACES = (Kind.PLACE, Kind.COUNTRY)
_COPULA = re.compile(
    r"\b(?:is|was|are|were|became|remains?)\s+$|^\s*(?:is|was|are|were|became|remains?)\b", re.IGNORECASE
)
_IN = frozenset("in into to from at by near across through toward towards inside outside for with against of".split())
_SAME_WAY = (frozenset(("in", "at", "into", "to", "inside")), frozenset(("by",)), frozenset(("from",)))


def missing_names(claim: Anatomy, pairs: Mapping[int, Pair]) -> list[Name]:
    """Names of the claim that the sentence does not hold, not even what stands for them; wholly or in part."""
    return [name for name in claim.names if any(p not in pairs for p in name.positions)]


def counterpart(
    claim: Anatomy, name: Name, sentence: Anatomy, pairs: Mapping[int, Pair]
) -> tuple[Difference, bool] | None:
    """The name that plays in the sentence the part that a missing name plays in the claim.

    Args:
        claim: the claim.
        name: one of its names that the sentence lacks.
        sentence: the sentence.
        pairs: what stands for what.

    Returns:
        (the difference, whether the part is one that only one can play: an office, a name of which half agrees), or
        None where nobody plays that part.
    """
    used = {pair.at for n, pair in pairs.items() if n in claim.name_at}
    for other in sentence.names:
        if not _same_kind(claim, name, sentence, other):
            continue
        shared = [p for p in name.positions if p in pairs and pairs[p].at in other.positions]
        if shared:
            if _other_person(claim, name, sentence, other, pairs):
                return _difference(claim, name, sentence, other), True
            continue
        if set(other.positions) & used:
            continue
        office = _office(claim, name) & _office(sentence, other)
        if office:
            return _difference(claim, name, sentence, other), True
        if _same_place(claim, name, sentence, other, pairs):
            return _difference(claim, name, sentence, other), False
    return None


def _difference(claim: Anatomy, name: Name, sentence: Anatomy, other: Name) -> Difference:
    """The difference of two names."""
    place = _is_place(claim, name) and _is_place(sentence, other)
    (a, b), (c, d) = name.mark, other.mark
    return Difference(
        Aspect.PLACE if place else Aspect.NAME, claim.text[a:b], sentence.text[c:d], name.mark, other.mark
    )


def _is_place(text: Anatomy, name: Name) -> bool:
    return name.kind in _PLACES or _last(text, name) in PLACES


def _last(text: Anatomy, name: Name) -> str:
    return re.sub(r"['’]s?$", "", text.word(name.positions[-1]).casefold())


def _same_kind(claim: Anatomy, name: Name, sentence: Anatomy, other: Name) -> bool:
    """Whether two names may be names of the same sort of thing; a people is no country, a person is no place."""
    one, two = _last(claim, name), _last(sentence, other)
    if one in DEMONYMS or two in DEMONYMS:
        return one in DEMONYMS and two in DEMONYMS
    if one in AGENCIES or two in AGENCIES:
        return one in AGENCIES and two in AGENCIES
    if _is_place(claim, name) or _is_place(sentence, other):
        return _is_place(claim, name) and _is_place(sentence, other)
    if Kind.GROUP in (name.kind, other.kind):
        return Kind.PERSON not in (name.kind, other.kind)
    return True


def _other_person(claim: Anatomy, name: Name, sentence: Anatomy, other: Name, pairs: Mapping[int, Pair]) -> bool:
    """Whether two names agree in half: "Vladimir Kabulov" and "Zamir Kabulov"; more words are no other name."""
    if len(name.positions) < 2 or len(other.positions) < 2 or name.kind is Kind.GROUP or _is_place(claim, name):
        return False
    unmet = [p for p in name.positions if p not in pairs or pairs[p].at not in other.positions]
    met = {pairs[p].at for p in name.positions if p in pairs}
    return bool(unmet) and any(p not in met for p in other.positions) and len(other.positions) <= 3 and bool(sentence)


def _office(text: Anatomy, name: Name) -> frozenset[str]:
    """Terms of what a text says that a name is: beside it, or with "is" between."""
    own = {text.tokens[p].term for p in name.positions}
    said = {t for a, b in descriptions(text.text, own) for t in terms(text.text[a:b])}
    start, end = name.mark
    if _COPULA.search(text.text[:start]):
        said |= set(terms(text.text[:start]))
    behind = text.text[end:]
    if copula := _COPULA.match(behind):
        said |= set(terms(re.split(r"[,;:.]", behind[copula.end() :])[0]))
    named = {text.tokens[p].term for p in text.name_at}
    return frozenset(t for t in said - own - named if t in _OFFICES)


_OFFICES = frozenset(
    t
    for word in "minister envoy spokesman spokeswoman spokesperson president chancellor premier leader head chief "
    "chairman chairwoman director secretary ambassador governor mayor king queen prince commander general captain "
    "coach manager founder owner author editor winner champion capital judge prosecutor lawyer engineer "
    "boss speaker pope bishop representative successor predecessor "
    "wife husband son daughter father mother agency operator maker".split()
    for t in terms(word)
)
"""Terms of what one can be that another then is not, mostly."""


def _same_place(claim: Anatomy, name: Name, sentence: Anatomy, other: Name, pairs: Mapping[int, Pair]) -> bool:
    """Whether two names stand beside words that stand for one another, in the same grammatical place."""
    before = _preposition(claim, name), _preposition(sentence, other)
    if any(before) and not _same_way(*before):
        return False
    left, right = name.positions[0] - 1, name.positions[-1] + 1
    if _saying(claim, name) and _saying(sentence, other):
        return True
    first, last = other.positions[0], other.positions[-1]
    if all(before):
        return _stands(pairs, left, range(max(0, first - 3), first)) or _stands(pairs, right, range(last + 1, last + 4))
    # Subjects: what follows them is what counts.
    behind = range(last + 1, last + 5)
    return _stands(pairs, right, behind) or _stands(pairs, right + 1, behind)


def _stands(pairs: Mapping[int, Pair], position: int, places: range) -> bool:
    return position in pairs and pairs[position].at in places


def _same_way(one: str, other: str) -> bool:
    return one == other or any(one in way and other in way for way in _SAME_WAY)


def _preposition(text: Anatomy, name: Name) -> str:
    """The preposition before a name, an article or a direction between them looked past; "" where there is none."""
    head = text.text[max(0, name.mark[0] - 40) : name.mark[0]]
    found = re.search(r"\b([a-z]+)\s+(?:(?:the|a|an|its|neighbou?ring|[a-z]+ern)\s+){0,2}$", head, re.IGNORECASE)
    word = found[1].casefold() if found else ""
    return word if word in _IN else ""


def _saying(text: Anatomy, name: Name) -> bool:
    """Whether a verb of speech follows a name."""
    return any(t.term in SAYING for t in list(tokens(text.text[name.mark[1] : name.mark[1] + 24]))[:2])
