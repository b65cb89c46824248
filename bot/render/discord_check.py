"""A text checked against the article, as Markdown for Discord, in pages; pure, and free of the discord library.

Nothing is cut: a claim, its verdict and each of its quotes are blocks that go to the next page where they do not fit. A
block fits by itself, because sentences and claims have at most `index.splitter.MAX_SENTENCE` characters. A verdict is
read beside its first quote: both go to the next page together where one page holds them.
"""

from dataclasses import dataclass

from bot.answer import Quote
from bot.claims import Finding, Report
from bot.render import check_words
from bot.render.discord_markdown import RESERVE, bold, escape, fits, marked, subtext
from bot.render.discord_text import Page, quote, source
from bot.translation import _

_ROOM = 3 * RESERVE
"""Characters kept free on a page for the line that tells its number, and that a claim goes on."""

FULL = 8
"""Blocks on a page at most: Discord takes 40 components, and more is not read in one look."""


@dataclass(frozen=True, slots=True)
class _Block:
    """What is not parted.

    Attributes:
        text: Markdown.
        claim: number of the claim that it belongs to, or 0.
        quote: the quote that it shows, or None.
    """

    text: str
    claim: int = 0
    quote: Quote | None = None


def pages(found: Report) -> tuple[Page, ...]:
    """The whole report.

    Args:
        found: what `bot.claims.check` gave.

    Returns:
        one page or more; the first opens with the counts, each fits one message, the last ends with what the article
        is. The quotes of a page are those shown on it, in order.
    """
    counts = f"{bold(_('Checked against the article'))}\n{escape(check_words.summary(found))}"
    left_out = check_words.left_out(found)
    head = f"{counts}\n{subtext(escape(left_out))}" if left_out else counts
    foot = subtext(f"{source(found.article)}\n{escape(check_words.caution())}")
    blocks = [_Block(head)]
    for n, finding in enumerate(found.findings, start=1):
        blocks.append(_Block(_claim(n, finding), n))
        blocks += [_Block(_quote(q), n, q) for q in finding.quotes]
    blocks.append(_Block(foot))
    runs = _packed(blocks)
    return tuple(_page(run, n, len(runs), found) for n, run in enumerate(runs, start=1))


def _claim(n: int, finding: Finding) -> str:
    """A claim as it was typed, the words that differ marked, and the verdict."""
    said = marked(finding.claim.text, check_words.claim_marks(finding))
    detail = check_words.detail(finding)
    verdict = bold(escape(check_words.verdict(finding)))
    return f"{bold(str(n))} · {said}\n{verdict} {escape(detail)}".rstrip()


def _quote(found: Quote) -> str:
    """A quote with its citation, and with the sentence before it where both fit."""
    whole = quote(found)
    return whole if fits((whole,), _ROOM) else quote(found, with_context=False)


def _packed(blocks: list[_Block]) -> list[list[_Block]]:
    """The blocks in few pages, in their order; no claim at the foot of a page whose quote could stand beside it."""
    runs: list[list[_Block]] = [[]]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        pair = [block, following] if following and following.quote and not block.quote and block.claim else [block]
        together = pair if _holds(pair) else [block]
        if runs[-1] and not _holds([*runs[-1], *together]):
            runs.append([])
        runs[-1].append(block)
    return runs


def _holds(run: list[_Block]) -> bool:
    """Whether a page holds them all."""
    return len(run) <= FULL and fits(tuple(block.text for block in run), _ROOM)


def _page(run: list[_Block], n: int, of: int, found: Report) -> Page:
    """A page; one of several tells its number, and of which claim it goes on to tell."""
    texts = [block.text for block in run]
    if of > 1:
        place = _("Page {n} of {of}").format(n=n, of=of)
        if n > 1 and run[0].quote:
            place += f" · {_('still on claim {n}').format(n=run[0].claim)}"
        texts.insert(0, subtext(escape(place)))
    return Page(tuple(texts), tuple(block.quote for block in run if block.quote), article=found.article)
