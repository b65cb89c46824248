"""What the bot remembers is bounded in number and in time."""

from bot.answer import Abstention, Reason
from bot.discord.memory import LastAnswers, Seen
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
