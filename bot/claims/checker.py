"""The whole check: a text in, a report out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answer import Quote
from bot.assistant import Assistant
from bot.claims.anatomy import Anatomy
from bot.claims.matching import Match, Matcher
from bot.claims.reading import Reading
from bot.claims.reference import read_as
from bot.claims.report import Claim, Difference, Finding, Report, Skipped, Span, Verdict
from bot.claims.skipping import skipped
from bot.claims.splitting import pieces, statement
from bot.composer import compose
from bot.question import missing_terms
from bot.ranking.ranker import RankedSentence
from index.article import Sentence


def check(text: str, assistant: Assistant) -> Report:
    """Compare every claim of a text with the assistant's article.

    Args:
        text: anything, such as a Discord message; links, mentions and emoji in it are looked past.
        assistant: whose article and ranker are used. Safe to call from several threads.

    Returns:
        a finding for each claim; the same text on the same article gives the same report. Never raises for any text.

    Raises:
        CitationError: a quote would not have been the article's text (a bug); nothing leaves then.
    """
    matcher = Matcher(assistant)
    findings: list[Finding] = []
    left_out: list[Skipped] = []
    before: Anatomy | None = None
    shown = 0
    for (start, end), plain in pieces(text):
        stated = statement(plain)
        reason = skipped(stated.text)
        if reason:
            left_out.append(Skipped(text[start:end], start, end, reason))
            continue
        read = read_as(stated, before)
        before = matcher.anatomy(read.text)
        found = _finding(matcher, Claim(text[start:end], start, end, read.text), read, before)
        findings.append(replace(found, quotes=tuple(_numbered(found.quotes, shown))))
        shown += len(found.quotes)
    return Report(text, assistant.article, tuple(findings), tuple(left_out))


def _numbered(quotes: tuple[Quote, ...], shown: int) -> Iterator[Quote]:
    """Quotes with numbers that go on from those shown before, so that each number of a report is one quote."""
    for n, quote in enumerate(quotes, start=shown + 1):
        yield replace(quote, citation=replace(quote.citation, n=n))


def _finding(matcher: Matcher, claim: Claim, reading: Reading, taken_apart: Anatomy) -> Finding:
    """What the article has on a claim."""
    matches = matcher.matches(taken_apart)
    if not matches or matches[0].judgement.verdict is Verdict.NOT_FOUND:
        coverage = max((m.judgement.coverage for m in matches), default=0.0)
        missing = missing_terms(claim.read_as, matcher.index)
        return Finding(claim, Verdict.NOT_FOUND, alignment=_share(coverage), missing_terms=missing)
    best = matches[0]
    verdict = best.judgement.verdict
    chosen = matches[:2] if verdict is Verdict.SUPPORTS and any(_as_good(m, best) for m in matches[1:2]) else [best]
    quotes = _quotes(matcher, claim, [(m.sentence, m.judgement.coverage) for m in chosen])
    marked = [_marked(quote, match) for quote, match in zip(quotes, chosen, strict=True)]
    if best.before and quotes[0].context is None and len(marked) == 1:
        # Words of the claim stand in the sentence before alone: without it a reader could not follow.
        marked += _quotes(matcher, claim, [(best.before, best.judgement.coverage)])
    differences = tuple(_in_claim(d, claim, reading) for d in best.judgement.differences)
    return Finding(claim, verdict, tuple(marked), differences, _share(best.judgement.coverage))


def _quotes(matcher: Matcher, claim: Claim, chosen: Sequence[tuple[Sentence, float]]) -> tuple[Quote, ...]:
    """Sentences with what they account for -> quotes, proven to be the article's text."""
    ranked = [RankedSentence(sentence, _share(coverage), 0.0) for sentence, coverage in chosen]
    return compose(matcher.index, claim.read_as, ranked, None)


AS_GOOD = 0.9
"""Share of the first sentence's coverage from which a second one that supports is quoted too."""


def _as_good(match: Match, best: Match) -> bool:
    """Whether a second sentence bears the claim out as well as the first."""
    judged = match.judgement
    return judged.verdict is Verdict.SUPPORTS and judged.coverage >= AS_GOOD * best.judgement.coverage


def _share(coverage: float) -> float:
    """A coverage as it is told, 0..1."""
    return round(max(0.0, min(1.0, coverage)), 4)


def _in_claim(difference: Difference, claim: Claim, reading: Reading) -> Difference:
    """A difference with its words and mark as they stand in the claim as typed."""
    if difference.claim_mark is None:
        return difference
    mark = reading.origin(difference.claim_mark)
    return replace(difference, claim_mark=mark, claimed=claim.text[slice(*mark)] if mark else difference.claimed)


def _marked(quote: Quote, match: Match) -> Quote:
    """A quote with the words marked that differ, or the numbers, dates and names that agree."""
    marks = [d.quote_mark for d in match.judgement.differences if d.quote_mark] or match.agreeing
    kept: list[Span] = []
    for start, end in sorted(marks):
        if not kept or kept[-1][1] <= start:
            kept.append((start, end))
    return replace(quote, marks=tuple(kept))
