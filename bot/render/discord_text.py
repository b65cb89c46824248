"""Answers, articles and explanations as Markdown for Discord; pure, and free of the discord library.

A `Page` is what goes into one message. Its texts fit Discord's limits by construction: where something does not
fit, the context goes first, then the closest passages, then further quotes (to a "More" page). A quote is never
cut and never parted from its citation. What is longer than a message comes as several of them, nothing left out.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.answer import Abstention, Answer, Quote, Source
from bot.command import Surface
from bot.commands import HELP_INTRODUCTION, commands_on
from bot.link import MAX_LINK, link_to
from bot.render import words
from bot.render.discord_markdown import RESERVE, bold, escape, fits, link, marked, one_line, quoted, subtext, unescape
from bot.translation import N_, _, n_
from index.article import Article, Passage
from index.indexer import Index

QUESTION_SHOWN = 300
"""Characters of the question that head an answer where the whole of it leaves no room for a quote."""

SAME_DAY = 10
"""Hour (UTC) of a day that has no time of its own. A Discord timestamp is an instant, shown in each reader's own time:
at ten o'clock it is the same date from Honolulu (UTC-10) to Auckland in summer (UTC+13)."""

LABEL = 90
"""Characters of a passage or sentence where it is only named."""

_SURE = ((0.95, N_("almost certain")), (0.8, N_("very likely")), (0.6, N_("likely")), (0.0, N_("uncertain")))


@dataclass(frozen=True, slots=True)
class Page:
    """What goes into one message.

    Attributes:
        texts: Markdown, one text display each, in order.
        quotes: the quotes that are shown.
        rest: quotes that did not fit.
        passages: passages that are named, to be opened by a button.
        article: the article, or None where the page is about none.
        sources: which article of a library each of `passages` is of; empty where there is but one.
    """

    texts: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    rest: tuple[Quote, ...] = ()
    passages: tuple[Passage, ...] = ()
    article: Article | None = None
    sources: tuple[Source, ...] = ()


def sure(confidence: float) -> str:
    """A confidence in words."""
    return next(_(phrase) for least, phrase in _SURE if confidence >= least)


def result(found: Answer | Abstention) -> Page:
    """An answer or an abstention."""
    return answer(found) if isinstance(found, Answer) else abstention(found)


def answer(found: Answer) -> Page:
    """The question, the quotes with their citations, and what they are taken from."""
    confidence = _("Confidence {percent}: {sure}").format(
        percent=words.percent(found.confidence), sure=sure(found.confidence)
    )
    several = found.articles > 1
    foot = subtext(f"{escape(words.searched(found)) if several else source(found.article)}\n{escape(confidence)}")
    for head in (head_of(found), head_of(found, QUESTION_SHOWN)):
        for shown in range(len(found.quotes), 0, -1):
            for with_context in (True, False):
                quotes = found.quotes[:shown]
                texts = (head, *(quote(q, with_context=with_context, named=several) for q in quotes), foot)
                if fits(texts):
                    return Page(texts, quotes, found.quotes[shown:], article=found.article)
    # Not reached while sentences have at most 1,000 characters; a quote and its citation are then all there is.
    return Page((quote(found.quotes[0], with_context=False),), found.quotes[:1], found.quotes[1:], (), found.article)


def quote(found: Quote, *, with_context: bool = True, named: bool = False) -> str:
    """A quote with its number, where it stands and, marked as such, the sentence before it.

    Args:
        found: the quote.
        with_context: whether that sentence is shown.
        named: whether to name its article too, of a library.
    """
    lines = [quoted(marked(found.text, found.marks)), _citation(found)]
    if named and found.citation.source:
        lines.insert(1, subtext(library_source(found.citation.source)))
    if with_context and found.context:
        lines.insert(0, subtext(f"{_('Context, the sentence before:')} {escape(found.context.text)}"))
    return "\n".join(lines)


def _citation(found: Quote) -> str:
    """The line below a quote: `[1] passage 3 · paragraph 12 · characters 2034–2210 · open at the sentence`."""
    line = f"{escape(f'[{found.citation.n}]')} {words.where(found)}"
    if found.citation.link:
        label = _("open at the sentence") if ":~:text=" in found.citation.link else _("open the page")
        line += f" · {link(label, found.citation.link)}"
    return subtext(line)


def library_source(found: Source) -> str:
    """An article of a library named in a line, as Markdown: number, headline, publisher, date, where else it stands."""
    entry = found.entry
    parts = [_("article {number}").format(number=entry.number), one_line(words.name_of(entry), LABEL)]
    if entry.publisher and entry.title:
        parts.append(entry.publisher)
    named = [escape(part) for part in parts]
    named.append(date_of(entry.published) or escape(_("undated")))
    if also := words.also_in(found):
        named.append(escape(one_line(also, LABEL)))
    return " · ".join(named)


