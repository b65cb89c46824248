"""A library of up to a million passages: how fast it is searched and asked, how it grows, and what it needs."""

from bench.library.measure import SIZES
from bench.library.measure import measure as measured
from bench.results.markdown import milliseconds, paragraph, table, times
from bench.results.options import Data, Options, Watch

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


def _beside(data: Data) -> list[str]:
    """Candidates of every engine at every size."""
    sizes = [_size(row) for row in data["rows"]["ours"]]
    searched: list[tuple[str, ...]] = []
    needed: list[tuple[str, ...]] = []
    for key, name in {"ours": "**Pullquote, SQLite**", **data["names"]}.items():
        rows = {_size(row): row for row in data["rows"][key]}
        field = "candidates" if key == "ours" else "ask"
        searched.append((name, *(_three(rows[size][field]) if size in rows else "–" for size in sizes)))
        memory = "searching" if key == "ours" else "memory"
        needed.append((name, *(f"{rows[size][memory]:,.0f}" if size in rows else "–" for size in sizes)))
    return [
        *paragraph("The 300 best passages for a question, p50 / p95 / p99, ms:"),
        *table(("engine", *sizes), searched),
        *paragraph("Memory at its highest, MB, filling and searching (ours: searching):"),
        *table(("engine", *sizes), needed),
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
        *_ours(rows),
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
            "measured up to 100,000."
        ),
        *[line for name, why in data["missing"].items() for line in paragraph(f"Left out: {name}: {why}.")],
        "![Time to find passages over the size of the library](plots/library.svg)",
        "",
    ]
