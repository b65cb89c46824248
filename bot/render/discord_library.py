"""A library as Markdown for Discord: its articles, what came of adding and refreshing them; pure.

What an article or a person wrote is escaped; the one thing that is live is an article's address, behind its headline.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.librarian.lookup import Hit
from bot.link import MAX_LINK, is_web
from bot.render import words
from bot.render.discord_markdown import RESERVE, bold, escape, fits, link, one_line, quoted, subtext
from bot.render.discord_text import date_of, stamp
from bot.translation import _, n_
from index.library.model import Addition, Changes, Entry, Size, Skipped

TITLE = 150
"""Characters of a headline in a list."""

SENTENCE = 300
"""Characters of a changed sentence."""

NAME = 80
"""Characters of what a person called something."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something that was to be added.

    Attributes:
        name: what the person called it: an address, the name of a file, a headline.
        addition: what was added, or was there already; None where nothing could be.
        refusal: why not, a sentence; "" where it could.
    """

    name: str
    addition: Addition | None = None
    refusal: str = ""


def line(entry: Entry) -> str:
    """An article in a line: `12 · Headline · example.org · 8 July 2021`."""
    title = escape(one_line(words.name_of(entry), TITLE))
    parts = [bold(str(entry.number)), title]
    if entry.url and len(entry.url) <= MAX_LINK and is_web(entry.url):
        parts[1] = link(one_line(words.name_of(entry), TITLE), entry.url)
    if entry.publisher and entry.title:
        parts.append(escape(one_line(entry.publisher, NAME)))
    if entry.published:
        parts.append(date_of(entry.published))
    return " · ".join(parts)


def listing(entries: Sequence[Entry], size: Size, matching: str, *, more: bool) -> tuple[str, ...]:
    """A page of a library.

    Args:
        entries: on the page.
        size: of the whole library.
        matching: what was looked for; "" for all of it.
        more: whether there are further ones that match.
    """
    head = bold(escape(_("Library"))) + " " + escape(counted(size))
    if matching:
        head += "\n" + subtext(escape(_("Matching “{words}”").format(words=one_line(matching, NAME))))
    if not entries:
        return (head, escape(_("No article.")))
    lines = [line(entry) for entry in entries]
    if more and matching:
        lines.append(subtext(escape(_("There are more; type more words of the headline."))))
    while len(lines) > 1 and not fits((head, "\n".join(lines))):
        lines.pop()
    return (head, "\n".join(lines))


def counted(size: Size) -> str:
    """`3 articles, 41 passages`."""
    articles = n_("{count:,} article", "{count:,} articles", size.articles).format(count=size.articles)
    passages = n_("{count:,} passage", "{count:,} passages", size.passages).format(count=size.passages)
    return f"{articles}, {passages}"


def details(entry: Entry, also_in: Sequence[Entry]) -> tuple[str, ...]:
    """All that the library lists of an article.

    Args:
        entry: the article.
        also_in: others with nearly the same text.
    """
    head = bold(escape(one_line(words.name_of(entry), 2 * TITLE)))
    facts = [escape(_("article {number}").format(number=entry.number))]
    facts += [escape(one_line(part, NAME)) for part in (entry.byline, entry.publisher) if part]
    facts.append(date_of(entry.published) or escape(_("undated")))
    passages = n_("{count:,} passage", "{count:,} passages", entry.passages).format(count=entry.passages)
    characters = n_("{count:,} character", "{count:,} characters", entry.characters).format(count=entry.characters)
    when = stamp(dt.datetime.fromtimestamp(entry.added, dt.UTC), "R")
    below = [f"{escape(passages)} · {escape(characters)}", escape(_("Added {when}")).format(when=when)]
    if entry.url and len(entry.url) <= MAX_LINK and is_web(entry.url):
        below.insert(0, link(_("Open the page"), entry.url))
    elif entry.source:
        below.insert(0, escape(one_line(entry.source, NAME)))
    if also_in:
        names = "\n".join(f"- {line(other)}" for other in also_in[:5])
        return (head, " · ".join(facts), "\n".join(below), f"{escape(_('Nearly the same text:'))}\n{names}")
    return (head, " · ".join(facts), "\n".join(below))


def added(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What came of adding, each thing on a line of its own, none left out that fits."""
    news = [o for o in outcomes if o.addition and not o.addition.skipped]
    head = bold(escape(n_("{n} article added", "{n} articles added", len(news)).format(n=len(news))))
    lines: list[str] = []
    for outcome in outcomes:
        said = _outcome(outcome)
        if not fits((head, "\n".join([*lines, said])), 2 * RESERVE):
            lines.append("…")
            break
        lines.append(said)
    return (head, "\n".join(lines))


