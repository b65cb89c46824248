"""What every surface says alike of a text that was checked against the article."""

from collections.abc import Sequence

from bot.claims import Difference, Finding, Report, Skip, Verdict
from bot.render import words
from bot.render.discord_markdown import one_line
from bot.translation import _, n_

NAMED = 80
"""Characters of the words that differ, where they are named; they are marked whole in the claim and in the quote."""

MISSING = 6
"""Words that the article never uses, named at most."""


def verdict(finding: Finding) -> str:
    """How the article stands to a claim, in a sentence; never whether the claim is true."""
    match finding.verdict:
        case Verdict.SUPPORTS:
            return _("The article says so too.")
        case Verdict.DIFFERS:
            return _("The article says it differently:")
        case Verdict.NOT_FOUND:
            return _("The article does not say.")


def detail(finding: Finding) -> str:
    """What differs, or which of the claim's words the article never uses; empty where there is nothing to add."""
    if finding.verdict is Verdict.DIFFERS:
        return f"{'; '.join(map(difference, finding.differences))}."
    missing = finding.missing_terms[:MISSING]
    if finding.verdict is Verdict.NOT_FOUND and missing:
        return _("It never uses {words}.").format(
            words=words.listed(tuple(one_line(w, NAMED) for w in missing), _("or"))
        )
    return ""


def difference(found: Difference) -> str:
    """`“10,000” here, “20,000” in the article`."""
    return _("“{claimed}” here, “{written}” in the article").format(
        claimed=one_line(found.claimed, NAMED), written=one_line(found.written, NAMED)
    )


def summary(report: Report) -> str:
    """How many claims there are of each verdict, in a sentence."""
    total = len(report.findings)
    if not total:
        return _("Nothing in it can be checked: no part of it states something.")
    counts = [(which, report.count(which)) for which in Verdict]
    parts = ", ".join(_counted(which, n).format(n=n) for which, n in counts if n)
    return words.labelled(n_("{n} claim", "{n} claims", total).format(n=total), f"{parts}.")


def _counted(which: Verdict, count: int) -> str:
    match which:
        case Verdict.SUPPORTS:
            return n_("{n} that the article says too", "{n} that the article says too", count)
        case Verdict.DIFFERS:
            return n_("{n} that it says differently", "{n} that it says differently", count)
        case Verdict.NOT_FOUND:
            return n_("{n} that it does not say", "{n} that it does not say", count)


def left_out(report: Report) -> str:
    """What was not checked, in a sentence; empty where all was."""
    counts = {reason: sum(s.reason is reason for s in report.skipped) for reason in Skip}
    parts = [_kind(reason, count).format(n=count) for reason, count in counts.items() if count]
    return _("Not checked: {parts}.").format(parts=", ".join(parts)) if parts else ""


def _kind(reason: Skip, count: int) -> str:
    match reason:
        case Skip.QUESTION:
            return n_("{n} question", "{n} questions", count)
        case Skip.OPINION:
            return n_("{n} opinion", "{n} opinions", count)
        case Skip.REQUEST:
            return n_("{n} request", "{n} requests", count)
        case Skip.CHATTER:
            return n_("{n} part that states nothing", "{n} parts that state nothing", count)


def caution() -> str:
    """What the check is not."""
    return _("Compared with this one article, which may be wrong or out of date; this is no verdict on what is true.")


def claim_marks(finding: Finding) -> tuple[tuple[int, int], ...]:
    """Offsets into the claim of the words that differ; ascending, disjoint."""
    return disjoint([d.claim_mark for d in finding.differences if d.claim_mark])


def disjoint(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks in order, those that overlap an earlier one left out."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if start < end and (not kept or kept[-1][1] <= start):
            kept.append((start, end))
    return tuple(kept)
