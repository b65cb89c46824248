"""What came of a run, in figures."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.load.discord import Asked

DUE = 3.0
"""Seconds after which Discord tells a person that the bot did not respond."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least a share (0..1) of them do not exceed; NaN of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a run.

    Attributes:
        offered: interactions a second that were to be sent.
        sent: interactions.
        seconds: from the first to the last that was sent.
        answered, refused: of them; what is neither was not acknowledged, or not answered by the end.
        late: those that were acknowledged after `DUE` seconds, or never.
        throughput: answers a second.
        p50, p95, p99: milliseconds from INTERACTION_CREATE to the answer, of those answered.
        acknowledged_p99: milliseconds to the first response, of all.
        refused_p99: milliseconds to the refusal, of those refused.
        gap: milliseconds, the most by which a heartbeat was late.
        bot_cpu, driver_cpu: cores that they took on average.
        cpu_each: milliseconds of a core that the bot took for an interaction, answered or refused.
        load: the machine's load average over the last minute, at the end.
        rss: bytes of the bot's processes at the end.
    """

    offered: float
    sent: int
    seconds: float
    answered: int
    refused: int
    late: int
    throughput: float
    p50: float
    p95: float
    p99: float
    acknowledged_p99: float
    refused_p99: float
    gap: float
    bot_cpu: float
    driver_cpu: float
    cpu_each: float
    load: float
    rss: int

    def json(self) -> dict[str, Any]:
        """As JSON; what is not a number is null."""
        return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in asdict(self).items()}


def figures(  # noqa: PLR0913 - what is measured beside
    offered: float,
    asked: Sequence[Asked],
    seconds: float,
    *,
    gap: float,
    bot_cpu: float,
    driver_cpu: float,
    load: float,
    rss: int,
) -> Figures:
    """Sum up a run."""
    answers = [a.answered * 1000 for a in asked if a.answered is not None and not a.refused]
    first = [a.acknowledged * 1000 for a in asked if a.acknowledged is not None]
    refusals = [a.acknowledged * 1000 for a in asked if a.refused and a.acknowledged is not None]
    # Until the last answer came: what is still under way when the last question is sent was not served in that time.
    ends = max((a.at + (a.answered or a.acknowledged or 0.0) for a in asked), default=0.0)
    lasted = max(ends - asked[0].at, 1e-9) if asked else math.nan
    return Figures(
        offered=offered,
        sent=len(asked),
        seconds=seconds,
        answered=len(answers),
        refused=len(refusals),
        late=sum(1 for a in asked if a.acknowledged is None or a.acknowledged > DUE),
        throughput=len(answers) / lasted,
        p50=percentile(answers, 0.5),
        p95=percentile(answers, 0.95),
        p99=percentile(answers, 0.99),
        acknowledged_p99=percentile(first, 0.99),
        refused_p99=percentile(refusals, 0.99),
        gap=gap * 1000,
        bot_cpu=bot_cpu / lasted,
        driver_cpu=driver_cpu / lasted,
        cpu_each=bot_cpu / len(asked) * 1000 if asked else math.nan,
        load=load,
        rss=rss,
    )
