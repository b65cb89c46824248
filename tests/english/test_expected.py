"""What a question asks for, and the words of a sentence that may answer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.expected import Kind, candidates, expected_type, spans


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who opened the bridge?", Kind.PERSON),
        ("whose boat sank", Kind.PERSON),
        ("Who is Ada Lovelace?", Kind.DESCRIPTION),
        ("who is ada lovelace", Kind.DESCRIPTION),
        ("What is a lighthouse?", Kind.DESCRIPTION),
        ("What does UNESCO stand for?", Kind.DESCRIPTION),
        ("Who is the mayor?", Kind.PERSON),
        ("When did the harbour freeze?", Kind.DATE),
        ("In what year did the harbour freeze?", Kind.DATE),
        ("Where was the whale found?", Kind.PLACE),
        ("What city hosts the fair?", Kind.PLACE),
        ("Which country won the cup?", Kind.COUNTRY),
        ("How many sheep crossed the road?", Kind.NUMBER),
        ("How old is the captain?", Kind.AGE),
        ("How long did the strike last?", Kind.DURATION),
        ("How many days did the strike last?", Kind.DURATION),
        ("How much did the museum pay?", Kind.MONEY),
        ("What percentage of voters stayed at home?", Kind.PERCENT),
        ("Why was the ferry late?", Kind.REASON),
        ("What caused the fire?", Kind.REASON),
        ("What did the harbour master say?", Kind.QUOTATION),
        ("What company built the tower?", Kind.GROUP),
        ("What song did the choir sing?", Kind.NAME),
        ("How did the thieves get in?", Kind.MANNER),
        ("Did the ferry sink?", Kind.YES_NO),
        ("What did the divers find?", Kind.OPEN),
    ],
)
def test_the_wording_names_the_kind(question: str, kind: Kind) -> None:
    """Question word, verb and head noun together decide what is asked for."""
    assert expected_type(question).kind is kind


@pytest.mark.parametrize(
    ("question", "sentence", "best"),
    [
        ("Who opened the bridge?", "The bridge was opened by Maria Keller on Monday.", "Maria Keller"),
        ("When was the bridge opened?", "Maria Keller opened the bridge on 4 May 2019.", "4 May 2019"),
        ("Where was the bridge built?", "The bridge was built near Tromsø by hand.", "Tromsø"),
        ("How many sheep crossed?", "Some 2,400 sheep crossed the bridge.", "2,400"),
        ("How many sheep crossed?", "Twelve sheep crossed the bridge.", "Twelve"),
        ("How much did it cost?", "The bridge cost $3.5 million in all.", "$3.5 million"),
        ("What percentage voted for it?", "The bridge won 61 percent of the vote.", "61 percent"),
        ("How old is the builder?", "The 81-year-old builder cut the ribbon.", "81-year-old"),
        ("How long did the work last?", "The work lasted eleven years.", "eleven years"),
        ("Which country paid?", "Norway paid for the bridge.", "Norway"),
        ("What did Keller say?", "“It will outlive us all,” Keller said.", "“It will outlive us all,”"),
        (
            "Why was it closed?",
            "It was closed because ice had formed on the deck.",
            "because ice had formed on the deck",
        ),
    ],
)
def test_the_best_span_answers(question: str, sentence: str, best: str) -> None:
    """The first span is the words that answer, as they stand in the sentence."""
    start, end = spans(sentence, expected_type(question))[0]
    assert sentence[start:end] == best


def test_words_of_the_question_do_not_answer_it() -> None:
    """A name that the question already holds is no answer to "who"."""
    sentence = "Keller thanked Olsen for the bridge."
    found = [sentence[a:b] for a, b in spans(sentence, expected_type("Who did Keller thank?"))]
    assert found == ["Olsen"]


def test_the_nearer_number_comes_first() -> None:
    """Of two numbers, the one next to the question's own word is the better."""
    sentence = "In 40 minutes 300 goats and 75 sheep crossed."
    start, end = spans(sentence, expected_type("How many sheep crossed?"))[0]
    assert sentence[start:end] == "75"


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("It took them SEVENTEEN Rubles", Kind.MONEY, "SEVENTEEN Rubles"),
        ("It cost ſeven euros", Kind.MONEY, "ſeven euros"),
        ("A fee of €5 was due", Kind.MONEY, "€5"),
        ("Some forty per cent stayed", Kind.PERCENT, "forty per cent"),
        ("Half a dozen percentage points", Kind.PERCENT, "dozen percentage points"),
        ("The 81-year-old left", Kind.AGE, "81-year-old"),
        ("It closed early Thursday", Kind.DATE, "early Thursday"),
        ("It opened last autumn", Kind.DATE, "last autumn"),
        ("It closed in Sept.", Kind.DATE, "Sept."),
        ("It was built in the nineteenth century", Kind.DATE, "nineteenth century"),
        ("They waited thirty-one centuries", Kind.DURATION, "thirty-one centuries"),
        ("He fell twice", Kind.NUMBER, "twice"),
        ("It grew ٣ times", Kind.NUMBER, "٣"),
    ],
)
def test_what_a_pattern_finds_is_found(sentence: str, kind: Kind, words: str) -> None:
    """Patterns are tried only where a word or a figure hints at them; no hint is missing, whatever its case."""
    assert words in {sentence[s.start : s.end] for s in candidates(sentence) if s.kind is kind}


def test_an_open_question_has_no_spans() -> None:
    """Where any words could answer, none are marked."""
    assert spans("The divers found a bell.", expected_type("What did the divers find?")) == []


@given(
    st.text(max_size=200), st.sampled_from(["Who was it?", "When?", "Where?", "How many?", "What did he say?", "Why?"])
)
def test_spans_are_disjoint_and_inside(sentence: str, question: str) -> None:
    """Whatever the text, spans lie inside it, hold something, and do not overlap."""
    found = sorted(spans(sentence, expected_type(question)))
    assert all(0 <= a < b <= len(sentence) for a, b in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@given(st.text(max_size=200))
def test_any_question_has_a_kind(question: str) -> None:
    """No text breaks the rules."""
    assert isinstance(expected_type(question).kind, Kind)
