"""Why an answer is what it is, as Markdown for Discord, in pages; pure, and free of the discord library."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from bot.answer import Abstention, Answer, Considered
from bot.commands import EXPLAINED
from bot.render import words
from bot.render.discord_markdown import RESERVE, bold, escape, fits, one_line, subtext
from bot.render.discord_text import LABEL, head_of, stamp
from bot.translation import _


def why(found: Answer | Abstention, asked: dt.datetime | None = None) -> tuple[tuple[str, ...], ...]:
    """How an answer came about: the terms with their weight, what was expected, the sentences considered.

    Args:
        found: the answer or abstention.
        asked: when, if that is known.

    Returns:
        the texts of each page, nothing of them left out; one page unless the sentences are very long.
    """
    trace = found.trace
    facts = []
    if trace.terms:
        absent = _("not in it")
        weighed = (
            f"{escape(one_line(t, 40))} {words.decimal(w, 'g') if w else f'({escape(absent)})'}" for t, w in trace.terms
        )
        facts.append(_fact(_("Terms and their weight"), ", ".join(weighed)))
    if trace.expected:
        facts.append(_fact(_("Asks for"), escape(_(trace.expected))))
    verdict = _("answered") if isinstance(found, Answer) else _("not answered")
    sureness = _("{percent}, needed {threshold}: {verdict}").format(
        percent=words.percent(found.confidence), threshold=words.percent(trace.threshold), verdict=verdict
    )
    facts.append(_fact(_("Confidence"), escape(sureness)))
    if asked is not None:
        facts.append(_fact(_("Asked"), stamp(asked, "R")))
    several = found.articles > 1
    considered = [_considered(n, item, several=several) for n, item in enumerate(trace.considered[:EXPLAINED], start=1)]
    if considered:
        considered[0] = f"{bold(escape(_('Sentences considered')))}\n{considered[0]}"
    return paged((head_of(found), "\n".join(facts), *considered))


def _fact(label: str, markdown: str) -> str:
    return words.labelled(bold(escape(label)), markdown)


def _considered(n: int, item: Considered, *, several: bool) -> str:
    """A sentence that was considered, whole, with what spoke for it."""
    facts = [_("score {score}").format(score=words.decimal(item.score)), f"BM25 {words.decimal(item.bm25, '.1f')}"]
    if item.matched:
        facts.append(_("matches {words}").format(words=one_line(", ".join(item.matched), 2 * LABEL)))
    if item.expects:
        facts.append(_("has what is asked for"))
    if item.source and several:
        facts.append(words.source_line(item.source))
    text = " ".join(item.sentence.text.split())
    return f"{n}. {escape(text)}\n{subtext(escape(' · '.join(facts)))}"


def paged(texts: Iterable[str], most: int = 12) -> tuple[tuple[str, ...], ...]:
    """Texts put on as few pages as hold them, in order; one that is too long by itself is parted at its spaces.

    Args:
        texts: Markdown, one text display each.
        most: texts on a page, so that a page is taken in at a look.
    """
    pages: list[list[str]] = [[]]
    for piece in (piece for text in texts for piece in _pieces(text)):
        if pages[-1] and (len(pages[-1]) == most or not fits((*pages[-1], piece), 2 * RESERVE)):
            pages.append([])
        pages[-1].append(piece)
    return tuple(tuple(page) for page in pages)


def _pieces(text: str) -> Sequence[str]:
    """A text in pieces that each fit a message; of a list of terms, which alone may be as long as that."""
    if fits((text,), 2 * RESERVE):
        return (text,)
    pieces = [""]
    for part in re.split(r"(?<=,)(?=\s)|(?=\n)", text):
        if pieces[-1] and not fits((pieces[-1] + part,), 2 * RESERVE):
            pieces.append("")
        pieces[-1] += part
    return [piece.strip() for piece in pieces if piece.strip()]
