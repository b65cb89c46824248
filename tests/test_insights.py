"""What moderators see: counts that add up, questions put together that are one, and pages that lose nothing."""

import datetime as dt
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.chart import ANSWERED, REFUSED, SIZE, draw
from bot.insights import RANGES, Insights, Period, first_day, insights, key
from bot.records import Refusal, Tally, Verdict, Vote, server
from bot.records.model import DAY, day_of
from bot.render.discord_markdown import MAX_TEXT, fits
from bot.render.insights_text import MOST_ALT, axis, described, pages
from bot.translation import LANGUAGES, speaking
from tests.loopback.markdown import live, read

NOW = 1_760_000_000
TODAY = day_of(NOW)
HERE = server(1)


def refusal(question: str, person: int = 1, at: int = NOW, missing: tuple[str, ...] = (), n: int = 0) -> Refusal:
    """A question that was not answered."""
    return Refusal(HERE, n, person, question, missing, "abcdefabcdef", 0.1, at)


def vote(question: str, verdict: Verdict, person: int = 1, at: int = NOW, sentences: tuple[int, ...] = (3,)) -> Vote:
    """A vote."""
    return Vote(HERE, person, person, verdict, question, "abcdefabcdef", sentences, 0.8, at)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("How much did the ferry cost?", "how much did  FERRY costs", True),
        ("Who left?", "When left?", False),
        ("Did Holm beat Varnes?", "Did Varnes beat Holm?", False),
        ("Why not?", "why not", True),
        ("Кто приехал?", "кто приехал", True),
        ("Who was it?", "Who is it?", True),
        ("Was it?", "Is it?", False),
    ],
)
def test_one_question_put_in_two_ways(one: str, other: str, *, same: bool) -> None:
    """Case, spacing, endings and small words do not matter; the order and what is asked for do."""
    assert (key(one) == key(other)) is same


def test_unanswered_questions_are_put_together() -> None:
    """Counted by times and by people, the latest wording, the words that lack, the most asked first."""
    refusals = [
        refusal("What is the price?", 1, NOW - 5, ("price",), 1),
        refusal("Who is the captain?", 1, NOW - 4, ("captain",), 2),
        refusal("what is the PRICE", 2, NOW - 3, ("price",), 3),
        refusal("What is the price", 2, NOW - 2, ("PRICE",), 4),
    ]
    votes = [vote("What is the price?", Verdict.DOWN, sentences=()), vote("What is the price?", Verdict.UP, 2, NOW, ())]
    first, second = insights(votes, refusals, [], TODAY, 7).unanswered
    assert (first.question, first.times, first.people, first.last) == ("What is the price", 3, 2, NOW - 2)
    assert first.missing == ("price", "PRICE")
    assert first.disputed == 1
    assert (second.question, second.times) == ("Who is the captain?", 1)


def test_answers_marked_wrong() -> None:
    """With how many marked it wrong and how many right; what nobody marked wrong is not among them."""
    votes = [
        vote("Who is it?", Verdict.DOWN, 1, NOW - 9),
        vote("who is it", Verdict.DOWN, 2, NOW - 8, (4, 5)),
        vote("Who is it?", Verdict.UP, 3),
        vote("When?", Verdict.UP, 4),
        vote("Nobody said?", Verdict.DOWN, 5, sentences=()),
    ]
    (wrong,) = insights(votes, [], [], TODAY, 7).wrong
    assert (wrong.question, wrong.down, wrong.up, wrong.sentences) == ("who is it", 2, 1, (4, 5))


def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    """Every period stands there, with or without a question; days before the range count nowhere."""
    tallies = [Tally(TODAY - dt.timedelta(days=n), 2, 1) for n in (0, 3, 29, 30)]
    found = insights([], [], tallies, TODAY, 30)
    assert found.weekly
    assert all(p.start.weekday() == 0 for p in found.periods)
    assert [(b.start - a.start).days for a, b in zip(found.periods, found.periods[1:], strict=False)] == [7] * (
        len(found.periods) - 1
    )
    assert (found.answered, found.refused) == (6, 3)
    daily = insights([], [], tallies, TODAY, 7)
    assert [p.start for p in daily.periods] == [first_day(TODAY, 7) + dt.timedelta(days=n) for n in range(7)]
    assert (daily.answered, daily.refused) == (4, 2)


