"""Cooldowns: a burst, then a rate; they say when, and forget."""

from hypothesis import given
from hypothesis import strategies as st

from bot.cooldown import Cooldown, Cooldowns, moment


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Start at some time."""
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_burst_then_a_rate() -> None:
    """Twelve a minute: six at once, then one every five seconds."""
    clock = Clock()
    cooldown = Cooldown(12, clock=clock)
    assert [cooldown.take("a") for _ in range(7)] == [0.0] * 6 + [5.0]
    clock.now += 2
    assert cooldown.take("a") == 3.0
    clock.now += 3
    assert cooldown.take("a") == 0.0
    assert cooldown.take("a") == 5.0


def test_keys_are_apart() -> None:
    """One person's haste is not another's."""
    cooldown = Cooldown(2, burst=1, clock=Clock())
    assert cooldown.take(1) == 0.0
    assert cooldown.take(1) > 0.0
    assert cooldown.take(2) == 0.0


def test_zero_never_refuses() -> None:
    """A rate of 0 switches it off, and nothing is kept."""
    cooldown = Cooldown(0, clock=Clock())
    assert [cooldown.take(1) for _ in range(100)] == [0.0] * 100
    assert len(cooldown) == 0


@given(
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 20, allow_nan=False)), min_size=1, max_size=60),
)
def test_never_more_than_burst_and_rate(rate: int, steps: list[tuple[int, float]]) -> None:
    """Whatever the times, a key is let through at most burst + rate x time; and who waits as told is let through."""
    clock = Clock()
    cooldown = Cooldown(rate, clock=clock)
    start, passed = clock.now, dict.fromkeys(range(4), 0)
    for key, pause in steps:
        clock.now += pause
        wait = cooldown.take(key)
        passed[key] += wait == 0.0
        assert passed[key] <= max(rate / 2, 1) + rate * (clock.now - start) / 60 + 1e-6
        if wait:
            clock.now += wait
            assert cooldown.take(key) == 0.0
            passed[key] += 1


def test_memory_is_bounded() -> None:
    """Full buckets are forgotten, and of very many keys the oldest."""
    clock = Clock()
    cooldown = Cooldown(60, most=10, clock=clock)
    for key in range(100):
        cooldown.take(key)
    assert len(cooldown) == 10
    clock.now += 60
    cooldown.take("later")
    assert len(cooldown) == 1


def test_a_place_takes_more_than_a_person() -> None:
    """Five people may ask as fast as each may; a refusal by the place costs the person nothing."""
    clock = Clock()
    cooldowns = Cooldowns(2, clock=clock)
    assert [cooldowns.take(person, 1) for person in range(5)] == [0.0] * 5
    assert cooldowns.take(5, 1) > 0.0
    assert cooldowns.take(5, 2) == 0.0


def test_a_notice_a_minute() -> None:
    """Who is told to wait is told once a minute in a place."""
    clock = Clock()
    cooldowns = Cooldowns(12, clock=clock)
    assert [cooldowns.may_tell(1, 1) for _ in range(3)] == [True, False, False]
    assert cooldowns.may_tell(1, 2)
    clock.now += 60
    assert cooldowns.may_tell(1, 1)


def test_the_moment_is_never_too_early() -> None:
    """A moment is the next whole second."""
    assert moment(4.2, 1000.1) == 1005
    assert moment(1.0, 1000.0) == 1001
