"""The report: from tiny data sets of our own to RESULTS.md, a part at a time, and its verdicts."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.qa import Outcome
from bench.results import store, targets
from bench.results.markdown import milliseconds, share, signed, table, times, within
from bench.results.options import Options, silent
from bench.results.out_of_fold import write
from bench.results.report import PARTS, document, measure

TEXT = (
    "The ferry carries 38 cars across the sound.\n"
    "Mayor Tomas Hald welcomed its return on Friday.\n"
    "The repairs cost four million crowns."
)


def spans(*sentences: str) -> list[list[int]]:
    """Where sentences stand in `TEXT`."""
    return [[TEXT.index(s), TEXT.index(s) + len(s)] for s in sentences]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out like the data sets, with an article or two in each."""
    folder = tmp_path_factory.mktemp("data")
    lines = TEXT.split("\n")
    asked = [
        {"id": "1", "question": "How many cars does the ferry carry?", "answers": spans(lines[0])},
        {"id": "2", "question": "Who welcomed its return?", "answers": spans(lines[1])},
        {"id": "3", "question": "Who painted the lighthouse?", "answers": []},
    ]
    (folder / "qa").mkdir()
    for name in ("news-train", "wiki-dev"):
        rows = [{"id": f"{name}{n}", "title": "A ferry", "text": TEXT, "questions": asked} for n in range(2)]
        (folder / "qa" / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "as2").mkdir()
    row = {"id": "1", "question": "What did the repairs cost?", "candidates": lines, "labels": [0, 0, 1]}
    (folder / "as2" / "wikiqa-dev.jsonl").write_text(json.dumps(row) + "\n")
    pages = folder / "pages"
    (pages / "text").mkdir(parents=True)
    (pages / "html").mkdir()
    body = "\n\n".join(lines)
    for page in ("a", "b"):
        (pages / "text" / f"{page}.txt").write_text(f"A ferry returns\n\n{body}\n\nLog in to comment")
        html = "".join(f"<p>{line}</p>" for line in lines)
        html = f"<html><body><article><h1>A ferry returns</h1>{html}</article></body></html>"
        (pages / "html" / f"{page}.html.gz").write_bytes(gzip.compress(html.encode()))
    (pages / "ground-truth.json").write_text(json.dumps({page: {"articleBody": body} for page in ("a", "b")}))
    return folder


@pytest.fixture(scope="module")
def out_of_fold(data: Path) -> Path:
    """Cross-validated outcomes of the news set: right on the first question, wrong on the second."""
    path = data / "folds.jsonl"
    asked = [
        Outcome(0, 0.9, answerable=True),
        Outcome(None, 0.4, answerable=True),
        Outcome(None, 0.2, answerable=False),
    ]
    write(path, {"news-train": {"default": {f"news-train{n}": asked for n in range(2)}}})
    return path


def run(*arguments: object) -> str:
    """Run the command; returns its output."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def report(data: Path, out_of_fold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report on everything but speed."""
    out = tmp_path_factory.mktemp("report")
    only = ("--only", "qa,as2,pages,words", "--rounds", 20, "--out", out)
    run("--data", data, "--out-of-fold", out_of_fold, *only)
    return out


def sets(out: Path, part: str) -> dict[str, Any]:
    """The sets of a part as they were kept: name -> {method -> row}."""
    found = store.read(out / "results.json")[part]["sets"]
    return {one["name"]: {row["key"]: row for row in one["rows"]} for one in found}


def test_every_part_is_in_the_report(report: Path) -> None:
    """Each part has its heading, what was not measured says so, and no path of the machine is in it."""
    text = (report / "RESULTS.md").read_text("utf-8")
    for part in PARTS:
        assert f"## {part.title}" in text
    assert "Not measured." in text
    assert str(Path.home()) not in text
    assert str(report) not in text


def test_ours_is_cross_validated_where_it_learned(report: Path) -> None:
    """On a training set the shipped weights are not asked; the out-of-fold outcomes stand in."""
    found = sets(report, "qa")
    assert {"default", "bm25", "rank_bm25"} <= set(found["news-train"])
    assert {"pipeline", "lexical"}.isdisjoint(found["news-train"])
    assert found["news-train"]["default"]["metrics"]["H@1"] == [0.5, 0.5, 0.5]
    assert found["news-train"]["default"]["how"] == "cross-validated"
    assert {"pipeline", "pipeline-read", "lexical", "bm25"} <= set(found["wiki-dev"])


def test_the_shipped_pipeline_answers_the_easy_questions(report: Path) -> None:
    """The sets are so small and plain that whoever reads them finds the answers."""
    assert sets(report, "qa")["wiki-dev"]["pipeline"]["metrics"]["H@1"][0] == 1.0
    assert sets(report, "as2")["wikiqa-dev"]["pipeline"]["metrics"]["MAP"][0] == 1.0


def test_without_outcomes_ours_is_missing_and_says_so(data: Path, tmp_path: Path) -> None:
    """No figure of the shipped weights on what they were trained on."""
    run("--data", data, "--only", "qa", "--rounds", 20, "--out", tmp_path)
    assert "--out-of-fold FILE" in (tmp_path / "RESULTS.md").read_text("utf-8")


