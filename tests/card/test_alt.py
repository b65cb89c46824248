"""The alt text of a card."""

from hypothesis import given
from hypothesis import strategies as st

from bot.card.alt import DISCORD_LIMIT, alt_text, description
from bot.card.content import content
from tests.card import builders
from tests.card.builders import answer


def test_all_that_stands_on_the_card_stands_in_the_alt_text() -> None:
    """Each quote with its citation, the sentence before it, then headline, byline, date and link."""
    shown = content(answer("It was over.", builders.ENGLISH, context="The strike had lasted a week."))
    assert alt_text(shown) == (
        "Before it: “The strike had lasted a week.” “It was over.” (passage 2 · paragraph 2 · characters 100–112) "
        f"“{builders.ENGLISH}” (passage 3 · paragraph 4 · characters 200–305) "
        "From: Island ferry returns to service · By Marta Lindqvist · 14 March 2023 · "
        "harbour.example/news/coast/ferry-returns"
    )


def test_an_emoji_stands_in_the_alt_text_itself() -> None:
    """Who hears the card read hears the symbol that the picture only names."""
    assert builders.MIXED in alt_text(content(answer(builders.MIXED)))


@given(st.lists(st.text(min_size=1, max_size=1_000), min_size=1, max_size=3))
def test_every_quote_is_verbatim_in_the_alt_text(texts: list[str]) -> None:
    """None is shortened, whatever it holds."""
    alt = alt_text(content(answer(*texts)))
    assert all(text in alt for text in texts)


@given(st.lists(st.text(min_size=1, max_size=1_000), min_size=1, max_size=3))
def test_the_description_fits_and_never_cuts_a_quote(texts: list[str]) -> None:
    """Within Discord's limit, counted as its clients count; each quote stands whole or not at all."""
    said = description(content(answer(*texts)))
    assert len(said.encode("utf-16-le", "surrogatepass")) // 2 <= DISCORD_LIMIT
    whole = [text for text in texts if text in said]
    assert whole or "A quote as an image" in said
    if len(said) < DISCORD_LIMIT // 2:
        assert len(whole) == len(texts)


def test_what_does_not_fit_goes_in_order() -> None:
    """First the citations, then the source, then the last quotes, and it says so."""
    short, long = "It was over.", "x" * 900
    assert description(content(answer(short))) == alt_text(content(answer(short)))
    two = description(content(answer(short, "y" * 860)))
    assert "From: " in two
    assert "passage" not in two
    assert description(content(answer(long, "y" * 100))) == f"“{long}” “{'y' * 100}”"
    assert description(content(answer(long, long))) == f"“{long}” More quotes stand on the card."
    assert description(content(answer("x" * 1_000, long))) == "x" * 1_000
    assert description(content(answer("👍" * 1_000))) == "A quote as an image; its text stands in the answer."
