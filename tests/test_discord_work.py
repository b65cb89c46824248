"""Work: turns, refusals, and what becomes of work that nobody waits for."""

import asyncio
import threading
import time
from functools import partial

import pytest

from bot.discord.fair import FairQueue
from bot.discord.work import EXPECTED, Overloaded, Work


class Gate:
    """Blocks a thread until it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun: list[str] = []

    def job(self, name: str) -> str:
        """Wait for the gate."""
        self.begun.append(name)
        self.open.wait(10)
        return name


async def test_servers_take_turns() -> None:
    """One server's many questions do not hold up another's one."""
    work, gate = Work(1), Gate()
    asked = [work.submit(partial(gate.job, f"flood {n}"), "flood") for n in range(4)]
    asked.append(work.submit(lambda: gate.job("quiet"), "quiet"))
    gate.open.set()
    await asyncio.gather(*asked)
    assert gate.begun == ["flood 0", "flood 1", "quiet", "flood 2", "flood 3"]
    work.close()


async def test_what_would_wait_too_long_is_refused_at_once() -> None:
    """With all threads at work and a wait beyond patience, a question is refused with a time in the near future."""
    work, gate = Work(1, patience=0.12), Gate()
    asked = [work.submit(lambda: gate.job("first"), "a")]  # begins
    asked += [work.submit(lambda: gate.job("waits"), "a") for _ in range(2)]  # 0.05 s and 0.1 s to wait, as guessed
    with pytest.raises(Overloaded) as caught:
        work.submit(lambda: gate.job("too many"), "a", number=7)
    assert time.time() < caught.value.until < time.time() + 60
    assert work.refused == 1
    assert work.wait("b") == pytest.approx(0.1)  # another server has its turn before the second of "a"
    asked.append(work.submit(lambda: gate.job("b"), "b"))
    gate.open.set()
    assert await asyncio.gather(*asked) == ["first", "waits", "waits", "b"]
    assert work.done == 4
    work.close()


async def test_a_full_queue_refuses_whatever_the_wait() -> None:
    """The places are bounded, for each server and in all."""
    work, gate = Work(1, queue=FairQueue(most=2, most_each=1), patience=1e9), Gate()
    asked = [work.submit(lambda: gate.job("x"), owner) for owner in ("a", "a", "b")]
    for owner in ("a", "c"):
        with pytest.raises(Overloaded):
            work.check(owner)
    gate.open.set()
    await asyncio.gather(*asked)
    work.check("a")
    work.close()


async def test_cancelled_work_is_not_begun() -> None:
    """What nobody waits for any more gives its place to the next."""
    work, gate = Work(1), Gate()
    first = work.submit(lambda: gate.job("first"))
    second = work.submit(lambda: gate.job("second"))
    third = work.submit(lambda: gate.job("third"))
    second.cancel()
    gate.open.set()
    assert await first == "first"
    assert await third == "third"
    assert gate.begun == ["first", "third"]
    work.close()


async def test_an_error_reaches_who_waits() -> None:
    """What goes wrong in the thread is raised where the result is awaited, and the thread works on."""
    work = Work(1)

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await work.compute(fail)
    assert await work.compute(lambda: 1) == 1
    work.close()


async def test_a_closed_work_leaves_nobody_waiting() -> None:
    """What still waits when all is closed is cancelled."""
    work, gate = Work(1), Gate()
    first = work.submit(lambda: gate.job("first"))
    second = work.submit(lambda: gate.job("second"))
    work.close()
    gate.open.set()
    assert await first == "first"
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_a_stop_waits_for_what_goes_straight_on() -> None:
    """Work that ends and goes on as other work at once is waited for to its end."""
    work, admitted, answered = Work(1), asyncio.Event(), asyncio.Event()

    async def interaction() -> None:
        with work.item():
            await admitted.wait()
        with work.item():
            await answered.wait()

    running = asyncio.create_task(interaction())
    await asyncio.sleep(0)
    drained = asyncio.create_task(work.drain(30))
    await asyncio.sleep(0)
    admitted.set()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not drained.done()
    answered.set()
    assert await drained
    await running
    work.close()


async def test_what_is_expected_counts_until_it_comes() -> None:
    """Questions that were let in and are not submitted yet fill the queue for their own server, and for no other."""
    work = Work(1, queue=FairQueue(most_each=2), patience=1e9)
    for number in (1, 2):
        work.expect("flood", number)
    with pytest.raises(Overloaded):
        work.check("flood", 3)
    work.expect("quiet", 4)
    work.check("flood", 2)  # it does not wait for itself
    assert await work.submit(lambda: "done", "flood", 2) == "done"
    work.check("flood", 3)
    work.close()


async def test_what_is_expected_lengthens_the_wait() -> None:
    """Each of one's own counts, and of every other server the first."""
    work, gate = Work(1), Gate()
    asked = work.submit(lambda: gate.job("x"), "a")
    assert work.wait("b") == pytest.approx(0.05)
    for number in (1, 2, 3):
        work.expect("a", number)
    assert work.wait("b") == pytest.approx(0.1)
    assert work.wait("a") == pytest.approx(0.2)
    gate.open.set()
    await asked
    work.close()


async def test_what_is_expected_in_vain_is_forgotten() -> None:
    """A question that came to nothing keeps nobody's place for long."""
    now = 0.0
    work = Work(1, queue=FairQueue(most_each=1), patience=1e9, clock=lambda: now)
    work.expect("a", 1)
    with pytest.raises(Overloaded):
        work.check("a", 2)
    now += EXPECTED + 0.1
    work.check("a", 2)
    work.close()


@pytest.mark.parametrize(("workers", "meanwhile"), [(3, 2), (1, 1)])
async def test_a_pressed_event_loop_has_a_core_for_itself(workers: int, meanwhile: int) -> None:
    """One thread fewer computes meanwhile, but always one; the wait that is told reckons with it."""
    work, gate, pressed = Work(workers), Gate(), True
    work.pressed = lambda: pressed
    asked = [work.submit(partial(gate.job, f"{n}"), "a") for n in range(4)]
    assert work.waiting == 4 - meanwhile
    assert work.wait("b") == pytest.approx(0.05 * 2 / meanwhile)
    pressed = False
    asked.append(work.submit(lambda: gate.job("last"), "a"))
    assert work.waiting == 5 - workers
    gate.open.set()
    await asyncio.gather(*asked)
    work.close()
