"""Answers, articles and explanations for a terminal, through rich.

Every function returns something that a `rich.console.Console` prints; none prints. What comes from an article
or a person goes through `shown`, so that no escape sequence in it reaches the terminal.
"""

import re

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answer import Abstention, Answer, Quote
from bot.commands import EXPLAINED, HELP_INTRODUCTION, Surface, commands_on
from bot.render import words
from index.article import Article, Kind, Passage
from index.indexer import Index

MEASURE = 100
"""Columns that a text is wrapped at on wider terminals; longer lines are hard to read."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """A text with its control characters made visible; line breaks in a sentence become spaces."""

    def visible(match: re.Match[str]) -> str:
        code = ord(match[0])
        return chr(0x2400 + code) if code < 0x20 else "\ufffd"

    return _CONTROL.sub(visible, re.sub(r"\s*[\r\n]+\s*", " ", text))


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


def whole_quote(quote: Quote) -> RenderableType:
    """A quote with its number in the margin, its context above it and its citation below."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=3, justify="right", style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    if quote.context:
        rows.add_row("", Text.assemble(("before it: ", "label"), (shown(quote.context.text), "context")))
    rows.add_row(f"[{quote.citation.n}]", _marked(quote))
    rows.add_row("", Text(words.where(quote), style="citation"))
    if not quote.citation.link:
        return rows
    # Left to the terminal to wrap: a line break in the middle of an address breaks it for whoever copies it.
    link = Text(f"    {quote.citation.link}", style="link", no_wrap=True, overflow="ignore")
    link.stylize(Style(link=quote.citation.link), 4)
    return Group(rows, link)


def source(article: Article) -> str:
    """The article named in a line: headline, byline, date."""
    parts = [article.title or article.source or "untitled", article.byline]
    if article.published:
        parts.append(f"{article.published.day} {article.published:%B %Y}")
    return " · ".join(shown(part) for part in parts if part)


def _understood(result: Answer | Abstention) -> list[RenderableType]:
    """What a follow-up and misspelt words were read as; empty where all was taken as typed."""
    lines = [line for line in (words.read_as(result), words.corrections(result)) if line]
    return [*(Text(shown(line), style="correction") for line in lines), ""] if lines else []


def answer(result: Answer) -> RenderableType:
    """The quotes, numbered, and what they are taken from."""
    parts: list[RenderableType] = _understood(result)
    for quote in result.quotes:
        parts += [whole_quote(quote), ""]
    parts.append(
        Text.assemble(
            (source(result.article), "source"), ("  ", ""), (f"confidence {words.percent(result.confidence)}", "label")
        )
    )
    return Group(*parts)


def abstention(result: Abstention) -> RenderableType:
    """That the article does not say, why, and the closest passages."""
    parts: list[RenderableType] = _understood(result)
    parts.append(Text.assemble((words.NOT_SAID, "refusal"), " ", shown(words.reason(result))))
    if result.closest:
        parts += ["", Text("Closest passages:" if len(result.closest) > 1 else "Closest passage:", style="label")]
        for passage in result.closest:
            parts.append(_passage_row(passage))
    return Group(*parts)


def _passage_row(found: Passage) -> RenderableType:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=3, justify="right", style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row(str(found.number), Text(shown(found.text), style="context"))
    return rows


def asked(question: str) -> RenderableType:
    """A question, above its answer."""
    return Text(f"? {shown(question)}", style="headline")


def result(result: Answer | Abstention) -> RenderableType:
    """An answer or an abstention."""
    return answer(result) if isinstance(result, Answer) else abstention(result)


def passage(found: Passage, index: Index) -> RenderableType:
    """A passage with its place in the article."""
    place = f"Passage {found.number} of {len(index.passages)} · characters {found.start}–{found.end}"
    return Group(Text(place, style="label"), Padding(Text(shown(found.text), style="quote"), (0, 0, 0, 4)))


def article(index: Index) -> RenderableType:
    """What article this is and what was set aside."""
    document = index.article
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="label", no_wrap=True)
    rows.add_column(overflow="fold")
    published = f"{document.published.day} {document.published:%B %Y}" if document.published else "no date found"
    for label, value in (
        ("headline", document.title or "no headline found"),
        ("byline", document.byline or "no byline found"),
        ("published", published),
        ("address", document.url or "none given"),
        ("read from", document.source or "standard input"),
        ("text", f"{len(index.prose)} sentences in {len(index.passages)} passages"),
        ("set aside", words.set_aside(document)),
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
        rows.add_row(str(paragraph.number), paragraph.kind.value, Text(shown(paragraph.text), style=style))
    return rows


def why(result: Answer | Abstention) -> RenderableType:
    """How the last answer came about: the terms and their weight, what was expected, what was considered."""
    trace = result.trace
    parts: list[RenderableType] = [Text.assemble(("question    ", "label"), shown(result.question))]
    if result.read_as:
        parts.append(Text.assemble(("read as     ", "label"), shown(result.read_as)))
    if result.corrections:
        parts.append(Text.assemble(("spelling    ", "label"), shown(words.corrections(result))))
    if trace.terms:
        known = ", ".join(f"{term} {weight:g}" if weight else f"{term} (not in it)" for term, weight in trace.terms)
        parts.append(Text.assemble(("terms       ", "label"), shown(known)))
    if trace.expected:
        parts.append(Text.assemble(("asks for    ", "label"), trace.expected))
    verdict = "answered" if isinstance(result, Answer) else "not answered"
    sure = f"{words.percent(result.confidence)}, needed {words.percent(trace.threshold)}: {verdict}"
    parts.append(Text.assemble(("confidence  ", "label"), sure))
    if trace.considered:
        rows = Table(box=None, pad_edge=False, padding=(0, 1), header_style="label")
        rows.add_column("score", justify="right", no_wrap=True)
        rows.add_column("BM25", justify="right", no_wrap=True)
        rows.add_column("sentence, its matching words", overflow="fold")
        for item in trace.considered[:EXPLAINED]:
            line = Text(shown(item.sentence.text))
            if item.matched:
                line.append(f"  [{', '.join(shown(w) for w in item.matched)}]", style="citation")
            rows.add_row(f"{item.score:.2f}", f"{item.bm25:.1f}", line)
        parts += ["", rows]
    return Group(*parts)


def help_text() -> RenderableType:
    """The commands and what to do with them."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    for command in commands_on(Surface.SHELL):
        rows.add_row(command.usage, command.description)
    rows.add_row("/quit", "Leave the shell (Ctrl-D does the same)")
    return Group(HELP_INTRODUCTION, "", rows, "", "A line without a slash is a question.")
