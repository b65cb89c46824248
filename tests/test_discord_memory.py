"""What the bot remembers is bounded in number and in time."""

import datetime as dt

from bot.answer import Abstention, Reason
from bot.discord.memory import LastAnswers, Leaf, Paged, Seen
from tests.loopback.story import story

RESULT = Abstention("?", story(), Reason.NO_MATCH, 0.0)


def test_last_answers_are_kept_by_person_and_place() -> None:
    """Nobody is shown somebody else's answer, or one from elsewhere."""
    last = LastAnswers()
    last.put(1, 10, RESULT)
    assert last.get(1, 10) is RESULT
    assert last.get(2, 10) is None
    assert last.get(1, 11) is None


def test_last_answers_are_forgotten_in_time() -> None:
    """After its life an answer is gone, from memory too once another comes."""
    now = 0.0
    last = LastAnswers(life=60.0, clock=lambda: now)
    last.put(1, 1, RESULT)
    now = 60.0
    assert last.get(1, 1) is RESULT
    now = 60.1
    assert last.get(1, 1) is None
    last.put(2, 2, RESULT)
    assert len(last) == 1


def test_last_answers_are_bounded() -> None:
    """The one not renewed for longest goes first."""
    last = LastAnswers(most=2)
    for person in (1, 2, 1, 3):
        last.put(person, 0, RESULT)
    assert [bool(last.get(person, 0)) for person in (1, 2, 3)] == [True, False, True]


def test_ids_are_new_once() -> None:
    """An id is new the first time; of very many the oldest are forgotten."""
    seen = Seen(most=2)
    assert [seen.is_new(n) for n in (1, 1, 2, 3, 2, 1)] == [True, False, True, True, False, True]


def test_when_a_last_answer_was_given() -> None:
    """As long as it is kept; nothing of one that is over."""
    now = 0.0
    last = LastAnswers(life=60.0, clock=lambda: now)
    last.put(1, 1, RESULT)
    now = 30.0
    asked = last.asked(1, 1)
    assert asked is not None
    assert round((dt.datetime.now(dt.UTC) - asked).total_seconds()) == 30
    now = 61.0
    assert last.asked(1, 1) is None
    assert last.asked(2, 1) is None


def test_a_person_can_be_forgotten() -> None:
    """All of theirs in all places, and nothing of anybody else's."""
    last, paged = LastAnswers(), Paged()
    keys = []
    for person in (1, 2):
        for place in (1, 2):
            last.put(person, place, RESULT)
            keys.append(paged.put(person, (Leaf(("a",)),)))
    assert last.of(1) == (RESULT, RESULT)
    assert (last.forget_person(1), paged.forget_person(1)) == (2, 2)
    assert last.of(1) == ()
    assert last.of(2) == (RESULT, RESULT)
    assert [paged.get(key) is None for key in keys] == [True, True, False, False]


def test_pages_are_bounded_and_forgotten_in_time() -> None:
    """Of too many replies the oldest goes, and each after its life."""
    now = 0.0
    paged = Paged(most=2, life=60.0, clock=lambda: now)
    first, second, third = (paged.put(1, (Leaf((name,)), Leaf(("b",)))) for name in "abc")
    assert paged.get(first) is None
    assert paged.get(second) == (Leaf(("b",)), Leaf(("b",)))
    now = 60.1
    assert paged.get(third) is None
    paged.put(1, (Leaf(("d",)),))
    assert len(paged) == 1


def test_keys_of_pages_cannot_be_guessed() -> None:
    """Sixteen hexadecimal digits, never the same."""
    paged = Paged()
    keys = {paged.put(1, ()) for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) == 16 for key in keys)
