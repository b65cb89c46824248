"""Our own blind sets about the sample article, and about the real one where it is at hand."""

from collections.abc import Callable, Sequence

import numpy as np

from bench.questions import Score, load_questions, score
from bench.results.markdown import note_of_limit, paragraph, table, within
from bench.results.options import Data, Options, Watch
from bench.scoring import auroc, bootstrap
from bench.words import QUESTIONS, articles, load
from bot.assistant import Assistant
from bot.ranking.fused import load_ranker
from bot.ranking.ranker import BM25Ranker, LexicalRanker, Ranker
from index.article import Article
from index.readers import read_article

RANKERS: dict[str, tuple[str, Callable[[], Ranker]]] = {
    "pipeline": ("**Pullquote, whole pipeline**", load_ranker),
    "lexical": ("the same with the lexical ranker", LexicalRanker),
    "bm25": ("the same with BM25 alone", BM25Ranker),
}


def _share(values: Sequence[bool], rounds: int) -> tuple[float, float, float]:
    low, high = bootstrap([[float(v)] for v in values], rounds=rounds)
    return (sum(values) / len(values) if values else 0.0), low, high


def _figures(scores: Sequence[Score], rounds: int) -> Data:
    pairs = [p for found in scores for p in zip(found.outcomes, found.answered, strict=True)]
    has = [o for o, _ in pairs if o.answerable]
    rows = np.array([(o.confidence, o.answerable) for o, _ in pairs], dtype=np.float64).reshape(-1, 2)
    groups = [row[None] for row in rows]

    def separates(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float:
        return auroc(values[:, 0].tolist(), (values[:, 1] > 0).tolist())

    return {
        "H@1": _share([o.right for o in has], rounds),
        "H@3": _share([o.rank is not None for o in has], rounds),
        "AUROC": (separates(rows), *bootstrap(groups, separates, rounds=rounds)),
        "refused": _share([not given for o, given in pairs if o.answerable], rounds),
        "told": _share([not given for o, given in pairs if not o.answerable], rounds),
        "furniture": sum(found.furniture for found in scores),
    }


def measure(options: Options, watch: Watch) -> Data:
    """Ask the sets about the visit, and those about our own articles, as a person would."""
    own = dict(articles())
    real = options.data / "article.txt" if options.data else None
    stories: dict[str, Article] = {"the sample": own["sample"]}
    if real is not None and real.is_file():
        stories["the real article"] = read_article(real)
    tasks = [
        (f"{name}, {story}", [(article, load_questions(QUESTIONS / f"{name}.jsonl")[: options.limit])])
        for name in ("visit", "dev")
        for story, article in stories.items()
    ]
    sets = load()
    answers = [
        (own[name], [worded.question for worded in questions][: options.limit]) for name, questions in sets.items()
    ]
    tasks.append((f"answers, {len(answers)} articles of our own", answers))
    rows: list[Data] = []
    for title, pairs in tasks:
        for key, (name, make) in RANKERS.items():
            if options.methods and key not in options.methods:
                continue
            with watch(f"{title}: {key}", len(pairs)) as tick:
                scores = []
                for article, questions in pairs:
                    scores.append(score(Assistant(article, ranker=make()), questions))
                    tick()
            counts = {"answerable": sum(s.answerable for s in scores), "open": sum(s.unanswerable for s in scores)}
            rows.append({"set": title, "key": key, "name": name, **counts, **_figures(scores, options.rounds)})
    return {"rows": rows}


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    found = [
        *paragraph(
            "Questions of our own writing, asked as a person asks. `visit` is blind: nobody tunes to it; at `dev` "
            "errors are looked at; `answers` was written before anyone saw what the program makes of it. Refused "
            "and told so are at the default threshold, which means little for BM25. Intervals over questions: each set "
            "is about few articles."
        ),
        *note_of_limit(data.get("limit"), "questions"),
    ]
    header = ("method", "H@1", "H@3", "AUROC", "answerable, refused", "open, told so", "furniture cited")
    for title in dict.fromkeys(row["set"] for row in data["rows"]):
        rows = [row for row in data["rows"] if row["set"] == title]
        found += [f"### {title}", "", f"n = {rows[0]['answerable']} answerable, {rows[0]['open']} not.", ""]
        cells = [
            (row["name"], *(within(row[k]) for k in ("H@1", "H@3", "AUROC", "refused", "told")), str(row["furniture"]))
            for row in rows
        ]
        found += table(header, cells)
    return found
