"""The whole check: what is said of a text, and what never is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.claims import Aspect, Finding, Skip, Verdict, check
from bot.render import check_words, discord_check, discord_text, json_check, terminal_check
from bot.render.discord_markdown import fits
from bot.terminal.console import make_console
from index.article import Article
from tests.loopback.markdown import live


@pytest.fixture(scope="module")
def on_sample(sample: Article) -> Assistant:
    """An assistant on the sample article."""
    return Assistant(sample)


def only(text: str, assistant: Assistant) -> Finding:
    """The finding on a text of one claim."""
    (found,) = check(text, assistant).findings
    return found


def test_a_message_of_everything(on_sample: Assistant) -> None:
    """Claims are found between links, mentions, emoji and chatter, each with its verdict, in order."""
    text = (
        "Hey guys!! Tajikistan called up **10,000** reservists https://a.example/x <@1> 🚀\n"
        "> Zamir Kabulov is the Kremlin's envoy for Afghanistan. He met the Taliban delegation.\n"
        "- Bitcoin rose by 4 percent on Thursday\n- what do you think? I love it"
    )
    report = check(text, on_sample)
    assert [f.verdict.value for f in report.findings] == ["differs", "supports", "supports", "not_found"]
    assert {s.reason for s in report.skipped} >= {Skip.QUESTION, Skip.OPINION}
    assert report.findings[2].claim.read_as == "Zamir Kabulov met the Taliban delegation."
    assert [q.citation.n for f in report.findings for q in f.quotes] == [1, 2, 3]


def test_what_differs_is_named_and_marked(on_sample: Assistant) -> None:
    """The words on both sides, as they stand there, and only they."""
    found = only("Tajikistan  called up **10,000** reservists", on_sample)
    (difference,) = found.differences
    assert (difference.aspect, difference.claimed, difference.written) == (Aspect.NUMBER, "10,000", "20,000")
    assert found.claim.text[slice(*(difference.claim_mark or (0, 0)))] == "10,000"
    assert [found.quotes[0].text[a:b] for a, b in found.quotes[0].marks] == ["20,000"]
    assert check_words.detail(found) == "“10,000” here, “20,000” in the article."


@pytest.mark.parametrize(
    ("text", "aspect", "written"),
    [
        ("The Taliban delegation arrived in Moscow on Monday.", Aspect.DATE, "Thursday"),
        ("Vladimir Kabulov is the Kremlin's envoy for Afghanistan.", Aspect.NAME, "Zamir Kabulov"),
        ("A Taliban delegation arrived in Tehran on Thursday.", Aspect.PLACE, "Moscow"),
        ("Russia did not label the Taliban a terrorist organization.", Aspect.NEGATION, "labeled"),
        ("The nations of Central Asia lie to the south of Afghanistan.", Aspect.PLACE, "north"),
    ],
)
def test_each_kind_of_difference(on_sample: Assistant, text: str, aspect: Aspect, written: str) -> None:
    """A date, a name, a place, a negation, a point of the compass."""
    found = only(text, on_sample)
    assert found.verdict is Verdict.DIFFERS
    assert [(d.aspect, d.written) for d in found.differences] == [(aspect, written)]


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban labeled Russia a terrorist organization.",
        "Afghan soldiers drove the Taliban into Tajikistan.",
        "The Taliban surge has destabilized the nations of Central Asia.",
        "Diplomatic missions were attacked in Afghanistan.",
        "The reservists will be paid 300 dollars a month.",
        "You can support us from 4 dollars a month.",
        "Москва приняла делегацию талибов в четверг.",
    ],
)
def test_the_articles_words_are_not_enough(on_sample: Assistant, text: str) -> None:
    """Doer and target turned round, what only may be, another verb, another unit, the page's notices: not said."""
    found = only(text, on_sample)
    assert found.verdict is Verdict.NOT_FOUND
    assert found.quotes == ()


ANYTHING = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            "Russia not Taliban 20,000 10k more than Thursday Monday 1989 Kabulov Moscow @everyone <@1> https://a.b/c "
            "**bold** ```x never nobody drove labeled by was , . ; and \n > - # ; 8 July 2021 % $4 🚀 “ ” ( ) [x](y) "
            "reservists called up Tajikistan's called said he They is the envoy".split(" ")
        ),
        max_size=60,
    ).map(" ".join),
)


