"""The sample article and the question sets: ours in every word, readable, and holding every answer asked for."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypedDict

import pytest

from index.article import Article
from index.readers import read_article
from index.sample import sample_path
from index.splitter import sentences_of

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "article.txt"
QUESTIONS = Path(__file__).parent / "questions"
SETS = ("visit", "dev")

RUN = 8
"""Words in a row that may not equal the real article's anywhere in the project."""

MOST_RIGHT = 3
"""Sentences that may be right for one question; more than that, and its fragments are too loose."""

FRAGMENT_WORDS = 5
"""Words in a gold fragment, at most."""

FURNITURE = (
    "We use cookies",
    "to save stories for later",
    "Readers keep this newsroom open",
    "Reporters cost money",
    "Become a supporter",
    "Read more:",
    "Share this story",
    "Sign up for The Morning Pull",
    "to leave a comment",
)
"""A piece of every paragraph of the sample that belongs to its page and not to its story; the caption is left open."""

STORY = (
    "such were the assurances",
    "carried by Tass",
    "quoted him as saying",
    "pressed the visitors",
    "diplomatic and consular",
    "could destabilize",
    "20,000 military reservists",
    "Collective Security Treaty",
    "the Soviet troops in 1989",
    "the latest of them in March",
)
"""A piece of every paragraph of the sample's story, in order."""

_SKIPPED_FOLDERS = {"__pycache__", "build", "dist", "node_modules", "shared", "venv"}
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")


class Question(TypedDict):
    """A line of a question set."""

    id: str
    question: str
    answerable: bool
    gold: list[list[str]]
    kind: str


def _questions(name: str) -> list[Question]:
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split())


def _right(sentences: list[str], gold: list[list[str]]) -> list[str]:
    """Pick the sentences that hold every fragment of one of the alternatives."""
    return [
        sentence
        for sentence in map(_plain, sentences)
        if any(all(_plain(fragment) in sentence for fragment in alternative) for alternative in gold)
    ]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str) -> set[str]:
    words = _words(text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _project_files() -> Iterator[Path]:
    """Every file that git tracks, or, where there is no git, every file that looks like the project's."""
    git = shutil.which("git")
    if git:
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
        if listed.returncode == 0 and listed.stdout:
            yield from (ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name)
            return
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith(".")]
        yield from (Path(folder, name) for name in names)


def _text_files() -> Iterator[tuple[Path, str]]:
    for path in _project_files():
        if path.is_file():
            raw = path.read_bytes()
            if b"\0" not in raw:
                yield path, raw.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def sample() -> Article:
    """Read the sample once."""
    with as_file(files("index.sample") / "article.txt") as path:
        return read_article(path)


def test_sample_path_is_the_packaged_file() -> None:
    """The helper names the very file that lies in the package."""
    expected = (files("index.sample") / "article.txt").read_bytes()

    actual = sample_path().read_bytes()

    assert expected == actual


def test_headline_is_read(sample: Article) -> None:
    """The headline is found below the cookie notice and the log-in line."""
    assert sample.title == "In Moscow, Taliban say Russia has nothing to fear from their wins"


def test_byline_is_read(sample: Article) -> None:
    """The byline credits the retelling."""
    assert sample.byline is not None
    assert "the Pullquote team, retold from an AP report" in sample.byline


def test_date_is_read(sample: Article) -> None:
    """The sample carries the date of the report that it retells."""
    assert sample.published == dt.date(2021, 7, 8)


def test_source_is_credited(sample: Article) -> None:
    """The page says whose report it retells."""
    assert "from the Associated Press report that The Independent published on 8 July 2021" in sample.text


@pytest.mark.parametrize("piece", FURNITURE)
def test_furniture_is_set_aside(sample: Article, piece: str) -> None:
    """What belongs to the page is marked furniture."""
    holding = [paragraph for paragraph in sample.paragraphs if piece in paragraph.text]

    assert holding
    assert all(paragraph.furniture for paragraph in holding)


@pytest.mark.parametrize("piece", STORY)
def test_story_is_kept(sample: Article, piece: str) -> None:
    """What belongs to the story is not marked furniture."""
    holding = [paragraph for paragraph in sample.paragraphs if piece in paragraph.text]

    assert holding
    assert not any(paragraph.furniture for paragraph in holding)


@pytest.mark.parametrize("name", SETS)
def test_every_answer_stands_in_the_sample(sample: Article, name: str) -> None:
    """Each answerable question has one to three right sentences in the sample."""
    sentences = [sentence.text for sentence in sentences_of(sample)]
    asked = [question for question in _questions(name) if question["answerable"]]

    wrong = {q["id"]: n for q in asked if not 1 <= (n := len(_right(sentences, q["gold"]))) <= MOST_RIGHT}

    assert asked
    assert wrong == {}


@pytest.mark.parametrize("name", SETS)
def test_every_answer_stands_in_the_real_article(name: str) -> None:
    """The sets are about the real article: the same fragments find one to three sentences in it."""
    if not REAL.is_file():
        pytest.skip("the real article is not here (../shared/data/article.txt, seen from the repository)")
    sentences = [sentence.text for sentence in sentences_of(read_article(REAL))]
    asked = [question for question in _questions(name) if question["answerable"]]

    wrong = {q["id"]: n for q in asked if not 1 <= (n := len(_right(sentences, q["gold"]))) <= MOST_RIGHT}

    assert wrong == {}


@pytest.mark.parametrize("name", SETS)
def test_questions_are_well_formed(name: str) -> None:
    """Gold stands with answerable questions only, in fragments of at most five words; ids do not repeat."""
    questions = _questions(name)

    assert len({q["id"] for q in questions}) == len(questions)
    for question in questions:
        fragments = [fragment for alternative in question["gold"] for fragment in alternative]
        assert question["answerable"] == bool(fragments)
        assert all(0 < len(fragment.split()) <= FRAGMENT_WORDS for fragment in fragments)


def test_sets_are_disjoint() -> None:
    """No question is asked in both sets."""
    first, second = ({_plain(q["question"]) for q in _questions(name)} for name in SETS)

    assert first & second == set()


def test_nothing_in_the_project_copies_the_real_article() -> None:
    """No eight words in a row, in any text file of the project, equal the real article's."""
    if not REAL.is_file():
        pytest.skip("the real article is not here (../shared/data/article.txt, seen from the repository)")
    real = _runs(REAL.read_text(encoding="utf-8"))

    copied = {str(path.relative_to(ROOT)): same for path, text in _text_files() if (same := _runs(text) & real)}

    assert len(real) > 0
    assert copied == {}
