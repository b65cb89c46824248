"""What came of one interaction: noted where it happens, told to the metrics and the log when it is over."""

import contextlib
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.answer import Abstention, Answer
from index.errors import PullquoteError

DONE, ANSWERED, ABSTAINED, REFUSED, FAILED = "done", "answered", "abstained", "refused", "failed"
OUTCOMES = (DONE, ANSWERED, ABSTAINED, REFUSED, FAILED)
"""`refused`: told in a sentence why not, as foreseen. `failed`: an error that nobody foresaw, or Discord would not
take the answer. `done`: anything else that went well."""


@dataclass(slots=True)
class Observation:
    """One interaction or message.

    Attributes:
        command: what was used: "ask", "button_share", "form", "message" ...; one of a few dozen words.
        shard: number of the shard that it came by.
        person: id of who used it; hashed wherever it is written.
        server: id of the server, or None in direct messages; hashed too.
        outcome: one of `OUTCOMES`.
        reason: of an abstention, a word of `bot.answer.Reason`; else "".
        error: name of the class of what went wrong; else "".
        confidence: of the answer or abstention, 0..1; None for anything else.
        question: what was asked; written down only where the operator says so.
        started: when it began, in the seconds of `time.perf_counter`.
        ended: when it was over, where that is known before it is written down; None for now.
    """

    command: str
    shard: int = 0
    person: int = 0
    server: int | None = None
    outcome: str = DONE
    reason: str = ""
    error: str = ""
    confidence: float | None = None
    question: str = ""
    started: float = field(default_factory=time.perf_counter)
    ended: float | None = None

    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return (time.perf_counter() if self.ended is None else self.ended) - self.started


_current: ContextVar[Observation | None] = ContextVar("observation", default=None)


@contextlib.contextmanager
def observing(observation: Observation, tell: Callable[[Observation], None]) -> Iterator[Observation]:
    """Note what happens in the block to an observation, and tell it at the end.

    Args:
        observation: what is noted to.
        tell: is given it when the block is left, also by an error; the error goes on its way.
    """
    token = _current.set(observation)
    try:
        yield observation
    except BaseException as error:  # noted, whatever it was, and on up it goes
        note_error(error)
        raise
    finally:
        _current.reset(token)
        tell(observation)


def note_result(result: Answer | Abstention) -> None:
    """Note the answer or abstention of the interaction under way; nothing where none is observed."""
    observation = _current.get()
    if observation is None:
        return
    observation.question = result.question
    observation.confidence = result.confidence
    if isinstance(result, Answer):
        observation.outcome = ANSWERED
    else:
        observation.outcome, observation.reason = ABSTAINED, result.reason.value


def note_error(error: BaseException) -> None:
    """Note what went wrong in the interaction under way; the last error counts."""
    observation = _current.get()
    if observation is not None:
        observation.outcome = REFUSED if isinstance(error, PullquoteError) else FAILED
        observation.error = type(error).__name__