@settings(max_examples=120, deadline=None)
@given(ANYTHING)
def test_any_text(on_sample: Assistant, text: str) -> None:
    """Nothing raises; quotes are the article's text and claims the message's; nothing is live in Discord, all fits."""
    report = check(text, on_sample)
    article = on_sample.article
    for finding in report.findings:
        claim = finding.claim
        assert text[claim.start : claim.end] == claim.text
        assert bool(finding.differences) is (finding.verdict is Verdict.DIFFERS)
        assert bool(finding.quotes) is (finding.verdict is not Verdict.NOT_FOUND)
        assert all(0 <= a < b <= len(claim.text) for a, b in check_words.claim_marks(finding))
        for quote in finding.quotes:
            start, end = quote.citation.start, quote.citation.end
            assert article.text[start:end] == quote.text
            assert not any(p.furniture and p.start < end and start < p.end for p in article.paragraphs)
            assert all(0 <= a < b <= len(quote.text) for a, b in quote.marks)
        for difference in finding.differences:
            if difference.quote_mark:
                assert finding.quotes[0].text[slice(*difference.quote_mark)] == difference.written
    assert all(text[s.start : s.end] == s.text for s in report.skipped)
    pages = discord_check.pages(report)
    assert all(fits(page.texts) and 1 <= len(page.texts) <= 30 for page in pages)
    assert [q for page in pages for q in page.quotes] == [q for f in report.findings for q in f.quotes]
    shown = [text for page in pages for text in page.texts]
    # The day of publication is a timestamp that each reader sees in their own words; nothing else may be one.
    shown[-1] = shown[-1].replace(f" · {discord_text.date(article)}\n", "\n")
    assert set().union(*map(live, shown)) <= {"bold", "subtext", "quote"}
    json.loads(json.dumps(json_check.report(report)))
    console = make_console()
    with console.capture() as captured:
        console.print(terminal_check.report(report))
    assert "\x1b" not in captured.get()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["*", "語", "🚀a", "_x ", "@everyone "]), min_size=1, max_size=3), st.integers(1, 1000))
def test_long_texts_are_paged_and_lose_nothing(on_sample: Assistant, junk: list[str], times: int) -> None:
    """4,000 characters of claims come out whole, over as many pages as it takes."""
    filler = ("".join(junk) * times)[:700]
    text = "\n".join(f"Tajikistan called up {n},000 reservists {filler}." for n in range(11, 16))[:4_000]
    report = check(text, on_sample)
    pages = discord_check.pages(report)
    assert all(fits(page.texts) for page in pages)
    assert [q for page in pages for q in page.quotes] == [q for f in report.findings for q in f.quotes]
    if len(pages) > 1:
        assert all(f"Page {n} of {len(pages)}" in page.texts[0] for n, page in enumerate(pages, start=1))


@pytest.mark.parametrize("padding", range(0, 480, 60))
def test_a_verdict_is_read_beside_its_quote(on_sample: Assistant, padding: int) -> None:
    """Wherever a page ends, no claim stands at its foot with its quote behind a button."""
    filler = ("and more " * 60)[:padding]
    report = check("\n".join(f"Tajikistan called up {n},000 reservists {filler}." for n in range(11, 20)), on_sample)
    pages = discord_check.pages(report)
    assert len(pages) > 1
    assert not any("still on claim" in page.texts[0] for page in pages)
    assert not any("says it differently" in page.texts[-1] for page in pages)


def test_the_same_text_gives_the_same_report(on_sample: Assistant) -> None:
    """Nothing is remembered between texts."""
    text = "Tajikistan called up 10,000 reservists. He left."
    first = check(text, on_sample)
    check("Sergey Lavrov is Russia's foreign minister.", on_sample)
    assert check(text, on_sample) == first


def test_an_empty_text_states_nothing(on_sample: Assistant) -> None:
    """It is said so, in one page, and no verdict is given."""
    report = check("", on_sample)
    assert (report.findings, report.skipped) == ((), ())
    (page,) = discord_check.pages(report)
    assert "Nothing in it can be checked" in page.texts[0]


def test_no_surface_says_true_or_false(on_sample: Assistant) -> None:
    """The words of the verdict are about the article."""
    report = check("Tajikistan called up 10,000 reservists. Bitcoin rose on Thursday.", on_sample)
    said = "\n".join(t for page in discord_check.pages(report) for t in page.texts).casefold()
    assert "false" not in said
    assert "wrong" not in said.replace("which may be wrong", "")
    assert "no verdict on what is true" in said
