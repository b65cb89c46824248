"""A text as it can be drawn."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.card import fonts
from bot.card.fonts import covers
from bot.card.glyphs import LONG_WORD, Run, drawable, isolated, long_words, loosened, plainly
from index.errors import CardError
from tests.card import builders


@pytest.mark.parametrize(
    "text",
    [
        builders.ENGLISH,
        builders.RUSSIAN,
        builders.ARABIC,
        builders.CHINESE,
        builders.JAPANESE,
        builders.HEBREW,
        builders.GREEK,
        "Zażółć gęślą jaźń, Việt Nam, Þórður, Łódź, Şırnak, ĳ, ſ, ﬁ",
        "Бългaрия, Київ, Ђорђе, Ѣ, Ғалым",
        "페리는 월요일에",
        "چگونه پاسخ داد؟ کتاب ۱۲۳",
        "€ £ ¥ ₽ ₹ ₿ ½ ‰ № § † … – — − × ° ′ ″ → ™",
        "e\u0301 o\u0323\u0302 a\u0308\u0304 \u1ea5",
        "non\u00adbreak\u200bable \u202f \u2009 \u3000 x",
    ],
)
def test_a_text_in_the_scripts_of_newspapers_is_drawn_as_it_stands(text: str) -> None:
    """Letters, marks, figures and currency signs have their glyphs."""
    assert drawable(text) == (Run(text),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Good 👍🏽 day", "Good [thumbs up sign] day"),
        ("In 🇩🇪 now", "In [flag: DE] now"),
        ("By 👩‍🔬 alone", "By [woman, microscope] alone"),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "[waving black flag]"),
    ],
)
def test_a_symbol_without_a_glyph_is_named(text: str, shown: str) -> None:
    """Where an emoji stood the card says which, in brackets that are told from the quote's own."""
    runs = drawable(text)
    assert "".join(run.text for run in runs) == shown
    assert [run.text[0] for run in runs if run.named] == ["["]


@pytest.mark.parametrize("text", ["ஃ", "ዓለም", "\ud800", "\U0010ffff", "\uf8ff", "მშვიდობა", "a\u0f71"])
def test_a_letter_without_a_glyph_refuses_the_card(text: str) -> None:
    """No box is ever drawn: one sentence tells what is missing."""
    with pytest.raises(CardError) as refused:
        drawable(f"Peace: {text}")
    message = str(refused.value)
    message.encode()
    assert "\n" not in message
    assert "pip install fontpkg-noto-sans-tamil" in message or message.endswith("share the answer as text.")


_PATH = fonts._path


def _without_cjk(module: str, file: str) -> Path | None:
    """Where a font's file is, were the Chinese one not installed."""
    return None if module == "noto_cjk_sans_otc" else _PATH(module, file)


def test_a_script_without_its_package_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the Chinese font is told its name as pip knows it."""
    monkeypatch.setattr(fonts, "FONTS", (fonts.SERIF,))
    monkeypatch.setattr(fonts, "_path", _without_cjk)
    covers.cache_clear()
    try:
        with pytest.raises(CardError, match=r"“和” .*pip install noto-cjk-sans-otc"):
            drawable("和平")
    finally:
        covers.cache_clear()


def test_a_tower_of_accents_refuses_the_card() -> None:
    """Marks that would be drawn over the lines above are not drawn at all."""
    with pytest.raises(CardError, match="accents"):
        drawable("H" + "\u0301" * 9)


def test_white_space_is_one_space_and_controls_are_none() -> None:
    """A sentence that the page broke into lines is one line; what cannot be seen is not drawn."""
    assert plainly("one\r\n\t two\x07 three\u2028four") == "one two three four"
    assert plainly("10\u00a0km") == "10\u00a0km"


def test_nothing_turns_the_letters_round() -> None:
    """Overrides are left out, and an embedding that is left open is closed."""
    assert plainly("\u202egnp.exe") == "gnp.exe"
    assert plainly("\u202babc") == "\u202babc\u202c"
    assert plainly("\u2067abc\u2069") == "\u2067abc\u2069"
    assert isolated("8 July") == "\u20688 July\u2069"


def test_an_address_breaks_behind_its_slashes_and_a_word_with_a_hyphen() -> None:
    """Only words too long for a line are loosened, and hyphens are shown in words of letters alone."""
    assert loosened("An ordinary sentence, incomprehensibly.") != "An ordinary sentence, incomprehensibly."
    assert loosened("An ordinary sentence.") == "An ordinary sentence."
    assert loosened("https://example.org/a") == "https:\u200b/\u200b/\u200bexample.\u200borg/\u200ba"
    assert loosened("x" * LONG_WORD) == "\u00ad".join("x" * LONG_WORD)
    assert loosened("ا" * LONG_WORD) == "\u200b".join("ا" * LONG_WORD)
    assert long_words(builders.CHINESE) == ()


@given(st.text(max_size=80))
def test_loosening_adds_places_to_break_and_nothing_else(text: str) -> None:
    """Without them the text is what it was."""
    plain = text.replace("\u00ad", "").replace("\u200b", "")
    assert loosened(plain).replace("\u00ad", "").replace("\u200b", "") == plain


@given(st.text(max_size=60))
def test_what_is_drawn_is_covered(text: str) -> None:
    """Any text is refused, or every letter of it that is drawn has a glyph, and no letter of it is lost."""
    try:
        runs = drawable(text)
    except CardError:
        return
    drawn = "".join(run.text for run in runs if not run.named)
    assert all(covers(letter) or unicodedata.combining(letter) for letter in drawn)
    letters = [letter for run in runs for letter in run.text if letter.isalpha() and not run.named]
    assert letters == [letter for letter in text if letter.isalpha()]
