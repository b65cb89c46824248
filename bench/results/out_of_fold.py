"""Cross-validated outcomes of what was trained, as the trainers leave them.

Each line is `{"set", "article", "question", "answerable", "rank", "confidence", "right"}`: what models that never saw
the article made of the question. `rank` is that of the first sentence that hits, from 0, or null. A line may name
its `"method"`: "default" (taken where it names none) or "lexical".
"""

import json
from collections.abc import Mapping
from pathlib import Path

from bench.qa import Outcome

Outcomes = dict[str, list[Outcome]]
"""Article -> the outcomes of its questions."""


def read(path: Path) -> Mapping[str, Mapping[str, Outcomes]]:
    """Read the outcomes: set -> method -> article -> outcomes."""
    found: dict[str, dict[str, Outcomes]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            methods = found.setdefault(Path(row["set"]).stem, {})
            articles = methods.setdefault(row.get("method", "default"), {})
            outcome = Outcome(row["rank"], float(row["confidence"]), bool(row["answerable"]))
            articles.setdefault(str(row["article"]), []).append(outcome)
    return found
