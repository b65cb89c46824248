"""Insights as Markdown for Discord, in pages; pure, and free of the discord library.

The first page has the counts (and room for the chart), the ones behind it the questions nobody could answer, then the
answers marked wrong. A question is never cut: what does not fit goes to the next page.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from babel import Locale
from babel.dates import format_skeleton

from bot.commands import MAX_QUESTION
from bot.insights import Insights, Period, Unanswered, Wrong
from bot.render import words
from bot.render.discord_markdown import bold, escape, fits, one_line, subtext
from bot.translation import _, language, n_

MOST_ALT = 1_024
"""Characters that Discord takes for the alternative text of a picture."""

MISSING = 8
"""Words that the article never uses, shown with a question."""

WORD = 40
"""Characters shown of one of them."""

QUOTED = 160
"""Characters of a quoted sentence, where it is only named."""

FULL = 10
"""Entries on a page; more are not read in one look."""

Pages = tuple[tuple[str, ...], ...]
Sentence = Callable[[str, int], str | None]


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def axis(day: dt.date) -> str:
    """A day in figures, as the language in force writes it: `24.11.`."""
    return format_skeleton("Md", day, locale=_locale(language()))


def _day(day: dt.date) -> str:
    """A day in words, as the language in force writes it: `24 Nov`."""
    return format_skeleton("MMMd", day, locale=_locale(language()))


def pages(found: Insights, sentence: Sentence) -> Pages:
    """All pages, the overview first.

    Args:
        found: what there is to see.
        sentence: (id of an article, number of a sentence) -> its text, or None where it is not at hand.
    """
    unanswered = [_unanswered(u) for u in found.unanswered]
    wrong = [_wrong(w, sentence) for w in found.wrong]
    none_unanswered = _("No question went unanswered.")
    none_wrong = _("No answer was marked wrong.")
    return (
        overview(found),
        *_packed(_("Questions that the article does not answer"), unanswered, none_unanswered),
        *_packed(_("Answers marked wrong"), wrong, none_wrong),
    )


def overview(found: Insights) -> tuple[str, ...]:
    """The counts, in all and by day or week, with what the chart's colours mean."""
    asked = found.answered + found.refused
    head = bold(n_("The last day", "The last {n} days", found.days).format(n=found.days))
    if not asked and not found.up and not found.down:
        return (head, _("Nothing was asked."))
    lines = [
        n_("{n} question", "{n} questions", asked).format(n=asked),
        "\N{LARGE BLUE SQUARE} "
        + _("answered: {n} ({share})").format(n=found.answered, share=_share(found.answered, asked)),
        "\N{LARGE ORANGE SQUARE} "
        + _("not answered: {n} ({share})").format(n=found.refused, share=_share(found.refused, asked)),
        f"\N{THUMBS UP SIGN} {found.up} · \N{THUMBS DOWN SIGN} {found.down}",
    ]
    title = _("By week, from Monday") if found.weekly else _("By day")
    rows = [_row(p) for p in found.periods if p.answered or p.refused or p.up or p.down]
    return (head, "\n".join(lines), "\n".join((bold(title), *rows)))


def _share(part: int, whole: int) -> str:
    return words.percent(part / whole) if whole else "–"


def _row(period: Period) -> str:
    """A period in a line."""
    counts = _("{answered} answered, {refused} not").format(answered=period.answered, refused=period.refused)
    thumbs = f" · \N{THUMBS UP SIGN} {period.up} · \N{THUMBS DOWN SIGN} {period.down}"
    return f"- {words.labelled(_day(period.start), counts)}{thumbs if period.up or period.down else ''}"


def described(found: Insights) -> str:
    """The chart in words, for those who do not see it."""
    title = _("Bars, one a week: questions answered and not answered.")
    if not found.weekly:
        title = _("Bars, one a day: questions answered and not answered.")
    told = [
        words.labelled(
            _day(p.start), _("{answered} answered, {refused} not").format(answered=p.answered, refused=p.refused)
        )
        for p in found.periods
    ]
    return one_line(f"{title} {'; '.join(told)}.", MOST_ALT)


def _instant(seconds: int) -> str:
    """A time as Discord shows it, in each reader's own zone."""
    return f"<t:{seconds}:d>"


def _unanswered(found: Unanswered) -> str:
    facts = [
        n_("asked once", "asked {n} times", found.times).format(n=found.times),
        n_("by one person", "by {n} people", found.people).format(n=found.people),
        _("last on {day}").format(day=_instant(found.last)),
    ]
    if found.missing:
        mark = _("“{word}”")
        listed = ", ".join(mark.format(word=escape(one_line(word, WORD))) for word in found.missing[:MISSING])
        facts.append(_("the article never uses {words}").format(words=listed))
    if found.disputed:
        facts.append(
            n_("one says that it does answer it", "{n} say that it does answer it", found.disputed).format(
                n=found.disputed
            )
        )
    return f"{bold(escape(one_line(found.question, MAX_QUESTION)))}\n{subtext(' · '.join(facts))}"


def _wrong(found: Wrong, sentence: Sentence) -> str:
    facts = [
        f"\N{THUMBS DOWN SIGN} {found.down} · \N{THUMBS UP SIGN} {found.up}",
        _("confidence {percent}").format(percent=words.percent(found.confidence)),
        _("last on {day}").format(day=_instant(found.last)),
    ]
    texts = [sentence(found.article, number) for number in found.sentences]
    known = [f"> {escape(one_line(text, QUOTED))}" for text in texts if text is not None]
    if not known:
        numbers = ", ".join(str(number + 1) for number in found.sentences)
        facts.append(_("of another article, sentences {numbers}").format(numbers=numbers))
    return "\n".join((bold(escape(one_line(found.question, MAX_QUESTION))), *known, subtext(" · ".join(facts))))


def _packed(title: str, entries: Sequence[str], none: str) -> Iterable[tuple[str, ...]]:
    """Entries below a title, as many on each page as fit, `FULL` at most."""
    head = bold(title)
    if not entries:
        yield (head, none)
        return
    page: list[str] = []
    for entry in entries:
        if page and (len(page) == FULL or not fits((head, *page, entry))):
            yield (head, *page)
            page = []
        page.append(entry)
    yield (head, *page)
