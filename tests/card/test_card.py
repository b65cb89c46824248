"""The card as it is drawn."""

import re
import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor
from PIL.PngImagePlugin import PngImageFile

from bot.card import Card, Theme, draw, render_card
from bot.card.content import content
from bot.card.draw import WIDTH
from bot.card.fonts import FONTS
from bot.card.theme import PALETTES
from index.errors import CardError
from tests.card import builders
from tests.card.builders import answer, image, lines, places, svg

MARGIN, HANG, BAR = 96, 84, 12
"""Pixels, as in card.typ: the margins, what may hang in them, the height of the bar at the top."""

TEXTS = [
    builders.ENGLISH,
    builders.RUSSIAN,
    builders.ARABIC,
    builders.HEBREW,
    builders.CHINESE,
    builders.JAPANESE,
    builders.MIXED,
    "It was over.",
    "“She is safer than on the day she was launched,” the engineer said.",
    "x" * 999,
    "W" * 300 + " https://example.org/" + "a/" * 200,
    "لا" * 300,
    "渡" * 400,
]


def empty(picture: Image.Image, theme: Theme, box: tuple[int, int, int, int]) -> bool:
    """Whether a part of a card is nothing but paper."""
    part = picture.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PALETTES[theme].paper)).getbbox() is None


def margins_are_empty(card: Card, theme: Theme) -> bool:
    """Whether nothing stands in the margins but the bar and what hangs beside the text."""
    picture = image(card.png)
    edge = MARGIN - HANG
    return (
        empty(picture, theme, (0, BAR, edge, card.height))
        and empty(picture, theme, (WIDTH - edge, BAR, WIDTH, card.height))
        and empty(picture, theme, (0, card.height - 30, WIDTH, card.height))
        and empty(picture, theme, (0, BAR + 1, WIDTH, 30))
    )


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_nothing_is_drawn_in_the_margins(text: str, theme: Theme) -> None:
    """No word runs off the card, however long it is and whichever way it runs."""
    card = render_card(answer(text), theme)
    assert (card.width, card.height) == image(card.png).size
    assert card.width == WIDTH
    assert margins_are_empty(card, theme)


@pytest.mark.parametrize("theme", Theme)
def test_a_card_is_drawn_in_the_colours_of_its_theme(theme: Theme) -> None:
    """Paper all around; ink, accent and tint on it."""
    card = render_card(answer(builders.ENGLISH, marks=((4, 9),)), theme)
    found = np.unique(np.asarray(image(card.png), np.int16).reshape(-1, 3), axis=0)
    palette = PALETTES[theme]
    for colour in (palette.paper, palette.ink, palette.accent, palette.tint, palette.muted):
        # The rasterizer rounds: a channel may be one off within a letter.
        assert np.abs(found - ImageColor.getrgb(colour)).max(axis=1).min() <= 1


def test_the_same_answer_gives_the_same_bytes() -> None:
    """A card can be compared and cached."""
    assert render_card(answer(builders.MIXED)) == render_card(answer(builders.MIXED))
    assert render_card(answer(builders.MIXED)).png != render_card(answer(builders.MIXED), Theme.DARK).png


def test_the_file_carries_its_alt_text_and_source() -> None:
    """A picture that is passed on tells what it shows and where it is from."""
    import io

    card = render_card(answer(builders.ENGLISH))
    with Image.open(io.BytesIO(card.png)) as opened:
        opened.load()
        assert isinstance(opened, PngImageFile)
        assert opened.text["Description"] == card.alt
        assert opened.text["Source"] == builders.URL
    assert builders.ENGLISH in card.alt
    assert builders.ENGLISH in card.description


def test_a_short_quote_is_large_and_a_long_one_makes_the_card_taller() -> None:
    """Three quotes of the longest kind stand on one card, which is a picture that Discord takes."""
    short = render_card(answer("It was over."))
    long = render_card(answer(*(f"{'many words ' * 89}{n} of them." for n in range(3))))
    assert short.height == 675
    assert 2_000 < long.height < 4_000
    assert len(long.png) < 10 * 1024 * 1024