def test_one_part_is_measured_again_and_the_others_kept(data: Path, report: Path) -> None:
    """--only and --method replace what they name, and nothing else."""
    before = store.read(report / "results.json")
    run("--data", data, "--only", "as2", "--method", "bm25", "--rounds", 20, "--out", report)
    after = store.read(report / "results.json")
    assert after["qa"] == before["qa"]
    assert sets(report, "as2")["wikiqa-dev"].keys() == {row["key"] for row in before["as2"]["sets"][0]["rows"]}
    assert after["as2"]["run"]["methods"] == ["bm25"]


def test_a_report_is_written_again_from_what_was_kept(report: Path) -> None:
    """--render measures nothing and changes nothing."""
    before = (report / "RESULTS.md").read_text("utf-8")
    run("--render", "--out", report)
    assert (report / "RESULTS.md").read_text("utf-8") == before


def test_plots_are_drawn_the_same_each_time(report: Path) -> None:
    """On white, as SVG, without a date: a run that measures the same changes no file."""
    pytest.importorskip("matplotlib")
    run("--render", "--out", report)
    before = {path.name: path.read_bytes() for path in (report / "plots").glob("*.svg")}
    assert set(before) == {"reliability.svg", "risk-coverage.svg", "trade.svg"}
    run("--render", "--out", report)
    assert {path.name: path.read_bytes() for path in (report / "plots").glob("*.svg")} == before


def test_a_quick_look_is_marked(data: Path, tmp_path: Path) -> None:
    """Figures of part of a set are not mistaken for its figures."""
    run("--data", data, "--only", "as2", "--limit", 1, "--rounds", 20, "--out", tmp_path)
    assert "**A quick look**" in (tmp_path / "RESULTS.md").read_text("utf-8")


def test_outcomes_that_lack_articles_are_refused(data: Path, tmp_path: Path) -> None:
    """A file of other articles is no cross-validation of these; the message says what to do."""
    path = tmp_path / "folds.jsonl"
    write(path, {"news-train": {"default": {"x": [Outcome(0, 1.0, answerable=True)]}}})
    arguments = ["--data", data, "--only", "qa", "--method", "bm25", "--out-of-fold", path, "--out", tmp_path]
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 1
    assert "make them again with the trainer" in result.output


def test_an_unknown_part_is_named() -> None:
    """A typing error lists the parts there are."""
    result = CliRunner().invoke(main, ["--only", "qa,aS2"])
    assert result.exit_code == 2
    assert "there is no part aS2; the parts are qa, as2" in result.output


def test_without_data_only_our_own_sets_are_measured(tmp_path: Path) -> None:
    """The parts that need the data sets are left out; nothing is made up."""
    results: dict[str, Any] = {}
    measure(results, Options(rounds=20, limit=1), ("qa", "as2", "pages", "questions"), silent, lambda: None)
    assert set(results) == {"questions"}
    store.write(tmp_path / "results.json", results)
    assert "the data sets were not at hand" in document(store.read(tmp_path / "results.json"))


def test_verdicts_are_computed() -> None:
    """A figure is reached from the target on; a miss says by how much; what was not measured is neither."""
    results = {
        "as2": {"sets": [
            {"name": "wikiqa-dev", "rows": [{"key": "pipeline", "metrics": {"MAP": [0.76, 0.7, 0.8]}}]},
            {"name": "selqa-dev", "rows": [{"key": "pipeline", "metrics": {"MAP": [0.9, 0.8, 0.95]}}]},
        ]},
        "speed": {"story": [], "memory": {"ask": 301.5}, "cold": {"ratio": 4.9}},
    }  # fmt: skip
    text = "\n".join(targets.lines(results))
    assert "| WikiQA dev: MAP | at least 0.760 | 0.760 | reached |" in text
    assert "| SelQA dev: MAP | at least 0.910 | 0.900 | **missed by 0.010** |" in text
    assert "| memory in all | at most 300.0 MB | 301.5 MB | **missed by 1.5 MB** |" in text
    assert "| cold `pullquote ask`, of `import numpy` | at most 5.0 times | 4.9 times | reached |" in text
    assert f"2 of {len(targets.TARGETS)} reached, 2 missed" in text


def test_figures_are_written_as_the_field_does() -> None:
    """Shares without their zero, intervals in brackets, differences with their sign."""
    assert [share(v) for v in (0.5641, 1.0, 0.0)] == [".564", "1.000", ".000"]
    assert within((0.5, 0.4, 0.6)) == ".500 [.400, .600]"
    assert signed((0.1, 0.05, 0.2)) == "**+.100 [+.050, +.200]**"
    assert signed((-0.1, -0.2, 0.05)) == "−.100 [−.200, +.050]"
    assert [milliseconds(v) for v in (0.123, 12.34, 1234.5)] == ["0.12", "12.3", "1,234"]
    assert [times(v) for v in (0.213, 2.25, 21.4)] == ["× 0.21", "× 2.2", "× 21"]
    assert table(("a", "b"), [("x", "1")]) == ["| a | b |", "|---|---:|", "| x | 1 |", ""]
