"""Libraries for a terminal: lists, what was added and what was not, what changed. Pure, as `bot.render.terminal` is."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.answer import Source
from bot.librarian.lookup import Hit
from bot.render import words
from bot.render.terminal import shown
from bot.translation import _, filled, n_, told
from index.errors import PullquoteError
from index.library.model import Addition, Changes, Entry, Size, Skipped

TITLE = 70
"""Columns of a headline in a list."""


def entries(found: Sequence[Entry], size: Size) -> RenderableType:
    """A list of articles: number, headline, publisher, date."""
    if not size.articles:
        return Text(_("The library is empty; pullquote library add FILE adds an article."))
    if not found:
        return Text(_("No article matches."))
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    rows.add_column(_("number"), justify="right", style="number", no_wrap=True)
    rows.add_column(_("headline"), overflow="fold")
    rows.add_column(_("publisher"), overflow="fold")
    rows.add_column(_("published"), no_wrap=True)
    for entry in found:
        published = entry.published.isoformat() if entry.published else _("undated")
        rows.add_row(str(entry.number), shown(words.name_of(entry)), shown(entry.publisher or ""), published)
    return Group(rows, "", Text(total(size), style="label"))


def total(size: Size) -> str:
    """How much there is: `37 articles, 412 passages`."""
    articles = n_("{count:,} article", "{count:,} articles", size.articles)
    passages = n_("{count:,} passage", "{count:,} passages", size.passages)
    return f"{filled(articles, count=size.articles)}, {filled(passages, count=size.passages)}"


def entry(found: Source) -> RenderableType:
    """An article as the library lists it."""
    one = found.entry
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="label", no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in (
        (_("number"), str(one.number)),
        (_("headline"), one.title or _("no headline found")),
        (_("byline"), one.byline or _("no byline found")),
        (_("published"), words.day(one.published) if one.published else _("no date found")),
        (_("address"), one.url or _("none given")),
        (_("read from"), one.source),
        (_("also in"), ", ".join(f"{words.published_in(other)} ({other.number})" for other in found.also_in)),
    ):
        if value:
            rows.add_row(label, shown(value))
    return rows


def added(name: str, addition: Addition | None, error: PullquoteError | None) -> RenderableType:
    """What became of one thing, in a line: `+ 12 Headline`, `= …` for what was there, `! …` for what was refused."""
    if error is not None or addition is None:
        why = told(error) if error is not None else ""
        return Text.assemble(("! ", "bad"), shown(name), ": ", shown(why))
    named = f"{addition.entry.number} {words.name_of(addition.entry)}"
    if addition.skipped is not None:
        return Text.assemble(("= ", "label"), shown(name), ": ", shown(why_skipped(addition)))
    also = words.also_in(Source(addition.entry, addition.also_in))
    return Text.assemble(("+ ", "good"), shown(named), (f"  ({shown(also)})" if also else "", "label"))


def why_skipped(addition: Addition) -> str:
    """Why an article was not added again, in a sentence."""
    number = addition.entry.number
    if addition.skipped is Skipped.SAME_URL:
        return _("its address is that of article {number} already.").format(number=number)
    return _("its text is that of article {number} already.").format(number=number)


def summary(added_count: int, skipped: int, refused: int) -> str:
    """How many were added, skipped and refused, in a sentence."""
    counts = (
        n_("{count} article added", "{count} articles added", added_count).format(count=added_count),
        n_("{count} was there already", "{count} were there already", skipped).format(count=skipped),
        n_("{count} refused", "{count} refused", refused).format(count=refused),
    )
    return f"{', '.join(counts)}."


def changes(found: Changes) -> RenderableType:
    """What is different after a refresh."""
    named = f"{found.entry.number} {words.name_of(found.entry)}"
    if not found:
        return Text.assemble(shown(named), ": ", (_("nothing changed."), "label"))
    lines: list[RenderableType] = [Text(shown(named), style="headline")]
    lines += [Text.assemble(("- ", "bad"), shown(sentence)) for sentence in found.removed]
    lines += [Text.assemble(("+ ", "good"), shown(sentence)) for sentence in found.added]
    return Group(*lines)


def hits(found: Iterable[Hit]) -> RenderableType:
    """Passages that hold some words, each below its article."""
    parts: list[RenderableType] = []
    for hit in found:
        parts.append(Text(shown(words.source_line(Source(hit.entry))), style="source"))
        where = _("passage {number}").format(number=hit.passage)
        parts += [Text(shown(hit.text), style="quote"), Text(where, style="citation"), ""]
    return Group(*parts[:-1]) if parts else Text(_("No article uses these words."))


def removed(found: Entry) -> RenderableType:
    """That an article is gone."""
    named = f"{found.number} {words.name_of(found)}"
    return Text(shown(_("Removed: {article}.").format(article=named)))
