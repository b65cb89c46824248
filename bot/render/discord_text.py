"""Answers, articles and explanations as Markdown for Discord; pure, and free of the discord library.

A `Page` is what goes into one message. Its texts fit Discord's limits by construction: where something does not
fit, the context goes first, then the closest passages, then further quotes (to a "More" page). A quote is never
cut and never parted from its citation.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.answer import Abstention, Answer, Considered, Quote
from bot.commands import EXPLAINED, HELP_INTRODUCTION, PRIVACY_TEXT, Surface, commands_on
from bot.link import MAX_LINK, link_to
from bot.render import words
from bot.render.discord_markdown import RESERVE, bold, escape, fits, link, marked, one_line, quoted, subtext
from index.article import Article, Passage
from index.indexer import Index

QUESTION_SHOWN = 300
"""Characters of the question that head an answer; a longer one is shortened, the quotes never are."""

LABEL = 90
"""Characters of a passage or sentence where it is only named."""

_SURE = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.0, "uncertain"))


@dataclass(frozen=True, slots=True)
class Page:
    """What goes into one message.

    Attributes:
        texts: Markdown, one text display each, in order.
        quotes: the quotes that are shown.
        rest: quotes that did not fit.
        passages: passages that are named, to be opened by a button.
        article: the article, or None where the page is about none.
    """

    texts: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    rest: tuple[Quote, ...] = ()
    passages: tuple[Passage, ...] = ()
    article: Article | None = None


def sure(confidence: float) -> str:
    """A confidence in words."""
    return next(phrase for least, phrase in _SURE if confidence >= least)


def result(found: Answer | Abstention) -> Page:
    """An answer or an abstention."""
    return answer(found) if isinstance(found, Answer) else abstention(found)


def answer(found: Answer) -> Page:
    """The question, the quotes with their citations, and what they are taken from."""
    head = _head(found)
    foot = subtext(f"{source(found.article)}\nConfidence {words.percent(found.confidence)}: {sure(found.confidence)}")
    for shown in range(len(found.quotes), 0, -1):
        for with_context in (True, False):
            quotes = found.quotes[:shown]
            texts = (head, *(quote(q, with_context=with_context) for q in quotes), foot)
            if fits(texts):
                return Page(texts, quotes, found.quotes[shown:], article=found.article)
    # Not reached while sentences have at most 1,000 characters; a quote and its citation are then all there is.
    return Page((quote(found.quotes[0], with_context=False),), found.quotes[:1], found.quotes[1:], (), found.article)


def quote(found: Quote, *, with_context: bool = True) -> str:
    """A quote with its number, where it stands and, marked as such, the sentence before it."""
    lines = [quoted(marked(found.text, found.marks)), _citation(found)]
    if with_context and found.context:
        lines.insert(0, subtext(f"Context, the sentence before: {escape(found.context.text)}"))
    return "\n".join(lines)


def _citation(found: Quote) -> str:
    """The line below a quote: `[1] passage 3 · paragraph 12 · characters 2034–2210 · open at the sentence`."""
    line = f"{escape(f'[{found.citation.n}]')} {words.where(found)}"
    if found.citation.link:
        label = "open at the sentence" if ":~:text=" in found.citation.link else "open the page"
        line += f" · {link(label, found.citation.link)}"
    return subtext(line)


def abstention(found: Abstention) -> Page:
    """That the article does not say, why, and the closest passages by name."""
    head = _head(found)
    verdict = f"{bold(words.NOT_SAID)} {escape(words.reason(found))}"
    if not fits((head, verdict)):
        # Many long words that the article never uses; the question above shows them.
        verdict = f"{bold(words.NOT_SAID)} It never uses some of the question's words."
    for shown in range(len(found.closest), 0, -1):
        closest = found.closest[:shown]
        names = "\n".join(f"- {bold(f'Passage {p.number}')}: {escape(one_line(p.text, LABEL))}" for p in closest)
        texts = (head, verdict, f"Closest to it:\n{names}", subtext(source(found.article)))
        if fits(texts):
            return Page(texts, passages=closest, article=found.article)
    return Page((head, verdict, subtext(source(found.article))), article=found.article)


def _head(found: Answer | Abstention) -> str:
    """The question, and what misspelt words of it were read as."""
    head = bold(escape(one_line(found.question, QUESTION_SHOWN)))
    read = words.corrections(found)
    return f"{head}\n{subtext(escape(one_line(read, QUESTION_SHOWN)))}" if read else head


def _date(article: Article) -> str:
    """The day of publication in words.

    Not a Discord timestamp: that is an instant, and would be shown as the day before west of Greenwich.
    """
    return f"{article.published.day} {article.published:%B %Y}" if article.published else ""


def source(article: Article) -> str:
    """The article named in a line: headline, byline, date."""
    parts = (article.title or article.source or "untitled", article.byline, _date(article))
    return escape(" · ".join(one_line(part, 200) for part in parts if part))


def more(quotes: tuple[Quote, ...], article: Article) -> Page:
    """The next best sentences; those that do not fit are left for the page after."""
    head = bold("The next best sentences")
    for shown in range(len(quotes), 0, -1):
        texts = (head, *(quote(q, with_context=False) for q in quotes[:shown]))
        if fits(texts):
            return Page(texts, quotes[:shown], quotes[shown:], article=article)
    return Page(("There are no further sentences for this question.",), article=article)


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
    head = bold(f"Passage {found.number} of {len(index.passages)}")
    return tuple(
        (f"{head} (part {n} of {len(runs)})" if len(runs) > 1 else head, _part(index, run, mark))
        for n, run in enumerate(runs, start=1)
    )


def _part(index: Index, numbers: list[int], mark: tuple[int, int] | None) -> str:
    """Neighbouring sentences as a block quote, and where they stand."""
    article = index.article
    start, end = index.sentences[numbers[0]].start, index.sentences[numbers[-1]].end
    marks: tuple[tuple[int, int], ...] = ()
    if mark and max(start, mark[0]) < min(end, mark[1]):
        marks = ((max(start, mark[0]) - start, min(end, mark[1]) - start),)
    place = f"characters {start}–{end}"
    if url := link_to(article.url, article.text, start, end):
        place += f" · {link('open at the passage', url)}"
    return f"{quoted(marked(article.text[start:end], marks))}\n{subtext(place)}"


def passage_label(found: Passage, most: int = 100) -> str:
    """A passage as a choice: `3 — its first words …`; plain text, because choices know no Markdown."""
    return one_line(f"{found.number} — {found.text}", most)


def article(index: Index) -> str:
    """What article this is and what was set aside."""
    document = index.article
    lines = [
        bold(escape(one_line(document.title or "No headline found", QUESTION_SHOWN))),
        escape(" · ".join(one_line(part, 200) for part in (document.byline, _date(document)) if part)),
        _address(document.url),
        f"{len(document.paragraphs)} paragraphs, {len(index.prose)} sentences in {len(index.passages)} passages",
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


def why(found: Answer | Abstention) -> tuple[str, ...]:
    """How an answer came about: the terms with their weight, what was expected, the sentences considered."""
    trace = found.trace
    facts = []
    if trace.terms:
        weighed = (f"{escape(one_line(t, 40))} {f'{w:g}' if w else '(not in it)'}" for t, w in trace.terms)
        facts.append(f"{bold('Terms and their weight')}: {', '.join(weighed)}")
    if trace.expected:
        facts.append(f"{bold('Asks for')}: {escape(trace.expected)}")
    verdict = "answered" if isinstance(found, Answer) else "not answered"
    sureness = f"{words.percent(found.confidence)}, needed {words.percent(trace.threshold)}"
    facts.append(f"{bold('Confidence')}: {sureness}: {verdict}")
    if not fits((_head(found), *facts)):
        facts = facts[-1:]  # a question of hundreds of terms
    above = (_head(found), "\n".join(facts))
    for most in (None, 2 * LABEL, LABEL):
        considered = tuple(_considered(n, item, most) for n, item in enumerate(trace.considered[:EXPLAINED], start=1))
        texts = (*above, "\n".join((bold("Sentences considered"), *considered)))
        if considered and fits(texts):
            return texts
    return above


def _considered(n: int, item: Considered, most: int | None) -> str:
    """A sentence that was considered: whole, or its first `most` characters, with what spoke for it."""
    text = item.sentence.text
    matched = f" · matches {escape(one_line(', '.join(item.matched), 2 * LABEL))}" if item.matched else ""
    expects = " · has what is asked for" if item.expects else ""
    return (
        f"{n}. {escape(one_line(text, most or len(text)))}\n"
        f"{subtext(f'score {item.score:.2f} · BM25 {item.bm25:.1f}{matched}{expects}')}"
    )


def help_text() -> tuple[str, ...]:
    """The commands and what to do with them."""
    listed = commands_on(Surface.DISCORD)
    commands = "\n".join(f"- {bold(escape(c.usage))}: {escape(c.description)}" for c in listed)
    return (
        escape(HELP_INTRODUCTION),
        commands,
        subtext("You can also mention me in a channel with your question, or write it to me in a direct message."),
    )


def privacy() -> str:
    """What is stored and what leaves the machine."""
    return escape(PRIVACY_TEXT)


def numbered(quotes: tuple[Quote, ...], first: int) -> tuple[Quote, ...]:
    """The same quotes, cited from `first` on."""
    return tuple(replace(q, citation=replace(q.citation, n=n)) for n, q in enumerate(quotes, start=first))
