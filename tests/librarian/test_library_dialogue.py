"""Follow-ups over a library: what was quoted last is read on in."""

from bot.answer import Abstention, Answer
from bot.librarian.dialogue import LibraryDialogue
from bot.librarian.librarian import Librarian
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL, person
from tests.librarian.conftest import LIGHTHOUSE, article
from tests.librarian.test_librarian import quoted


def first(result: Answer | Abstention) -> tuple[int, str]:
    """(article, text) of the first quote."""
    assert isinstance(result, Answer), result
    return quoted(result)[0]


def test_a_follow_up_reads_on_in_the_article_quoted_last(librarian: Librarian) -> None:
    """A pronoun is who was quoted, the question is shown as it was read, and the same article goes on."""
    dialogue = LibraryDialogue(librarian)
    assert first(dialogue.ask(SHELL, "Who is the chief engineer?"))[0] == 1
    result = dialogue.ask(SHELL, "What did she say?")
    assert result.read_as == "What did Aino Berg say?"
    assert first(result)[0] == 1


def test_a_question_that_stands_alone_goes_to_all_articles(librarian: Librarian) -> None:
    """What was quoted before binds nobody."""
    dialogue = LibraryDialogue(librarian)
    dialogue.ask(SHELL, "Who is the chief engineer?")
    result = dialogue.ask(SHELL, "How many steps does the Skarv lighthouse have?")
    assert result.read_as is None
    assert first(result)[0] == 3


def test_what_that_article_does_not_say_the_others_are_asked(librarian: Librarian) -> None:
    """The question as it was understood is asked of all, where the article quoted last is silent."""
    dialogue = LibraryDialogue(librarian)
    assert first(dialogue.ask(SHELL, "Who is the mayor? article:1"))[0] == 1
    result = dialogue.ask(SHELL, "What did he call a disgrace?")
    assert result.read_as == "What did Tomas Hald call a disgrace?"
    assert first(result)[0] == 2


def test_who_wrote_it_asks_the_article_quoted_last(librarian: Librarian) -> None:
    """Behind a quote, "it" needs no number."""
    dialogue = LibraryDialogue(librarian)
    dialogue.ask(SHELL, "How many steps does the Skarv lighthouse have?")
    assert first(dialogue.ask(SHELL, "Who wrote this?")) == (3, "By Ida Moen")


def test_what_narrowed_a_question_is_not_taken_over(librarian: Librarian) -> None:
    """A follow-up repeats the question, not the dates behind it."""
    dialogue = LibraryDialogue(librarian)
    dialogue.ask(SHELL, "Who is the chief engineer? before:2024")
    assert "before" not in str(dialogue.ask(SHELL, "And the mayor?").read_as)


def test_a_removed_article_is_forgotten(filled: SQLiteLibrary) -> None:
    """A follow-up on an article that is gone is asked as it was typed."""
    dialogue = LibraryDialogue(Librarian(filled))
    assert first(dialogue.ask(SHELL, "Who is the chief engineer?"))[0] == 1
    filled.remove(SHELL, 1)
    assert dialogue.ask(SHELL, "What did she say?").read_as is None


def test_conversations_are_an_owners_own(filled: SQLiteLibrary) -> None:
    """The same person in the same place begins anew with another owner's articles."""
    for n in range(2):
        filled.add(person(5), article(LIGHTHOUSE.replace("Oye", f"Lund{n}"), f"{n}.txt"), at=n)
    dialogue = LibraryDialogue(Librarian(filled))
    dialogue.ask(SHELL, "Who is the chief engineer?", "ada", "room")
    assert dialogue.ask(person(5), "What did she say?", "ada", "room").read_as is None
    assert dialogue.ask(SHELL, "What did she say?", "ada", "room").read_as == "What did Aino Berg say?"
    assert dialogue.forget(SHELL, "ada", "room")
    assert not dialogue.forget(SHELL, "ada", "room")
