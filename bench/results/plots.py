"""The plots: SVG on a white ground, legible in light and dark, in colours that colour-blind people tell apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.results.options import Data
from bench.results.qa import OURS, ours_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F")
"""Okabe and Ito's, and a grey."""

MARKERS = "osD^vPXd"

STYLE: dict[Any, Any] = {
    "svg.hashsalt": "pullquote",
    "svg.fonttype": "path",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "legend.frameon": False,
    "legend.fontsize": 8.5,
}


@contextmanager
def figure(path: Path, panels: int = 1, width: float = 5.0, height: float = 3.8) -> Iterator[list["Axes"]]:
    """Axes side by side, written to a file at the end; the same data give the same file."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        drawn = Figure(figsize=(width * panels, height), layout="constrained")
        FigureCanvasSVG(drawn)
        yield list(drawn.subplots(1, panels, squeeze=False)[0])
        drawn.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _shares(axes: "Axes", across: str, up: str, title: str) -> None:
    axes.set(xlabel=across, ylabel=up, title=title, xlim=(0, 1), ylim=(0, 1))


def reliability(sets: list[Data], path: Path) -> None:
    """Share of right first sentences over confidence, one panel a set; points grow with their questions."""
    with figure(path, len(sets), 4.2, 4.0) as panels:
        for axes, one in zip(panels, sets, strict=True):
            axes.plot([0, 1], [0, 1], color="#7F7F7F", linestyle="--", linewidth=1, label="perfect")
            rows = [row for row in one["rows"] if row["key"] in (*OURS, "lexical")]
            for colour, marker, row in zip(COLOURS, MARKERS, rows, strict=False):
                filled = [entry for entry in row["bins"] if entry[0]]
                label = f"{row['name'].strip('*')}, {row['how']}\nECE {row['metrics']['ECE'][0]:.3f}"
                across, up = [entry[1] for entry in filled], [entry[2] for entry in filled]
                axes.plot(across, up, color=colour, linewidth=1.4, label=label)
                total = sum(entry[0] for entry in filled)
                sizes = [12 + 400 * entry[0] / total for entry in filled]
                axes.scatter(across, up, s=sizes, color=colour, marker=marker, alpha=0.75)
            _shares(axes, "confidence", "first sentence right", one["name"])
            axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14))


def trade(sets: list[Data], path: Path) -> None:
    """Wrong refusals over wrong answers as the threshold moves, the default marked."""
    with figure(path) as (axes,):
        for colour, marker, one in zip(COLOURS, MARKERS, sets, strict=False):
            row = ours_of(one)
            if row is not None:
                label = f"{one['name']}, {row['how']}"
                points = row["trade"]
                axes.plot([p[1] for p in points], [p[2] for p in points], color=colour, linewidth=1.6, label=label)
                default = row["default"]
                axes.scatter([default[1]], [default[2]], s=60, color=colour, marker=marker, zorder=3)
                axes.annotate(
                    f"default {default[0]:.2f}",
                    (default[1], default[2]),
                    textcoords="offset points",
                    xytext=(7, 5),
                    color=colour,
                    fontsize=8.5,
                )
        _shares(
            axes, "open questions that are answered", "answerable questions that are refused", "What a threshold costs"
        )
        axes.legend(loc="upper right")


def risk_coverage(sets: list[Data], path: Path) -> None:
    """Share of wrong answers over the share of questions that are answered."""
    with figure(path) as (axes,):
        for colour, marker, one in zip(COLOURS, MARKERS, sets, strict=False):
            row = ours_of(one)
            if row is not None:
                points = [p for p in row["trade"] if p[4] > 0]
                label = f"{one['name']}, {row['how']}"
                axes.plot([p[4] for p in points], [p[5] for p in points], color=colour, linewidth=1.6, label=label)
                axes.scatter([row["default"][4]], [row["default"][5]], s=60, color=colour, marker=marker, zorder=3)
        _shares(
            axes,
            "questions answered (coverage)",
            "answers that are wrong (risk)",
            "Risk and coverage; the default marked",
        )
        axes.legend(loc="upper left")


def speed(data: Data, path: Path) -> None:
    """Index and answer times over the size of the article, both axes logarithmic."""
    names = data["names"]
    with figure(path, 2, 5.2, 4.2) as panels:
        for axes, field, title in zip(
            panels, ("index", "answer"), ("To index (one index for both of ours)", "To answer, median"), strict=True
        ):
            for number, key in enumerate(names):
                if field == "index" and key == "lexical":
                    continue
                rows = [row for row in data["sizes"] if row["key"] == key]
                ours = key in ("default", "lexical")
                axes.plot(
                    [row["paragraphs"] for row in rows],
                    [row[field] for row in rows],
                    color=COLOURS[number % len(COLOURS)],
                    marker=MARKERS[number % len(MARKERS)],
                    markersize=5,
                    linewidth=2.4 if ours else 1.2,
                    linestyle="-" if ours else "--",
                    label=names[key],
                )
            axes.set(xscale="log", yscale="log", xlabel="paragraphs", ylabel="milliseconds", title=title)
            axes.xaxis.set_major_formatter("{x:,.0f}")
            axes.yaxis.set_major_formatter("{x:,g}")
        axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def library(data: Data, path: Path) -> None:
    """Time to find passages, and memory, over the size of the library; axes logarithmic."""
    rows = data["rows"]
    ours = [{**row, "ask": row["candidates"], "memory": row["searching"]} for row in rows["ours"]]
    named = [
        ("Pullquote, candidates", ours),
        ("Pullquote, whole answer", rows["ours"]),
        ("the same in LanceDB", rows.get("shared", [])),
        *((data["names"][key], rows[key]) for key in data["names"] if key in rows),
    ]
    with figure(path, 2, 5.2, 4.2) as panels:
        titles = ("To find 300 passages, median", "Memory at its highest")
        for axes, field, title, unit in zip(panels, ("ask", "memory"), titles, ("milliseconds", "MB"), strict=True):
            for number, (name, points) in enumerate(named):
                first = number <= 2
                axes.plot(
                    [row["size"] for row in points],
                    [row["ask"][0] if field == "ask" else row["memory"] for row in points],
                    color=COLOURS[number % len(COLOURS)],
                    marker=MARKERS[number % len(MARKERS)],
                    markersize=5,
                    linewidth=2.4 if first else 1.2,
                    linestyle="-" if first else "--",
                    label=name,
                )
            axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=unit, title=title)
            axes.xaxis.set_major_formatter("{x:,.0f}")
            axes.yaxis.set_major_formatter("{x:,g}")
        axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))


def draw(results: Data, folder: Path) -> None:
    """Draw every plot that the results have figures for."""
    folder.mkdir(parents=True, exist_ok=True)
    sets = [one for one in results.get("qa", {}).get("sets", ()) if ours_of(one)]
    if sets:
        reliability(sets, folder / "reliability.svg")
        trade(sets, folder / "trade.svg")
        risk_coverage(sets, folder / "risk-coverage.svg")
    if "speed" in results:
        speed(results["speed"], folder / "speed.svg")
    if "library" in results:
        library(results["library"], folder / "library.svg")
