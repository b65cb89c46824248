"""Packing sentences beside a question."""

from hypothesis import given
from hypothesis import strategies as st

from bot.reading.windows import MARKS, OVERLAP_TOKENS, WINDOW_TOKENS, pack, with_neighbours

_TOKENS = st.lists(st.integers(1000, 30_000), max_size=80)
_SENTENCES = st.dictionaries(st.integers(0, 60), _TOKENS, max_size=25)


@given(st.lists(st.integers(1000, 30_000), max_size=40), st.lists(st.integers(1000, 30_000), max_size=24), _SENTENCES)
def test_every_sentence_is_scored_once_in_order(
    question: list[int], lead: list[int], sentences: dict[int, list[int]]
) -> None:
    """The spans of all windows together are the sentences, ascending, and hold just their tokens."""
    spans = [(n, w.ids[start:end]) for w in pack(question, lead, sentences) for n, start, end in w.spans]
    assert spans == sorted(sentences.items())


@given(st.lists(st.integers(1000, 30_000), max_size=40), st.lists(st.integers(1000, 30_000), max_size=24), _SENTENCES)
def test_windows_begin_with_the_question_and_keep_their_limit(
    question: list[int], lead: list[int], sentences: dict[int, list[int]]
) -> None:
    """Each window holds the question in front, ends with a mark, and is never longer than the model reads."""
    cls, sep = MARKS
    for window in pack(question, lead, sentences):
        assert window.ids[: window.question_end] == [cls, *question, sep]
        assert window.ids[-1] == sep
        assert len(window.ids) <= WINDOW_TOKENS


def test_a_run_that_is_cut_goes_on_with_the_end_of_the_sentence_before() -> None:
    """What "he" at the start of the next window stands for is read again, but not scored again."""
    first, second = pack([7], [], {3: list(range(1000, 1150)), 4: [9] * 60})
    assert first.spans == [(3, 3, 153)]
    assert second.ids[3 : 3 + OVERLAP_TOKENS] == list(range(1150 - OVERLAP_TOKENS, 1150))
    assert second.spans == [(4, 3 + OVERLAP_TOKENS, 3 + OVERLAP_TOKENS + 60)]


def test_sentences_that_do_not_follow_each_other_are_kept_apart() -> None:
    """A mark stands between two runs, none within one."""
    (window,) = pack([7], [8], {1: [11], 2: [12], 5: [15]})
    cls, sep = MARKS
    assert window.ids == [cls, 7, sep, 8, sep, 11, 12, sep, 15, sep]


def test_nothing_to_read_is_no_window() -> None:
    """Without sentences the model is not asked."""
    assert pack([7], [8], {}) == []


@given(st.sets(st.integers(0, 40)), st.integers(1, 41))
def test_neighbours_stay_within_the_article(chosen: set[int], sentences: int) -> None:
    """A sentence brings the one before and the one behind, where there are any."""
    inside = {i for i in chosen if i < sentences}
    found = with_neighbours(inside, sentences)
    assert found == sorted({j for i in inside for j in (i - 1, i, i + 1) if 0 <= j < sentences})
