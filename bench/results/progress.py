"""A progress bar that is drawn only between measurements: a thread that draws would disturb the timings."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bench.results.options import Tick, Watch

EVERY = 0.2
"""Seconds between two drawings."""


@contextmanager
def progress_bar() -> Iterator[Watch]:
    """A bar for each thing that is measured, on standard error; a finished one leaves a line."""
    columns = (
        TextColumn("{task.description:44}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as bar:
        drawn = 0.0

        def draw() -> None:
            nonlocal drawn
            if time.monotonic() - drawn > EVERY:
                bar.refresh()
                drawn = time.monotonic()

        @contextmanager
        def watch(name: str, total: int) -> Iterator[Tick]:
            task = bar.add_task(name, total=total)

            def tick() -> None:
                bar.advance(task)
                draw()

            started = time.monotonic()
            yield tick
            bar.remove_task(task)
            bar.console.print(f"{name:44} {total:>6,} in {time.monotonic() - started:,.1f} s", highlight=False)
            bar.refresh()

        yield watch
