"""What buttons carry: it comes back as it went, fits, and is believed only as far as the article bears it out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.buttons import BUTTONS
from bot.discord.custom_ids import MAX_CUSTOM_ID, CardId, DeleteId, FollowUpId, MoreId, PageId, PassageId, ShareId
from index.errors import CommandError
from index.indexer import Index
from tests.loopback.story import story

INDEX = Index(story())
HERE = INDEX.article.id

ids = st.text("0123456789abcdef", min_size=12, max_size=12)
passage_ids = st.builds(
    PassageId, ids, st.integers(0, 10**6), st.integers(0, 9999), st.integers(0, 10**8), st.integers(0, 10**8)
)
more_ids = st.builds(
    MoreId, ids, st.integers(0, 999), st.lists(st.integers(0, 10**7 - 1), min_size=1, max_size=12).map(tuple)
)
share_ids = st.builds(ShareId, ids, st.integers(0, 2**64 - 1))
card_ids = st.builds(
    CardId,
    st.sampled_from(["open", "turn", "post"]),
    ids,
    st.sampled_from(["light", "dark"]),
    st.lists(st.integers(0, 10**7 - 1), min_size=1, max_size=3).map(tuple),
)
other_ids = (
    st.builds(FollowUpId, ids)
    | st.builds(DeleteId, st.integers(0, 2**64 - 1))
    | st.builds(PageId, st.text("0123456789abcdef", min_size=16, max_size=16), st.integers(0, 9999))
)
Carried = PassageId | ShareId | CardId | FollowUpId | DeleteId | PageId


@given(passage_ids | share_ids | card_ids | other_ids)
def test_what_is_carried_comes_back(carried: Carried) -> None:
    """Text and back gives the same, within a custom_id's length."""
    match = carried.PATTERN.fullmatch(str(carried))
    assert match
    assert type(carried).parse(match) == carried
    assert len(str(carried)) <= MAX_CUSTOM_ID


@given(more_ids)
def test_the_best_sentences_are_carried_as_far_as_they_fit(carried: MoreId) -> None:
    """Of many sentences the first are kept."""
    match = MoreId.PATTERN.fullmatch(str(carried))
    assert match
    assert len(str(carried)) <= MAX_CUSTOM_ID
    back = MoreId.parse(match)
    assert back.sentences == carried.sentences[: len(back.sentences)]
    assert len(back.sentences) == min(len(carried.sentences), 8)


@given(st.text(max_size=100) | st.from_regex(r"pq:(?:[pms]|c:open):[0-9a-f]{12}(:[0-9.]{1,9}){1,4}", fullmatch=True))
def test_forged_ids_give_a_sentence_at_worst(custom_id: str) -> None:
    """Whatever is sent: not recognised, or refused with a sentence, or it is in the article."""
    for kind in (PassageId, MoreId, CardId):
        if match := kind.PATTERN.fullmatch(custom_id.replace("0" * 12, HERE)):
            with contextlib.suppress(CommandError):
                kind.parse(match).find(INDEX)


@given(
    st.builds(
        PassageId, st.just(HERE), st.integers(0, 12), st.integers(0, 3), st.integers(0, 4000), st.integers(0, 4000)
    )
)
def test_a_mark_is_in_its_passage(wanted: PassageId) -> None:
    """What is found can be marked: it lies in the passage, or is a sentence of the article's head."""
    try:
        passage = wanted.find(INDEX)
    except CommandError:
        return
    if passage is None:
        assert any((s.start, s.end) == (wanted.start, wanted.end) for s in INDEX.sentences)
    elif wanted.start != wanted.end:
        assert passage.start <= wanted.start < wanted.end <= passage.end


def test_another_article_is_named_as_the_reason() -> None:
    """A stale button says what is wrong with it."""
    with pytest.raises(CommandError, match="belongs to another article"):
        PassageId("0" * 12, 1, 1, 0, 0).find(INDEX)


def test_digits_of_other_scripts_are_no_digits() -> None:
    """Only what str() writes is read."""
    assert PassageId.PATTERN.fullmatch(f"pq:p:{HERE}:١:1:0:0") is None


@given(passage_ids | share_ids | card_ids | other_ids | more_ids)
def test_a_custom_id_is_one_buttons_alone(carried: Carried | MoreId) -> None:
    """No two families answer to the same press."""
    families = [b for b in BUTTONS if b.__discord_ui_compiled_template__.fullmatch(str(carried))]
    assert len(families) == 1