def _outcome(outcome: Outcome) -> str:
    if outcome.addition is None:
        return f"\N{CROSS MARK} {escape(one_line(outcome.name, NAME))}\n{subtext(escape(outcome.refusal))}"
    entry = outcome.addition.entry
    if outcome.addition.skipped:
        why = {
            Skipped.SAME_TEXT: _("its text is in the library already"),
            Skipped.SAME_URL: _("its address is in the library already; /library refresh fetches it again"),
        }[outcome.addition.skipped]
        skipped = subtext(escape(_("Skipped: {why}").format(why=why)))
        return f"\N{BLACK RIGHT-POINTING DOUBLE TRIANGLE} {line(entry)}\n{skipped}"
    said = f"\N{WHITE HEAVY CHECK MARK} {line(entry)}"
    if others := outcome.addition.also_in:
        names = ", ".join(dict.fromkeys(words.published_in(other) for other in others))
        same = _("Nearly the same text as in {names}; answers count it once.").format(names=one_line(names, NAME))
        said += "\n" + subtext(escape(same))
    return said


def changed(changes: Changes) -> tuple[str, ...]:
    """What is different after a refresh; sentences that do not fit are counted."""
    head = line(changes.entry)
    if not changes:
        return (head, escape(_("Nothing has changed since.")))
    texts = [head]
    for title, sentences in (
        (n_("{n} new sentence", "{n} new sentences", len(changes.added)), changes.added),
        (n_("{n} sentence is gone", "{n} sentences are gone", len(changes.removed)), changes.removed),
    ):
        if not sentences:
            continue
        lines = [bold(escape(title.format(n=len(sentences))))]
        # Half of the room for what is new, the rest for what is gone.
        room = 2_000 if sentences is changes.added and changes.removed else RESERVE
        for shown, sentence in enumerate(sentences):
            said = quoted(escape(one_line(sentence, SENTENCE)))
            if not fits((*texts, "\n".join([*lines, said])), room):
                left = len(sentences) - shown
                lines.append(subtext(escape(n_("and {n} more", "and {n} more", left).format(n=left))))
                break
            lines.append(said)
        texts.append("\n".join(lines))
    return tuple(texts)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of an article that was fetched again.

    Attributes:
        entry: the article, as it was.
        changes: what is different, or None where it could not be fetched.
        refusal: why not, a sentence; "" where it could.
    """

    entry: Entry
    changes: Changes | None = None
    refusal: str = ""


def refreshed(outcomes: Sequence[Refreshed]) -> tuple[str, ...]:
    """What came of several articles, each on a line of its own; those that have not changed are counted."""
    same = [o for o in outcomes if o.changes is not None and not o.changes]
    count = len(outcomes)
    head = bold(escape(n_("{n} article looked at again", "{n} articles looked at again", count).format(n=count)))
    lines = []
    for outcome in outcomes:
        if outcome.changes:
            new, gone = len(outcome.changes.added), len(outcome.changes.removed)
            said = _("New sentences: {new}, gone: {gone}").format(new=new, gone=gone)
            lines.append(f"{line(outcome.changes.entry)}\n{subtext(escape(said))}")
        elif outcome.changes is None:
            lines.append(f"\N{CROSS MARK} {line(outcome.entry)}\n{subtext(escape(outcome.refusal))}")
    if same:
        lines.append(escape(n_("{n} has not changed.", "{n} have not changed.", len(same)).format(n=len(same))))
    while len(lines) > 1 and not fits((head, "\n".join(lines))):
        lines.pop()
    return (head, "\n".join(lines)) if lines else (head, escape(_("No article has an address to fetch it from.")))


def found(hits: Sequence[Hit], searched: str) -> tuple[str, ...]:
    """Passages that hold some words, each with its article.

    Args:
        hits: best first; those that do not fit are left out.
        searched: the words.
    """
    head = bold(escape(_("Passages with “{words}”").format(words=one_line(searched, TITLE))))
    if not hits:
        return (head, escape(_("No passage has any of these words.")))
    texts = [head]
    for hit in hits:
        said = f"{line(hit.entry)}\n{quoted(escape(one_line(hit.text, SENTENCE)))}"
        if not fits((*texts, said)):
            break
        texts.append(said)
    return tuple(texts)
