"""Answer sentence selection, zero-shot."""

from bench import as2
from bench.methods import methods
from bench.results.markdown import note_of_limit, paragraph, table, within
from bench.results.options import Data, Options, Watch

NAMES = {"wikiqa-dev": "WikiQA dev", "selqa-dev": "SelQA dev", "trecqa-dev": "TREC-QA dev"}


def measure(options: Options, watch: Watch) -> Data:
    """Rank every set's candidates with every method."""
    chosen, missing = methods(options.minilm, options.methods)
    sets = []
    for path in sorted((options.data / "as2").glob("*.jsonl")) if options.data else ():
        selections = list(as2.read(path))[: options.limit]
        rows: list[Data] = []
        for method in chosen:
            with watch(f"{path.stem}: {method.name.strip('*')}", len(selections)) as tick:
                found = as2.summary(as2.run(method, selections, tick), rounds=options.rounds)
            rows.append({"key": method.key, "name": method.name, "metrics": found})
        sets.append({"name": path.stem, "questions": len(selections), "rows": rows})
    return {"sets": sets, "missing": missing}


def lines(data: Data) -> list[str]:
    """The part as Markdown."""
    found = [
        *paragraph(
            "Which of a question's candidate sentences answers; nothing was trained on these sets. Ties are broken "
            "against the method. Intervals over questions; those without an answer among their candidates are left out."
        ),
        *note_of_limit(data.get("limit"), "questions"),
    ]
    for one in data["sets"]:
        rows = [(row["name"], within(row["metrics"]["MAP"]), within(row["metrics"]["MRR"])) for row in one["rows"]]
        found += [f"### {NAMES.get(one['name'], one['name'])}", "", f"n = {one['questions']} questions.", ""]
        found += table(("method", "MAP", "MRR"), rows)
    return found + [f"Left out: {name}: {reason}." for name, reason in data["missing"].items()] + [""]
