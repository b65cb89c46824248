"""kill -9 in the middle of adding, refreshing and removing leaves the old or the new state, never half."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.article import Article
from index.library import open_library
from index.library.document import document
from index.library.inverted import read
from tests.library.builders import expected, found
from tests.library.kill_me import OWNER, after

ROOT = Path(__file__).resolve().parents[2]

KILLS = int(os.environ.get("KILLS", "0"))
"""How often a process is killed, for each engine: `KILLS=200 pytest tests/library/test_killed.py`."""


def whole(file: Path, articles: list[tuple[int, Article]]) -> None:
    """Check that a file holds what is derived from these articles, and nothing else."""
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    documents = [document(one) for _, one in articles]
    rows = connection.execute("SELECT id, articles, passages, characters, terms FROM libraries").fetchall()
    for library, *counted in rows:
        terms = Counter(term for one in documents for counts in one.counts for term in counts)
        assert counted == [
            len(articles),
            sum(len(one.spans) for one in documents),
            sum(len(one.article.text) for one in documents),
            sum(sum(one.lengths) for one in documents),
        ]
        assert dict(connection.execute("SELECT term, passages FROM terms")) == terms
        assert {term: len(postings) for term, postings in read(connection, library, terms).items()} == terms
        spelt = Counter((t, s) for one in documents for t, s in one.spellings.items())
        kept = connection.execute("SELECT term, spellings FROM terms").fetchall()
        assert {(t, s): n for t, written in kept for s, n in json.loads(written).items()} == spelt
    for table in ("articles", "texts"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(articles),)  # noqa: S608 - our tables
    assert connection.execute("SELECT count(DISTINCT article) FROM bands").fetchone() == (len(articles),)
    blocks = connection.execute("SELECT count(*) FROM blocks WHERE id >> 32 NOT IN (SELECT id FROM terms)").fetchone()
    assert blocks == (0,)
    connection.close()


@pytest.mark.timeout(1_800 if KILLS else 120)
@pytest.mark.parametrize(("name", "kills"), [("library.db", 20), ("library.lance", 4)])
def test_a_killed_writer_leaves_a_whole_library(tmp_path: Path, name: str, kills: int) -> None:
    """What was said to be done is done; of what was being done, all or nothing is."""
    if name.endswith(".lance") and find_spec("lancedb") is None:
        pytest.skip("LanceDB is not installed: make scale")
    draw = random.Random(5)  # noqa: S311 - no secret
    place, view = tmp_path / name, tmp_path / "view.db"
    state: list[Article] = []
    next_step = 0
    halfway = 0
    for _ in range(KILLS or kills):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.library.kill_me", str(place), str(view), str(next_step)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(draw.randint(1, 12))]
        threading.Event().wait(draw.uniform(0, 0.02))  # some moment of one of the next steps
        writer.kill()
        told += [int(line) for line in writer.stdout.read().split("\n")[:-1] if line]
        writer.wait()
        writer.stdout.close()
        for number in range(next_step, told[-1] + 1):
            state = after(state, number)
        next_step = told[-1] + 1
        library = open_library(place, view=view)
        entries = library.entries(OWNER, limit=10_000)
        there = [(entry.number, library.article(OWNER, entry.number)) for entry in entries]
        if [one for _, one in there] != state:
            state = after(state, next_step)
            next_step += 1
            halfway += 1
        assert [one for _, one in there] == state
        assert [(entry.id, entry.characters) for entry in entries] == [(one.id, len(one.text)) for one in state]
        terms = ["ferri", "island", "38"]
        assert sorted(found(library, OWNER, terms, 10_000)) == sorted(expected(there, terms, 10_000))
        library.close()
        whole(place if place.is_file() else view, there)
    said = (
        f"{name}: {KILLS or kills} kills in {next_step} steps, {halfway} of them after a commit that was not yet told"
    )
    sys.stdout.write(said + "\n")
