"""What processes tell each other: claims and turns, through one file."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.discord.shared import BACK, FILE, HOLDS, KEPT, TIDY, Shared


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The machine's clock."""
    return Clock()


@pytest_asyncio.fixture
async def two(tmp_path: Path, clock: Clock) -> AsyncIterator[tuple[Shared, Shared]]:
    """Two processes' ends of one file."""
    pair = Shared(tmp_path, clock=clock), Shared(tmp_path, clock=clock)
    yield pair
    for shared in pair:
        await shared.close()


async def test_an_interaction_is_claimed_once(two: tuple[Shared, Shared]) -> None:
    """Of two processes that hear of the same interactions at once, each interaction is exactly one's."""
    numbers = [2**63 + n for n in range(50)]
    claims = await asyncio.gather(*(shared.claim(n) for n in numbers for shared in two))
    assert [first + second for first, second in zip(claims[::2], claims[1::2], strict=True)] == [1] * 50
    assert not any(await asyncio.gather(*(shared.claim(n) for n in numbers for shared in two)))


async def test_turns_keep_their_distance(two: tuple[Shared, Shared], clock: Clock) -> None:
    """Turns are given out in order, apart by the spacing; those of another name do not wait for them."""
    start = clock.now
    turns = [await two[n % 2].reserve("identify 0", 5.0) for n in range(4)]
    assert turns == [start, start + 5, start + 10, start + 15]
    assert await two[0].reserve("identify 1", 5.0) == start
    clock.now += 60
    assert await two[1].reserve("identify 0", 5.0) == start + 60


async def test_a_clock_set_back_holds_nobody_up(two: tuple[Shared, Shared], clock: Clock) -> None:
    """Turns that were given out in what is now the future do not count; those given out now do, all of them."""
    await two[0].reserve("identify 0", 5.0)
    clock.now -= 2 * BACK
    turns = [await two[n % 2].reserve("identify 0", 5.0) for n in range(1_000)]
    assert turns == [clock.now + 5.0 * n for n in range(1_000)]


async def test_a_clock_set_right_by_a_little_brings_no_turns_together(two: tuple[Shared, Shared], clock: Clock) -> None:
    """What the network's time corrects does not make a turn forgotten."""
    first = await two[0].reserve("identify 0", 5.0)
    clock.now -= 0.5
    assert await two[1].reserve("identify 0", 5.0) == first + 5


async def test_who_runs_a_shard_is_known_to_the_others(two: tuple[Shared, Shared], clock: Clock) -> None:
    """A process knows which shards another runs, until a while after it last said so; not its own."""
    one, other = two
    await one.hold(["0/2", "1/2"])
    assert await other.held_elsewhere("0/2")
    assert not await one.held_elsewhere("0/2")
    assert not await other.held_elsewhere("0/4")
    await one.hold(["1/2"])
    assert not await other.held_elsewhere("0/2")
    clock.now += HOLDS + 1
    assert not await other.held_elsewhere("1/2")
    await one.hold(["1/2"])
    await one.close()
    assert not await other.held_elsewhere("1/2")


async def test_old_claims_are_thrown_away(two: tuple[Shared, Shared], clock: Clock) -> None:
    """The file does not grow with what is long over."""
    one, _ = two
    assert await one.claim(1)
    clock.now += KEPT + 1
    await asyncio.gather(*(one.claim(n) for n in range(2, TIDY + 2)))
    assert await one.claim(1)


async def test_without_the_file_a_process_stands_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is none of ours: everything is claimed, turns keep their distance here, and the log says so once."""
    (tmp_path / FILE).write_text("this is no database " * 100)
    shared = Shared(tmp_path)
    assert await shared.claim(1)
    assert await shared.claim(2)
    first, second = await shared.reserve("x", 5.0), await shared.reserve("x", 5.0)
    assert second == first + 5
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    await shared.close()
    await shared.close()
    assert not await shared.claim(3)
