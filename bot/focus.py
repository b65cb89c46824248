"""A ranking seen from a conversation: what was quoted is no news, or the very thing that is asked about."""

from math import sqrt

from bot.conversation import FollowUp, Resolved
from bot.ranker import RankedSentence, Ranking

ABOUT_IT = 1.5
"""Factor on the sentence that a follow-up is about: "why?" is often answered where the fact stands. On 40
conversations, two in three such questions were."""

BEHIND_IT = 1.35
"""Factor on the sentence after the one quoted last: news goes on about the same. One in three questions about the
same person or thing were answered there."""

READ = 0.6
"""Factor on the sentence quoted last, where a follow-up asks something new about a person or thing: it was read."""

_ON_THE_SAME = frozenset({FollowUp.ELLIPSIS, FollowUp.QUOTED})


def focused(ranking: Ranking, resolved: Resolved) -> Ranking:
    """Rank anew for a follow-up.

    Args:
        ranking: best first, for the question as it was understood.
        resolved: how it was understood.

    Returns:
        the ranking itself for a question that stands alone. Otherwise without what is to be left out; as sure of
        another first sentence as its score lets it be.
    """
    if resolved.kind is FollowUp.NONE or not ranking.sentences:
        return ranking
    factors = _factors(resolved)
    left = [r for r in ranking.sentences if r.sentence.number not in resolved.exclude]
    if not left:
        return Ranking((), 0.0)

    def weighed(ranked: RankedSentence) -> float:
        return ranked.score * factors.get(ranked.sentence.number, 1.0)

    left.sort(key=lambda r: (-weighed(r), r.sentence.number))
    best, first = ranking.sentences[0], left[0]
    share = min(1.0, first.score / best.score) if best.score > 0 else 1.0
    if best.sentence.number in resolved.exclude:
        # That something better was quoted before speaks less against a sentence than that something better is left.
        share = sqrt(share)
    most = max(weighed(first), 1e-9)
    scores = (min(1.0, weighed(r) / most) * min(1.0, max(first.score, best.score)) for r in left)
    again = tuple(RankedSentence(r.sentence, round(s, 6), r.bm25) for r, s in zip(left, scores, strict=True))
    return Ranking(again, round(ranking.confidence * share, 6))


def _factors(resolved: Resolved) -> dict[int, float]:
    """Sentence number -> factor on its score."""
    if not resolved.near:
        return {}
    at = resolved.near[0]
    if resolved.kind is FollowUp.NEXT:
        return {n: 4.0 / (1 + place) for place, n in enumerate(resolved.near)}
    if resolved.kind in _ON_THE_SAME:
        return {at: ABOUT_IT, at + 1: BEHIND_IT}
    if resolved.kind is FollowUp.PRONOUN:
        return {at: READ, at + 1: BEHIND_IT}
    return {}
