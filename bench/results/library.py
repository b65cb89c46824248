"""A library of up to a million passages: how fast it is searched and asked, how it grows, and what it needs."""

from collections.abc import Callable

from bench.library.measure import SHARED, SIZES
from bench.library.measure import measure as measured
from bench.results.markdown import milliseconds, paragraph, table, times
from bench.results.options import Data, Options, Watch

OURS = {"ours": "**Pullquote, SQLite**", "shared": "**Pullquote, LanceDB**"}
"""Key -> our library by what keeps it."""

FEW = 1_000
"""Passages of a quick look."""


def measure(options: Options, watch: Watch) -> Data:
    """Time everything; with a limit only a library of `FEW` passages."""
    if options.data is None:
        raise ValueError("The library is made of the sentences of a question set: name the folder of the data sets.")
    sizes = [size for size in SIZES if options.limit is None or size <= FEW]
    with watch("library", len(sizes)) as tick:
        return measured(options.data / "qa" / "news-train.jsonl", sizes, tick, few=options.limit is not None)


def _three(figures: list[float]) -> str:
    return " / ".join(milliseconds(figure) for figure in figures[:3])


def _size(row: Data) -> str:
    return f"{row['size']:,}"


def _ours(rows: list[Data]) -> list[str]:
    """What our library needs at each size."""
    header = (
        "passages",
        "articles",
        "answer, ms",
        "of that candidates, ms",
        "open, ms",
        "add an article, ms",
        "articles a minute",
        "memory, MB",
        "without models, MB",
        "disk, MB",
    )
    cells = [
        (
            _size(row),
            f"{row['articles']:,}",
            _three(row["ask"]),
            _three(row["candidates"]),
            milliseconds(row["open"]),
            _three(row["add"]),
            f"{60_000 / row['mean']:,.0f}",
            f"{row['memory']:,.0f}",
            f"{row['searching']:,.0f}",
            f"{row['disk']:,.0f}",
        )
        for row in rows
    ]
    return table(header, cells)


def _each(data: Data, cell: Callable[[Data, float], str]) -> list[tuple[str, ...]]:
    """A row of cells for each engine, a cell for each size; a cell is made of figures and of the size before."""
    sizes = [_size(row) for row in data["rows"]["ours"]]
    found = []
    for key, name in {**OURS, **data["names"]}.items():
        rows = data["rows"].get(key, [])
        before = [0, *(row["size"] for row in rows)]
        cells = {_size(row): cell(_alone(row), then) for row, then in zip(rows, before, strict=False)}
        if cells:
            found.append((name, *(cells.get(size, "–") for size in sizes)))
    return found


def _alone(row: Data) -> Data:
    """What is told of another engine, of ours: its search without what ranks and composes."""
    if "candidates" not in row:
        return row
    return {**row, "ask": row["candidates"], "memory": row["searching"], "seconds": row.get("filled")}


def _beside(data: Data) -> list[str]:
    """Every engine at every size."""

    def added(row: Data, before: float) -> str:
        return f"{(row['size'] - before) / row['seconds']:,.0f}" if row.get("seconds") else "–"

    def opened(row: Data, _: float) -> str:
        return "–" if row.get("open") is None else milliseconds(row["open"])

    header = ("engine", *(_size(row) for row in data["rows"]["ours"]))
    return [
        *paragraph("The 300 best passages for a question, p50 / p95 / p99, ms:"),
        *table(header, _each(data, lambda row, _: _three(row["ask"]))),
        *paragraph("Memory at its highest, MB, filling and searching (ours: searching):"),
        *table(header, _each(data, lambda row, _: f"{row['memory']:,.0f}")),
        *paragraph(
            "Passages added a second, many at once, from the size before to this one (rank_bm25 and bm25s index all "
            "anew, ours in SQLite has its articles analysed already, ours in LanceDB analyses them):"
        ),
        *table(header, _each(data, added)),
        *paragraph("Opening what is kept on disk, ms, median (rank_bm25 and bm25s keep nothing here):"),
        *table(header, _each(data, opened)),
    ]


def _shared(rows: list[Data]) -> list[str]:
    """What our library needs in LanceDB."""
    if not rows:
        return []
    return [
        *paragraph(
            f"In LanceDB, in a folder on the same disk; this machine's view of it is counted in. Measured up to "
            f"{SHARED:,}: it takes articles as text and analyses each, so that a million passages would take longer "
            "than all the rest, and what is searched is the same as in SQLite:"
        ),
        *_ours(rows),
    ]


def lines(data: Data) -> list[str]:
    """The tables as Markdown."""
    rows = data["rows"]["ours"]
    most, least = rows[-1], rows[0]
    told = ", ".join(f"{data['names'][key]} {version}" for key, version in data["versions"].items())
    return [
        *paragraph(
            "Made-up news: sentences of the news set drawn anew, their rare words replaced by invented names whose "
            "frequencies follow Zipf's law, so that the vocabulary keeps growing; the questions are people's, with the "
            "names of an article that is there (bench/library/corpus.py). All of it is one owner's. An answer is the "
            f"whole pipeline, ranking included; {data['questions']} questions at each size, p50 / p95 / p99. Each "
            "figure comes from a process of its own. Articles are added one by one, as text, to the library of that "
            "size."
        ),
        *paragraph("In SQLite:"),
        *_ours(rows),
        *_shared(data["rows"].get("shared", [])),
        *paragraph(
            f"From {least['size']:,} to {most['size']:,} passages the library is "
            f"{times(most['size'] / least['size'])} as large; an article takes "
            f"{times(most['mean'] / least['mean'])} as long to add, opening "
            f"{times(most['open'] / least['open'])} as long."
        ),
        *_beside(data),
        *paragraph(
            f"{told}; {data['asked']} questions at each size. The others search without owners, rank by their own BM25 "
            "and keep no text. rank_bm25 holds a dictionary for each passage and scores all of them in Python: it is "
            "measured up to 100,000. LanceDB's own index is made anew when it grows."
        ),
        *[line for name, why in data["missing"].items() for line in paragraph(f"Left out: {name}: {why}.")],
        "![Time to find passages over the size of the library](plots/library.svg)",
        "",
    ]
