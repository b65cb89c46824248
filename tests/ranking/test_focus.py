"""A ranking seen from a conversation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import FollowUp, Resolved
from bot.ranking.focus import BESIDE, SCORE, SHIFTS, SURE, around, focused, load_focus, shifts
from bot.ranking.ranker import RankedSentence, Ranking
from index.article import Article
from index.indexer import Index


@pytest.fixture(scope="module")
def index(sample: Article) -> Index:
    """The index of the sample article."""
    return Index(sample)


def ranking(index: Index, *numbers: int, confidence: float = 0.4, step: float = 0.8) -> Ranking:
    """These sentences, each with a share of the score before it."""
    return Ranking(
        tuple(RankedSentence(index.sentences[n], round(step**place, 4), 1.0) for place, n in enumerate(numbers)),
        confidence,
    )


def order(found: Ranking) -> list[int]:
    """The numbers of the sentences, best first."""
    return [r.sentence.number for r in found.sentences]


def test_a_question_that_stands_alone_keeps_its_ranking(index: Index) -> None:
    """To the last digit."""
    before = ranking(index, 4, 9, 12)
    assert focused(before, Resolved("Who called?"), index) is before


def test_what_stands_behind_the_quote_is_nearer(index: Index) -> None:
    """News goes on about the same, and the first sentence touches on everything."""
    found = focused(ranking(index, 4, 12, 9), Resolved("What did he urge?", None, FollowUp.PRONOUN, near=(8,)), index)
    assert order(found)[0] == 9
    assert found.confidence > 0.4


def test_what_is_left_out_is_gone(index: Index) -> None:
    """And nothing is sure where nothing is left."""
    resolved = Resolved("What else?", None, FollowUp.ELSE, frozenset({12, 9}))
    assert order(focused(ranking(index, 12, 9, 13), resolved, index)) == [13]
    assert focused(ranking(index, 12, 9), resolved, index) == Ranking((), 0.0)


def test_what_else_somebody_said_is_something_that_they_said(index: Index) -> None:
    """Their words, by name or behind "he added", come before what others did; both stand as near to the quote."""
    said = next(s.number for s in index.sentences if s.text.startswith("The insurgents, he added"))
    did = next(s.number for s in index.sentences if s.text.startswith("Moscow fought"))
    resolved = Resolved("What else did Kabulov say?", None, FollowUp.ELSE)
    pressed = next(s.number for s in index.sentences if s.text.startswith("Kabulov also"))
    assert order(focused(ranking(index, did, said), resolved, index)) == [said, did]
    assert order(focused(ranking(index, said, pressed), resolved, index)) == [pressed, said]


def test_what_somebody_else_said_is_none_of_their_words(index: Index) -> None:
    """Nor is what nobody said; a quotation by itself may be anybody's."""
    resolved = Resolved("What else did Kabulov say?", None, FollowUp.ELSE)
    warned = next(s.number for s in index.sentences if "Sergey Lavrov, warned" in s.text)
    fought = next(s.number for s in index.sentences if s.text.startswith("Moscow fought"))
    pressed = next(s.number for s in index.sentences if s.text.startswith("Kabulov also"))
    assert {warned, fought} <= shifted("others_words", resolved, index)
    assert pressed in shifted("their_words", resolved, index) - shifted("others_words", resolved, index)


def test_when_is_not_answered_with_the_same_sentence_without_a_day(index: Index) -> None:
    """The first sentence of the story, which has one, comes before it."""
    resolved = Resolved("When did Kabulov urge that?", None, FollowUp.ELLIPSIS, near=(9,), quoted=frozenset({8, 9}))
    assert order(focused(ranking(index, 9, 4, 8), resolved, index))[0] == 4


def test_a_question_that_says_little_is_taken_at_its_word_where_that_is_sure(index: Index) -> None:
    """Otherwise it looks near; it never becomes surer by that."""
    resolved = Resolved("and who pays?", None, FollowUp.GOING_ON, near=(8,))
    sure = ranking(index, 4, 9, confidence=SURE)
    assert focused(sure, resolved, index) is sure
    unsure = focused(ranking(index, 4, 9, confidence=0.3), resolved, index)
    assert order(unsure) == [9, 4]
    assert unsure.confidence <= 0.3


def test_what_is_read_for_a_follow_up_stands_around_the_quote(index: Index) -> None:
    """The quote, what stands before and behind it; nothing where it stands alone, or where nothing was quoted."""
    prose = [s.number for s in index.prose]
    at = prose.index(9)
    beside = set(prose[at - BESIDE[0] : at + BESIDE[1] + 1])
    assert around(Resolved("When?", None, FollowUp.ELLIPSIS, near=(9, 4)), index) == beside
    assert around(Resolved("When?", None, FollowUp.NONE, near=(9,)), index) == frozenset()
    for near in ((), (-1,), (9_999,)):
        assert around(Resolved("When?", None, FollowUp.ELLIPSIS, near=near), index) == frozenset()
    first = around(Resolved("When?", None, FollowUp.ELLIPSIS, near=(prose[0],)), index)
    assert first == set(prose[: BESIDE[1] + 1])


