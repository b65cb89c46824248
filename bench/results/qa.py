"""Question sets: which sentence comes first, and whether the confidence knows when there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from bench import qa
from bench.methods import CROSS_ENCODER, LEXICAL, PIPELINE, READ, Method, methods
from bench.qa import Item, Outcome
from bench.results import out_of_fold
from bench.results.markdown import note_of_limit, paragraph, share, signed, table, within
from bench.results.options import Data, Options, Watch
from bench.results.store import ORDER
from bench.scoring import reliability, trade
from bot.answer import THRESHOLD

SETS = ("news-train", "wiki-dev")

TRAINED_ON = frozenset({"news-train"})
"""Sets on which the shipped weights learned: ours are shown cross-validated there, or not at all."""

THRESHOLDS = tuple(n / 100 for n in range(101))

LEARNED = {
    "default": "**Pullquote, default ranker**",
    "lexical": LEXICAL.name,
    "cross-encoder": CROSS_ENCODER.name,
}

OUTCOMES = Path(__file__).resolve().parents[1] / "out_of_fold.jsonl"
"""The outcomes behind the shipped weights, as their training left them."""

OURS = ("pipeline", "default")
"""Keys of the row that others are compared with, whichever a set has."""


def _row(key: str, name: str, how: str, outcomes: Sequence[Sequence[Outcome]], options: Options) -> Data:
    flat = [outcome for row in outcomes for outcome in row]
    row: Data = {
        "key": key,
        "name": name,
        "how": how,
        "metrics": qa.summary(outcomes, rounds=options.rounds),
        "counts": qa.counts(outcomes),
    }
    if how:
        sure, right = [o.confidence for o in flat], [o.right for o in flat]
        row["bins"] = [astuple(b) for b in reliability(sure, right)]
        answerable = [o.answerable for o in flat]
        row["trade"] = [astuple(t) for t in trade(sure, answerable, right, THRESHOLDS)]
        row["default"] = astuple(trade(sure, answerable, right, [THRESHOLD])[0])
    return row


def _head(name: str, ids: Sequence[str], outcomes: Sequence[Sequence[Outcome]]) -> Data:
    return {
        "name": name,
        "ids": list(ids),
        "questions": sum(map(len, outcomes)),
        "answerable": sum(o.answerable for row in outcomes for o in row),
    }


def _asked(name: str, items: Sequence[Item], chosen: Sequence[Method], options: Options, watch: Watch) -> Data:
    """Ask a set; trained parts not on what they were trained on."""
    rows: list[Data] = []
    asked = [method for method in chosen if not (method.learned and name in TRAINED_ON)]
    if PIPELINE in asked:
        asked.insert(asked.index(PIPELINE) + 1, READ)
    for method in asked:
        with watch(f"{name}: {method.name.strip('*')}", len(items)) as tick:
            outcomes = qa.run(method, items, tick)
        rows.append(_row(method.key, method.name, "as shipped" if method.calibrated else "", outcomes, options))
    gold = [[Outcome(None, 0.0, bool(q.gold)) for q in item.questions] for item in items]
    return {**_head(name, [item.id for item in items], gold), "rows": rows}


def _cross_validated(name: str, found: Mapping[str, out_of_fold.Outcomes], data: Data, options: Options) -> None:
    """Put the rows of our trained parts above those of a set."""
    rows = []
    for key, articles in found.items():
        ids = data["ids"]
        if not set(ids) <= set(articles):
            raise ValueError(
                f"The out-of-fold outcomes of {name} ({key}) lack {len(set(ids) - set(articles))} of its articles; "
                "make them again with the trainer."
            )
        outcomes = [articles[i] for i in ids]
        if sum(map(len, outcomes)) != data["questions"]:
            raise ValueError(
                f"The out-of-fold outcomes of {name} ({key}) do not have a line for each of its questions."
            )
        rows.append(_row(key, LEARNED.get(key, key), "cross-validated", outcomes, options))
    place = {key: number for number, key in enumerate(ORDER)}
    data["rows"] = [*sorted(rows, key=lambda row: place.get(row["key"], len(place))), *data["rows"]]


def _folds(options: Options) -> out_of_fold.Sets:
    """The outcomes that were given; else the shipped ones, if they are of the articles at hand."""
    if options.out_of_fold is not None:
        return out_of_fold.read(options.out_of_fold)
    if options.data is None or not OUTCOMES.is_file():
        return {}
    folds = out_of_fold.read(OUTCOMES)
    for name in TRAINED_ON:
        path = options.data / "qa" / f"{name}.jsonl"
        ids = {item.id for item in qa.read(path)} if path.is_file() else set()
        if name not in folds or any(set(articles) != ids for articles in folds[name].values()):
            return {}
    return folds


def measure(options: Options, watch: Watch) -> Data:
    """Ask every method every question; what was cross-validated is read from its file."""
    chosen, missing = methods(options.minilm, options.methods)
    folds = _folds(options)
    sets = []
    for name in SETS:
        if options.data is None or not (options.data / "qa" / f"{name}.jsonl").is_file():
            continue
        items = list(qa.read(options.data / "qa" / f"{name}.jsonl"))[: options.limit]
        data = _asked(name, items, chosen, options, watch)
        if name in folds and name in TRAINED_ON:
            _cross_validated(name, folds[name], data, options)
        sets.append(data)
    for name in sorted(set(folds) - set(SETS)):
        first = next(iter(folds[name].values()))
        data = {**_head(name, list(first), list(first.values())), "rows": []}
        _cross_validated(name, folds[name], data, options)
        sets.append(data)
    return {"sets": sets, "missing": missing}


def ours_of(data: Data) -> Data | None:
    """The row of a set that stands for us."""
    return next((row for row in data["rows"] if row["key"] in OURS), None)


def _quality(data: Data) -> list[str]:
    ours = ours_of(data)
    rows = []
    for row in data["rows"]:
        m = row["metrics"]
        gap = "" if ours is None or row is ours else signed(qa.difference(ours["counts"], row["counts"]))
        label = row["name"] + (f" ({row['how']})" if row["how"] else "")
        error = within(m["ECE"]) if row["how"] else "–"
        rows.append((label, within(m["H@1"]), within(m["H@3"]), within(m["AUROC"]), error, gap))
    return table(("method", "H@1", "H@3", "AUROC", "ECE", "ours above it in H@1"), rows)


def _bins(rows: Sequence[Data]) -> list[str]:
    """The numbers behind the reliability diagram, of the rows that claim a probability."""
    lines = []
    for row in rows:
        cells = [
            (f"{n / 10:.1f} to {(n + 1) / 10:.1f}", f"{count:,}", share(sure), share(right))
            for n, (count, sure, right) in enumerate(row["bins"])
            if count
        ]
        lines += [f"Calibration of {row['name'].strip('*')} ({row['how']}), ECE {share(row['metrics']['ECE'][0])}:", ""]
        lines += table(("confidence", "questions", "mean confidence", "first sentence right"), cells)
    return lines


def _trade(row: Data) -> list[str]:
    """The trade at round thresholds, and at the default."""
    points = [*row["trade"][::10], row["default"]]
    cells = []
    for threshold, opened, refused, right, coverage, wrong in sorted(points):
        name = f"{threshold:.2f}"
        label = f"**{name}, the default**" if threshold == row["default"][0] else name
        cells.append(
            (label, share(opened), share(refused), share(right), share(coverage), share(wrong) if coverage else "–")
        )
    header = ("threshold", "open, answered", "answerable, refused", "right first, refused", "answered", "answers wrong")
    return table(header, cells)


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    found = [
        *paragraph(
            "H@k: one of the first k sentences answers. AUROC: the confidence tells answerable questions from open "
            "ones (for a peer, its best score). ECE: expected calibration error, ten bins. Every method gets the same "
            "sentences. The last column is paired over articles, bold where its interval leaves out zero."
        ),
        *note_of_limit(data.get("limit"), "articles"),
    ]
    for one in data["sets"]:
        found += [
            f"### {one['name']}",
            "",
            *paragraph(
                f"n = {len(one['ids'])} articles, {one['questions']:,} questions, {one['answerable']:,} answerable."
            ),
            *_quality(one),
        ]
        if ours_of(one) is None:
            found += paragraph(
                "Ours was not measured here."
                if one["name"] not in TRAINED_ON
                else "Ours is missing here: the shipped weights learned from this set, and no cross-validated outcomes "
                "are at hand (`--out-of-fold FILE`)."
            )
        found += _bins([row for row in one["rows"] if row["key"] in (*OURS, "lexical")])
        ours = ours_of(one)
        if ours is not None:
            found += [f"What a threshold does to {ours['name'].strip('*')} ({ours['how']}):", "", *_trade(ours)]
    plots = [
        "![Reliability: share that is right over confidence](plots/reliability.svg)",
        "",
        "![Wrong answers against wrong refusals as the threshold moves](plots/trade.svg)",
        "",
        "![Risk over coverage](plots/risk-coverage.svg)",
        "",
    ]
    found += plots if any(ours_of(one) for one in data["sets"]) else []
    return found + [f"Left out: {name}: {reason}." for name, reason in data["missing"].items()] + [""]
