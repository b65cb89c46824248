"""The parts put together: measure them, keep them, write RESULTS.md and its plots."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.results import as2, library, load, load_plots, pages, plots, qa, questions, speed, store, targets, words
from bench.results.markdown import paragraph
from bench.results.options import Data, Options, Watch


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report.

    Attributes:
        key: its name on the command line and in results.json.
        title: its heading.
        measure: measures it.
        lines: writes it as Markdown.
        needs_data: whether it can only be measured where the data sets are at hand.
    """

    key: str
    title: str
    measure: Callable[[Options, Watch], Data]
    lines: Callable[[Data], list[str]]
    needs_data: bool = True


PARTS = (
    Part("qa", "Questions on articles", qa.measure, qa.lines),
    Part("as2", "Answer sentence selection", as2.measure, as2.lines),
    Part("pages", "Page text", pages.measure, pages.lines),
    Part("questions", "Our own questions", questions.measure, questions.lines, needs_data=False),
    Part("words", "The answer inside the sentence", words.measure, words.lines, needs_data=False),
    Part("library", "A library of up to a million passages", library.measure, library.lines),
    # Last and alone: nothing else may run while times are taken.
    Part("speed", "Speed and memory", speed.measure, speed.lines, needs_data=False),
)
"""In the order in which they run and are written."""


def measure(results: Data, options: Options, chosen: Collection[str], watch: Watch, keep: Callable[[], object]) -> None:
    """Measure the chosen parts, one after another.

    Args:
        results: what is known so far; the chosen parts are replaced in it.
        options: what was asked for.
        chosen: keys of `PARTS`.
        watch: told how far it is.
        keep: called after each part, so that a run that is stopped loses one part at most.
    """
    for part in PARTS:
        if part.key not in chosen or (part.needs_data and options.data is None):
            continue
        started = time.monotonic()
        found = {**part.measure(options, watch), "limit": options.limit}
        found = store.merge(results.get(part.key), found, options.methods)
        results[part.key] = {**found, "run": store.about_run(options, time.monotonic() - started)}
        keep()


def _conditions(results: Data) -> list[str]:
    """Machine, versions, seeds; where parts were measured apart, each says so below its heading."""
    runs = [results[part.key]["run"] for part in PARTS if part.key in results]
    if not runs:
        return []
    run = runs[-1]
    versions = ", ".join(f"{name} {number}" for name, number in run["versions"].items())
    return paragraph(
        f"{run['cores']} shared cores, {run['machine']}, Python {run['python']}; {versions}. Intervals are 95 %, "
        f"percentiles of {run['rounds']:,} bootstrap resamples (over articles unless a table says otherwise), seed 0; "
        f"the halves of the pages are drawn with seed 7, made-up articles and the order of questions too. The default "
        f"threshold is {run['threshold']}."
    )


def _quick(results: Data) -> list[str]:
    """A warning above the verdicts where a part was looked at only in part."""
    limited = [part.key for part in PARTS if results.get(part.key, {}).get("limit")]
    return paragraph(f"**A quick look**, not to be quoted: {', '.join(limited)}.") if limited else []


def document(results: Data) -> str:
    """RESULTS.md."""
    lines = [
        "# Results",
        "",
        *paragraph(
            "Written by `make bench DATA=folder` (`python -m bench --data folder`), every figure and every verdict. "
            "The same figures for machines are in results.json. What the sets are, and how the shipped weights came "
            "about, is told in [MODEL.md](MODEL.md); how well a whole library is asked, in [ACROSS.md](ACROSS.md)."
        ),
        *_conditions(results),
        "## What we set out to reach",
        "",
        *_quick(results),
        *targets.lines(results),
    ]
    for part in PARTS:
        lines += [f"## {part.title}", ""]
        if part.key not in results:
            lines += paragraph("Not measured: the data sets were not at hand." if part.needs_data else "Not measured.")
            continue
        data = results[part.key]
        run = data["run"]
        commit = f" of commit {run['commit']}" if run["commit"] else ""
        anew = f", only {', '.join(run['methods'])} measured anew" if run["methods"] else ""
        lines += paragraph(f"`python -m bench --only {part.key}`{commit}, {run['day']}, {run['seconds']:,} s{anew}.")
        lines += part.lines(data)
    lines += [f"## {load.TITLE}", "", *load.lines(results.get("load", {}))]
    text = "\n".join(lines).rstrip() + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def write(results: Data, folder: Path) -> Sequence[Path]:
    """Write RESULTS.md, the plots and results.json; returns what was written.

    What `python -m bench.load` keeps in the folder's load/results.json is in the report, and nothing there is changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store.write(folder / "results.json", results)
    # As it will be read again, so that writing twice gives the same.
    kept = store.read(folder / "results.json") | {"load": store.read(folder / "load" / "results.json")}
    (folder / "RESULTS.md").write_text(document(kept), "utf-8")
    try:
        plots.draw(kept, folder / "plots")
        load_plots.draw(kept["load"], folder / "plots")
    except ImportError:
        # Only the benchmark's own dependencies bring matplotlib; figures and tables do without it.
        return [folder / "RESULTS.md", folder / "results.json"]
    return [folder / "RESULTS.md", folder / "results.json", *sorted((folder / "plots").glob("*.svg"))]
