"""Speed and memory; runs last and alone."""

from statistics import median

from bench import speed
from bench.peers import peers
from bench.results.markdown import milliseconds, paragraph, table, times
from bench.results.options import Data, Options, Watch
from bench.speed import OURS, SENTENCES, SIZES, Timing

LEFT_OUT = {"minilm": "all-MiniLM-L6-v2 cosine: it encodes every sentence first, a minute for the largest article"}


def _row(timing: Timing, base: Timing, lexical: Timing) -> Data:
    return {
        "key": timing.key,
        "paragraphs": timing.paragraphs,
        "sentences": timing.sentences,
        "index": timing.index,
        "first": timing.first,
        "answer": timing.answer,
        "percentiles": speed.percentiles(timing.answers),
        "of_default": speed.ratio(timing, base),
        "of_lexical": speed.ratio(timing, lexical),
    }


def _rows(timings: list[Timing]) -> list[Data]:
    by_key = {timing.key: timing for timing in timings}
    return [_row(timing, by_key["default"], by_key["lexical"]) for timing in timings]


def measure(options: Options, watch: Watch) -> Data:
    """Time everything; with a limit only up to 1,000 paragraphs."""
    found, _ = peers(options.minilm)
    others = [peer for peer in found if peer.key not in LEFT_OUT]
    sizes = [size for size in SIZES if options.limit is None or size <= 1_000]
    with watch("cold starts", options.runs) as tick:
        pairs = speed.cold_start(options.runs, tick)
    with watch("memory", 1):
        memory = speed.memory()
    asked = speed.questions()[: options.limit and options.limit + 2]
    with speed.one_core():
        with watch(f"a story of {SENTENCES} sentences", len(asked) - 1) as tick:
            story = _rows(speed.in_turn(speed.news_story(), asked, others, 5, tick))
        by_size = []
        for size in sizes:
            with watch(f"{size:,} paragraphs", options.runs) as tick:
                article = speed.made_up_article(size)
                repeats = 1 if size == max(SIZES) else 5
                by_size += _rows(speed.in_turn(article, asked[: options.runs + 1], others, repeats, tick))
    return {
        "names": OURS | {peer.key: peer.name for peer in others},
        "runs": options.runs,
        "cold": {
            "ask": median(a for a, _ in pairs) * 1e3,
            "numpy": median(b for _, b in pairs) * 1e3,
            "ratio": median(a / b for a, b in pairs),
        },
        "memory": {"ask": memory[0], "numpy": memory[1]},
        "questions": len(asked) - 1,
        "story": story,
        "sizes": by_size,
    }


def _cell(row: Data, ours: Data, field: str) -> str:
    """A time, and as a share of ours."""
    if row is ours:
        return milliseconds(row[field])
    share = row["of_default"] if field == "answer" else row["index"] / ours["index"]
    return f"{milliseconds(row[field])} ({times(share)})"


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    names, cold, memory = data["names"], data["cold"], data["memory"]
    found = [
        *paragraph(
            "Ours and the peers in turn, question by question, no question twice; ratios are medians over the "
            "questions. On one core and one thread, a cold start aside. Peers are given sentences that are cut "
            "already, and only score them; ours cut, rank, compose and cite."
        ),
        *paragraph(
            f"Cold `pullquote ask` on the sample: median {cold['ask']:.0f} ms, {cold['ratio']:.1f} times "
            f"`python -c 'import numpy'` ({cold['numpy']:.0f} ms); n = {data['runs']} pairs in turn."
        ),
        *paragraph(
            f"Peak memory of `pullquote ask` with 30 questions about a story of {SENTENCES} sentences: "
            f"{memory['ask']:.0f} MB (a Python with NumPy alone: {memory['numpy']:.0f} MB)."
        ),
        f"### A story of {SENTENCES} sentences",
        "",
        f"n = {data['questions']} questions; milliseconds.",
        "",
    ]
    cells = [
        (
            names[row["key"]],
            milliseconds(row["index"]),
            milliseconds(row["first"]),
            *(milliseconds(p) for p in row["percentiles"]),
            times(row["of_default"]),
            times(row["of_lexical"]),
        )
        for row in data["story"]
    ]
    header = ("method", "index", "first question", "p50", "p95", "p99", "time, of ours", "of our lexical")
    found += [*table(header, cells), "### By the size of the article", ""]
    found += [f"Milliseconds to answer, median of {data['runs']} questions, and that as a share of ours.", ""]
    keys = [row["key"] for row in data["story"]]
    for field, title in (("answer", "answer"), ("index", "index")):
        # Our two rankers share one index.
        shown = [key for key in keys if field == "answer" or key != "lexical"]
        rows = []
        for paragraphs in dict.fromkeys(row["paragraphs"] for row in data["sizes"]):
            at = {row["key"]: row for row in data["sizes"] if row["paragraphs"] == paragraphs}
            rows.append((f"{paragraphs:,}", *(_cell(at[key], at["default"], field) for key in shown)))
        found += table((f"paragraphs; ms to {title}", *(names[key] for key in shown)), rows)
    found += ["![Index and answer times over the size of the article](plots/speed.svg)", ""]
    return found + [f"Left out: {reason}." for reason in LEFT_OUT.values()] + [""]
