"""Answers, articles and explanations for a terminal, through rich.

Every function returns something that a `rich.console.Console` prints; none prints. What comes from an article
or a person goes through `shown`, so that no escape sequence in it reaches the terminal.
"""

from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answer import Abstention, Answer, Quote, Source
from bot.command import Surface
from bot.commands import EXPLAINED, HELP_INTRODUCTION, LIBRARY, SHELL_LIBRARY, commands_on
from bot.render import words
from bot.render.plain import MARGIN, shown, source
from bot.translation import N_, _, n_
from index.article import Article, Kind, Passage
from index.indexer import Index

__all__ = [
    "MEASURE",
    "abstention",
    "answer",
    "article",
    "asked",
    "help_text",
    "paragraphs",
    "passage",
    "result",
    "shown",
    "source",
    "whole_quote",
    "why",
]

MEASURE = 100
"""Columns that a text is wrapped at on wider terminals; longer lines are hard to read."""

_FACTS = (
    N_("question"),
    N_("read as"),
    N_("spelling"),
    N_("terms"),
    N_("asks for"),
    N_("confidence"),
)
"""What /why tells, each in a line behind its label."""


def _marked(quote: Quote) -> Text:
    """The quote as it stands, nothing added; the words that most likely answer are emphasised."""
    text = Text(style="quote")
    position = 0
    for start, end in quote.marks:
        text.append(shown(quote.text[position:start]))
        text.append(shown(quote.text[start:end]), style="answer")
        position = end
    text.append(shown(quote.text[position:]))
    return text


