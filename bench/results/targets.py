"""What we set out to reach, beside what was measured: computed from the results, not typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.results import load
from bench.results.markdown import paragraph, table
from bench.results.options import Data

Look = Callable[[Data], float | None]
"""All results -> the figure, or None where it was not measured."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach.

    Attributes:
        name: what it measures.
        wanted: the figure.
        look: finds what was measured.
        least: whether it must be at least `wanted`; else at most.
        unit: behind the figures; a share of 0..1 if empty.
    """

    name: str
    wanted: float
    look: Look
    least: bool = True
    unit: str = ""

    def text(self, value: float) -> str:
        """A figure as the table writes it."""
        return f"{value:.1f} {self.unit}" if self.unit else f"{value:.3f}"


def _named(part: str, name: str) -> Callable[[Data], Data | None]:
    return lambda results: next((s for s in results.get(part, {}).get("sets", ()) if s["name"] == name), None)


def _metric(part: str, name: str, metric: str, keys: tuple[str, ...]) -> Look:
    """A metric of our row of a set."""

    def look(results: Data) -> float | None:
        one = _named(part, name)(results)
        rows = {row["key"]: row for row in one["rows"]} if one else {}
        found = next((rows[key] for key in keys if key in rows), None)
        return float(found["metrics"][metric][0]) if found else None

    return look


def _qa(name: str, metric: str) -> Look:
    return _metric("qa", name, metric, ("pipeline", "default"))


def _as2(name: str) -> Look:
    return _metric("as2", name, "MAP", ("pipeline",))


def _page(kind: str, side: str, name: str = "**Pullquote**") -> Look:
    def look(results: Data) -> float | None:
        rows = results.get("pages", {}).get("rows", ())
        found = next((row for row in rows if row["kind"] == kind and row["name"] == name), None)
        return float(found[side]["f1"][0]) if found else None

    return look


def _ours_less_trafilatura(results: Data) -> float | None:
    ours, theirs = _page("html", "all")(results), _page("html", "all", "trafilatura")(results)
    return None if ours is None or theirs is None else ours - theirs


def _words_above(results: Data) -> float | None:
    """F1 of the marks in the first quote, less the better of the whole quote and nothing."""
    if "words" not in results:
        return None
    metrics = results["words"]["metrics"]
    return float(metrics["first"][0] - max(0.0, metrics["first_whole"][0]))


def _p50(key: str) -> Look:
    def look(results: Data) -> float | None:
        rows = results.get("speed", {}).get("story", ())
        found = next((row for row in rows if row["key"] == key), None)
        return float(found["percentiles"][0]) if found else None

    return look


def _speed(part: str, field: str) -> Look:
    return lambda results: float(results["speed"][part][field]) if "speed" in results else None


def _library(size: int, figure: Callable[[Data], float]) -> Look:
    """A figure of a library of about so many passages."""

    def look(results: Data) -> float | None:
        rows = results.get("library", {}).get("rows", {}).get("ours", ())
        return next((float(figure(row)) for row in rows if size <= row["size"] < 1.2 * size), None)

    return look


def _answered(size: int, percentile: str, wanted: float) -> Target:
    """How many milliseconds an answer from a library of so many passages may take."""
    place = ("p50", "p95", "p99").index(percentile)
    look = _library(size, lambda row: row["ask"][place])
    return Target(f"library of {size:,} passages: answer {percentile}", wanted, look, least=False, unit="ms")


def _library_more(field: str) -> Look:
    """By how much a figure of the largest library is above that of the smallest."""

    def look(results: Data) -> float | None:
        rows = results.get("library", {}).get("rows", {}).get("ours", ())
        return float(rows[-1][field] - rows[0][field]) if len(rows) > 1 else None

    return look


def _load(name: str, articles: str) -> tuple[Target, Target]:
    """How many are answered a second, and how soon where as many are offered as are to be answered."""
    return (
        Target(
            f"load, {articles}: answered a second with p99 within {load.SOON / 1000:.0f} s",
            OFFERED,
            lambda results: load.answered(results.get("load", {}), name),
            unit="a second",
        ),
        Target(
            f"load, {articles}: p99 at {OFFERED:.0f} a second offered",
            load.SOON,
            lambda results: load.p99(results.get("load", {}), name, OFFERED),
            least=False,
            unit="ms",
        ),
    )


OFFERED = 50.0
"""Questions a second that are to be answered."""

TARGETS = (
    Target("news, cross-validated by article: H@1", 0.60, _qa("news-train", "H@1")),
    Target("news, cross-validated by article: H@3", 0.84, _qa("news-train", "H@3")),
    Target("wiki-dev: H@1", 0.85, _qa("wiki-dev", "H@1")),
    Target("wiki-dev: H@3", 0.95, _qa("wiki-dev", "H@3")),
    Target("WikiQA dev: MAP", 0.76, _as2("wikiqa-dev")),
    Target("SelQA dev: MAP", 0.91, _as2("selqa-dev")),
    Target("wiki-dev: AUROC", 0.74, _qa("wiki-dev", "AUROC")),
    Target("news, cross-validated: AUROC", 0.85, _qa("news-train", "AUROC")),
    Target("news, cross-validated: ECE", 0.05, _qa("news-train", "ECE"), least=False),
    Target("page text, unseen half: F1", 0.90, _page("text", "unseen")),
    Target("page HTML, all pages: F1 above trafilatura's, same run", 0.0, _ours_less_trafilatura),
    Target("page HTML, all pages: F1", 0.958, _page("html", "all")),
    Target("marked words: F1 above the whole sentence and nothing", 0.0, _words_above),
    Target("answer on 40 sentences, whole pipeline, one core: p50", 50.0, _p50("default"), least=False, unit="ms"),
    Target("answer on 40 sentences, lexical, one core: p50", 20.0, _p50("lexical"), least=False, unit="ms"),
    Target("memory in all", 300.0, _speed("memory", "ask"), least=False, unit="MB"),
    _answered(200_000, "p50", 80.0),
    _answered(200_000, "p99", 200.0),
    Target(
        "library of 200,000 passages: memory",
        400.0,
        _library(200_000, lambda row: row["memory"]),
        least=False,
        unit="MB",
    ),
    _answered(1_000_000, "p99", 400.0),
    Target(
        "library of 200,000 passages: articles added",
        200.0,
        _library(200_000, lambda row: 60_000 / row["mean"]),
        unit="a minute",
    ),
    Target("opening the largest library, above the smallest", 1.0, _library_more("open"), least=False, unit="ms"),
    Target("cold `pullquote ask`, of `import numpy`", 5.0, _speed("cold", "ratio"), least=False, unit="times"),
    *_load("rates-library", "10,000 articles"),
    *_load("rates", "one article"),
    *_load("rates-repeated", "one article, questions that repeat"),
    Target(
        "load, all rates: unacknowledged after 3 s",
        0.0,
        lambda results: load.late(results.get("load", {})),
        least=False,
        unit="questions",
    ),
    Target(
        "load, all rates: heartbeat gap",
        200.0,
        lambda results: load.gap(results.get("load", {})),
        least=False,
        unit="ms",
    ),
)


def verdicts(results: Data) -> Iterator[tuple[Target, float | None, float | None]]:
    """(target, what was measured, by how much it lies on the right side; negative where it was missed)."""
    for target in TARGETS:
        value = target.look(results)
        spare = None if value is None else value - target.wanted if target.least else target.wanted - value
        yield target, value, spare


def lines(results: Data) -> list[str]:
    """The table as Markdown."""
    rows = []
    reached = measured = 0
    for target, value, spare in verdicts(results):
        sign = "at least" if target.least else "at most"
        verdict = "not measured"
        if value is not None and spare is not None:
            measured += 1
            # Compared as it is printed, so that no reader sees a figure missed by nothing.
            ok = round(spare, 1 if target.unit else 3) >= 0
            reached += ok
            verdict = "reached" if ok else f"**missed by {target.text(-spare)}**"
        cells = (target.name, f"{sign} {target.text(target.wanted)}", "–" if value is None else target.text(value))
        rows.append((*cells, verdict))
    return [
        *paragraph(
            f"{reached} of {len(rows)} reached, {measured - reached} missed, {len(rows) - measured} not measured."
        ),
        *table(("target", "wanted", "measured", "verdict"), rows),
    ]
