"""How the time of our regular expressions grows: `python -m bench.regexes`.

Every pattern that the readers, the splitter, the analyzer and the question's cleaning use is run over long texts made
to embarrass it: repetitions of its own literals and of the usual troublemakers, alone and in pairs, with an end that
does not match. Reported are those that are slow, with how their time grows when the text is twice as long: 2 is linear,
4 is the square. Many are used with `match` alone, which starts at one place, and most only ever see the first few
hundred or thousand characters of a line; the report says nothing of that, so that a pattern on it is to be looked up in
its module.
"""

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]  # the parse tree has no public home
from typing import Any

import click

PACKAGES = ("index", "bot.question", "bot.discord.custom_ids", "bot.render.discord_markdown")
USUAL = (
    " ",
    "a",
    "A",
    "1",
    "-",
    "(",
    "[",
    "<",
    '"',
    "a ",
    "A ",
    "1 ",
    ".",
    ",",
    "\n",
    "_",
    "é",
    "\u2019",
    "\t",
    "*",
    "/",
)
MOST_LITERALS = 8
SLOW = 0.02
"""Seconds for the longer text that are worth a line."""


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """(where it stands, pattern) of all compiled patterns of the modules' own."""
    for package in PACKAGES:
        module = importlib.import_module(package)
        inner = pkgutil.walk_packages(getattr(module, "__path__", ()), f"{package}.")
        for name in (package, *(found.name for found in inner if not found.name.endswith("__main__"))):
            try:
                module = importlib.import_module(name)
            except ImportError:  # an engine whose library is not installed
                continue
            for key, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    yield f"{name}.{key}", value


def _literals(tree: Any) -> Iterator[str]:  # noqa: ANN401 - the parse tree has no types
    """The runs of literal characters in a parsed pattern."""
    run: list[str] = []
    for operation, argument in tree:
        if str(operation) == "LITERAL":
            run.append(chr(argument))
            continue
        if run:
            yield "".join(run)
            run = []
        for value in argument if isinstance(argument, (tuple, list)) else (argument,):
            for part in value if isinstance(value, list) else (value,):
                if isinstance(part, _parser.SubPattern):
                    yield from _literals(part)
    if run:
        yield "".join(run)


def texts(pattern: re.Pattern[Any], length: int) -> Iterator[tuple[str, str]]:
    """(what is repeated, text) for a pattern."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    own = sorted(set(_literals(_parser.parse(source, flags))), key=lambda s: (-len(s), s))[:MOST_LITERALS]
    units = dict.fromkeys([*USUAL, *own, *(f"{literal} " for literal in own[:6])])
    for unit in [*units, *("".join(pair) for pair in itertools.product([*own[:6], *USUAL[:9]], own[:6]))]:
        yield unit, (unit * (length // len(unit) + 1))[:length] + "\x01"


def _seconds(pattern: re.Pattern[Any], text: str) -> float:
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8")
    start = time.perf_counter()
    for _ in itertools.islice(pattern.finditer(subject), 100_000):
        pass
    pattern.match(subject)
    return time.perf_counter() - start


@click.command()
@click.option("--length", default=20_000, show_default=True, help="Characters of the shorter text.")
def main(length: int) -> None:
    """Print the slow ones."""
    count = slow = 0
    for name, pattern in patterns():
        count += 1
        worst = (0.0, 0.0, "")
        for unit, text in texts(pattern, length):
            if _seconds(pattern, text[: length // 4]) < SLOW / 64:
                continue
            once = _seconds(pattern, text)
            if once > SLOW / 4:
                twice = _seconds(pattern, text[:-1] * 2 + "\x01")
                worst = max(worst, (twice, twice / once, unit))
        if worst[0] > SLOW:
            slow += 1
            click.echo(f"{worst[0]:8.3f} s  x{worst[1]:4.1f}  {name}  {worst[2]!r}")
    click.echo(f"{count} patterns, {slow} slower than {SLOW} s on {2 * length:,} characters.")


if __name__ == "__main__":
    main()