def whole_quote(quote: Quote, *, named: bool = False) -> RenderableType:
    """A quote with its number in the margin, its context above it and its citation below.

    Args:
        quote: the quote.
        named: whether to name its article too, of a library.
    """
    rows = Table.grid(padding=(0, 1))
    rows.add_column(min_width=MARGIN, justify="right", style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    if quote.context:
        rows.add_row("", Text.assemble((f"{_('before it:')} ", "label"), (shown(quote.context.text), "context")))
    rows.add_row(f"[{quote.citation.n}]", _marked(quote))
    if named and quote.citation.source:
        rows.add_row("", Text(shown(words.source_line(quote.citation.source)), style="source"))
    rows.add_row("", Text(words.where(quote), style="citation"))
    if not quote.citation.link:
        return rows
    # Left to the terminal to wrap: a line break in the middle of an address breaks it for whoever copies it.
    link = Text(f"    {quote.citation.link}", style="link", no_wrap=True, overflow="ignore")
    link.stylize(Style(link=quote.citation.link), 4)
    return Group(rows, link)


def _understood(result: Answer | Abstention) -> list[RenderableType]:
    """What a follow-up and misspelt words were read as; empty where all was taken as typed."""
    lines = [line for line in (words.read_as(result), words.corrections(result)) if line]
    return [*(Text(shown(line), style="correction") for line in lines), ""] if lines else []


def answer(result: Answer) -> RenderableType:
    """The quotes, numbered, and what they are taken from."""
    parts: list[RenderableType] = _understood(result)
    several = result.articles > 1
    for quote in result.quotes:
        parts += [whole_quote(quote, named=several), ""]
    parts.append(
        Text.assemble(
            (words.searched(result) if several else source(result.article), "source"),
            ("  ", ""),
            (_("confidence {percent}").format(percent=words.percent(result.confidence)), "label"),
        )
    )
    return Group(*parts)


def abstention(result: Abstention) -> RenderableType:
    """That the article does not say, why, and the closest passages."""
    parts: list[RenderableType] = _understood(result)
    parts.append(Text.assemble((words.not_said(result), "refusal"), " ", shown(words.reason(result))))
    if result.closest:
        parts += ["", Text(n_("Closest passage:", "Closest passages:", len(result.closest)), style="label")]
        several = result.articles > 1
        for passage, named in zip_longest(result.closest, result.sources[: len(result.closest)]):
            parts.append(_passage_row(passage, named if several else None))
    return Group(*parts)


def _passage_row(found: Passage, named: Source | None = None) -> RenderableType:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(min_width=MARGIN, justify="right", style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row(str(found.number), Text(shown(found.text), style="context"))
    if named is not None:
        rows.add_row("", Text(shown(words.source_line(named)), style="source"))
    return rows


def asked(question: str) -> RenderableType:
    """A question, above its answer."""
    return Text(f"? {shown(question)}", style="headline")


def result(result: Answer | Abstention) -> RenderableType:
    """An answer or an abstention."""
    return answer(result) if isinstance(result, Answer) else abstention(result)


def passage(found: Passage, index: Index) -> RenderableType:
    """A passage with its place in the article."""
    place = " · ".join(
        (
            _("Passage {number} of {count}").format(number=found.number, count=len(index.passages)),
            _("characters {start}–{end}").format(start=found.start, end=found.end),
        )
    )
    return Group(Text(place, style="label"), Padding(Text(shown(found.text), style="quote"), (0, 0, 0, 4)))


def article(index: Index) -> RenderableType:
    """What article this is and what was set aside."""
    document = index.article
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="label", no_wrap=True)
    rows.add_column(overflow="fold")
    published = words.day(document.published) if document.published else _("no date found")
    for label, value in (
        (_("headline"), document.title or _("no headline found")),
        (_("byline"), document.byline or _("no byline found")),
        (_("published"), published),
        (_("address"), document.url or _("none given")),
        (_("read from"), words.source_of(document) or _("standard input")),
        (_("text"), words.size(index)),
        (_("set aside"), words.set_aside(document)),
    ):
        rows.add_row(label, shown(value))
    return rows


def paragraphs(document: Article) -> RenderableType:
    """Every paragraph with what it was taken for."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(justify="right", style="number", no_wrap=True)
    rows.add_column(style="label", no_wrap=True)
    rows.add_column(overflow="fold")
    for paragraph in document.paragraphs:
        style = "context" if paragraph.furniture else "headline" if paragraph.kind is Kind.HEADLINE else ""
        rows.add_row(str(paragraph.number), _(paragraph.kind.value), Text(shown(paragraph.text), style=style))
    return rows


def why(result: Answer | Abstention) -> RenderableType:
    """How the last answer came about: the terms and their weight, what was expected, what was considered."""
    trace = result.trace
    width = max(len(_(label)) for label in _FACTS) + 2
    parts: list[RenderableType] = []

    def fact(label: str, text: str) -> None:
        parts.append(Text.assemble((f"{label:<{width}}", "label"), shown(text)))

    fact(_("question"), result.question)
    if result.read_as:
        fact(_("read as"), result.read_as)
    if result.corrections:
        fact(_("spelling"), words.corrections(result))
    if trace.terms:
        absent = _("not in it")
        known = (f"{t} {words.decimal(w, 'g')}" if w else f"{t} ({absent})" for t, w in trace.terms)
        fact(_("terms"), ", ".join(known))
    if trace.expected:
        fact(_("asks for"), _(trace.expected))
    verdict = _("answered") if isinstance(result, Answer) else _("not answered")
    sure = _("{percent}, needed {threshold}: {verdict}").format(
        percent=words.percent(result.confidence), threshold=words.percent(trace.threshold), verdict=verdict
    )
    fact(_("confidence"), sure)
    if trace.considered:
        rows = Table(box=None, pad_edge=False, padding=(0, 1), header_style="label")
        rows.add_column(_("score"), justify="right", no_wrap=True)
        rows.add_column("BM25", justify="right", no_wrap=True)
        rows.add_column(_("sentence, its matching words"), overflow="fold")
        for item in trace.considered[:EXPLAINED]:
            line = Text(shown(item.sentence.text))
            if item.matched:
                line.append(f"  [{', '.join(shown(w) for w in item.matched)}]", style="citation")
            if item.source and result.articles > 1:
                line.append(f"  {shown(words.source_line(item.source))}", style="source")
            rows.add_row(words.decimal(item.score), words.decimal(item.bm25, ".1f"), line)
        parts += ["", rows]
    return Group(*parts)


def help_text() -> RenderableType:
    """The commands and what to do with them."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    for command in commands_on(Surface.SHELL):
        rows.add_row(command.usage, _(command.description))
    for usage, what in SHELL_LIBRARY:
        rows.add_row(f"{LIBRARY.shown} {usage}", _(what))
    rows.add_row("/quit", _("Leave the shell (Ctrl-D does the same)"))
    return Group(_(HELP_INTRODUCTION), "", rows, "", _("A line without a slash is a question."))
