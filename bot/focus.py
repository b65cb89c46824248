"""A ranking seen from a conversation: people ask on about what they have just read, and want to read something new."""

from math import exp, log

from bot.conversation import FollowUp, Resolved
from bot.expected import Kind as Kinds
from bot.expected import expected_type, spans
from bot.ranker import RankedSentence, Ranking
from index.article import Kind
from index.indexer import Index

NEXT, NEXT_BUT_ONE = 1.15, 0.5
"""Log-odds for the sentence behind the one quoted last, and for the one behind that: news goes on about the same."""

SAME_PARAGRAPH = 1.35
"""For the other sentences of its paragraph."""

FACT_ITSELF = 0.6
"""For the sentence quoted last where "why?" or "when was that?" asks about the fact: it often says so itself."""

READ = -1.4
"""For a sentence that was quoted before the last one."""

OVER_THE_STORY = -2.2
"""For headline and standfirst: they say in short what who asks on wants to know in full."""

LEAD = -1.75
"""For the story's first sentence, which touches on nearly everything and tells little of it."""

SAYS_NOT_WHEN = -2.5
"""For the sentence quoted last where the follow-up asks when, how many or how much, and it holds no such words."""

LEAD_SAYS_WHEN = 0.5
"""For the story's first sentence where a day is asked for: it is where news says on which day all this was."""

NEXT_IN_TIME = (4.0, 3.0)
"""For the two sentences behind the one quoted last where "and then?" asks for them."""

WORDS = (1.2, -0.5)
"""Where "what else did she say?" asks for more of somebody's words: for sentences that hold some, and for those in
which nobody says anything."""

HEAD = 10
"""Sentences among which the byline or date line stands that ends the article's head."""

SURER = (0.5, 0.6)
"""What the log-odds of the confidence take over of those that the ranker gives the new first sentence behind its own
first, and of those above. The figures here were chosen on 146 conversations of our own (tests/conversations, dev and
more)."""

SURE = 0.5
"""Confidence from which a question that says little is taken at its word, whatever came before."""

LEAST = 5e-5
"""The score of a sentence that is shown as 0."""

_ON_THE_FACT = frozenset({FollowUp.ELLIPSIS, FollowUp.QUOTED})


def focused(ranking: Ranking, resolved: Resolved, index: Index) -> Ranking:
    """Rank anew for a follow-up.

    Args:
        ranking: best first, for the question as it was understood; scores are shares of the best one's.
        resolved: how it was understood.
        index: the article's index.

    Returns:
        the ranking itself for a question that stands alone. Otherwise without what is to be left out; as sure of
        another first sentence as its score and its place let it be.
    """
    if resolved.kind in (FollowUp.NONE, FollowUp.DOUBT) or not ranking.sentences:
        return ranking
    if resolved.kind is FollowUp.GOING_ON and ranking.confidence >= SURE:
        return ranking
    moved = _moved(resolved, index)
    for changes in (_measured(resolved, index), _spoken(resolved, index)):
        for number, change in changes.items():
            moved[number] = moved.get(number, 0.0) + change
    left = [r for r in ranking.sentences if r.sentence.number not in resolved.exclude]
    if not left:
        return Ranking((), 0.0)
    weighed = {r.sentence.number: log(max(r.score, LEAST)) + moved.get(r.sentence.number, 0.0) for r in left}
    left.sort(key=lambda r: (-weighed[r.sentence.number], r.sentence.number))
    first = left[0]
    most = weighed[first.sentence.number]
    again = tuple(RankedSentence(r.sentence, round(exp(weighed[r.sentence.number] - most), 4), r.bm25) for r in left)
    behind = log(max(first.score, LEAST)) - log(max(ranking.sentences[0].score, LEAST))
    change = SURER[0] * behind + SURER[1] * moved.get(first.sentence.number, 0.0)
    if resolved.kind is FollowUp.GOING_ON:
        change = min(change, 0.0)
    return Ranking(again, _changed(ranking.confidence, change))


def _changed(confidence: float, change: float) -> float:
    """A probability with its log-odds changed, rounded to four decimals."""
    bounded = min(max(confidence, 1e-4), 1 - 1e-4)
    return round(1 / (1 + (1 - bounded) / bounded * exp(-change)), 4)


def _moved(resolved: Resolved, index: Index) -> dict[int, float]:
    """Sentence number -> what its log-odds change by."""
    summary = _summary(index)
    moved = dict.fromkeys(resolved.quoted, READ)
    for number, loss in summary.items():
        moved[number] = moved.get(number, 0.0) + loss
    if resolved.kind is FollowUp.NEXT:
        return moved | dict(zip(resolved.near, NEXT_IN_TIME, strict=False))
    if not resolved.near or not 0 <= resolved.near[0] < len(index.sentences):
        return moved
    if summary.get(resolved.near[0]) == OVER_THE_STORY:
        return moved  # nothing in the story is nearer to its headline than the rest
    at = index.sentences[resolved.near[0]]
    prose = [s.number for s in index.prose]
    behind = [n for n in prose if n > at.number][:2]
    for number, gain in zip(behind, (NEXT, NEXT_BUT_ONE), strict=False):
        moved[number] = moved.get(number, 0.0) + gain
    for sentence in index.prose:
        if sentence.paragraph == at.paragraph:
            moved[sentence.number] = moved.get(sentence.number, 0.0) + SAME_PARAGRAPH
    moved[at.number] = summary.get(at.number, 0.0) + (FACT_ITSELF if resolved.kind in _ON_THE_FACT else 0.0)
    return moved


_MEASURES = frozenset({Kinds.DATE, Kinds.NUMBER, Kinds.MONEY, Kinds.AGE, Kinds.DURATION, Kinds.PERCENT})


def _measured(resolved: Resolved, index: Index) -> dict[int, float]:
    """What follow-ups that ask for a day or a figure change besides."""
    expected = expected_type(resolved.question)
    if resolved.kind not in _ON_THE_FACT or expected.kind not in _MEASURES:
        return {}
    at = next((n for n in resolved.near if 0 <= n < len(index.sentences)), None)
    if at is None or spans(index.sentences[at].text, expected):
        return {}
    changes = {at: SAYS_NOT_WHEN}
    for number, loss in _summary(index).items():
        lead = loss == LEAD and number != at and expected.kind is Kinds.DATE
        if lead and spans(index.sentences[number].text, expected):
            changes[number] = LEAD_SAYS_WHEN - LEAD
    return changes


def _spoken(resolved: Resolved, index: Index) -> dict[int, float]:
    """What follow-ups that ask what else somebody said change besides."""
    if resolved.kind is not FollowUp.ELSE:
        return {}
    # Only a conversation pays for the word lists that it takes to follow one.
    from bot.conversation.names import names_of
    from bot.conversation.speakers import asks_for_words, speeches

    names = names_of(index)
    person = asks_for_words(resolved.question, names)
    if person is None:
        return {}
    theirs, nobodys = speeches(person, index, names)
    return dict.fromkeys(theirs, WORDS[0]) | dict.fromkeys(nobodys, WORDS[1])


def _summary(index: Index) -> dict[int, float]:
    """What the sentences lose that say the story in short.

    They are headline and standfirst, by their kind or by standing above the byline or date line, and the story's first.
    """
    opening = index.sentences[:HEAD]
    signed = max((s.number for s in opening if s.kind in (Kind.BYLINE, Kind.DATE)), default=-1)
    found = {s.number: OVER_THE_STORY for s in opening if s.kind.is_head or s.number < signed}
    lead = next((s.number for s in index.opening if s.number not in found), None)
    return found if lead is None else found | {lead: LEAD}
