"""The language that people are spoken to in."""

import pytest

from bot.translation import LANGUAGES, _, language, n_, nearest, speaking


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
