"""What is remembered of conversations, for how long, and of how many."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import TURNS, Conversation, Conversations, Turn

ONE = Conversation((Turn("Who called?", (3,)),))


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.now


def test_a_conversation_belongs_to_one_person_in_one_place() -> None:
    """Neither another person there nor the same person elsewhere goes on with it."""
    kept = Conversations()
    kept.put("ann", "harbour", ONE)
    assert kept.get("ann", "harbour") == ONE
    assert kept.get("ben", "harbour") is None
    assert kept.get("ann", "market") is None


def test_a_conversation_expires_after_its_last_turn() -> None:
    """Each turn makes it young again; then it is gone, and not only hidden."""
    clock = Clock()
    kept = Conversations(minutes=30, clock=clock)
    kept.put("ann", "harbour", ONE)
    clock.now = 29 * 60
    kept.put("ann", "harbour", ONE)
    clock.now = 58 * 60
    assert kept.get("ann", "harbour") == ONE
    clock.now = 59 * 60 + 1
    assert kept.get("ann", "harbour") is None
    assert len(kept) == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=120), st.integers(1, 9))
def test_memory_is_bounded(asked: list[tuple[int, int]], most: int) -> None:
    """However many people ask, no more are kept; the one who asked last is among them."""
    kept = Conversations(most=most)
    for person, place in asked:
        kept.put(person, place, ONE)
        assert len(kept) <= most
        assert kept.get(person, place) == ONE


@given(st.integers(0, 40))
def test_a_conversation_keeps_its_last_turns(count: int) -> None:
    """The oldest goes first."""
    talk = Conversation()
    for n in range(count):
        talk = talk.after(Turn(f"question {n}", (n,)))
    assert [turn.question for turn in talk.turns] == [f"question {n}" for n in range(max(0, count - TURNS), count)]


def test_a_conversation_can_be_forgotten() -> None:
    """In one place, and nobody else's with it."""
    kept = Conversations()
    kept.put("ann", "market", ONE)
    kept.put("ben", "market", ONE)
    assert kept.forget("ben", "market")
    assert not kept.forget("ben", "market")
    assert kept.get("ann", "market") == ONE
