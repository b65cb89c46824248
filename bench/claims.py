"""Scores the check against the article on claims about one article.

python -m bench.claims tests/claims/heldout.jsonl [--article PATH] [--errors]
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.assistant import Assistant
from bot.claims import Finding, Verdict, check
from index.readers import read_article
from index.sample import sample_path


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with what the article has on it.

    Attributes:
        id: unique in its set.
        claim: as it is typed.
        verdict: the right one.
        gold: alternatives; a quote is right when it holds every fragment of one of them.
        aspects: in what it differs; any of them will do.
        written: words that are among those the article has instead; "" where only a negation differs.
    """

    id: str
    claim: str
    verdict: Verdict
    gold: tuple[tuple[str, ...], ...] = ()
    aspects: tuple[str, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1) over a set.

    Attributes:
        claims: how many there are.
        right: the verdict is right.
        by_verdict: verdict -> (share right of those that should have it, share right of those that got it).
        differs_exact: of the DIFFERS given, those right in verdict, sentence, aspect and words.
        differs_given: how many those are.
        quoted: of the right SUPPORTS and DIFFERS, those whose first quote is a right sentence.
        furniture: quotes that lie in the page's furniture; a count.
        errors: a line for each claim that went wrong.
    """

    claims: int
    right: float
    by_verdict: dict[str, tuple[float, float]]
    differs_exact: float
    differs_given: int
    quoted: float
    furniture: int
    errors: tuple[str, ...]


def load_claims(path: Path) -> list[Labelled]:
    """Read a set, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Labelled(
            r["id"],
            r["claim"],
            Verdict(r["verdict"]),
            tuple(tuple(g) for g in r["gold"]),
            tuple(r.get("aspects", ())),
            r.get("written", ""),
        )
        for r in rows
    ]


def _plain(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''")).casefold()


def _quotes_right(labelled: Labelled, finding: Finding) -> bool:
    """Whether the first quote is a right sentence."""
    text = _plain(finding.quotes[0].text) if finding.quotes else ""
    return any(all(_plain(fragment) in text for fragment in alternative) for alternative in labelled.gold)


def _differs_right(labelled: Labelled, finding: Finding) -> bool:
    """Whether a difference was found where there is one, and named rightly."""
    return (
        labelled.verdict is Verdict.DIFFERS
        and _quotes_right(labelled, finding)
        and all(d.aspect in labelled.aspects for d in finding.differences)
        and any(_plain(labelled.written) in _plain(d.written) for d in finding.differences)
    )


def score(assistant: Assistant, claims: Sequence[Labelled]) -> Score:
    """Check every claim as a text of its own."""
    given: list[tuple[Labelled, Verdict | None, Finding | None]] = []
    furniture = 0
    for labelled in claims:
        report = check(labelled.claim, assistant)
        finding = report.findings[0] if len(report.findings) == 1 else None
        given.append((labelled, finding.verdict if finding else None, finding))
        furniture += sum(
            assistant.article.paragraphs[q.citation.paragraph - 1].furniture for f in report.findings for q in f.quotes
        )
    right = [row for row in given if row[0].verdict is row[1]]
    by_verdict = {}
    for verdict in Verdict:
        hits = sum(row[1] is verdict for row in right)
        should, got = sum(row[0].verdict is verdict for row in given), sum(row[1] is verdict for row in given)
        by_verdict[verdict.value] = (hits / max(1, should), hits / max(1, got))
    differing = [(labelled, f) for labelled, v, f in given if f and v is Verdict.DIFFERS]
    with_quotes = [(labelled, f) for labelled, v, f in right if f and v is not Verdict.NOT_FOUND]
    return Score(
        len(given),
        len(right) / max(1, len(given)),
        by_verdict,
        sum(_differs_right(labelled, f) for labelled, f in differing) / max(1, len(differing)),
        len(differing),
        sum(_quotes_right(labelled, f) for labelled, f in with_quotes) / max(1, len(with_quotes)),
        furniture,
        tuple(_told(*row) for row in given if row[0].verdict is not row[1] or _misnamed(*row)),
    )


def _misnamed(labelled: Labelled, given: Verdict | None, finding: Finding | None) -> bool:
    return finding is not None and given is Verdict.DIFFERS and not _differs_right(labelled, finding)


def _told(labelled: Labelled, given: Verdict | None, finding: Finding | None) -> str:
    """An error in a line."""
    said = "; ".join(f"{d.aspect}: {d.claimed} | {d.written}" for d in finding.differences) if finding else ""
    quote = finding.quotes[0].text[:70] if finding and finding.quotes else ""
    return f"{labelled.id} {labelled.verdict} -> {given} [{said}]: {labelled.claim} -> {quote}"


@click.command()
@click.argument("claims", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--article", type=click.Path(exists=True, path_type=Path), help="Default: the sample article.")
@click.option("--errors", is_flag=True, help="List every claim that went wrong.")
def main(claims: Path, article: Path | None, *, errors: bool) -> None:
    """Score the check on a set of claims about one article."""
    result = score(Assistant(read_article(article or sample_path())), load_claims(claims))
    print(f"{'right':16} {result.right:.3f}  n={result.claims}")
    for verdict, (recall, precision) in result.by_verdict.items():
        print(f"{verdict:16} recall {recall:.3f}  precision {precision:.3f}")
    print(f"{'differs, exact':16} {result.differs_exact:.3f}  n={result.differs_given}")
    print(f"{'quoted':16} {result.quoted:.3f}")
    print(f"{'furniture':16} {result.furniture}")
    if errors:
        print(*result.errors, sep="\n")


if __name__ == "__main__":
    main()
