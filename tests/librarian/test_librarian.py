"""Questions over all of an owner's articles."""

import threading
from dataclasses import replace

import pytest

from bot.answer import Abstention, Answer, Reason
from bot.assistant import Assistant
from bot.librarian import vocabulary
from bot.librarian.librarian import Librarian
from bot.librarian.vocabulary import corrected
from index.errors import CommandError, QuestionError, UnknownArticle
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL, Owner, person
from tests.librarian.conftest import BRIDGE, FERRY, LIGHTHOUSE, article


def quoted(result: Answer | Abstention) -> list[tuple[int, str]]:
    """(article, text) of each quote; none for an abstention."""
    if isinstance(result, Abstention):
        return []
    return [(q.citation.source.entry.number if q.citation.source else 0, q.text) for q in result.quotes]


@pytest.mark.parametrize(
    ("question", "number", "holds"),
    [
        ("How much did the repairs cost?", 1, "4.2 million"),
        ("What would a bridge cost?", 2, "900 million"),
        ("How many steps does the Skarv lighthouse have?", 3, "119 steps"),
        ("Who is the chief engineer?", 1, "Aino Berg"),
        ("Since when had Oye kept the light?", 3, "1964"),
    ],
)
def test_the_right_sentence_of_the_right_article(librarian: Librarian, question: str, number: int, holds: str) -> None:
    """The first quote is the sentence that answers, cited from its own article."""
    (first, text), *_ = quoted(librarian.ask(SHELL, question))
    assert (number, True) == (first, holds in text)


def test_a_quote_is_its_own_articles_text(librarian: Librarian) -> None:
    """Offsets, link and date belong to the article that the citation names."""
    result = librarian.ask(SHELL, "What did mayor Hald say?", top=8, threshold=0)
    assert isinstance(result, Answer)
    assert len({number for number, _ in quoted(result)}) > 1
    for quote in result.quotes:
        source = quote.citation.source
        assert source is not None
        of = librarian.library.article(SHELL, source.entry.number)
        assert of.text[quote.citation.start : quote.citation.end] == quote.text
        assert source.entry.published == of.published
        assert (quote.citation.link or "").startswith(of.url or "")


def test_one_article_answers_as_it_does_alone(library: SQLiteLibrary) -> None:
    """A library of one gives what an assistant on that article gives, but for its name in the citations."""
    alone = article(FERRY, "ferry.txt")
    library.add(SHELL, alone, at=1)
    librarian, assistant = Librarian(library), Assistant(alone)
    for question in ("Who is the mayor?", "How many zeppelins?", "Who wrote this?", "What cost and who paid?", "cost"):
        for top in (None, 2):
            found = librarian.ask(SHELL, question, top=top)
            trace = replace(found.trace, considered=tuple(replace(c, source=None) for c in found.trace.considered))
            if isinstance(found, Answer):
                quotes = tuple(replace(q, citation=replace(q.citation, source=None)) for q in found.quotes)
                found = replace(found, quotes=quotes, trace=trace)
            else:
                found = replace(found, sources=(), trace=trace)
            assert assistant.ask(question, top=top) == found


def test_a_named_article_answers_alone(librarian: Librarian) -> None:
    """`article:2` in the question asks that one, as an option does."""
    assert quoted(librarian.ask(SHELL, "What did the mayor say? article:2"))[0][0] == 2
    assert quoted(librarian.ask(SHELL, "What did the mayor say? article:1"))[0][0] == 1
    with pytest.raises(UnknownArticle):
        librarian.ask(SHELL, "What did the mayor say? article:9")


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("before:2023", {3}),
        ("before:2024-05-02", {1, 3}),
        ("before:2024-05-03", {1, 2, 3}),
        ("after:2024-05-02", {2}),
        ("after:2023-03 before:2024", {1}),
        ("after:2025", set()),
    ],
)
def test_dates_narrow_it(librarian: Librarian, typed: str, numbers: set[int]) -> None:
    """Quotes come from the articles within the dates alone; a month or year counts from its first day."""
    asked = f"What did Hald or Oye say of Holm and the lighthouse? {typed}"
    found = {number for number, _ in quoted(librarian.ask(SHELL, asked, top=40, threshold=0))}
    assert found <= numbers
    assert bool(found) == bool(numbers)