@pytest.mark.parametrize("text", [builders.ENGLISH, builders.RUSSIAN, builders.GREEK, "many words " * 90 + "end."])
def test_no_word_of_a_quote_is_lost_or_broken(text: str) -> None:
    """The lines together are the quote, and each line ends with a word."""
    drawn = re.sub(r"\s+", " ", " ".join(lines(content(answer(text)))).replace("\u2060", ""))
    assert text in drawn


def test_no_line_holds_one_short_word() -> None:
    """Lines are balanced: the last one is not left with a scrap."""
    for words in range(4, 40):
        text = " ".join(["letter"] * words + ["so."])
        shown = lines(content(answer(text)))
        of_quote = shown[: next(at for at, line in enumerate(shown) if line.startswith("passage"))]
        assert len(of_quote) == 1 or len(of_quote[-1].split()) > 1, (words, of_quote)


NO_LINE_STARTS_WITH = "，。；：、！？）」』”’〕】》ーっゃゅょッャュョ々"
NO_LINE_ENDS_WITH = "（「『“‘〔【《"


@pytest.mark.parametrize("text", [builders.CHINESE, builders.JAPANESE, (builders.JAPANESE * 4)[:180]])
@pytest.mark.parametrize("cut", range(0, 12, 3))
def test_east_asian_lines_break_by_their_rules(text: str, cut: int) -> None:
    """No line starts with a stop or a closing mark, and none ends with an opening one."""
    shown = lines(content(answer(text[cut:].lstrip(NO_LINE_STARTS_WITH), title="X", byline=None)))
    of_quote = shown[: next(at for at, line in enumerate(shown) if line.startswith("passage"))]
    assert len(of_quote) > 1
    assert all(line.replace("\u2060", "")[0] not in NO_LINE_STARTS_WITH for line in of_quote)
    assert all(line.replace("\u2060", "")[-1] not in NO_LINE_ENDS_WITH for line in of_quote)


def test_arabic_runs_from_right_to_left_and_latin_words_in_it_do_not() -> None:
    """The first word stands to the right of the second, and BBC is not turned round."""
    found = places(content(answer(builders.ARABIC)))
    first = next((x, y) for text, x, y in found if "وقال" in text)
    second = next((x, y) for text, x, y in found if "المتحدث" in text)
    assert first[1] == second[1]
    assert first[0] > second[0]
    assert any("BBC" in text for text, _x, _y in found)


def test_an_arabic_word_in_an_english_sentence_leaves_its_order_alone() -> None:
    """What follows the word stands to its right, as in the sentence."""
    found = places(content(answer("Peace (سلام) here.")))
    word = next(x for text, x, _y in found if "سلام" in text)
    behind = next(x for text, x, _y in found if "here" in text)
    assert word < behind


def test_the_opening_mark_hangs_in_the_margin() -> None:
    """The text's first letter stands right below the others; the mark stands left of them, or right in Arabic."""
    for text in (builders.ENGLISH, builders.CHINESE, builders.JAPANESE):
        found = places(content(answer(text)))
        assert found[0][1] < MARGIN
        assert found[1][1] == pytest.approx(MARGIN, abs=0.5)
    arabic = places(content(answer(builders.ARABIC)))
    assert arabic[0][1] >= WIDTH - MARGIN - 0.5


