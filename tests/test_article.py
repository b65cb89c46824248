"""The article and its parts."""

import dataclasses

import pytest

from index.article import Article, Kind, Paragraph


def test_id_depends_on_the_text_alone() -> None:
    """The same text read from two places is the same article."""
    assert Article("A ship.", title="One", source="a").id == Article("A ship.", title="Two", source="b").id
    assert Article("A ship.").id != Article("A ship!").id


def test_any_text_has_an_id() -> None:
    """A lone surrogate, which UTF-8 cannot hold, does not stop the indexing."""
    assert len(Article("\udc80").id) == 12


def test_an_article_cannot_be_changed() -> None:
    """Nothing that was quoted can change under its citation."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Article("A ship.").text = "Another."  # type: ignore[misc]  # that it cannot is the point


def test_furniture_is_marked_and_kept() -> None:
    """What is set aside is still there to be looked at."""
    log_in = Paragraph(1, 0, 6, "Log in", Kind.FURNITURE)
    story = Paragraph(2, 8, 15, "A ship.")
    assert Article("Log in\n\nA ship.", paragraphs=(log_in, story)).furniture == (log_in,)
