"""What moderators may set for their server; pure. Stored by name in `bot.records`, so a new one needs no migration."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from bot.answer import THRESHOLD
from bot.records import Json
from bot.translation import LANGUAGES
from index.errors import CommandError

RETENTION = 90
"""Days that votes and unanswered questions are kept unless a server sets it: the quarter that /insights can show."""

SHORTEST_RETENTION, LONGEST_RETENTION = 1, 365

MOST_CHANNELS = 25
"""Channels that Discord lets a person pick at once; a category counts as one."""

MOST_ROLES = 25
"""Roles that Discord lets a person pick at once."""

PRESETS: dict[str, float] = {"cautious": 0.5, "balanced": THRESHOLD, "bold": round(THRESHOLD / 2, 2)}
"""Thresholds with a name. Confidence is a probability: cautious answers only what is more likely right than not, bold
goes down to half of the default, where an answer is wrong about six times in seven at the worst."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server.

    Attributes:
        channels: ids of the channels and categories where it may answer; none for everywhere.
        private: whether `/ask` answers to its asker alone unless told otherwise; None for what the operator set.
        language: of the replies, one of `bot.translation.LANGUAGES`; None for each person's own.
        threshold: confidence that an answer must reach, 0..1; None for what the operator set.
        retention: days that votes and unanswered questions are kept.
        everyone_edits: whether everyone may change the library, and not only those who may manage the server.
        editors: ids of the roles whose members may change the library too.
    """

    channels: frozenset[int] = frozenset()
    private: bool | None = None
    language: str | None = None
    threshold: float | None = None
    retention: int = RETENTION
    everyone_edits: bool = False
    editors: frozenset[int] = frozenset()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Json]) -> Self:
        """Read what was stored; a value that does not fit, as of another version, counts as not set."""
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        read = {name: _READERS[name](value) for name, value in known.items()}
        return cls(**{name: value for name, value in read.items() if value is not None})  # type: ignore[arg-type]  # each reader gives its field's type

    def stored(self) -> dict[str, Json]:
        """As `from_stored` reads it; None for what is not set."""
        return {
            # As text: a store may keep JSON's numbers as floating point, and ids do not fit into that.
            "channels": [str(c) for c in sorted(self.channels)] or None,
            "private": self.private,
            "language": self.language,
            "threshold": self.threshold,
            "retention": None if self.retention == RETENTION else self.retention,
            "everyone_edits": self.everyone_edits or None,
            "editors": [str(role) for role in sorted(self.editors)] or None,
        }

    def allows(self, *places: int | None) -> bool:
        """Whether it may answer in a place, named by its channel and by the channel and category that it is in."""
        return not self.channels or not self.channels.isdisjoint(place for place in places if place is not None)


def _ids(value: Json) -> frozenset[int] | None:
    if not isinstance(value, list):
        return None
    ids = (str(v) for v in value[: max(MOST_CHANNELS, MOST_ROLES)])
    return frozenset(int(v) for v in ids if v.isascii() and v.isdigit() and len(v) <= 20)


def _bool(value: Json) -> bool | None:
    return value if isinstance(value, bool) else None


def _language(value: Json) -> str | None:
    return value if isinstance(value, str) and value in LANGUAGES else None


def _threshold(value: Json) -> float | None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if fits and isinstance(value, int | float) else None


def _retention(value: Json) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and SHORTEST_RETENTION <= value <= LONGEST_RETENTION
    return value if fits and isinstance(value, int) else None


_READERS = {
    "channels": _ids,
    "private": _bool,
    "language": _language,
    "threshold": _threshold,
    "retention": _retention,
    "everyone_edits": _bool,
    "editors": _ids,
}


def parse_threshold(typed: str) -> float | None:
    """Read a threshold as a person types it: `40 %`, `40`, `0.4` or `0,4`; nothing for the default.

    Raises:
        CommandError: it is none.
    """
    match = re.fullmatch(r"\s*([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(%?)\s*", typed)
    if not typed.strip():
        return None
    number = float(match[1].replace(",", ".")) if match else math.nan
    share = number / 100 if match and (match[2] or number > 1) else number
    if not 0 <= share <= 1:
        raise CommandError("How sure an answer must be is a number from 0 % to 100 %, such as 40 %.")
    return round(share, 6)


def parse_retention(typed: str) -> int:
    """Read a number of days; the default where nothing was typed.

    Raises:
        CommandError: it is none, or out of range.
    """
    if not typed.strip():
        return RETENTION
    match = re.fullmatch(r"\s*([0-9]{1,4})\s*", typed)
    if match is None or not SHORTEST_RETENTION <= int(match[1]) <= LONGEST_RETENTION:
        raise CommandError(
            "Votes and questions are kept for {least} to {most} days, a whole number.",
            least=SHORTEST_RETENTION,
            most=LONGEST_RETENTION,
        )
    return int(match[1])


def preset_of(threshold: float) -> str | None:
    """The name of a threshold, or None where it has none."""
    return next((name for name, value in PRESETS.items() if abs(value - threshold) < 0.005), None)
