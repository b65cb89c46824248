"""robots.txt, as RFC 9309 has it: read once a day for each site, and obeyed."""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from index.fetch.model import AGENT

MOST_BYTES = 512_000
"""Bytes of a robots.txt that count: the 500 kibibytes that the standard asks for."""

LIFE = 86_400.0
"""Seconds that a robots.txt is taken as read: the standard's day."""

MOST_SITES = 1_000
"""Sites that are remembered; the one that rested longest goes first."""

_AGENT_LINE = re.compile(r"^([ \t]*user[ -]?agent[ \t]*[:\s])([^\r\n#]*)", re.IGNORECASE | re.MULTILINE)

Asked = Callable[[URL], Awaitable[bytes | None]]
"""Gets a robots.txt, or None where the site has none; raises where the site cannot be asked."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a site wants; `rules` is None where it has no wishes."""

    until: float
    rules: Protego | None


def _whole_lines(data: bytes) -> bytes:
    """What counts of a file, without a line that the limit cuts: half a rule may mean more than the whole."""
    if len(data) < MOST_BYTES:
        return data
    return data[: max(data.rfind(b"\n", 0, MOST_BYTES), data.rfind(b"\r", 0, MOST_BYTES)) + 1]


def parsed(data: bytes) -> Protego:
    """The rules of a file; a mark of UTF-8 in front is left out.

    Groups for other robots are folded into one, so that a file that lists thousands of them costs no more than others.
    """
    text = _whole_lines(data).decode("utf-8-sig", "replace")

    def folded(line: re.Match[str]) -> str:
        name = line[2].strip().lower()
        return line[0] if name == "*" or AGENT.lower() in name else f"{line[1]} another"

    return Protego.parse(_AGENT_LINE.sub(folded, text))


class Robots:
    """What sites want to be left alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start knowing nothing.

        Args:
            clock: seconds, never descending.
        """
        self._clock = clock
        self._known: OrderedDict[URL, _Known] = OrderedDict()

    async def allow(self, url: URL, ask: Asked) -> bool:
        """Whether a page may be had; of a site without the file every page.

        Args:
            url: of the page.
            ask: gets the file, where it is not known. What it raises is raised here: a site that cannot be asked, or is
                in trouble, gives nothing for the moment.
        """
        site = url.origin()
        known = self._known.get(site)
        if known is None or known.until <= self._clock():
            data = await ask(site / "robots.txt")
            # A long file takes a tenth of a second, which others need not wait for.
            rules = None if data is None else await asyncio.to_thread(parsed, data)
            self._known[site] = known = _Known(self._clock() + LIFE, rules)
            while len(self._known) > MOST_SITES:
                self._known.popitem(last=False)
        self._known.move_to_end(site)
        if known.rules is None:
            return True
        return await asyncio.to_thread(known.rules.can_fetch, str(url), AGENT)
