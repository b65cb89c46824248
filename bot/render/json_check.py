"""A text checked against the article, as JSON for programs; the fields are a contract, listed in the README."""

from typing import Any

from bot.claims import Difference, Finding, Report, Verdict
from bot.render.json import article_summary, quote


def report(found: Report) -> dict[str, Any]:
    """The report; offsets of claims and skipped parts count characters of `text`, those of quotes of the article."""
    return {
        "text": found.text,
        "article": article_summary(found.article),
        "counts": {verdict.value: found.count(verdict) for verdict in Verdict} | {"skipped": len(found.skipped)},
        "claims": [_finding(f) for f in found.findings],
        "skipped": [{"text": s.text, "start": s.start, "end": s.end, "reason": s.reason.value} for s in found.skipped],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "text": finding.claim.text,
        "start": finding.claim.start,
        "end": finding.claim.end,
        "read_as": finding.claim.read_as,
        "verdict": finding.verdict.value,
        "alignment": finding.alignment,
        "differences": [_difference(d) for d in finding.differences],
        "quotes": [quote(q) for q in finding.quotes],
        "missing_terms": list(finding.missing_terms),
    }


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "aspect": found.aspect.value,
        "claimed": found.claimed,
        "written": found.written,
        "claim_mark": list(found.claim_mark) if found.claim_mark else None,
        "quote_mark": list(found.quote_mark) if found.quote_mark else None,
    }