def abstention(found: Abstention) -> Page:
    """That the article does not say, why, and the closest passages by name."""
    head = head_of(found)
    verdict = f"{bold(escape(words.not_said(found)))} {escape(words.reason(found))}"
    several = found.articles > 1
    if not fits((head, verdict), 4 * RESERVE):
        # Many long words that the article never uses; they are those of the question.
        head = head_of(found, QUESTION_SHOWN)
        unused = (
            _("They never use some of the words.") if several else _("It never uses some of the words of the question.")
        )
        verdict = f"{bold(escape(words.not_said(found)))} {escape(unused)}"
    foot = subtext(escape(words.searched(found)) if found.articles != 1 else source(found.article))
    for shown in range(len(found.closest), 0, -1):
        closest = found.closest[:shown]
        lines = [f"- {words.labelled(bold(passage_name(p)), escape(one_line(p.text, LABEL)))}" for p in closest]
        if several:
            sources = found.sources[: len(lines)]
            lines = [f"{line}\n{subtext(library_source(of))}" for line, of in zip(lines, sources, strict=True)]
        names = "\n".join(lines)
        texts = (head, verdict, f"{_('Closest to it:')}\n{names}", foot)
        if fits(texts):
            return Page(texts, passages=closest, article=found.article, sources=found.sources[:shown])
    return Page((head, verdict, foot), article=found.article)


def passage_name(found: Passage) -> str:
    """`Passage 3`."""
    return _("Passage {number}").format(number=found.number)


def head_of(found: Answer | Abstention, most: int | None = None) -> str:
    """The question, what a follow-up was read as, and what misspelt words were read as.

    What a follow-up was read as is in bold: `understood` finds it there again.

    Args:
        found: the answer.
        most: characters of each to show at most; all of them if None.
    """
    shown = most or len(found.question)
    lines = [bold(escape(one_line(found.question, shown)))]
    if found.read_as:
        read = _("Read as: {question}").replace("{question}", "\0").split("\0")
        asked = bold(escape(one_line(found.read_as, most or len(found.read_as))))
        lines.append(subtext(f"{asked.join(map(escape, read))} · {escape(_('not what you meant? /new begins anew'))}"))
    if spelling := words.corrections(found):
        lines.append(subtext(escape(one_line(spelling, most or len(spelling)))))
    return "\n".join(lines)


def understood(head: str) -> str:
    """The question that the first text of an answer shows, as it was understood; "" where it shows none.

    Undoes what `answer` and `abstention` do to it.
    """
    question, *further = head.split("\n")
    read = (re.search(r"\*\*((?:\\.|[^\\*])+)\*\*", line) for line in (*further[:1], question))
    found = next((match[1] for match in read if match), "")
    return unescape(found)


def stamp(moment: dt.datetime, style: str = "f") -> str:
    """A moment as a Discord timestamp, which each reader sees in their own time and language.

    Args:
        moment: aware of its time zone.
        style: Discord's letter for the form: `R` relative, `D` a date, `t` a time, `f` both.
    """
    return f"<t:{int(moment.timestamp())}:{style}>"


def date(article: Article) -> str:
    """The day of publication, where the article says it; see `date_of`."""
    return date_of(article.published)


def date_of(day: dt.date | None) -> str:
    """A day as a timestamp that is the same day for nearly everyone; empty where there is none."""
    if not day:
        return ""
    if day.year < 1970:
        return words.day(day)  # Discord shows none that is older
    return stamp(dt.datetime(day.year, day.month, day.day, SAME_DAY, tzinfo=dt.UTC), "D")


def source(article: Article) -> str:
    """The article named in a line, as Markdown: headline, byline, date."""
    parts = (article.title or words.source_of(article) or _("untitled"), article.byline)
    named = [escape(one_line(part, 200)) for part in parts if part]
    return " · ".join([*named, *([date(article)] if article.published else [])])


def more(quotes: tuple[Quote, ...], article: Article | None) -> Page:
    """The next best sentences; those that do not fit are left for the page after.

    Args:
        quotes: they.
        article: that they are from; None where they are from several, which are then named.
    """
    head = bold(escape(_("The next best sentences")))
    for shown in range(len(quotes), 0, -1):
        texts = (head, *(quote(q, with_context=False, named=article is None) for q in quotes[:shown]))
        if fits(texts):
            return Page(texts, quotes[:shown], quotes[shown:], article=article)
    return Page((escape(_("There are no further sentences for this question.")),), article=article)


