"""Questions: what may be asked, and how misspelt words are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Correction
from bot.question import clean, correct, missing_terms, parts
from index.errors import QuestionError
from index.indexer import Index


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\u200b\u2060", "empty"),
        ("<@123456789012345678>", "empty"),
        ("😀🚢", "no word"),
        ("?!", "no word"),
        ("why " * 1250, "5,000 characters|4,999 characters"),
    ],
)
def test_what_cannot_be_asked_says_so(question: str, says: str) -> None:
    """Empty, wordless and overlong questions get a sentence that says what to do."""
    with pytest.raises(QuestionError, match=says):
        clean(question)


def test_a_question_becomes_one_line() -> None:
    """Line breaks, mentions and invisible characters go; the words stay."""
    assert clean("<@!42>  who\nis the\u200b mayor? ") == "who is the mayor?"


@pytest.mark.parametrize("question", ["مَن هو العمدة؟", "מי ראש העיר?", "市長是誰", "кто мэр?"])
def test_any_script_may_be_asked_in(question: str) -> None:
    """Right-to-left and other scripts are questions like any other."""
    assert clean(question) == question


@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused(question: str) -> None:
    """No input escapes with another error, and what passes is one clean line."""
    try:
        cleaned = clean(question)
    except QuestionError:
        return
    assert cleaned == " ".join(cleaned.split()) != ""
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is Linkvist?", Correction("Linkvist", "Lindqvist")),
        ("what did Nordline promise", Correction("Nordline", "Nordlinje")),
        ("who is Lindkwist", Correction("Lindkwist", "Lindqvist")),
        ("is Solvejg safe", Correction("Solvejg", "Solveig")),
        ("how many pasengers", Correction("pasengers", "passengers")),
        ("Is the ferrry back?", Correction("ferrry", "ferry")),
        ("what about Solvieg's engines", Correction("Solvieg", "Solveig")),
    ],
)
def test_a_misspelt_word_is_read_as_the_articles(ferry_index: Index, question: str, expected: Correction) -> None:
    """One slip of the fingers does not lose the answer, and the reading is reported."""
    read_as, corrections = correct(question, ferry_index)
    assert corrections == (expected,)
    assert read_as == question.replace(expected.typed, expected.read_as)


@pytest.mark.parametrize(
    "question",
    ["Where is the bank?", "who is Ann", "When will it carry parcels?", "what is 2024", "Marina Bay", "fairy tales"],
)
def test_a_word_that_english_has_is_left_alone(ferry_index: Index, question: str) -> None:
    """Another word is not bent into the article's, or an answer would be to another question."""
    assert correct(question, ferry_index) == (question, ())


def test_missing_terms_are_shown_as_typed(ferry_index: Index) -> None:
    """The words that the article never uses, furniture left out, in the question's own spelling, once each."""
    assert missing_terms("Did Elon donate to the ferry? Elon?", ferry_index) == ("Elon", "donate")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is Berg and how many cars fit?", ("Who is Berg", "how many cars fit?")),
        ("Who is Aino Berg, and what did she say?", ("Who is Aino Berg", "what did she say? Aino Berg")),
        ("When does it sail? Where does it go?", ("When does it sail", "Where does it go?")),
        ("What did Berg and Hald say?", ("What did Berg and Hald say?",)),
        ("Who knows what Hald said?", ("Who knows what Hald said?",)),
        ("and why?", ("and why?",)),
    ],
)
def test_a_question_of_several_is_taken_apart(question: str, expected: tuple[str, ...]) -> None:
    """Two questions in one are two; names that are joined are not."""
    assert parts(question) == expected
