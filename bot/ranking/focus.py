"""A ranking seen from a conversation: people ask on about what they have just read, and want to read something new."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from math import exp, log
from pathlib import Path

from bot.conversation import FollowUp, Resolved
from bot.english.expected import Kind as Kinds
from bot.english.expected import expected_type, spans
from bot.ranking.ranker import RankedSentence, Ranking
from bot.ranking.wordstats import WEIGHTS
from index.article import Kind
from index.indexer import Index

SCORE = "score"
SHIFTS = (
    "next", "next_but_one", "same_paragraph", "behind", "last", "fact_itself", "read", "over_the_story", "lead",
    "says_not_when", "lead_says_when", "holds", "their_words", "others_words", "typed_words", "says_why", "goes_on",
    "behind_fact", "last_polar",
)  # fmt: skip
"""What changes a sentence's log-odds in a follow-up, each where it is so. "The quote" is the sentence quoted last.

| shift | the sentence |
|---|---|
| next, next_but_one | stands behind the quote, and behind that: news goes on about the same |
| same_paragraph | is another of the quote's paragraph |
| behind | stands anywhere behind the quote: people ask on in the order in which news tells |
| last | is the quote |
| fact_itself | is the quote, and "why?" or "when was that?" asks about the fact: it often says so itself |
| read | was quoted before |
| over_the_story | is headline or standfirst, which say in short what who asks on wants to know in full |
| lead | is the story's first, which touches on nearly everything and tells little of it |
| says_not_when | is the quote, and holds no words such as the follow-up asks for: when, how many or how much |
| lead_says_when | is the story's first and tells a day, where a day is asked for that the quote does not tell |
| holds | holds a day or a figure such as is asked for |
| their_words, others_words | holds words of who is asked about in "what else did she say?"; of another or of nobody |
| typed_words | holds a word of the follow-up itself, or one like it: what was read into it is known to all of them |
| says_why | holds "because" or its like, where a reason is asked for |
| goes_on | is another of the quote's paragraph and speaks of somebody or something as "he", "its" or "they" |
| behind_fact | stands behind the quote, where a bare "where?" asks on about the fact rather than for what comes next |
| last_polar | is the quote, where it is asked whether something is so |

`score` is what the ranker's own log-odds count for. `bench/train_focus.py` fits them all to the ranker's weights.
"""

NEXT_IN_TIME = (4.0, 3.0)
"""Log-odds for the two sentences behind the one quoted last where "and then?" asks for them; read, not learned."""

BESIDE = (2, 5)
"""Sentences before and behind the one quoted last that are read for a follow-up."""

HEAD = 10
"""Sentences among which the byline or date line stands that ends the article's head."""

SURER = (0.8, 0.4)
"""What the log-odds of the confidence take over of those that the ranker gives the new first sentence behind its own
first, and of those above. Chosen on 146 conversations of our own (tests/conversations, dev and more)."""

SURE = 0.5
"""Confidence from which a question that says little is taken at its word, whatever came before."""

LEAST = 5e-5
"""The score of a sentence that is shown as 0."""

_ON_THE_FACT = frozenset({FollowUp.ELLIPSIS, FollowUp.QUOTED})


@cache
def load_focus(folder: Path = WEIGHTS) -> Mapping[str, float]:
    """The shipped weights: log-odds of each of `SHIFTS`, and the factor `SCORE`."""
    found: dict[str, float] = json.loads((folder / "focus.json").read_text(encoding="utf-8"))
    return found


def is_moved(ranking: Ranking, resolved: Resolved) -> bool:
    """Whether a question's ranking is seen from the conversation at all; not where it stands alone."""
    if resolved.kind in (FollowUp.NONE, FollowUp.DOUBT) or not ranking.sentences:
        return False
    return resolved.kind is not FollowUp.GOING_ON or ranking.confidence < SURE


def _last_quote(resolved: Resolved, index: Index) -> int | None:
    """The number of the sentence that a follow-up is about; None where that is open, or the article has none such."""
    return next((n for n in resolved.near[:1] if 0 <= n < len(index.sentences)), None)


def around(resolved: Resolved, index: Index) -> frozenset[int]:
    """The sentences that a follow-up may well ask for, by number: the one that it is about, and those beside it.

    They are read whether or not they hold a word of it: "She added that" holds none.
    """
    at = _last_quote(resolved, index)
    if at is None or resolved.kind in (FollowUp.NONE, FollowUp.DOUBT):
        return frozenset()
    before = [s.number for s in index.prose if s.number < at][-BESIDE[0] :]
    return frozenset((at, *before, *[s.number for s in index.prose if s.number > at][: BESIDE[1]]))


def focused(ranking: Ranking, resolved: Resolved, index: Index, weights: Mapping[str, float] | None = None) -> Ranking:
    """Rank anew for a follow-up.

    Args:
        ranking: best first, for the question as it was understood; scores are shares of the best one's.
        resolved: how it was understood.
        index: the article's index.
        weights: as `load_focus` gives them; those if None.

    Returns:
        the ranking itself for a question that stands alone. Otherwise without what is to be left out; as sure of
        another first sentence as its score and its place let it be.
    """
    if not is_moved(ranking, resolved):
        return ranking
    known = load_focus() if weights is None else weights
    left = [r for r in ranking.sentences if r.sentence.number not in resolved.exclude]
    if not left:
        return Ranking((), 0.0)
    moved = {n: sum(known[name] for name in sorted(names)) for n, names in shifts(resolved, index).items()}
    if resolved.kind is FollowUp.NEXT:
        moved |= dict(zip(resolved.near, NEXT_IN_TIME, strict=False))
    scores = {r.sentence.number: known[SCORE] * log_score(r) for r in ranking.sentences}
    weighed = {n: scores[n] + moved.get(n, 0.0) for n in scores}
    left.sort(key=lambda r: (-weighed[r.sentence.number], r.sentence.number))
    first = left[0].sentence.number
    most = weighed[first]
    again = tuple(RankedSentence(r.sentence, round(exp(weighed[r.sentence.number] - most), 4), r.bm25) for r in left)
    behind = scores[first] - scores[ranking.sentences[0].sentence.number]
    change = SURER[0] * behind + SURER[1] * moved.get(first, 0.0)
    if resolved.kind is FollowUp.GOING_ON:
        change = min(change, 0.0)
    return Ranking(again, _changed(ranking.confidence, change))