def passage_parts(found: Passage, index: Index, mark: tuple[int, int] | None = None) -> tuple[tuple[str, ...], ...]:
    """A passage, word for word; in several parts of whole sentences where one message cannot hold it.

    Args:
        found: the passage.
        index: the index of its article.
        mark: (start, end) offsets into `Article.text` to set bold, or None.

    Returns:
        the texts of each part.
    """
    runs: list[list[int]] = [[]]
    for number in found.sentences:
        if runs[-1] and not fits((_part(index, [*runs[-1], number], mark),), 2 * RESERVE):
            runs.append([])
        runs[-1].append(number)
    head = bold(escape(_("Passage {number} of {count}").format(number=found.number, count=len(index.passages))))
    if len(runs) == 1:
        return ((head, _part(index, runs[0], mark)),)
    return tuple(
        (f"{head} {escape(_('(part {n} of {of})').format(n=n, of=len(runs)))}", _part(index, run, mark))
        for n, run in enumerate(runs, start=1)
    )


def _part(index: Index, numbers: list[int], mark: tuple[int, int] | None) -> str:
    """Neighbouring sentences as a block quote, and where they stand."""
    article = index.article
    start, end = index.sentences[numbers[0]].start, index.sentences[numbers[-1]].end
    marks: tuple[tuple[int, int], ...] = ()
    if mark and max(start, mark[0]) < min(end, mark[1]):
        marks = ((max(start, mark[0]) - start, min(end, mark[1]) - start),)
    place = _("characters {start}–{end}").format(start=start, end=end)
    if url := link_to(article.url, article.text, start, end):
        place += f" · {link(_('open at the passage'), url)}"
    return f"{quoted(marked(article.text[start:end], marks))}\n{subtext(place)}"


def passage_label(found: Passage, most: int = 100) -> str:
    """A passage as a choice: `3 — its first words …`; plain text, because choices know no Markdown."""
    return one_line(f"{found.number} — {found.text}", most)


def article(index: Index) -> str:
    """What article this is and what was set aside; fits a message by itself."""
    document = index.article
    by = escape(one_line(document.byline, 200)) if document.byline else ""
    paragraphs = n_("{count} paragraph", "{count} paragraphs", len(document.paragraphs))
    sentences = n_("{count} sentence", "{count} sentences", len(index.prose))
    passages = n_("{count} passage", "{count} passages", len(index.passages))
    size = ", ".join(
        form.format(count=count)
        for form, count in (
            (paragraphs, len(document.paragraphs)),
            (sentences, len(index.prose)),
            (passages, len(index.passages)),
        )
    )
    lines = [
        # Of a headline that is longer the reader took a paragraph for it, which /passage shows whole.
        bold(escape(one_line(document.title or _("No headline found"), QUESTION_SHOWN))),
        " · ".join(part for part in (by, date(document)) if part),
        _address(document.url),
        escape(size),
        subtext(escape(words.set_aside(document))),
    ]
    return "\n".join(line for line in lines if line)


def _address(url: str | None) -> str:
    """The article's address, live where it is one of the web: the operator gave it, and people want to open it."""
    if not url:
        return ""
    try:
        web = urlsplit(url).scheme in ("http", "https") and len(url) <= MAX_LINK and not set(url) & set("<> \n")
    except ValueError:
        web = False
    return f"<{url}>" if web else escape(one_line(url, MAX_LINK))


EXAMPLES = 4
"""Questions that /help shows."""


def help_text(examples: Sequence[str] = (), *, moderator: bool = False) -> tuple[str, ...]:
    """The commands and what to do with them.

    Args:
        examples: questions that the article answers.
        moderator: whether to list what moderators alone can use.
    """
    listed = [c for c in commands_on(Surface.DISCORD) if moderator or not c.moderators]
    commands = "\n".join(f"- {words.labelled(bold(escape(c.usage)), escape(_(c.description)))}" for c in listed)
    asked = "\n".join(f"- {escape(example)}" for example in examples[:EXAMPLES])
    ways = (
        _("You can also mention me in a channel with your question, reply to my answer, or write me a direct message."),
        _("Right-click a message, then Apps, to check it against the article."),
    )
    return tuple(
        text
        for text in (
            escape(_(HELP_INTRODUCTION)),
            f"{bold(escape(_('For example')))}\n{asked}" if asked else "",
            commands,
            subtext(escape("\n".join(ways))),
        )
        if text
    )


def numbered(quotes: tuple[Quote, ...], first: int) -> tuple[Quote, ...]:
    """The same quotes, cited from `first` on."""
    return tuple(replace(q, citation=replace(q.citation, n=n)) for n, q in enumerate(quotes, start=first))
