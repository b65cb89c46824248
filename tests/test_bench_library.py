"""The library's benchmark: a corpus that is the same each time, engines that find, and tables of what was measured."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bench.library import child
from bench.library.corpus import Corpus, name
from bench.library.engines import KINDS, Kept, Kind
from bench.peers.base import PeerMissing
from bench.results import library, plots, targets
from index.library.document import document
from index.owner import SHELL
from tests.library.builders import WORDS, made_up


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus drawn from a few made-up articles of which some words are rare."""
    path = tmp_path_factory.mktemp("corpus") / "set.jsonl"
    rows = []
    for seed in range(8):
        words = [*WORDS, f"alone{'abcdefgh'[seed]}x"]
        asked = {"id": "1", "question": f"Where did alone{'abcdefgh'[seed]}x leave the ferry?", "answers": [[0, 1]]}
        rows.append({"id": str(seed), "title": "", "text": made_up(seed, 20, words).text, "questions": [asked]})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return Corpus(path)


def test_a_corpus_is_analysed_as_a_library_does_it(corpus: Corpus) -> None:
    """Its passages and terms are those of the article that it gives with them."""
    for one in islice(corpus.documents(), 20):
        found = document(one.article)
        assert one.spans == found.spans
        assert one.counts == found.counts


def test_a_corpus_is_the_same_each_time_and_grows_without_end(corpus: Corpus) -> None:
    """A number stands for one article, two numbers for two, each with names of its own."""
    first = list(islice(corpus.documents(), 5))
    assert [one.article for one in first] == [corpus.document(number).article for number in range(5)]
    assert len({one.article.id for one in first}) == 5
    assert len({name(number) for number in range(50_000)}) == 50_000
    held = [{term for counts in one.counts for term in counts} for one in first]
    assert all(terms - held[0] for terms in held[1:])


def test_questions_are_about_what_is_there(corpus: Corpus) -> None:
    """Each has a name of one of the articles; where there are no more, there are fewer."""
    held = {term for one in islice(corpus.documents(), 3) for counts in one.counts for term in counts}
    asked = corpus.questions(3, 10)
    assert len(set(asked)) == len(asked) == 10
    assert asked == corpus.questions(3, 10)
    for question in asked:
        assert held & {word.strip("?").lower() for word in question.split()}
    assert len(corpus.questions(1, 250)) < 250


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_each_engine_finds_what_it_was_given(kind: Kind, tmp_path: Path) -> None:
    """The passage that holds the words comes first, also one that came later, and numbers count from the first."""
    try:
        assert kind.version
    except PeerMissing as reason:
        pytest.skip(str(reason))
    engine = kind.make(tmp_path)
    engine.add([f"the harbour was quiet on day {number}" for number in range(30)] + ["a zeppelin landed"])
    assert engine.search("Where did the zeppelin land?")[0] == 30
    engine.add(["the storm sank a trawler"])
    assert engine.search("Which trawler?")[0] == 31


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.key in ("tantivy", "fts5", "lance")], ids=lambda k: k.key
)
def test_what_an_engine_keeps_can_be_opened_again(kind: Kind, tmp_path: Path) -> None:
    """Engines that write to a folder open it anew, so that opening can be timed."""
    try:
        assert kind.version
    except PeerMissing as reason:
        pytest.skip(str(reason))
    engine = kind.make(tmp_path)
    engine.add(["the storm sank a trawler"])
    assert isinstance(engine, Kept)
    engine.open()
    assert engine.search("Which trawler?")[0] == 0


def test_our_library_is_measured_on_both_engines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Filled as text, asked and grown; what it needs on disk counts a shared folder's view."""
    pytest.importorskip("lancedb")
    path = tmp_path / "set.jsonl"
    asked = {"id": "1", "question": "Where did the ferry go?", "answers": [[0, 1]]}
    rows = [{"id": str(n), "title": "", "text": made_up(n, 20).text, "questions": [asked]} for n in range(4)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    sizes = []
    for place in (tmp_path / "library.db", tmp_path / "library.lance"):
        child.fill(place, path, 0, 3)
        child.grow(place, path, 3)
        library = child.library_in(place)
        sizes.append(library.size(SHELL))
        library.close()
        assert child.disk(place) > 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [sorted(line) for line in told] == [["seconds"], ["add"]] * 2
    assert sizes[0] == sizes[1]
    assert sizes[0].articles == 6
    assert child.view_of(tmp_path / "library.lance").is_file()


def row(size: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """What is told of one size."""
    return {"size": size, "ask": [3.0, 4.0, 5.0, 6.0], "memory": 100.0, **more}


def measured() -> dict[str, Any]:
    """A run as it is kept."""
    ours = {
        "articles": 90,
        "candidates": [1.0, 2.0, 3.0, 4.0],
        "add": [10.0, 11.0, 12.0, 13.0],
        "searching": 60.0,
        "disk": 2.0,
    }
    rows = [
        row(1_000, **ours, open=0.5, mean=10.0, filled=2.0),
        row(200_010, **ours, open=0.75, mean=12.0, filled=4.0),
    ]
    shared = [row(1_000, **ours, open=1.5, mean=20.0, filled=10.0)]
    return {
        "rows": {"ours": rows, "shared": shared, "bm25s": [row(1_000, seconds=0.5, open=None)]},
        "versions": {"bm25s": "1.0"},
        "names": {"bm25s": "bm25s (lucene)"},
        "missing": {"tantivy": "it is not installed"},
        "questions": 200,
        "asked": 40,
    }


def test_what_was_measured_is_told() -> None:
    """Each engine has its row, what was not measured a dash, what is missing its reason; verdicts are computed."""
    text = "\n".join(library.lines(measured()))
    assert "| 200,010 | 90 | 3.00 / 4.00 / 5.00 | 1.00 / 2.00 / 3.00 | 0.75 |" in text
    assert "| bm25s (lucene) | 3.00 / 4.00 / 5.00 | – |" in text
    assert "| **Pullquote, LanceDB** | 1.00 / 2.00 / 3.00 | – |" in text
    assert "| **Pullquote, SQLite** | 500 | 49,752 |" in text
    assert "| **Pullquote, LanceDB** | 100 | – |" in text
    assert "| bm25s (lucene) | 2,000 | – |" in text
    assert "| **Pullquote, LanceDB** | 1.50 | – |" in text
    assert "Left out: tantivy: it is not installed." in text
    verdicts = "\n".join(targets.lines({"library": measured()}))
    assert "| library of 200,000 passages: answer p50 | at most 80.0 ms | 3.0 ms | reached |" in verdicts
    assert "| library of 200,000 passages: articles added | at least 200.0 a minute | 5000.0 a minute |" in verdicts
    assert "| opening the largest library, above the smallest | at most 1.0 ms | 0.2 ms | reached |" in verdicts


def test_what_was_measured_is_drawn(tmp_path: Path) -> None:
    """The same figures give the same file."""
    pytest.importorskip("matplotlib")
    for file in ("one", "two"):
        plots.draw({"library": measured()}, tmp_path / file)
    one, two = (tmp_path / file / "library.svg" for file in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
