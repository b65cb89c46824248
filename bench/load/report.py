"""What was measured under load, as Markdown and plots."""

from pathlib import Path
from typing import Any

from bench.results.markdown import paragraph, table
from bench.results.plots import COLOURS, STYLE

Json = dict[str, Any]

TITLES = {
    "rates": "The sample article, no two questions alike",
    "rates-repeated": "The sample article, questions that repeat",
    "rates-library": "Libraries, no two questions alike",
    "rates-library-repeated": "Libraries, questions that repeat",
}

HEAD = (
    "offered a second", "sent", "answered", "refused", "answered a second", "p50 ms", "p95 ms", "p99 ms",
    "first response p99 ms", "late", "heartbeat gap ms", "bot, cores", "driver, cores", "bot ms each", "load",
)  # fmt: skip


def _number(value: float | None, digits: int = 0) -> str:
    return "—" if value is None else f"{value:,.{digits}f}"


def _row(row: Json) -> list[str]:
    return [
        _number(row["offered"]),
        _number(row["sent"]),
        _number(row["answered"]),
        _number(row["refused"]),
        _number(row["throughput"], 1),
        *(_number(row[name]) for name in ("p50", "p95", "p99", "acknowledged_p99", "late", "gap")),
        _number(row["bot_cpu"], 2),
        _number(row["driver_cpu"], 2),
        _number(row["cpu_each"], 1),
        _number(row["load"], 1),
    ]


def _rates(name: str, found: Json) -> list[str]:
    lines = [f"## {TITLES[name]}", ""]
    if found["articles"] > 1:
        lines += paragraph(f"{found['articles']:,} articles in {found['servers']} servers' libraries.")
    lines += table(HEAD, map(_row, found["rates"]))
    lines += _computed(found)
    hog = found["hog"]
    lines += paragraph(
        f"One of {found['servers']} servers asks nine tenths of {hog['figures']['offered']:.0f} questions a second: of "
        f"its {hog['hog']['asked']:,} questions {hog['hog']['answered']:,} were answered, of the others' "
        f"{hog['others']['asked']:,} {hog['others']['answered']:,}."
    )
    return lines


def _computed(found: Json) -> list[str]:
    """What the processor time of answers says of a machine that has nothing else to do."""
    calm = [row for row in found["rates"] if row["refused"] == 0 and row["late"] == 0 and row["answered"]]
    if not calm:
        return []
    each = min(row["cpu_each"] for row in calm)
    cores = found["cores"]
    return paragraph(
        f"Computed: at {each:.0f} ms of processor time an answer, {cores} cores with nothing else to do give "
        f"{cores * 1000 / each:.0f} a second at most."
    )


def _endurance(found: Json) -> list[str]:
    points = found["points"]
    first, last, most = points[0][1], points[-1][1], max(rss for _, rss in points)
    lines = ["## Memory over many interactions", ""]
    lines += paragraph(
        f"{points[-1][0]:,} interactions, {found['rate']:.0f} a second offered: {found['answered']:,} answered, "
        f"{found['refused']:,} refused. Memory {first / 2**20:.0f} MB after the first {points[0][0]:,}, "
        f"{last / 2**20:.0f} MB at the end, {most / 2**20:.0f} MB at most."
    )
    return [*lines, "![memory over interactions](memory.svg)", ""]


def _shards(found: Json) -> list[str]:
    lines = ["## Three processes, six shards", ""]
    killed, replaced = found["killed"], found["replaced"]
    rows = []
    for name, one in (("one killed (kill -9), started again", killed), ("one replaced in order", replaced)):
        for whose in ("its", "others"):
            row = one[whose]
            rows.append([f"{name}: {'its servers' if whose == 'its' else 'all others'}", *map(str, row.values())])
    lines += table(("what befell", "asked", "answered", "refused for the load"), rows)
    lines += paragraph(
        f"The killed process's shards were back after {killed['seconds']:.0f} s (start, login, two IDENTIFYs five "
        f"seconds apart); replacing one took {replaced['seconds']:.0f} s. Commands were told to Discord "
        f"{found['syncs']} time(s)."
    )
    return lines


