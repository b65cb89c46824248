"""Whose words a sentence tells: by name, or by the "she said" behind a name in the same paragraph."""

import re

from bot.conversation.lexicon import SAYING
from bot.conversation.names import Names, Sort
from index.indexer import Index

_SAYS = re.compile(
    rf"[“”\"]|\b(?:{'|'.join(sorted(SAYING))}|note[sd]?|caution(?:s|ed)|demand(?:s|ed)|call(?:s|ed) for"
    r"|predict(?:s|ed))\b"
)
_OPENS = re.compile(r"^(?:[“\"].*?[”\"],?\s)?(?:He|She|he|she|His|Her)\b")
_WITHIN = re.compile(r"\b(?:he|she) (?:said|says|added|adds|told|explained|warned|noted)\b")


def asks_for_words(question: str, names: Names) -> str | None:
    """Whose words a question asks for: a person's full name; None where it asks for no or several people's.

    Args:
        question: as it was understood, such as "What else did Lavrov say?".
        names: of the article.
    """
    if re.search(r"\b(?:say|said|tell|told|add|added|explain|explained)\b", question) is None:
        return None
    people = {name.text for _, _, name in names.find(question) if name.sort is Sort.PERSON}
    return people.pop() if len(people) == 1 else None


def speeches(person: str, index: Index, names: Names) -> tuple[frozenset[int], frozenset[int]]:
    """The sentences in which a person says something, and those in which nobody does or somebody else.

    Args:
        person: a name in full, as `Names` has it.
        index: the article's index.
        names: of the article.

    Returns:
        numbers of sentences (of `Index.sentences`). Words that stand there by themselves, said by whom is told before
        them, are in neither.
    """
    theirs, others = set(), set()
    paragraph, spoken_of = -1, ""
    for sentence in index.prose:
        if sentence.paragraph != paragraph:
            paragraph, spoken_of = sentence.paragraph, ""
        people = [name.text for _, _, name in names.find(sentence.text) if name.sort is Sort.PERSON]
        pronoun = _OPENS.match(sentence.text) or _WITHIN.search(sentence.text)
        if not _SAYS.search(sentence.text) or (people and person not in people):
            others.add(sentence.number)
        elif person in people or (pronoun and spoken_of == person):
            theirs.add(sentence.number)
        spoken_of = people[0] if people else spoken_of
    return frozenset(theirs), frozenset(others)