QUESTIONS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
DATA = st.tuples(
    st.lists(
        st.builds(
            vote,
            QUESTIONS,
            st.sampled_from(Verdict),
            st.integers(1, 4),
            st.integers(NOW - 6 * DAY, NOW),
            st.sampled_from([(), (3,), (1, 2, 3)]),
        ),
        max_size=20,
    ),
    st.lists(
        st.builds(
            refusal,
            QUESTIONS,
            st.integers(1, 4),
            st.integers(NOW - 6 * DAY, NOW),
            st.lists(QUESTIONS, max_size=3).map(tuple),
        ),
        max_size=20,
    ),
)


@given(DATA, st.sampled_from(RANGES))
def test_nothing_is_lost(data: tuple[list[Vote], list[Refusal]], days: int) -> None:
    """Times and thumbs add up to what went in, whatever the questions are."""
    votes, refusals = data
    found = insights(votes, refusals, [], TODAY, days)
    assert sum(u.times for u in found.unanswered) == len(refusals)
    assert found.up + found.down == len(votes)
    assert sum(w.down for w in found.wrong) == sum(v.verdict is Verdict.DOWN and not v.on_refusal for v in votes)


@given(DATA, st.sampled_from(LANGUAGES))
def test_every_page_fits_and_nothing_on_it_is_live(data: tuple[list[Vote], list[Refusal]], language: str) -> None:
    """All questions stand on some page, and what people typed does nothing there."""
    votes, refusals = data
    with speaking(language):
        found = insights(votes, refusals, [], TODAY, 7)
        made = pages(found, lambda _, number: "A *sentence*." if number == 3 else None)
        assert len(described(found)) <= MOST_ALT
    assert all(fits(page) for page in made)
    assert all(text.strip() for page in made for text in page)
    for page in made[1:]:
        for text in page:
            assert live(text) <= {"bold", "subtext", "quote", "timestamp"}
    said = "\n".join(read(text) for page in made for text in page)
    squeezed = re.sub(r"\s+", " ", said)
    for question in {u.question for u in found.unanswered} | {w.question for w in found.wrong}:
        shown = " ".join(question.split())
        assert shown in squeezed


def test_long_questions_go_to_further_pages() -> None:
    """A question of 1,000 characters is shown whole; pages fill up and go on."""
    refusals = [refusal(f"{n} " + "why* " * 199, n=n) for n in range(30)]
    made = pages(insights([], refusals, [], TODAY, 30), lambda *_: None)
    assert len(made) > 10
    assert all(sum(map(len, page)) <= MAX_TEXT for page in made)


PERIODS = st.lists(
    st.builds(Period, st.dates(dt.date(2020, 1, 1)), st.integers(0, 10**6), st.integers(0, 10**6)),
    min_size=1,
    max_size=14,
)


@given(PERIODS, st.sampled_from(LANGUAGES))
def test_any_counts_can_be_drawn(periods: list[Period], language: str) -> None:
    """The picture is a PNG of its size, whatever the counts are, and dates are written in figures."""
    with speaking(language):
        picture = Image.open(io.BytesIO(draw(periods, axis)))
        assert picture.format == "PNG"
        assert picture.size == SIZE
        assert all(re.fullmatch(r"[0-9./ -]+", axis(p.start)) for p in periods)


def colours(periods: list[Period]) -> dict[str, int]:
    """How many pixels each colour has."""
    picture = Image.open(io.BytesIO(draw(periods, str))).convert("RGB")
    return {f"#{r:02x}{g:02x}{b:02x}": n for n, (r, g, b) in picture.getcolors(1 << 24)}  # type: ignore[misc, union-attr]  # RGB, and few enough


def test_bars_are_as_long_as_their_counts() -> None:
    """Three answered and one refused are drawn three to one; nothing asked is no bar."""
    drawn = colours([Period(TODAY, 300, 100)])
    assert drawn[ANSWERED] / drawn[REFUSED] == pytest.approx(3, rel=0.05)
    none = colours([Period(TODAY)])
    assert ANSWERED not in none
    assert REFUSED not in none


def test_the_chart_is_told_in_words() -> None:
    """The alternative text has every figure of the chart."""
    found = Insights(7, False, (Period(TODAY, 5, 2), Period(TODAY + dt.timedelta(days=1), 0, 1)), (), ())  # noqa: FBT003 - as a row
    assert described(found).endswith("Oct 9: 5 answered, 2 not; Oct 10: 0 answered, 1 not.")
    assert "one a day" in described(found)
