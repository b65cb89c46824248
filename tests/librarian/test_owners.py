"""What one owner has, no other sees: tried through everything that a librarian answers."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Abstention, Answer
from bot.conversation import Conversation, Turn
from bot.librarian.dialogue import LibraryDialogue
from bot.librarian.librarian import Librarian
from bot.librarian.lookup import look_up
from bot.render import json, terminal
from index.errors import PullquoteError
from index.library.sqlite import SQLiteLibrary
from index.owner import Owner, person, server
from tests.librarian.conftest import article

MINE, THEIRS = server(1), person(2)
THEIR_WORD = "Zanzibar"
"""Stands in every sentence of the other owner's articles, and in none of mine."""

_WORDS = "mayor ferry bridge price crowns island report Monday engine captain opened closed paid called".split()
_SENTENCES = st.lists(st.sampled_from(_WORDS), min_size=3, max_size=8).map(" ".join)
_TEXTS = st.lists(_SENTENCES, min_size=1, max_size=4, unique=True)


def _filled(library: SQLiteLibrary, owner: Owner, texts: list[list[str]], mark: str) -> list[str]:
    """Add articles whose every sentence holds a mark; their ids."""
    ids = []
    for n, sentences in enumerate(texts):
        body = "\n\n".join(f"The {sentence} {mark}." for sentence in sentences)
        added = article(f"Headline {mark}\n\n{body}\n", f"{mark}-{n}.txt", f"https://{mark.lower()}.example/{n}")
        ids.append(library.add(owner, added, at=n).entry.id)
    return ids


@settings(max_examples=25)
@given(
    mine=st.lists(_TEXTS, max_size=3),
    theirs=st.lists(_TEXTS, min_size=1, max_size=3),
    question=_SENTENCES,
    about=st.sampled_from(["", " Zanzibar", " Zanzibur", " article:1", " article:3", " before:2030", " after:1990"]),
    top=st.sampled_from([None, 1, 40]),
)
def test_nothing_of_another_owners_is_ever_shown(
    mine: list[list[str]], theirs: list[list[str]], question: str, about: str, top: int | None
) -> None:
    """Answers, abstentions, corrections, traces, follow-ups, searches and errors speak of one's own articles alone."""
    with tempfile.TemporaryDirectory() as folder:
        library = SQLiteLibrary(Path(folder) / "library.db")
        _filled(library, MINE, mine, "Holm")
        foreign = _filled(library, THEIRS, theirs, THEIR_WORD)
        librarian = Librarian(library)
        dialogue = LibraryDialogue(librarian)
        # As if they had talked with the other owner's articles, in the same place.
        dialogue.ask(THEIRS, f"{question} {THEIR_WORD}", "somebody", "somewhere", threshold=0)
        forged = Conversation((Turn("Who is the captain?", (0, 1), foreign[0]),), foreign[0])
        said: list[str] = []
        asks: tuple[Callable[[], Answer | Abstention], ...] = (
            lambda: librarian.ask(MINE, question + about, top=top, threshold=0),
            lambda: librarian.ask(MINE, question + about, top=top, threshold=1),
            lambda: librarian.ask(MINE, "what else?", conversation=forged, threshold=0),
            lambda: librarian.ask(MINE, "who wrote it?", conversation=forged),
            lambda: dialogue.ask(MINE, "and when was that?", "somebody", "somewhere", threshold=0),
        )
        for ask in asks:
            try:
                said.append(_everything(ask()))
            except PullquoteError as error:
                said.append(str(error))
        for number in range(1, 4):
            try:
                said.append(librarian.assistant(MINE, number).article.text)
            except PullquoteError as error:
                said.append(str(error))
        said += [repr(hit) for hit in look_up(library, MINE, f"{question} {THEIR_WORD}")]
        library.close()
    # What was typed may be said back.
    assert not [text for text in said if THEIR_WORD in text.replace(about.strip() or "\0", "")]


def _everything(result: Answer | Abstention) -> str:
    """All that a result holds and shows."""
    shown = json.dumps(json.result(result))
    sources = [q.citation.source for q in result.quotes] if isinstance(result, Answer) else list(result.sources)
    terminal.result(result)
    considered = [(item.sentence, item.source) for item in result.trace.considered]
    return f"{shown} {sources!r} {considered!r} {result.corrections!r} {result.article!r}"
