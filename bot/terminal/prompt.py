"""The prompt of the shell: line editing, history and completion, through prompt_toolkit."""

import contextlib
import threading
from collections.abc import Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.assistant import Assistant
from bot.command import Surface
from bot.commands import PASSAGE, commands_on
from bot.render.terminal import shown
from bot.suggestions import Suggestion, matching, suggestions
from bot.terminal.shell_history import ShellHistory
from bot.translation import _
from index.errors import PullquoteError
from index.indexer import Index

_PREVIEW = 60
"""Characters of a passage beside its number."""

_FROM = 3
"""Letters typed of a word before names of the article are offered."""

_QUESTIONS = 5
"""Questions offered at a time, one short of the menu's lines, so that a name is seen too."""


class ShellCompleter(Completer):
    """Offers commands behind a slash, passages behind /passage, questions that the article answers, and its names."""

    def __init__(self, assistant: Assistant | None) -> None:
        """Gather what can be offered.

        Args:
            assistant: its article's passages and words are offered; None offers commands alone.
        """
        self._suggested: tuple[Suggestion, ...] = ()
        self._passages: list[tuple[str, str]] = []
        self._names: list[str] = []
        if assistant is not None:
            self._gather(assistant.index)

    def _gather(self, index: Index) -> None:
        """Take passages and names from an article."""
        self._passages = [(str(p.number), " ".join(shown(p.text).split())[:_PREVIEW]) for p in index.passages]
        words = {
            sentence.text[token.start : token.end]
            for sentence in index.prose
            for token in index.tokens(sentence)
            if not token.stop
        }
        self._names = sorted(w for w in words if w[0].isupper() and len(w) > _FROM)

    def suggest(self, assistant: Assistant) -> None:
        """Find questions that the article answers, in a thread; until they are found, none are offered."""

        def find() -> None:
            with contextlib.suppress(PullquoteError):  # the first question will tell what is wrong
                self._suggested = suggestions(assistant)

        threading.Thread(target=find, name="suggestions", daemon=True).start()

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What may follow the text before the cursor."""
        del complete_event
        text = document.text_before_cursor.lstrip()
        if text.startswith("/") and " " not in text:
            for command in commands_on(Surface.SHELL):
                name = command.shown
                if name.startswith(text.lower()):
                    yield Completion(name, -len(text), display=command.usage, display_meta=_(command.description))
            return
        if text.lower().startswith((f"/{PASSAGE.name} ", f"{PASSAGE.shown} ")):
            typed = text.split(" ", 1)[1]
            for number, preview in self._passages:
                if number.startswith(typed):
                    yield Completion(number, -len(typed), display_meta=preview)
            return
        yield from self._in_question(text, document.get_word_before_cursor())

    def _in_question(self, text: str, word: str) -> Iterable[Completion]:
        """Whole questions like what is typed, then names that begin like its last word."""
        for question in matching(self._suggested, text, _QUESTIONS):
            yield Completion(question, -len(text))
        if len(word) >= _FROM:
            for name in self._names:
                if name.casefold().startswith(word.casefold()):
                    yield Completion(name, -len(word))


class _FileHistory(FileHistory):
    """A history file whose lines can be forgotten while the prompt is open."""

    def forget(self) -> None:
        """Forget the lines that were read from the file, and those typed since."""
        self._loaded_strings = []


def _history(kept: ShellHistory | None) -> History:
    """History in a file that only its owner reads; in memory where the file cannot be written."""
    if kept is None:
        return InMemoryHistory()
    path = kept.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.open("ab").close()
    except OSError:
        return InMemoryHistory()
    history = _FileHistory(path)
    kept.on_erase(history.forget)
    return history


def make_session(prompt: str, assistant: Assistant | None, history: ShellHistory | None) -> PromptSession[str]:
    """A prompt with history and completion."""
    completer = ShellCompleter(assistant)
    if assistant is not None:
        completer.suggest(assistant)
    return PromptSession(
        prompt,
        history=_history(history),
        completer=completer,
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        reserve_space_for_menu=6,
    )
