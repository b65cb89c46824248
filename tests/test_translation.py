"""The language that people are spoken to in."""

import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.translation import LANGUAGES, Phrase, _, filled, language, n_, nearest, of_terminal, speak, speaking, told
from index.errors import CommandError, SourceNotFound


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("de", "de"), ("es-419", "es"), ("fr_CA.UTF-8", "fr"), ("ru", "ru"), ("pt-BR", "en"), ("", "en"), (None, "en")],
)
def test_nearest(locale: str | None, expected: str) -> None:
    """A locale is spoken to in its language, or in English where there is no catalogue."""
    assert expected == nearest(locale)


def test_speaking_ends_with_its_block() -> None:
    """Inside the block the language is another one, behind it the one from before."""
    with speaking("de"):
        with speaking("ru"):
            assert language() == "ru"
        assert language() == "de"
    assert language() == "en"


def test_speaking_a_language_without_a_catalogue() -> None:
    """A language without a catalogue is English."""
    with speaking("tlh"):
        assert language() == "en"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_unknown_sentences_stay_as_they_are(spoken: str) -> None:
    """What a catalogue lacks is said in English."""
    with speaking(spoken):
        assert _("no such sentence") == "no such sentence"
        assert [n_("{n} cow", "{n} cows", n) for n in (1, 2)] == ["{n} cow", "{n} cows"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "de_DE.UTF-8", "PULLQUOTE_LANGUAGE": "ru"}, "ru"),
        ({"LANG": "de_DE.UTF-8", "PULLQUOTE_LANGUAGE": "auto"}, "de"),
    ],
)
def test_the_language_of_a_terminal(environment: dict[str, str], expected: str) -> None:
    """Our own variable is looked at first, then the system's as POSIX orders them; an empty one counts for nothing."""
    assert expected == of_terminal(environment)


def test_speaking_from_now_on_is_for_one_thread() -> None:
    """A language that was chosen holds where it was chosen, and nowhere else."""
    heard: list[str] = []

    def other() -> None:
        speak("de")
        heard.append(language())

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert (heard, language()) == (["de"], "en")


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ("en", "12,345 1.5 0.50 97%"),
        ("de", "12.345 1,5 0,50 97\xa0%"),
        ("fr", "12\u202f345 1,5 0,50 97\xa0%"),
        ("es", "12.345 1,5 0,50 97\xa0%"),
        ("ru", "12\xa0345 1,5 0,50 97\xa0%"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(spoken: str, expected: str) -> None:
    """Groups of thousands, decimals and percent."""
    with speaking(spoken):
        assert filled("{n:,} {g:g} {f:.2f} {p:.0%}", n=12345, g=1.5, f=0.5, p=0.97) == expected


def test_an_error_is_told_in_the_language_in_force() -> None:
    """Raised anywhere, it is told where it is shown; `str` is English whoever listens."""
    error = CommandError("There is no passage {number}; the article has passages 1 to {last}.", number=3, last=2)
    with speaking("de"):
        assert told(error) == "Es gibt keine Passage 3; der Artikel hat die Passagen 1 bis 2."
        assert str(error) == "There is no passage 3; the article has passages 1 to 2."
    assert told(error) == str(error)


def test_words_in_an_error_are_told_too() -> None:
    """A value that is words is translated, and one that a person typed is not."""
    template = "{file} cannot be read ({reason}): check the path and your permissions."
    error = SourceNotFound(template, file="Permission denied", reason=Phrase("Permission denied"))
    with speaking("es"):
        assert told(error).startswith("Permission denied no se puede leer (permiso denegado):")


@given(st.text())
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_was_typed_stands_in_an_error_as_it_was_typed(spoken: str, typed: str) -> None:
    """Braces and all: only the template is filled in."""
    error = CommandError("There is no command /{name}; the commands are {known}.", name=typed, known="/ask")
    with speaking(spoken):
        assert typed in told(error)
    assert CommandError(typed).args == (typed,)


def test_an_error_goes_through_a_pickle() -> None:
    """As between processes."""
    error = CommandError("There is no passage {number}; the article has passages 1 to {last}.", number=3, last=2)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - ours
    assert (str(again), again.template, again.values) == (str(error), error.template, error.values)
