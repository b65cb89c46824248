"""Plots of what was measured under load; in the style of the others (`bench.results.plots`)."""

from pathlib import Path
from typing import TYPE_CHECKING

from bench.results.load import BOTS, MEGABYTE, RATES
from bench.results.options import Data
from bench.results.plots import COLOURS, MARKERS, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def latency(results: Data, path: Path) -> None:
    """Answer times over what was offered, both axes logarithmic."""
    with figure(path, width=8.4) as (axes,):
        for colour, name in zip(COLOURS, [n for n in RATES if n in results], strict=False):
            rows = [row for row in results[name]["rates"] if row["p99"] is not None]
            across = [row["offered"] for row in rows]
            axes.plot(across, [row["p50"] for row in rows], color=colour, marker="o", label=f"{RATES[name][0]}: p50")
            axes.plot(across, [row["p99"] for row in rows], color=colour, marker="s", linestyle="--", label="p99")
        _logarithmic(axes)
        axes.set(ylabel="milliseconds to the answer")
        axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def _logarithmic(axes: "Axes") -> None:
    axes.set(xscale="log", yscale="log", xlabel="questions a second offered")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,g}")


def _bots(axes: "Axes", found: Data, field: str, title: str) -> None:
    for number, (key, name) in enumerate(BOTS.items()):
        rows = [row for row in found["rates"] if row["bot"] == key and row[field]]
        axes.plot(
            [row["offered"] for row in rows],
            [row[field] for row in rows],
            color=COLOURS[number],
            marker=MARKERS[number],
            markersize=5,
            linewidth=2.4 if key == "ours" else 1.2,
            linestyle="-" if key == "ours" else "--",
            label=name.strip("*"),
        )
    _logarithmic(axes)
    axes.set(title=title)


def peers(found: Data, path: Path) -> None:
    """Answers a second, and the time of the slowest hundredth, of each bot over what was offered."""
    with figure(path, 2, 5.2, 4.2) as panels:
        _bots(panels[0], found, "throughput", "Answered a second")
        _bots(panels[1], found, "p99", "Answer times, p99, milliseconds")
        panels[1].legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def memory(found: Data, path: Path) -> None:
    """Memory over the interactions of one process."""
    with figure(path, width=6.2) as (axes,):
        points = found["points"]
        axes.plot([n / 1000 for n, _ in points], [rss / MEGABYTE for _, rss in points], color=COLOURS[0])
        axes.set(xlabel="thousand interactions", ylabel="resident memory, MB", ylim=(0, None))


def draw(results: Data, folder: Path) -> None:
    """Draw every plot that there are figures for."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(name in results for name in RATES):
        latency(results, folder / "load.svg")
    if "peers" in results:
        peers(results["peers"], folder / "load-peers.svg")
    if "endurance" in results:
        memory(results["endurance"], folder / "load-memory.svg")
