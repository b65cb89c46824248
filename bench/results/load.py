"""What the bot does under load: the section of RESULTS.md, and the figures in it that are held to a target.

`python -m bench.load` measures it, and keeps it in load/results.json.
"""

from bench.results.markdown import paragraph, table
from bench.results.options import Data

TITLE = "Under load"

RATES = {
    "rates": ("The sample article, no two questions alike", "rates"),
    "rates-repeated": ("The sample article, questions that repeat", "rates --repeated"),
    "rates-library": ("Libraries, no two questions alike", "rates --libraries 10 --data folder"),
    "rates-library-repeated": ("Libraries, questions that repeat", "rates --repeated --libraries 10 --data folder"),
}
"""name in load/results.json -> (heading, how it is measured)."""

BOTS = {
    "ours": "**Pullquote**",
    "bm25": "rank_bm25",
    "blocking": "cross-encoder in the handler",
    "thread": "cross-encoder in a thread",
}

SOON = 1_000.0
"""Milliseconds within which 99 of 100 answers are to come."""

MEGABYTE = 2**20

_HEAD = (
    "offered a second", "sent", "answered", "refused", "answered a second", "p50 ms", "p95 ms", "p99 ms",
    "first response p99 ms", "late", "heartbeat gap ms", "memory MB", "bot, cores", "driver, cores", "bot ms each",
    "load",
)  # fmt: skip


def answered(results: Data, name: str) -> float | None:
    """The most answers a second at any rate at which 99 of 100 came within `SOON`; None where it was not measured."""
    if name not in results:
        return None
    rows = results[name]["rates"]
    return max((row["throughput"] for row in rows if row["p99"] is not None and row["p99"] <= SOON), default=0.0)


def p99(results: Data, name: str, offered: float) -> float | None:
    """Milliseconds within which 99 of 100 answers came at a rate; None where it was not measured."""
    rows = results.get(name, {}).get("rates", ())
    return next((row["p99"] for row in rows if row["offered"] == offered), None)


def _ours(results: Data) -> list[Data]:
    """Every row of ours, and the endurance run as one."""
    found = [row for name in RATES if name in results for row in results[name]["rates"]]
    return [*found, results["endurance"]] if "endurance" in results else found


def late(results: Data) -> float | None:
    """Questions without a first response in three seconds, at all rates together; None: not measured."""
    rows = _ours(results)
    return float(sum(row["late"] for row in rows)) if rows else None


def gap(results: Data) -> float | None:
    """Milliseconds by which a heartbeat came late at most, at any rate; None where it was not measured."""
    return max((row["gap"] for row in _ours(results) if "gap" in row), default=None)


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _megabytes(size: float) -> str:
    return _number(size / MEGABYTE)


def _run(command: str, found: Data) -> list[str]:
    """How, of what and when it was measured."""
    if "run" not in found:
        return paragraph(f"`python -m bench.load {command}`, of a commit that was not noted.")
    run = found["run"]
    commit = f" of commit {run['commit']}" if run["commit"] else ""
    return paragraph(
        f"`python -m bench.load {command}`{commit}, {run['day']} at {run['time']} UTC, {run['seconds']:,} s."
    )


def _row(row: Data) -> list[str]:
    return [
        *(_number(row[name]) for name in ("offered", "sent", "answered", "refused")),
        _number(row["throughput"], 1),
        *(_number(row[name]) for name in ("p50", "p95", "p99", "acknowledged_p99", "late", "gap")),
        _megabytes(row["rss"]),
        *(_number(row[name], 2) for name in ("bot_cpu", "driver_cpu")),
        *(_number(row[name], 1) for name in ("cpu_each", "load")),
    ]


def _rates(name: str, found: Data) -> list[str]:
    title, command = RATES[name]
    lines = [f"### {title}", "", *_run(command, found)]
    if found["articles"] > 1:
        lines += paragraph(f"{found['articles']:,} articles in {found['servers']} servers' libraries.")
    lines += table(_HEAD, map(_row, found["rates"]))
    calm = [row for row in found["rates"] if row["refused"] == 0 and row["late"] == 0 and row["answered"]]
    if calm:
        each, cores = min(row["cpu_each"] for row in calm), found["cores"]
        lines += paragraph(
            f"Computed: at {each:.0f} ms of processor time an answer, {cores} cores with nothing else to do give "
            f"{cores * 1000 / each:.0f} a second at most."
        )
    hog = found["hog"]
    return lines + paragraph(
        f"One of {found['servers']} servers asks nine tenths of {hog['figures']['offered']:.0f} questions a second: of "
        f"its {hog['hog']['asked']:,} questions {hog['hog']['answered']:,} were answered, "
        f"{hog['others']['answered']:,} of the {hog['others']['asked']:,} in the others."
    )


def _peer(row: Data) -> list[str]:
    return [
        BOTS[row["bot"]],
        *(_number(row[name]) for name in ("offered", "sent", "answered", "refused")),
        _number(row["sent"] - row["answered"] - row["refused"]),
        _number(row["late"]),
        _number(row["throughput"], 1),
        *(_number(row[name]) for name in ("p50", "p95", "p99", "acknowledged_p99", "gap")),
        _megabytes(row["rss"]),
        _number(row["bot_cpu"], 2),
        _number(row["cpu_each"], 1),
    ]


