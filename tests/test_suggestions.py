"""Suggested questions: the article answers each, they read well, and typing finds them."""

import re

import pytest

from bot.answer import Answer
from bot.assistant import Assistant
from bot.english.answer_words import Kind
from bot.english.clauses import main_clause
from bot.english.inflection import base_of
from bot.questions_from import questions_from
from bot.suggestions import ALIKE, LONGEST, MOST_SHOWN, SURE, Suggestion, matching, suggestions
from index.article import Article, Paragraph
from index.article import Kind as Part
from index.readers import read_article
from index.sample import sample_path
from tests.loopback.story import story


@pytest.fixture(scope="module")
def sample() -> Assistant:
    """The shipped assistant on the sample article."""
    return Assistant(read_article(sample_path()))


@pytest.fixture(scope="module")
def found(sample: Assistant) -> tuple[Suggestion, ...]:
    """What is suggested for it."""
    return suggestions(sample)


def test_the_sample_gives_at_least_fifteen(found: tuple[Suggestion, ...]) -> None:
    """Enough to show a newcomer what can be asked, and each once."""
    assert len(found) >= 15
    assert len({s.question.casefold() for s in found}) == len(found)


def test_each_is_answered_by_its_sentence(sample: Assistant, found: tuple[Suggestion, ...]) -> None:
    """Surely, and with the sentence that it was made of first."""
    for suggestion in found:
        result = sample.ask(suggestion.question)
        assert isinstance(result, Answer)
        assert result.confidence == suggestion.confidence >= SURE
        if suggestion.sentence >= 0:
            assert result.quotes[0].text == sample.index.sentences[suggestion.sentence].text


def test_each_can_be_a_choice(found: tuple[Suggestion, ...]) -> None:
    """Short enough, one question, without a word that points back or a loose end."""
    for suggestion in found:
        assert 1 <= len(suggestion.question) <= LONGEST
        assert re.fullmatch(r"[A-Z][^?]*[^\s,?]\?", suggestion.question)
        assert not re.search(r"\b(?:he|she|it|they|his|its|their)\b|[“”]|  ", suggestion.question)
        assert (
            not re.search(r"\b(?:the|a|of|in|to|and|with)\?$", suggestion.question) or "to do?" in suggestion.question
        )


def test_the_best_of_each_sentence_comes_first(found: tuple[Suggestion, ...]) -> None:
    """The first ones, which an empty box shows, are of as many sentences as there are."""
    sentences = [s.sentence for s in found if s.sentence >= 0]
    distinct = len(set(sentences))
    assert len(set(sentences[:distinct])) == distinct


def test_the_same_every_time(sample: Assistant, found: tuple[Suggestion, ...]) -> None:
    """Nothing is left to chance."""
    assert suggestions(sample) == found


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("On Friday the minister resigned after the vote in Norra.", "When did the minister resign?"),
        ("Ada Koren, the minister of trade, opened the bridge at Norra on 4 May 2020.", "Who is Ada Koren?"),
        ("Ada Koren, the minister of trade, opened the bridge at Norra on 4 May 2020.", "Who opened the bridge"),
        ("Ada Koren opened the bridge on 4 May 2020.", "When did Ada Koren open the bridge?"),
        ("Ada Koren led the party for 12 years.", "How long did Ada Koren lead the party?"),
        ("Ada Koren sold 300 paintings to a museum.", "How many paintings did Ada Koren sell to a museum?"),
        ("Ada Koren urged the council to build a school.", "What did Ada Koren urge the council to do?"),
        ("Ada Koren closed the museum because money was short.", "Why did Ada Koren close the museum?"),
        ("Ada Koren warned that the dam could break.", "What did Ada Koren warn?"),
        ("The museum's answer was to sell the painting.", "What was the museum's answer?"),
        ("The crew has repaired the engine since March.", "How long has the crew repaired the engine?"),
    ],
)
def test_sentences_become_questions(sentence: str, question: str) -> None:
    """Tense, order and the words around the answer come out right."""
    made = list(questions_from(sentence))
    assert any(q.startswith(question) for q in made), made


@pytest.mark.parametrize(
    "sentence",
    [
        "“We are safe,” the captain said.",
        "He said that it was over.",
        "What a day.",
        "When the wind rose, the harbour closed.",
        "",
        "…",
        "12",
    ],
)
def test_no_clause_is_read_into_what_is_built_otherwise(sentence: str) -> None:
    """Quotations, pronouns, subordinate clauses and scraps are left alone."""
    assert main_clause(sentence) is None


def test_a_clause_is_cut_into_its_parts() -> None:
    """An apposition is passed over, a lead set apart, and the end found."""
    clause = main_clause("On Wednesday its minister, Ada Koren, warned that all would be done, he said.")
    assert clause is not None
    assert (clause.lead, clause.subject, clause.kind) == ("On Wednesday", "Ada Koren", Kind.PERSON)
    assert (clause.verb, clause.base, clause.rest) == ("warned", "warn", "that all would be done")


@pytest.mark.parametrize(
    ("verb", "base"),
    [
        ("fought", "fight"),
        ("hoped", "hope"),
        ("planned", "plan"),
        ("called", "call"),
        ("carried", "carry"),
        ("visited", "visit"),
        ("agreed", "agree"),
        ("used", "use"),
        ("caused", "cause"),
        ("plans", "plan"),
        ("carries", "carry"),
        ("plays", None),
        ("table", None),
        ("red", None),
    ],
)
def test_base_forms(verb: str, base: str | None) -> None:
    """Irregular verbs, doubled letters, silent e; what is no known verb has none."""
    assert base_of(verb) == base


def test_another_language_gives_the_article_questions_alone() -> None:
    """The rules are for English; German is not made nonsense of."""
    text = "Die Fähre fährt am Montag wieder. Kapitän Berg begrüßte die Nachricht von der Reederei in Varnes."
    article = Article(text, paragraphs=(Paragraph(1, 0, len(text), text, Part.BODY),))
    assert {s.sentence for s in suggestions(Assistant(article))} <= {-1}


def test_it_can_be_stopped(sample: Assistant) -> None:
    """A bot that stops waits for no suggestion."""
    assert {s.sentence for s in suggestions(sample, go_on=lambda: False)} == {-1}


def test_typing_finds(found: tuple[Suggestion, ...]) -> None:
    """The beginning, a name from the middle, and a slip of the finger find a question; nonsense finds none."""
    assert matching(found, "who is za")[0] == "Who is Zamir Kabulov?"
    assert all("Kabulov" in q for q in matching(found, "kabulov")[:2])
    assert "Who is Zamir Kabulov?" in matching(found, "zamir kabulof")
    assert matching(found, "xqzv wjk") == []
    assert matching(found, "🙂") == []
    assert matching(found, "") == [s.question for s in found[:MOST_SHOWN]]


def test_never_more_than_discord_takes() -> None:
    """At most 25, each once, best first."""
    many = tuple(Suggestion(f"What is number {n}?", 1.0, n) for n in range(80))
    assert len(matching(many, "number")) == len(set(matching(many, "number"))) == MOST_SHOWN
    assert matching(many, "what is number 7")[0] == "What is number 7?"
    assert 0 < ALIKE < 100


def test_hostile_text_makes_no_suggestion() -> None:
    """Nothing with Markdown, mentions or links in it is suggested."""
    for suggestion in suggestions(Assistant(story())):
        assert not re.search(r"[@<>*|`_\[\]]|//", suggestion.question)