def follow_up(kind: FollowUp, typed: str, read_as: str, *near: int) -> Resolved:
    """A follow-up on these sentences."""
    return Resolved(read_as, read_as, kind, near=near, quoted=frozenset(near), typed=typed)


def shifted(name: str, resolved: Resolved, index: Index) -> set[int]:
    """The sentences of which a shift is so."""
    return {number for number, names in shifts(resolved, index).items() if name in names}


def test_words_of_the_follow_up_itself_count_besides(index: Index) -> None:
    """What was read into it stands in every sentence about the same; a word like the one that was typed will do."""
    asked = follow_up(FollowUp.PRONOUN, "what did he say about a settlement?", "What did Shaheen say of it?", 5)
    settled = next(s.number for s in index.sentences if "settlement" in s.text)
    assert shifted("typed_words", asked, index) == {settled}
    assert order(focused(ranking(index, 6, settled, step=0.9), asked, index))[0] == settled
    fled = follow_up(FollowUp.PRONOUN, "did their troops flee?", "Did the Afghans' troops flee?", 8)
    soldiers = next(s.number for s in index.sentences if "drove Afghan soldiers" in s.text)
    assert soldiers in shifted("typed_words", fled, index)


def test_a_bare_word_has_no_words_of_its_own(index: Index) -> None:
    """Nor has "what else did she say?"."""
    for typed in ("and when?", "what else did she say?", ""):
        assert not shifted("typed_words", follow_up(FollowUp.ELLIPSIS, typed, "When did Kabulov say that?", 9), index)


def test_a_reason_is_looked_for_where_one_is_asked_for(index: Index) -> None:
    """A "so as to" gives one; "where?" does not ask for it."""
    why = follow_up(FollowUp.ELLIPSIS, "why?", "Why did Tajikistan call up reservists?", 12)
    where = follow_up(FollowUp.ELLIPSIS, "where?", "Where did Tajikistan call up reservists?", 12)
    called = next(s.number for s in index.sentences if "so as to" in s.text)
    assert called in shifted("says_why", why, index)
    assert not shifted("says_why", where, index)


def test_a_paragraph_goes_on_about_somebody(index: Index) -> None:
    """As "he" or "his"; only in the quote's own paragraph."""
    asked = follow_up(FollowUp.PRONOUN, "and what about Syria?", "What did Shaheen say about Syria?", 6)
    assert shifted("goes_on", asked, index) == {7}


def test_a_bare_word_asks_on_about_the_fact(index: Index) -> None:
    """Not for what comes behind it, as "he" does; and "is that so?" may be told by the quote itself."""
    bare = follow_up(FollowUp.ELLIPSIS, "where?", "Where did Kabulov urge that?", 9)
    told = follow_up(FollowUp.PRONOUN, "did he urge it alone?", "Did Kabulov urge it alone?", 9)
    assert shifted("behind_fact", bare, index) == shifted("behind", bare, index) != set()
    assert not shifted("behind_fact", told, index)
    assert (shifted("last_polar", told, index), shifted("last_polar", bare, index)) == ({9}, set())


@pytest.mark.parametrize("name", sorted(load_focus()))
def test_each_weight_is_known_by_name(name: str) -> None:
    """None of a shift that nothing is described by."""
    assert name in (SCORE, *SHIFTS)


@pytest.mark.parametrize("kind", [FollowUp.ELLIPSIS, FollowUp.PRONOUN, FollowUp.ELSE])
def test_what_is_fitted_is_what_is_ranked_by(index: Index, kind: FollowUp) -> None:
    """The training's sum of weights orders the sentences as a follow-up finds them."""
    training = pytest.importorskip("bench.train_focus")
    before = ranking(index, *(s.number for s in index.prose), step=0.9)
    resolved = Resolved("When did Kabulov say that?", None, kind, frozenset({8}), (9,), frozenset({8, 9, 12}), "when?")
    weights = load_focus()
    described, fixed = training.describe(before, resolved, index)
    sums = described @ [weights[name] for name in training.NAMES] + fixed
    left = [n for n in order(before) if n not in resolved.exclude]
    by_sum = [n for _, n in sorted(zip(-sums.round(9), left, strict=True))]
    assert order(focused(before, resolved, index)) == by_sum


@given(st.data(), st.sampled_from(FollowUp), st.floats(0, 1), st.lists(st.integers(-3, 60), max_size=3))
def test_scores_and_confidence_stay_within_their_bounds(
    index: Index, data: st.DataObject, kind: FollowUp, confidence: float, near: list[int]
) -> None:
    """0 to 1, best first, no sentence twice, whatever was quoted."""
    numbers = data.draw(st.lists(st.sampled_from([s.number for s in index.prose]), unique=True))
    quoted = frozenset(data.draw(st.sets(st.integers(-3, 60), max_size=5)))
    resolved = Resolved("When was that?", None, kind, frozenset(), tuple(near), quoted, "Is it so, and why?")
    found = focused(ranking(index, *numbers, confidence=confidence), resolved, index)
    assert sorted(order(found)) == sorted(numbers)
    scores = [r.score for r in found.sentences]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in (*scores, found.confidence))