@pytest.mark.parametrize("typed", ["before:2024-13", "after:2023-02-30", "article:2000000000000"])
def test_what_cannot_be_understood_is_refused(librarian: Librarian, typed: str) -> None:
    """Nothing is searched for a date or number that is none."""
    with pytest.raises((CommandError, UnknownArticle)):
        librarian.ask(SHELL, f"Who is the mayor? {typed}")


def test_a_question_of_dates_alone_is_no_question(librarian: Librarian) -> None:
    """What narrows a question is no question."""
    with pytest.raises(QuestionError):
        librarian.ask(SHELL, "before:2024")


def test_words_that_no_article_uses_are_named(librarian: Librarian) -> None:
    """Missing is what no article of the owner has; what one of them has is not."""
    result = librarian.ask(SHELL, "Which zeppelin did the mayor buy from the lighthouse?")
    assert isinstance(result, Abstention)
    assert (result.reason, result.missing_terms) == (Reason.MISSING_TERMS, ("zeppelin", "buy"))
    assert len(result.closest) == len(result.sources) > 0
    for passage, source in zip(result.closest, result.sources, strict=True):
        of = librarian.library.article(SHELL, source.entry.number)
        assert of.text[passage.start : passage.end] == passage.text


def test_nothing_in_common_is_said_so(librarian: Librarian) -> None:
    """No passage is shown for a question whose words stand nowhere."""
    result = librarian.ask(SHELL, "quarterly zeppelins")
    assert isinstance(result, Abstention)
    assert (result.reason, result.closest) == (Reason.NO_MATCH, ())


def test_a_question_about_an_article_wants_to_know_which(librarian: Librarian) -> None:
    """Who wrote this has no answer over several articles."""
    result = librarian.ask(SHELL, "Who wrote this?")
    assert isinstance(result, Abstention)
    assert result.reason is Reason.WHICH_ARTICLE
    assert quoted(librarian.ask(SHELL, "Who wrote this? article:3")) == [(3, "By Ida Moen")]


def test_an_empty_library_says_so(library: SQLiteLibrary) -> None:
    """There is nothing to search, which is not the article's silence."""
    result = Librarian(library).ask(SHELL, "Who is the mayor?")
    assert isinstance(result, Abstention)
    assert result.reason is Reason.NO_ARTICLE


def test_a_misspelt_name_is_read_as_the_librarys(librarian: Librarian) -> None:
    """Correction takes the spellings of all articles, and is shown."""
    result = librarian.ask(SHELL, "How many steps does the Skarv lighthuose have?")
    assert [(c.typed, c.read_as.lower()) for c in result.corrections] == [("lighthuose", "lighthouse")]
    assert quoted(result)[0][0] == 3


def test_two_questions_in_one_get_a_quote_each(librarian: Librarian) -> None:
    """Each from the article that answers its part, in the order asked."""
    result = librarian.ask(SHELL, "What would a bridge cost and how many steps does the lighthouse have?")
    assert [number for number, _ in quoted(result)] == [2, 3]
    assert isinstance(result, Answer)
    assert [q.citation.n for q in result.quotes] == [1, 2]


def test_the_same_story_counts_once(filled: SQLiteLibrary) -> None:
    """A wire story in two papers is quoted once, with where else it stands."""
    again = FERRY + "\nThis report was first published by the agency.\n"
    filled.add(SHELL, article(again, "copy.txt", "https://herald.example/ferry"), at=4)
    result = Librarian(filled).ask(SHELL, "How much did the repairs cost?", top=20, threshold=0)
    assert isinstance(result, Answer)
    texts = [q.text for q in result.quotes]
    assert len(texts) == len(set(texts))
    source = result.quotes[0].citation.source
    assert source is not None
    other = {"gazette.example", "herald.example"} - {source.entry.publisher}
    assert other == {entry.publisher for entry in source.also_in}


def test_a_tie_goes_to_the_article_that_came_first(library: SQLiteLibrary) -> None:
    """Of two articles that answer in the same words the one of the lower number is quoted, again and again."""
    for n in (1, 2, 3):
        text = "Notes\n\nThe harbour fee is 12 crowns a day.\n" + n * "\n"
        assert library.add(SHELL, article(text, f"{n}.txt"), at=n).skipped is None
    for _ in range(3):
        numbers = [n for n, _ in quoted(Librarian(library).ask(SHELL, "How much is the harbour fee?", top=3))]
        assert numbers == [1, 2, 3]


