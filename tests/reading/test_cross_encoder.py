"""The cross-encoder: how well sentences answer a question."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.cross_encoder import CrossEncoder, load_cross_encoder

STORY = (
    "The harbour town voted on the new bridge.",
    "Mayor Ilse Brandt opened the session at noon.",
    "She said the town would pay 4 million crowns for it.",
    "The old bridge was closed in March because its cables had rusted.",
    "The soup in the town hall was served cold.",
)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("How much will the bridge cost?", 2),
        ("Why was the old bridge closed?", 3),
        ("Who opened the meeting?", 1),
    ],
)
def test_the_sentence_that_answers_scores_best(question: str, best: int) -> None:
    """Through a pronoun, a reason and a synonym."""
    scores = load_cross_encoder().score(question, STORY, range(len(STORY)), headline="A new bridge")
    assert max(scores, key=scores.__getitem__) == best


def test_a_question_that_is_not_answered_scores_low() -> None:
    """No sentence is likelier to answer than that the story does not say; for one that is answered, one is."""
    read = load_cross_encoder()
    open_ = read.score("Which team won the football cup?", STORY, range(len(STORY)))
    said = read.score("Why was the old bridge closed?", STORY, range(len(STORY)))
    assert max(open_.values()) < 0 < max(said.values())


def test_the_order_of_the_chosen_does_not_matter() -> None:
    """Scores depend on what is read, not on how it is listed, nor on what was read before."""
    chosen = [4, 0, 2, 1, 3]
    one = CrossEncoder().score("How much will the bridge cost?", STORY, chosen)
    chosen.reverse()
    load_cross_encoder().score("Something else", STORY, [1])
    assert one == load_cross_encoder().score("How much will the bridge cost?", STORY, chosen)


def test_only_the_chosen_are_scored() -> None:
    """Nothing chosen, nothing scored."""
    read = load_cross_encoder()
    assert read.score("Who?", STORY, []) == {}
    assert set(read.score("Who?", STORY, [3, 1])) == {1, 3}


@settings(max_examples=25)
@given(st.text(max_size=200), st.lists(st.text(max_size=300), min_size=1, max_size=6))
def test_any_text_can_be_read(question: str, sentences: list[str]) -> None:
    """Empty, long and strange texts get finite scores like any other."""
    scores = load_cross_encoder().score(question, sentences, range(len(sentences)))
    assert sorted(scores) == list(range(len(sentences)))
    assert all(abs(score) < 100 for score in scores.values())


def test_what_was_read_is_remembered_where_that_is_asked_for() -> None:
    """The same windows are read once, with the same scores, until others have taken their place."""
    plain, remembering = load_cross_encoder(), CrossEncoder()
    remembering.remember(1)
    counting = remembering._session = Counting(remembering._session)
    for question in ("Why was the old bridge closed?", "Why was the old bridge closed?", "Who opened the meeting?"):
        expected = plain.score(question, STORY, range(len(STORY)))
        assert remembering.score(question, STORY, range(len(STORY))) == expected
    assert counting.runs == 2


class Counting:
    """A session that counts how often it is run."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - has no types
        self._session = session
        self.runs = 0

    def run(self, *arguments: Any) -> Any:  # noqa: ANN401 - has no types
        """Run it."""
        self.runs += 1
        return self._session.run(*arguments)