def _peers(found: Data) -> list[str]:
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    head = (
        "bot", "offered a second", "sent", "answered", "refused", "neither", "late", "answered a second", "p50 ms",
        "p95 ms", "p99 ms", "first response p99 ms", "heartbeat gap ms", "memory MB", "bot, cores", "bot ms each",
    )  # fmt: skip
    return [
        "### Beside bots as most people write them",
        "",
        *_run("peers", found),
        *paragraph(
            "The same questions on the sample article, no two alike, at the same times, by the same driver; each bot "
            "in a process of its own, started anew for each rate. The others (bench/load/plain_bot.py) are a stock "
            "`discord.Client` with a `CommandTree` and one command, everything in its handler: no queue, no limit, no "
            "cooldown. *rank_bm25* scores every sentence as rank_bm25's README shows it, and answers in its first "
            "response. *Cross-encoder* is our own model (from all-MiniLM-L6-v2, int8) over every sentence, several in "
            "a window, which is less work than the usual one by one; it defers, reads, and sends, and what reads is "
            "the handler itself, or a thread (`asyncio.to_thread`)."
        ),
        *paragraph(
            "They do a part of what ours does: they send the three best sentences, and neither set page furniture "
            "aside, nor choose how many sentences to quote, cite, check a quote, say that the article does not say, "
            "mark words, carry a conversation, nor keep anything; nobody is refused, and one server may take all. "
            "Here a first response after three seconds is turned away, as Discord does it; *late* is what met that, or "
            "no response at all. *Neither* was neither answered nor refused within 15 seconds of the last question."
        ),
        *table(head, map(_peer, found["rates"])),
        *paragraph(f"{versions}."),
        "![answered a second and answer times of each bot over what was offered](plots/load-peers.svg)",
        "",
    ]


def _endurance(found: Data) -> list[str]:
    points = found["points"]
    first, last, most = points[0], points[-1], max(rss for _, rss in points)
    half = min(points, key=lambda point: abs(point[0] - last[0] / 2))
    new = f", one question of {found['new']} new" if "new" in found else ""
    return [
        "### Memory over many interactions",
        "",
        *_run("endurance", found),
        *paragraph(
            f"{last[0]:,} interactions, {found['rate']:,.0f} a second offered{new}: {found['answered']:,} answered, "
            f"{found['refused']:,} refused, {found['late']:,} late. Memory: {_megabytes(first[1])} MB after the first "
            f"{first[0]:,}, {_megabytes(half[1])} MB after {half[0]:,}, {_megabytes(last[1])} MB at the end, "
            f"{_megabytes(most)} MB at most."
        ),
        "![memory over interactions](plots/load-memory.svg)",
        "",
    ]


def _shards(found: Data) -> list[str]:
    rows = []
    for name, one in (
        ("one killed (kill -9), started again", found["killed"]),
        ("one replaced in order", found["replaced"]),
    ):
        for whose, title in (("its", "its servers"), ("others", "all others")):
            rows.append([f"{name}: {title}", *map(str, one[whose].values())])
    return [
        "### Three processes, six shards",
        "",
        *_run("shards", found),
        *table(("what befell", "asked", "answered", "refused for the load"), rows),
        *paragraph(
            f"{found['rate']:.0f} questions a second. The killed process's shards were back after "
            f"{found['killed']['seconds']:.0f} s (start, login, two IDENTIFYs five seconds apart); replacing one took "
            f"{found['replaced']['seconds']:.0f} s. Commands were told to Discord {found['syncs']} time(s)."
        ),
    ]


def _servers(found: Data) -> list[str]:
    few, many = found["rss"]
    return [
        "### Servers that ask nothing",
        "",
        *_run("servers", found),
        *paragraph(
            f"A small server (one channel, one role) takes {found['server_bytes'] / 1024:.1f} KB of memory "
            f"({_megabytes(few)} MB with one, {_megabytes(many)} MB with {found['servers']:,}); a message that is not "
            f"for the bot {found['message_ms']:.2f} ms of processor time (n = {found['messages']:,})."
        ),
    ]


def _conditions(results: Data) -> list[str]:
    """Whether the figures are to be trusted: how busy the machine was, and how long was looked."""
    lines: list[str] = []
    limited = [name for name, found in results.items() if found.get("run", {}).get("limit")]
    if limited:
        lines += paragraph(f"**A quick look**, not to be quoted: {', '.join(limited)}.")
    cores = max((found["cores"] for found in results.values()), default=1)
    # Beside peers the load is theirs as well: some start threads without end.
    rates = (found["rates"] for name, found in results.items() if "rates" in found and name != "peers")
    loads = [row["load"] for rows in rates for row in rows]
    if max(loads, default=0.0) > 2 * cores:
        lines += paragraph(
            f"**Part of it was taken on a busy machine**: where *load* stands above the {cores} cores (it goes up to "
            f"{max(loads):.0f}) the bot had a fraction of a core. Those rows show what becomes of questions when it is "
            f"starved, not what it can do."
        )
    return lines


def lines(results: Data) -> list[str]:
    """The section as Markdown, without its heading."""
    if not results:
        return paragraph("Not measured: `python -m bench.load all --data folder`.")
    found = [
        *paragraph(
            "`python -m bench.load all --data folder` measures it, each part by the command above it. People ask "
            "`/ask` over a Discord on 127.0.0.1 (bench/load), at random times (Poisson), whatever comes back; the bot "
            "is the real process. Times run from INTERACTION_CREATE to the edit that brings the answer. *Late* are "
            "interactions without a first response in three seconds. The *heartbeat gap* is the most by which a "
            "heartbeat came late, asked for every half second. Bot and driver share the machine: *load* is its load "
            "average at the end of the row. *Bot ms each* is processor time for an interaction, answered or refused. "
            "The same figures for machines are in load/results.json."
        ),
        *_conditions(results),
    ]
    for name in RATES:
        if name in results:
            found += _rates(name, results[name])
    if any(name in results for name in RATES):
        found += ["![answer times over what was offered](plots/load.svg)", ""]
    for name, part in (("peers", _peers), ("endurance", _endurance), ("shards", _shards), ("servers", _servers)):
        if name in results:
            found += part(results[name])
    return found