def log_score(ranked: RankedSentence) -> float:
    """A sentence's log-odds behind the best one's, at most 0."""
    return log(max(ranked.score, LEAST))


def _changed(confidence: float, change: float) -> float:
    """A probability with its log-odds changed, rounded to four decimals."""
    bounded = min(max(confidence, 1e-4), 1 - 1e-4)
    return round(1 / (1 + (1 - bounded) / bounded * exp(-change)), 4)


def shifts(resolved: Resolved, index: Index) -> dict[int, set[str]]:
    """Sentence number -> those of `SHIFTS` that are so of it; sentences of which none is are left out."""
    found: dict[int, set[str]] = {number: {"read"} for number in resolved.quoted}
    summary = _summary(index)

    def add(number: int, name: str) -> None:
        found.setdefault(number, set()).add(name)

    for number, name in summary.items():
        add(number, name)
    at = _last_quote(resolved, index)
    # Nothing in the story is nearer to its headline than the rest.
    if at is not None and resolved.kind is not FollowUp.NEXT and summary.get(at) != "over_the_story":
        _add_places(at, resolved, index, found)
    for added in (_measured(resolved, index, summary), _spoken(resolved, index), _worded(resolved, index)):
        for number, name in added:
            add(number, name)
    return found


def _add_places(at: int, resolved: Resolved, index: Index, found: dict[int, set[str]]) -> None:
    """Add what the place of a sentence beside the one quoted last, of number `at`, says."""
    from bot.conversation.wording import goes_on

    behind = [s.number for s in index.prose if s.number > at]
    for name, numbers in (("next", behind[:1]), ("next_but_one", behind[1:2]), ("behind", behind)):
        for number in numbers:
            found.setdefault(number, set()).add(name)
            if resolved.kind is FollowUp.ELLIPSIS and name == "behind":
                found[number].add("behind_fact")
    for sentence in index.prose:
        if sentence.paragraph == index.sentences[at].paragraph and sentence.number != at:
            found.setdefault(sentence.number, set()).add("same_paragraph")
            if goes_on(sentence.text):
                found[sentence.number].add("goes_on")
    own = found.setdefault(at, set())
    own.discard("read")
    own.add("fact_itself" if resolved.kind in _ON_THE_FACT else "last")


_MEASURES = frozenset({Kinds.DATE, Kinds.NUMBER, Kinds.MONEY, Kinds.AGE, Kinds.DURATION, Kinds.PERCENT})


def _measured(resolved: Resolved, index: Index, summary: Mapping[int, str]) -> list[tuple[int, str]]:
    """What follow-ups that ask for a day or a figure change besides: (sentence number, shift)."""
    expected = expected_type(resolved.question)
    if expected.kind not in _MEASURES:
        return []
    holding = [s.number for s in index.sentences if spans(s.text, expected)]
    found = [(number, "holds") for number in holding]
    at = _last_quote(resolved, index)
    if resolved.kind not in _ON_THE_FACT or at is None or at in holding:
        return found
    lead = [n for n in holding if summary.get(n) == "lead" and expected.kind is Kinds.DATE]
    return [*found, (at, "says_not_when"), *((n, "lead_says_when") for n in lead)]


def _worded(resolved: Resolved, index: Index) -> Iterator[tuple[int, str]]:
    """What the words of a follow-up change besides: (sentence number, shift)."""
    # Only a conversation pays for the word lists that it takes to follow one.
    from bot.conversation.names import names_of
    from bot.conversation.wording import asks_whether, gives_reason, terms_like

    alike = terms_like(resolved.typed)
    for sentence in index.sentences:
        if not alike.isdisjoint(index.terms(sentence)):
            yield sentence.number, "typed_words"
    if expected_type(resolved.question).kind is Kinds.REASON:
        yield from ((s.number, "says_why") for s in index.sentences if gives_reason(s.text))
    at = _last_quote(resolved, index)
    if at is not None and asks_whether(resolved.typed, names_of(index)):
        yield at, "last_polar"


def _spoken(resolved: Resolved, index: Index) -> list[tuple[int, str]]:
    """What follow-ups that ask what else somebody said change besides: (sentence number, shift)."""
    if resolved.kind is not FollowUp.ELSE:
        return []
    from bot.conversation.names import names_of
    from bot.conversation.speakers import asks_for_words, speeches

    names = names_of(index)
    person = asks_for_words(resolved.question, names)
    if person is None:
        return []
    theirs, others = speeches(person, index, names)
    return [*((n, "their_words") for n in theirs), *((n, "others_words") for n in others)]


def _summary(index: Index) -> dict[int, str]:
    """The sentences that say the story in short, each with the shift that it has for that.

    They are headline and standfirst, by their kind or by standing above the byline or date line, and the story's first.
    """
    opening = index.sentences[:HEAD]
    signed = max((s.number for s in opening if s.kind in (Kind.BYLINE, Kind.DATE)), default=-1)
    found = {s.number: "over_the_story" for s in opening if s.kind.is_head or s.number < signed}
    lead = next((s.number for s in index.opening if s.number not in found), None)
    return found if lead is None else found | {lead: "lead"}