def _servers(found: Json) -> list[str]:
    return [
        "## Servers that ask nothing",
        "",
        *paragraph(
            f"A small server (one channel, one role) takes {found['server_bytes'] / 1024:.1f} KB of memory "
            f"({found['rss'][0] / 2**20:.0f} MB with one, {found['rss'][1] / 2**20:.0f} MB with {found['servers']:,}); "
            f"a message that is not for the bot {found['message_ms']:.2f} ms of processor time "
            f"(n = {found['messages']:,})."
        ),
    ]


def write(results: Json, folder: Path) -> None:
    """Write LOAD.md and its plots beside the results."""
    lines = ["# Under load", ""]
    lines += paragraph(
        "People ask `/ask` over a Discord on 127.0.0.1 (`bench/load`), at random times (Poisson), whatever comes back; "
        "the bot is the real process. Times run from INTERACTION_CREATE to the edit that brings the answer. *Late* "
        "are interactions without a first response in three seconds. The *heartbeat gap* is the most by which a "
        "heartbeat came late, asked for every half second. Bot and driver share the machine with whatever else ran: "
        "*load* is its load average at the end of the row, to be read against its cores. *Bot ms each* is processor "
        "time, which a busy machine stretches far less than waiting."
    )
    cores = max((found["cores"] for found in results.values()), default=1)
    loads = [row["load"] for name in TITLES if name in results for row in results[name]["rates"]]
    lines += paragraph(f"Cores: {cores}.")
    if loads and max(loads) > 2 * cores:
        lines += paragraph(
            f"**Part of it was taken on a busy machine**: where *load* stands above the cores (it goes up to "
            f"{max(loads):.0f}), and where it is not told (memory, three processes), the bot had a fraction of a core. "
            f"Those rows show what becomes of questions when it is starved, not what it can do."
        )
    for name in TITLES:
        if name in results:
            lines += _rates(name, results[name])
    if any(name in results for name in TITLES):
        lines += ["![answer times over what was offered](latency.svg)", ""]
        _latency(results, folder / "latency.svg")
    if "endurance" in results:
        lines += _endurance(results["endurance"])
        _memory(results["endurance"], folder / "memory.svg")
    if "shards" in results:
        lines += _shards(results["shards"])
    if "servers" in results:
        lines += _servers(results["servers"])
    lines += [
        "## To measure it again", "",
        "    python -m bench.load rates", "    python -m bench.load rates --repeated",
        "    python -m bench.load rates --libraries 10 --data FOLDER", "    python -m bench.load endurance",
        "    python -m bench.load shards", "    python -m bench.load servers", "",
    ]  # fmt: skip
    (folder / "LOAD.md").write_text("\n".join(lines), "utf-8")


def _figure(path: Path, draw: Any) -> None:  # noqa: ANN401 - a function of axes
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.2, 3.8), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.subplots())
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _latency(results: Json, path: Path) -> None:
    def draw(axes: Any) -> None:  # noqa: ANN401 - has no types
        for colour, name in zip(COLOURS, [n for n in TITLES if n in results], strict=False):
            rows = [row for row in results[name]["rates"] if row["p99"] is not None]
            across = [row["offered"] for row in rows]
            axes.plot(across, [row["p50"] for row in rows], color=colour, marker="o", label=f"{TITLES[name]}: p50")
            axes.plot(across, [row["p99"] for row in rows], color=colour, marker="s", linestyle="--", label="p99")
        axes.set(xscale="log", yscale="log", xlabel="questions a second offered", ylabel="milliseconds to the answer")
        axes.legend()

    _figure(path, draw)


def _memory(found: Json, path: Path) -> None:
    def draw(axes: Any) -> None:  # noqa: ANN401 - has no types
        points = found["points"]
        axes.plot([n / 1000 for n, _ in points], [rss / 2**20 for _, rss in points], color=COLOURS[0])
        axes.set(xlabel="thousand interactions", ylabel="resident memory, MB", ylim=(0, None))

    _figure(path, draw)
