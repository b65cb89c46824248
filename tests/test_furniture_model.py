"""The furniture model's parts: what lines are read as, what the trees sum, how its training splits the pages."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Kind
from index.furniture import load_model, mark_furniture
from index.furniture_features import NAMES, describe
from index.furniture_lines import Line
from index.furniture_trees import DEPTH, LEAVES, NODES, Trees, read_trees
from index.readers import read_bytes

STORY = [
    "The ferry to the outer islands will run twice a day from June, the harbour board decided on Monday.",
    "Islanders had asked for a second crossing since the old boat was sold four years ago.",
    "“A child who missed the morning ferry missed the school day,” said Ruth Aker, who teaches on the largest island.",
    "The board expects the new timetable to cost 300,000 crowns a year, half of it paid by the county.",
    "Freight will still be carried on Tuesdays and Fridays only, according to the plan.",
    "A decision about the winter months was put off until September, when the passengers will have been counted.",
]
TEASERS = [
    ("Bakery wins prize for rye loaf", "The small shop by the market has beaten forty others in a contest on Sunday."),
    ("Library to close for two weeks", "New shelves and a lift are to be built in before the autumn term begins."),
    ("Goalkeeper leaves after ten years", "The captain of the town's team says that he wants to see more of his sons."),
    ("Storm warning for the coast", "Forecasters tell sailors to stay in port until Thursday as the wind picks up."),
]
PAGE = "\n\n".join(
    [
        "Second daily ferry to the outer islands - The Skerry Post",
        "Home\nNews\nSport\nWeather\nSubscribe\nLog in",
        "Second daily ferry to the outer islands",
        "By Mona Lind\nPublished 4 May 2021",
        "Share this article",
        *STORY,
        "Related articles",
        *[f"{title}\n\n{blurb}\n\n3 hours ago" for title, blurb in TEASERS],
        "Sign up for our newsletter",
        "© 2021 The Skerry Post. All rights reserved.",
    ]
)


def _feature(name: str, texts: list[str]) -> list[float]:
    """One number of every line."""
    return [row[NAMES.index(name)] for row in describe(texts, [True] * len(texts)).rows]


def test_teasers_behind_a_story_are_furniture() -> None:
    """Titles and blurbs of other stories are set aside, though the blurbs are whole sentences; the story is kept."""
    article = read_bytes(PAGE.encode())
    assert [p.text for p in article.paragraphs if p.kind is Kind.BODY] == STORY
    assert article.title == "Second daily ferry to the outer islands"


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("tweet", "— Jane Doe (@janedoe) November 19, 2019"),
        ("ago", "3 hours ago"),
        ("dated", "19 Nov 2019 05:44 GMT"),
        ("byline", "By Jane Doe"),
        ("about", "About the Harbour Company"),
        ("comments", "12 comments"),
        ("link_like", "Bakery wins prize for rye loaf"),
    ],
)
def test_a_line_says_what_it_is(fact: str, text: str) -> None:
    """Each fact holds for a line of its kind and not for a sentence of a story."""
    assert getattr(Line(text), fact)
    assert not getattr(Line(STORY[1]), fact)


def test_by_and_a_small_letter_is_no_byline() -> None:
    """A sentence that begins with "By the time" does not name an author."""
    assert not Line("By the time they came").byline


def test_the_headline_is_the_line_most_like_the_title() -> None:
    """The first line is the page's title; the line like it is the headline, and lines are counted from it."""
    texts = ["Second daily ferry to the islands - The Post", "Home", "Second daily ferry to the islands", STORY[0]]
    assert _feature("headline", texts) == [0, 0, 1, 0]
    assert _feature("before_headline", texts) == [1, 1, 0, 0]
    assert _feature("since_headline", texts) == [0, 0, 0, math.log(2)]
    assert _feature("headline", ["Home", "News", "Second daily ferry to the islands", STORY[0]]) == [0] * 4


def test_what_comes_behind() -> None:
    """A line is told that a byline, a release's last part or the comments have begun before it, not at it."""
    texts = [STORY[0], "By Jane Doe", STORY[1], "About the Harbour Company", "12 comments", "x"]
    assert _feature("after_byline", texts) == [0, 0, 1, 1, 1, 1]
    assert _feature("after_about", texts) == [0, 0, 0, 0, 1, 1]
    assert _feature("after_comments", texts) == [0, 0, 0, 0, 0, 1]


def test_a_post_is_seen_from_its_words() -> None:
    """The words of an embedded post stand right over the line that signs it."""
    texts = ["We are closed today", "— The Bakery (@bakery) May 4, 2021", "Home"]
    assert _feature("tweet_near", texts) == [1, 0, 0]


@given(st.data())
def test_trees_walk_as_a_person_would(data: st.DataObject) -> None:
    """The sum over the trees equals a walk from the root of each; equal to a threshold goes left."""
    number = st.sampled_from([-1.0, 0.0, 0.5, 1.0])
    row = data.draw(st.lists(number, min_size=3, max_size=3))
    tests = data.draw(st.lists(st.tuples(st.integers(0, 2), number), min_size=NODES, max_size=NODES))
    leaves = [float(2**k) for k in range(LEAVES)]
    node = 0
    for _ in range(DEPTH):
        column, threshold = tests[node]
        node = 2 * node + (2 if row[column] > threshold else 1)
    trees = Trees(np.array([[c for c, _ in tests]]), np.array([[t for _, t in tests]]), np.array([leaves]))
    assert trees.predict(np.array([row])).tolist() == [leaves[node - NODES]]


def test_a_question_left_out_goes_left() -> None:
    """Where a tree asks nothing, every row goes left."""
    found = {"features": [[None] * NODES], "thresholds": [[None] * NODES], "leaves": [[1.5] + [0.0] * (LEAVES - 1)]}
    assert read_trees(found, ["a"]).predict(np.array([[9.0], [-9.0]])).tolist() == [1.5, 1.5]


def test_the_model_knows_every_feature() -> None:
    """The weights that ship are of the features there are."""
    model = load_model()
    assert model.weights.shape == (len(NAMES),)
    assert model.trees.features.max() < len(NAMES)


@given(st.lists(st.sampled_from([*STORY, "Home", "Share", "Related articles", "3 hours ago"]), max_size=30))
def test_marks_do_not_depend_on_how_often_they_are_made(texts: list[str]) -> None:
    """The same page gets the same marks again."""
    blanks = [True] * len(texts)
    assert mark_furniture(texts, blanks) == mark_furniture(texts, blanks)