def test_a_refreshed_article_answers_with_its_new_text(filled: SQLiteLibrary) -> None:
    """No index of an older version is kept in use."""
    librarian = Librarian(filled)
    assert "4.2 million" in quoted(librarian.ask(SHELL, "How much did the repairs cost?"))[0][1]
    filled.refresh(SHELL, 1, article(FERRY.replace("4.2", "5.7"), "ferry.txt"), at=9)
    assert "5.7 million" in quoted(librarian.ask(SHELL, "How much did the repairs cost?"))[0][1]


def test_an_english_word_is_not_looked_for_among_the_words_of_a_large_library(
    filled: SQLiteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dictionary is asked first; what is misspelt is read as before."""
    monkeypatch.setattr(vocabulary, "_MANY", 1)
    read: list[str] = []
    spellings = filled.spellings

    def listening(owner: Owner, prefix: str) -> tuple[str, ...]:
        read.append(prefix)
        return spellings(owner, prefix)

    monkeypatch.setattr(filled, "spellings", listening)
    assert corrected("Did a zeppelin land on the brigde?", filled, SHELL)[0] == "Did a zeppelin land on the Bridge?"
    assert read == ["b"]


def test_a_passage_is_shown_without_an_index_of_its_article(filled: SQLiteLibrary) -> None:
    """It is the one that an index has; of an article that is gone or has another text, there is none."""
    shelf = Librarian(filled).shelf
    entry = filled.entry(SHELL, 1)
    shown = shelf.passage(SHELL, entry, 2)
    assert len(shelf) == 0
    index = shelf.take(SHELL, 1)[1].index
    assert shown == (index.article, index.passage(2)) == shelf.passage(SHELL, entry, 2)
    assert shelf.passage(SHELL, entry, len(index.passages) + 1) is None
    filled.refresh(SHELL, 1, article(FERRY.replace("4.2", "5.7"), "ferry.txt"), at=9)
    fresh = Librarian(filled).shelf
    assert fresh.passage(SHELL, entry, 2) is None
    filled.remove(SHELL, 1)
    assert fresh.passage(SHELL, entry, 2) is None


def test_a_removed_article_is_not_quoted(filled: SQLiteLibrary) -> None:
    """Not from memory either."""
    librarian = Librarian(filled)
    librarian.ask(SHELL, "How much did the repairs cost?")
    filled.remove(SHELL, 1)
    result = librarian.ask(SHELL, "How much did the repairs cost?", top=30, threshold=0)
    assert 1 not in {number for number, _ in quoted(result)}
    with pytest.raises(UnknownArticle):
        librarian.assistant(SHELL, 1)


def test_memory_is_bounded(filled: SQLiteLibrary) -> None:
    """Indexes are kept up to so many characters of text, the one asked last whatever its length."""
    librarian = Librarian(filled, characters=len(FERRY) + 1)
    for question in ("repairs of the ferry", "price of the bridge", "lighthouse keeper"):
        librarian.ask(SHELL, question)
    assert len(librarian.shelf) <= 2
    assert librarian.shelf.characters <= len(FERRY) + 1


def test_it_can_be_asked_from_threads(filled: SQLiteLibrary) -> None:
    """Threads that ask the same at once get the same answer."""
    librarian = Librarian(filled, characters=1)
    asked = [("repairs cost", "4.2"), ("bridge cost", "900"), ("lighthouse steps", "119")] * 4
    right: list[bool] = []

    def ask(question: str, holds: str) -> None:
        right.append(holds in quoted(librarian.ask(SHELL, question, top=1, threshold=0))[0][1])

    threads = [threading.Thread(target=ask, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [True] * len(asked) == right


def test_another_owner_has_other_articles(filled: SQLiteLibrary) -> None:
    """The same number is another article for another owner, and their words are no words of mine."""
    filled.add(person(7), article(LIGHTHOUSE.replace("Skarv", "Utsira"), "other.txt"), at=5)
    filled.add(person(7), article(BRIDGE.replace("Holm", "Froya"), "another.txt"), at=6)
    librarian = Librarian(filled)
    for number in (1, 2, 3):
        assert "Utsira" not in librarian.assistant(SHELL, number).article.text
    assert "Utsira" in librarian.assistant(person(7), 1).article.text
    result = librarian.ask(SHELL, "Who kept the Utsira lighthouse on Froya?")
    assert isinstance(result, Abstention)
    assert {"Utsira", "Froya"} <= set(result.missing_terms)