def outline(drawn: str) -> tuple[float, ...]:
    """The numbers of an outline, made independent of its size."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", drawn)]
    largest = max(map(abs, numbers), default=1) or 1
    return tuple(round(number / largest, 2) for number in numbers)


def outlines(drawn: str) -> set[tuple[float, ...]]:
    """The outlines of all glyphs of an SVG file."""
    return {outline(path) for path in re.findall(r'<symbol[^>]*><path d="([^"]*)"', drawn)}


@cache
def boxes() -> frozenset[tuple[float, ...]]:
    """What each font draws for a letter that it lacks."""
    import typst

    found: set[tuple[float, ...]] = set()
    for font in FONTS:
        if font.path is None:
            continue
        source = f'#set text(font: "{font.family}", fallback: false, size: 60pt)\n\u0378'
        only = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.path.parent)])
        drawn = typst.Compiler(source.encode(), font_paths=only, ignore_system_fonts=True).compile(format="svg")
        assert isinstance(drawn, bytes)
        found |= outlines(drawn.decode())
    return frozenset(found)


@pytest.mark.parametrize("text", TEXTS[:9], ids=lambda text: text[:12])
def test_no_glyph_is_a_box(text: str) -> None:
    """None of the outlines on a card is what a font draws for a letter it lacks."""
    assert len(boxes()) >= 3
    assert outlines(svg(content(answer(text)))).isdisjoint(boxes())


def test_spaces_joiners_and_selectors_are_not_boxes() -> None:
    """What is taken to draw nothing draws nothing, in Latin, Arabic and Chinese."""
    unseen = [chr(point) for point in range(0x2000, 0x2070) if unicodedata.category(chr(point)) in ("Zs", "Cf")]
    unseen += ["\xa0", "\u3000", "\xad", "\ufeff", "\u034f", "\ufe0f", "\u061c", "\U000e0101"]
    for word in ("letter", "حرف", "字"):
        drawn = outlines(svg(content(answer("".join(f"{word}{sign}{word} " for sign in unseen)))))
        assert drawn.isdisjoint(boxes())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=3),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(Theme),
)
def test_any_text_makes_a_card_or_a_sentence(texts: list[str], title: str, byline: str, theme: Theme) -> None:
    """Odd letters are drawn within the margins or refused in a sentence; nothing else happens."""
    card, said = None, ""
    try:
        card = render_card(answer(*texts, title=title, byline=byline), theme)
    except CardError as error:
        said = str(error)
    assert card or said.strip()
    if card:
        assert all(text in card.alt for text in texts)
        assert margins_are_empty(card, theme)


_LETTERS = st.sampled_from(
    "aW.,“”«»()-/ \u00a0éжЩλשםابلا۱渡轮。、「」ーabc👍🇩🇪\u0301\u200f\u202b\u2067$#*_[]\\\"'<>@{}"
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(_LETTERS, min_size=1, max_size=300), st.sampled_from(Theme))
def test_scripts_that_are_mixed_at_random_stay_on_the_card(text: str, theme: Theme) -> None:
    """Directions, marks, symbols and the typesetter's own markup in any order are text, drawn within the margins."""
    shown = answer(text, title=text, byline=text)
    shown = answer(text, title=text, byline=text)
    try:
        card = render_card(shown, theme)
    except CardError:
        with pytest.raises(CardError, match="accents"):  # the only reason left
            render_card(shown, theme)
        return
    assert margins_are_empty(card, theme)
    assert outlines(svg(content(answer(text)))).isdisjoint(boxes())


def test_words_that_a_space_joins_are_no_wider_than_the_card() -> None:
    """A space at which no line breaks makes one long word of two, which is broken where it must be."""
    text = f"{'<' * 19}\u00a0Щ"
    assert margins_are_empty(render_card(answer(text), Theme.LIGHT), Theme.LIGHT)


def test_the_typesetter_runs_nothing_that_a_text_holds() -> None:
    """Its markup is drawn as it is written."""
    text = '#read("/etc/passwd") $x$ *b* _i_ #set page(width: 1pt) <label> @ref \\u{41} "a" --- ...'
    drawn = " ".join(lines(content(answer(text)))).replace("\u2060", "")
    assert text in drawn


def test_without_the_typesetter_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named as pip knows it."""
    monkeypatch.setattr(draw, "find_spec", lambda _name: None)
    with pytest.raises(CardError, match=r"pip install 'pullquote\[card\]'"):
        render_card(answer("It was over."))
