"""The analyzer: one way from text to terms."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analyzer import terms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("soldiers", "soldier"),
        ("20,000", "20000"),
        ("The Taliban's", "Taliban"),
        ("Taliban’s", "taliban"),
        ("U.S.", "US"),
        ("café", "cafe"),
        ("10-year", "10 years"),
        ("twenty", "20"),
        ("8th", "8"),
        ("1980s", "1980"),
        ("ＭＯＳＣＯＷ", "moscow"),
        (unicodedata.normalize("NFD", "naïve café"), "naïve café"),
        ("Москве", "Москва"),
    ],
)
def test_spellings_of_a_word_share_a_term(one: str, other: str) -> None:
    """Inflection, accents, separators and possessives do not keep a question from its sentence."""
    assert terms(one)[:1] == terms(other)[:1] != []


@pytest.mark.parametrize(
    ("one", "other"), [("3.5", "35"), ("Tajik", "Tajikistan"), ("1989", "1988"), ("US", "us"), ("й", "и")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Figures, names and letters that differ are not folded into one term."""
    assert terms(one) != terms(other)


def test_question_words_carry_no_topic() -> None:
    """What a question is made of besides its topic is left out."""
    assert terms("What did they say about the ferry, and who was it by?") == terms("ferry")


def test_unspaced_scripts_are_indexed_by_pairs() -> None:
    """Chinese text matches a part of itself."""
    assert set(terms("北京")) <= set(terms("我在北京大学"))


@given(st.text())
def test_offsets_hold_for_any_text(text: str) -> None:
    """Tokens stand where they say, in order, whatever the text."""
    found = list(tokens(text))
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.start < b.start for a, b in pairwise(found))
    assert all(t.term for t in found)


@given(st.text(alphabet="abc é'’.,-0123456789 ", max_size=40))
def test_case_does_not_matter(text: str) -> None:
    """A question typed in capitals finds what the same question in small letters finds."""
    assert [t.term for t in tokens(text.upper())] == [t.term for t in tokens(text)]
