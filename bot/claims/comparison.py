"""A claim and a sentence side by side: what agrees, what differs, what only the claim has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.claims.alignment import BESIDE, EXACT, Pair
from bot.claims.anatomy import Anatomy
from bot.claims.dates import Date
from bot.claims.lexicon import base, directions, opposites, seasons
from bot.claims.quantities import Quantity
from bot.claims.report import Aspect, Difference, Span
from bot.claims.roles import counterpart, missing_names

HEAD = 3
"""Words behind a number among which is what it counts."""


@dataclass(slots=True)
class Comparison:
    """What a comparison found.

    Attributes:
        agreeing: (mark in the claim, mark in the sentence) of numbers and dates that agree.
        differences: what differs.
        alone: marks in the claim of numbers, dates and names that the sentence has nothing for.
        settled: positions in the claim of words that a difference accounts for.
        exclusive: whether a difference is one of an office, or of half a name.
    """

    agreeing: list[tuple[Span, Span]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    alone: list[Span] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)
    exclusive: bool = False


def compare(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair]) -> Comparison:
    """Compare numbers, dates, names, opposites and negations."""
    found = Comparison()
    _numbers(claim, sentence, pairs, found)
    _dates(claim, sentence, found)
    _names(claim, sentence, pairs, found)
    _opposites(claim, sentence, pairs, found)
    _negations(claim, sentence, pairs, found)
    found.differences.sort(key=lambda d: d.claim_mark or (len(claim.text), 0))
    return found


def _numbers(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> None:
    """A number differs from one that counts the same things."""
    for number in claim.quantities:
        peers = [
            q for q in sentence.quantities if q.unit == number.unit and _counts_alike(claim, number, sentence, q, pairs)
        ]
        same = next((q for q in peers if number.borne_out_by(q)), None)
        if same:
            found.agreeing.append((number.mark, same.mark))
        elif peers and not any(number.agrees(q) for q in peers):
            found.differences.append(_difference(Aspect.NUMBER, claim, number, sentence, peers[0]))
        else:
            found.alone.append(number.mark)


def _counts_alike(
    claim: Anatomy, number: Quantity, sentence: Anatomy, other: Quantity, pairs: Mapping[int, Pair]
) -> bool:
    """Whether two numbers count the same: one of the words behind each stands for one of the other's."""
    if number.unit == "%" or (number.unit and number.unit.isalpha()):
        return True
    counted, there = _counted(claim, number), _counted(sentence, other)
    if not counted:
        return True
    return any(n in pairs and pairs[n].at in there for n in counted)


def _counted(text: Anatomy, number: Quantity) -> list[int]:
    """Positions of the words that may say what a number counts: those behind it, or before "..., hundreds of them"."""
    behind = text.text[number.end : number.end + 16].casefold()
    if behind.lstrip().startswith(("of them", "of whom", "of which", "of those")):
        return [n for n, t in enumerate(text.tokens) if t.end <= number.start][-HEAD:]
    return [n for n, t in enumerate(text.tokens) if t.start >= number.end and n not in text.inside][:HEAD]


def _dates(claim: Anatomy, sentence: Anatomy, found: Comparison) -> None:
    """A date differs where the sentence has dates and none has a day in common with it."""
    for date in claim.dates:
        same = next((d for d in sentence.dates if _says(date, d)), None)
        if same:
            found.agreeing.append((date.mark, same.mark))
            continue
        others = [d for d in sentence.dates if date.conflicts(d)]
        if others and len(others) == len([d for d in sentence.dates if d.first or d.weekday is not None]):
            found.differences.append(_difference(Aspect.DATE, claim, date, sentence, others[0]))
        else:
            found.alone.append(date.mark)


def _says(date: Date, written: Date) -> bool:
    """Whether a written date bears a date out: it is as narrow; "this week" is borne out by "earlier this week"."""
    return date.within(written) or written.words.endswith(f" {date.words}")


def _difference(
    aspect: Aspect, claim: Anatomy, one: Quantity | Date, sentence: Anatomy, other: Quantity | Date
) -> Difference:
    (a, b), (c, d) = one.mark, other.mark
    return Difference(aspect, claim.text[a:b], sentence.text[c:d], one.mark, other.mark)


def _names(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> None:
    """A name differs from one that plays the same part."""
    for name in missing_names(claim, pairs):
        other = counterpart(claim, name, sentence, pairs)
        if other:
            found.differences.append(other[0])
            found.exclusive = found.exclusive or other[1]
            found.settled.update(name.positions)
        elif not any(p in pairs for p in name.positions) or len(name.positions) == 1:
            found.alone.append(name.mark)


def _opposites(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> None:
    """A word differs from its opposite, unless one of the two is negated."""
    opposed = opposites()
    for n, token in enumerate(claim.tokens):
        if n in claim.inside or (n in pairs and pairs[n].strength >= EXACT):
            continue
        taken = {pair.at for pair in pairs.values() if pair.strength >= EXACT}
        against = opposed.get(base(token.term), frozenset())
        at = next((m for m, t in enumerate(sentence.tokens) if base(t.term) in against and m not in taken), None)
        if at is None:
            continue
        found.settled.add(n)
        if claim.negates(n) == sentence.negates(at):
            aspect = _kind_of_opposite(token.term)
            here, there = claim.tokens[n], sentence.tokens[at]
            found.differences.append(
                Difference(aspect, claim.word(n), sentence.word(at), (here.start, here.end), (there.start, there.end))
            )


def _kind_of_opposite(term: str) -> Aspect:
    """In what two opposites differ."""
    if term in directions():
        return Aspect.PLACE
    return Aspect.DATE if term in seasons() else Aspect.OPPOSITE


def _negations(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> None:
    """One negates what the other states; the words that negate are accounted for."""
    found.settled.update(
        n for n, t in enumerate(claim.tokens) if any(a <= t.start < b for a, b in (c.mark for c in claim.cues))
    )
    differing = [n for n in _negated_first(claim, sentence, pairs) if n not in found.settled]
    if not differing:
        return
    n = differing[0]
    at = pairs[n].at
    here, there = _negation(claim, n), _negation(sentence, at)
    found.differences.append(
        Difference(Aspect.NEGATION, claim.text[here[0] : here[1]], sentence.text[there[0] : there[1]], here, there)
    )


def _negated_first(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair]) -> list[int]:
    """Positions in the claim of words that only one of the two negates, and that one first of all."""
    heads = {n for cue in claim.cues for n in cue.heads}
    theirs = {n for cue in sentence.cues for n in cue.heads}
    return [
        n
        for n, pair in sorted(pairs.items())
        if pair.at != BESIDE and (n in heads or pair.at in theirs) and claim.negates(n) != sentence.negates(pair.at)
    ]


def _negation(text: Anatomy, position: int) -> Span:
    """Where a word stands, with what negates it."""
    token = text.tokens[position]
    cue = next((c for c in text.cues if position in c.reach), None)
    return (cue.mark[0], token.end) if cue else (token.start, token.end)


def uncovered(claim: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> Sequence[int]:
    """Positions of the claim's words that nothing in the sentence accounts for."""
    return [n for n in range(len(claim.tokens)) if n not in pairs and n not in claim.inside and n not in found.settled]
