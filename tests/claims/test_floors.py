"""The check on labelled claims: floors that it may not fall below.

`heldout.jsonl` was written before the check and looked at in sum only; `dev.jsonl`, `hard.jsonl` (the article's own
words turned round) and `ferry.jsonl` (another article) are there to look at errors.
"""

from pathlib import Path

import pytest

from bench.claims import Score, load_claims, score
from bot.assistant import Assistant
from bot.claims import Verdict
from index.article import Article

SETS = Path(__file__).parent


@pytest.fixture(scope="module")
def heldout(sample: Article) -> Score:
    """The scores on the held-out claims."""
    return score(Assistant(sample), load_claims(SETS / "heldout.jsonl"))


def test_the_sets_are_large_enough() -> None:
    """The floors rest on 20 claims of each verdict, held out and to look at."""
    for name in ("heldout.jsonl", "dev.jsonl"):
        claims = load_claims(SETS / name)
        assert {v: sum(c.verdict is v for c in claims) for v in Verdict} == dict.fromkeys(Verdict, 20)
    texts = [c.claim for name in ("heldout.jsonl", "dev.jsonl", "hard.jsonl") for c in load_claims(SETS / name)]
    assert len(set(texts)) == len(texts)


def test_the_verdict_is_right(heldout: Score) -> None:
    """Of the held-out claims nine in ten get the right verdict."""
    assert heldout.right >= 0.88


def test_a_difference_that_is_claimed_is_one(heldout: Score) -> None:
    """Of the differences claimed, 95 % are in the right sentence and rightly named; most that are there are found."""
    assert heldout.differs_exact >= 0.95
    assert heldout.by_verdict["differs"][0] >= 0.8


def test_what_the_article_does_not_say_is_not_found_in_it(heldout: Score) -> None:
    """At most one in twenty of the claims that the article is silent on is borne out or contradicted."""
    assert heldout.by_verdict["not_found"][0] >= 0.95


def test_the_quote_is_the_right_sentence(heldout: Score) -> None:
    """Where the verdict is right, so is the quote; the page's own notices are never quoted."""
    assert heldout.quoted >= 0.97
    assert heldout.furniture == 0


@pytest.mark.parametrize(("name", "least"), [("dev.jsonl", 0.95), ("hard.jsonl", 0.9)])
def test_other_claims_on_the_sample(sample: Article, name: str, least: float) -> None:
    """Also where the claim uses the article's own words for something else; a difference claimed is one."""
    found = score(Assistant(sample), load_claims(SETS / name))
    assert found.right >= least, "\n".join(found.errors)
    assert found.differs_exact >= 0.95, "\n".join(found.errors)


def test_another_article() -> None:
    """On an article that it was not made with it errs to silence."""
    from index.readers import read_article

    found = score(Assistant(read_article(SETS / "ferry.txt")), load_claims(SETS / "ferry.jsonl"))
    assert found.right >= 0.8, "\n".join(found.errors)
    assert found.by_verdict["supports"][1] == 1.0, "\n".join(found.errors)
    assert found.differs_exact == 1.0, "\n".join(found.errors)
