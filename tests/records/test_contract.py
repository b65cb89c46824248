"""The contract of a store of records; every engine is to pass it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Conversation, Turn
from bot.records import SHELL, Kept, Owner, Records, Tally, Verdict, person
from bot.records.model import day_of
from tests.records.builders import ENGINES, HERE, NOW, THERE, refusal, remembered, vote


@pytest.fixture(params=list(ENGINES))
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """An empty store."""
    if request.param == "lance":
        pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    store = ENGINES[request.param](tmp_path)
    yield store
    store.close()


def test_one_vote_a_person_and_answer(records: Records) -> None:
    """A second vote takes the place of the first; the same again takes it back; others' votes stay."""
    other = vote(person=101, verdict=Verdict.DOWN)
    assert records.cast(other) == other
    assert records.cast(vote()) == vote()
    changed = vote(verdict=Verdict.DOWN, at=NOW + 1)
    assert records.cast(changed) == changed
    assert records.votes(HERE, 0) == (other, changed)
    assert records.cast(vote(verdict=Verdict.DOWN, at=NOW + 2)) is None
    assert records.votes(HERE, 0) == (other,)


def test_a_refusal_is_counted_once(records: Records) -> None:
    """The same interaction noted twice, as after a restart, is one refusal; answers are counted beside it."""
    records.note_refusal(refusal())
    records.note_refusal(refusal())
    records.note_answer(HERE, NOW)
    assert records.refusals(HERE, 0) == (refusal(),)
    assert records.tallies(HERE, dt.date.min) == (Tally(day_of(NOW), 1, 1),)


def test_of_too_many_the_newest_are_read(records: Records) -> None:
    """A limit keeps the newest, oldest of them first."""
    for n in range(4):
        records.note_refusal(refusal(answer=n, at=NOW + n))
        records.cast(vote(answer=n, at=NOW + n))
    assert [r.answer for r in records.refusals(HERE, 0, most=2)] == [2, 3]
    assert [v.answer for v in records.votes(HERE, 0, most=2)] == [2, 3]


def test_settings_are_set_changed_and_taken_away(records: Records) -> None:
    """Any JSON comes back as it went; None takes a setting away; another owner's are not touched."""
    records.set(HERE, {"a": [1, "ä", None], "b": False})
    records.set(THERE, {"a": 2})
    records.set(HERE, {"b": None, "c": {"d": 0.5}})
    assert records.settings(HERE) == {"a": [1, "ä", None], "c": {"d": 0.5}}
    assert records.settings(THERE) == {"a": 2}
    assert records.settings(SHELL) == {}


def test_who_left_and_who_came_back(records: Records) -> None:
    """The first time counts; one of whom nothing is kept is not noted."""
    records.note_answer(HERE, NOW)
    records.depart(HERE, NOW + 1)
    records.depart(HERE, NOW + 2)
    records.depart(THERE, NOW)
    assert records.departed() == {HERE: NOW + 1}
    records.stay(HERE)
    assert records.departed() == {}


def test_a_conversation_is_of_one_person_in_one_place(records: Records) -> None:
    """It comes back as it was; neither somebody else's, nor one elsewhere, nor with another owner is given for it."""
    records.keep_conversations([remembered()])
    assert records.conversation(HERE, 100, 7) == remembered()
    for owner, number, place in ((HERE, 101, 7), (HERE, 100, 8), (THERE, 100, 7), (person(100), 100, 7)):
        assert records.conversation(owner, number, place) is None


def test_the_younger_of_two_conversations_stays(records: Records) -> None:
    """What another process wrote meanwhile is not lost to one that is late; what goes on takes its place."""
    late, next_one = remembered(at=NOW - 1), remembered(conversation=Conversation(), at=NOW + 1)
    records.keep_conversations([remembered(), late])
    assert records.conversation(HERE, 100, 7) == remembered()
    records.keep_conversations([next_one])
    records.keep_conversations([remembered()])
    assert records.conversation(HERE, 100, 7) == next_one
    same_second = remembered(at=NOW + 1)
    records.keep_conversations([same_second])
    assert records.conversation(HERE, 100, 7) == same_second


def test_conversations_are_erased_with_their_person_and_their_server(records: Records) -> None:
    """And by themselves; others' stay."""
    for owner, number, place in ((HERE, 100, 7), (HERE, 101, 7), (THERE, 100, 8), (person(100), 100, 9)):
        records.keep_conversations([remembered(owner=owner, person=number, place=place)])
    assert [(c.owner, c.place) for c in records.about_person(100).conversations] == [
        (person(100), 9),
        (HERE, 7),
        (THERE, 8),
    ]
    assert records.erase_person(100) == 0
    assert records.about_person(100) == Kept()
    assert records.conversation(HERE, 101, 7)
    assert records.erase_owner(HERE) == 0
    assert records.conversation(HERE, 101, 7) is None
    records.keep_conversations([remembered(), remembered(place=8)])
    records.forget_conversation(HERE, 100, 7)
    records.forget_conversation(HERE, 100, 7)
    assert [c.place for c in records.about_person(100).conversations] == [8]


def test_old_conversations_go_and_of_too_many_the_oldest(records: Records) -> None:
    """Of all owners; who asked last stays."""
    kept = [remembered(owner=person(n), person=n, at=NOW + n) for n in range(6)]
    records.keep_conversations(kept)
    assert records.expire_conversations(NOW, most=6) == 0
    assert records.expire_conversations(NOW + 1, most=6) == 1
    assert records.expire_conversations(NOW + 1, most=2) == 3
    assert [n for n in range(6) if records.conversation(person(n), n, 7)] == [4, 5]


@pytest.mark.parametrize("text", ["\ud800?", "\0", "'; DROP TABLE votes; --", "🙂" * 1000, ""])
def test_any_text_can_be_kept(records: Records, text: str) -> None:
    """What a person typed is a value and never SQL; half a surrogate pair becomes a question mark."""
    records.cast(vote(question=text))
    records.note_refusal(refusal(question=text, missing=(text,)))
    assert records.votes(HERE, 0)[0].question == text.replace("\ud800", "?")
    assert records.refusals(HERE, 0)[0].question == text.replace("\ud800", "?")
    assert len(records.refusals(HERE, 0)[0].missing) == 1
    records.keep_conversations([remembered(conversation=Conversation((Turn(text),)))])
    kept = records.conversation(HERE, 100, 7)
    assert kept
    assert kept.conversation.turns[0].question == text.replace("\ud800", "?")


@given(st.sampled_from(["server", "person", "shell"]), st.integers(0, 2**63 - 1))
def test_an_owner_is_written_and_read(kind: Any, number: int) -> None:  # noqa: ANN401 - one of three
    """What is written comes back."""
    owner = Owner(kind, 0 if kind == "shell" else number)
    assert Owner.parse(str(owner)) == owner


@pytest.mark.parametrize(
    "written", ["", "server", "server:", "server:x", "server:١", "shell:1", "guild:1", "server:1\n"]
)
def test_what_is_no_owner_is_none(written: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match="no owner"):
        Owner.parse(written)
