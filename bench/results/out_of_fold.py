"""Cross-validated outcomes of what was trained, as `bench.train_fusion` leaves them.

JSON lines, one for each article of a set and each method:

    {"set": "news-train", "method": "default", "article": id, "outcomes": [[answerable, rank, confidence], ...]}

one entry a question: what models that never saw the article made of it. `rank` is that of the first sentence that
hits, from 0, or null. No word of an article or a question is in it, so that it may stand beside the report.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from bench.qa import Outcome

Outcomes = dict[str, list[Outcome]]
"""Article -> the outcomes of its questions."""

Sets = Mapping[str, Mapping[str, Outcomes]]
"""Set -> method ("default", "lexical", "cross-encoder") -> its outcomes."""


def write(path: Path, sets: Sets) -> None:
    """Write outcomes; the same ones give the same bytes."""
    lines = (
        json.dumps(
            {
                "set": name,
                "method": method,
                "article": article,
                "outcomes": [[int(o.answerable), o.rank, round(o.confidence, 4)] for o in outcomes],
            },
            separators=(",", ":"),
        )
        for name, methods in sets.items()
        for method, articles in methods.items()
        for article, outcomes in articles.items()
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> Sets:
    """Read outcomes."""
    found: dict[str, dict[str, Outcomes]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        methods = found.setdefault(row["set"], {})
        methods.setdefault(row["method"], {})[row["article"]] = [
            Outcome(rank, float(sure), bool(answerable)) for answerable, rank, sure in row["outcomes"]
        ]
    return found
