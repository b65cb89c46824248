"""A text checked against the article, for a terminal, through rich; as `bot.render.terminal`, nothing prints here."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.claims import Finding, Report, Verdict
from bot.render import check_words
from bot.render.terminal import shown, source, whole_quote

_STYLE = {Verdict.SUPPORTS: "good", Verdict.DIFFERS: "bad", Verdict.NOT_FOUND: "refusal"}


def report(found: Report) -> RenderableType:
    """Each claim with its verdict and quotes, then what was left out and what the article is."""
    parts: list[RenderableType] = []
    for n, finding in enumerate(found.findings, start=1):
        parts += [_finding(n, finding), ""]
    parts.append(Text(check_words.summary(found), style="headline"))
    left_out = check_words.left_out(found)
    if left_out:
        parts.append(Text(left_out, style="label"))
    parts.append(Text(source(found.article), style="source"))
    if found.findings:
        parts.append(Text(check_words.caution(), style="label"))
    return Group(*parts)


def _finding(n: int, finding: Finding) -> RenderableType:
    """A claim as it was typed, the words that differ marked; the verdict; the quotes."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=3, justify="right", style="number", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row(f"{n}.", _claim(finding))
    detail = check_words.detail(finding)
    sentence = Text(check_words.verdict(finding), style=_STYLE[finding.verdict])
    rows.add_row("", Text.assemble(sentence, f" {shown(detail)}") if detail else sentence)
    return Group(rows, *(Padding(whole_quote(q), (0, 0, 0, 4)) for q in finding.quotes))


def _claim(finding: Finding) -> Text:
    """The claim, the words that differ marked."""
    text = Text()
    position = 0
    for start, end in check_words.claim_marks(finding):
        text.append(shown(finding.claim.text[position:start]))
        text.append(shown(finding.claim.text[start:end]), style="answer")
        position = end
    text.append(shown(finding.claim.text[position:]))
    return text
