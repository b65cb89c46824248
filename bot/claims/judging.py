"""A comparison -> a verdict, or none: when a sentence bears a claim out, and when it says it differently."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.claims.alignment import BESIDE, EXACT, Pair
from bot.claims.anatomy import Anatomy
from bot.claims.comparison import Comparison, uncovered
from bot.claims.predicates import says_the_same
from bot.claims.report import Difference, Verdict

SUPPORT = 0.72
"""Share of a claim, by weight, that a sentence must account for to bear it out."""

OWN = 0.55
"""Share of a claim that stands in the sentence itself, and not only in those around it."""

REST = 0.8
"""Share of the rest of a claim that a sentence must account for, so that what differs is all that differs."""

EXACTLY = 3
"""Words of a claim that a sentence must hold as they are, for a name to be missed in it: "India is worried about the
Taliban" is no other version of "Russia voices concern about the Taliban". A number or a date that agrees will do too,
or an office that one alone can have."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a sentence is to a claim.

    Attributes:
        verdict: supports, differs, or not found where it is neither.
        coverage: share of the claim that it accounts for, 0..1; what differs counts as accounted for.
        differences: what differs.
    """

    verdict: Verdict
    coverage: float
    differences: tuple[Difference, ...] = ()


def judge(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> Judgement:
    """Judge a comparison.

    Args:
        claim: the claim.
        sentence: the sentence.
        pairs: what stands for what.
        found: numbers, dates, names, opposites and negations compared.
    """
    open_ = set(uncovered(claim, pairs, found))
    plain = [n for n in range(len(claim.tokens)) if n not in claim.inside]
    total = sum(claim.weights[n] for n in plain)
    met = sum(claim.weights[n] * (pairs[n].strength if n in pairs else 1.0) for n in plain if n not in open_)
    coverage = met / total if total else 0.0
    own = sum(claim.weights[n] for n in plain if n in found.settled or (n in pairs and pairs[n].at != BESIDE))
    nothing = Judgement(Verdict.NOT_FOUND, coverage)
    if found.alone or not plain or own < OWN * total or not says_the_same(claim, sentence, pairs, found):
        return nothing
    if not found.differences:
        return Judgement(Verdict.SUPPORTS, coverage) if coverage >= SUPPORT else nothing
    if len(found.differences) > 1 or coverage < REST or not _specific(pairs, found):
        return nothing
    return Judgement(Verdict.DIFFERS, coverage, tuple(found.differences))


def _specific(pairs: Mapping[int, Pair], found: Comparison) -> bool:
    """Whether the rest of a claim is particular enough for what differs to be about the same thing."""
    exact = sum(1 for n, pair in pairs.items() if pair.strength >= EXACT and n not in found.settled and pair.at >= 0)
    if found.exclusive or found.agreeing:
        return exact >= 1
    names = any(d.aspect in ("name", "place") for d in found.differences)
    return exact >= (EXACTLY if names else EXACTLY - 1)
