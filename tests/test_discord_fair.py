"""The fair queue: turns, bounds, and how long one would wait."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.fair import FairQueue

owners = st.lists(st.integers(0, 4), max_size=40)


def drained(queue: FairQueue[tuple[int, int]]) -> list[tuple[int, int]]:
    """All that waits, in turn."""
    return [queue.take() for _ in range(len(queue))]


def filled(puts: list[int]) -> FairQueue[tuple[int, int]]:
    """A queue with an item for each owner named."""
    queue: FairQueue[tuple[int, int]] = FairQueue()
    for n, owner in enumerate(puts):
        queue.put(owner, (owner, n))
    return queue


@given(owners)
def test_owners_take_turns(puts: list[int]) -> None:
    """Nobody has a second turn while another who waited all the time had none, and one's own items keep their order."""
    taken = drained(filled(puts))
    assert Counter(owner for owner, _ in taken) == Counter(puts)
    for owner in set(puts):
        own = [n for o, n in taken if o == owner]
        assert own == sorted(own)
        turns = [place for place, (o, _) in enumerate(taken) if o == owner]
        for first, second in itertools.pairwise(turns):
            between = Counter(o for o, _ in taken[first + 1 : second])
            assert all(count == 1 for count in between.values())
            later = {o for o, _ in taken[second:]} - {owner}
            assert later <= set(between)


@given(owners, st.integers(0, 30), st.integers(0, 5))
def test_tells_how_many_are_served_before(puts: list[int], takes: int, owner: int) -> None:
    """`ahead` counts exactly those that are taken before an item put now, whatever was taken meanwhile."""
    queue = filled(puts)
    for _ in range(min(takes, len(queue))):
        queue.take()
    expected = queue.ahead(owner)
    assert queue.put(owner, (owner, -1))
    assert drained(queue).index((owner, -1)) == expected


def test_is_bounded_for_each_and_in_all() -> None:
    """An owner's share and the whole are limited; who has room is not held up by who has none."""
    queue: FairQueue[str] = FairQueue(most=3, most_each=2)
    assert [queue.put("flood", str(n)) for n in range(4)] == [True, True, False, False]
    assert queue.put("quiet", "x")
    assert not queue.put("third", "y")
    assert [queue.take() for _ in range(len(queue))] == ["0", "x", "1"]
    assert queue.owners == 0


def test_what_nobody_waits_for_leaves_the_queue() -> None:
    """A discarded item frees its place; one that was taken cannot be discarded."""
    queue: FairQueue[str] = FairQueue(most=2)
    queue.put("a", "1")
    queue.put("a", "2")
    assert queue.discard("a", "1")
    assert not queue.discard("a", "1")
    assert queue.take() == "2"
    assert not queue.discard("a", "2")
    with pytest.raises(IndexError):
        queue.take()


def test_the_newest_may_be_taken_first() -> None:
    """Owners still take turns, each with what it put last; the oldest of one can be taken out of turn."""
    queue = filled([0, 0, 0, 1])
    assert [queue.take(newest=True) for _ in range(2)] == [(0, 2), (1, 3)]
    assert queue.oldest(0) == (0, 0)
    assert queue.oldest(1) is None
    assert drained(queue) == [(0, 1)]
    assert queue.oldest(0) is None
