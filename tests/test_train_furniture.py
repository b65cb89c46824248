"""Training of the furniture model: halves without a common site, trees that the package reads, weights of rows."""

from collections.abc import Callable

import numpy as np
import pytest

from index.furniture_features import NAMES
from index.furniture_trees import read_trees

pytest.importorskip("lightgbm")

from bench.furniture_pages import Page, read_page
from bench.train_furniture import Rows, fit, rows_of, site_of, split_by_site

STORY = "The ferry will run twice a day from June, the harbour board decided on Monday."


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://edition.cnn.com/a", "cnn.com"),
        ("http://example.org", "example.org"),
        ("page7", "page7"),
    ],
)
def test_site(url: str, site: str) -> None:
    """Subdomains are of one site; what is no address is a site of its own."""
    assert site_of(url) == site


def test_halves_have_no_site_in_common() -> None:
    """Every page is in one half, all of a site in the same one; another seed draws other halves."""
    urls = {f"p{i}": f"https://www.site{i % 13}.com/{i}" for i in range(40)}
    left, right = split_by_site(urls, 0)
    assert sorted(left + right) == sorted(urls)
    assert not {site_of(urls[i]) for i in left} & {site_of(urls[i]) for i in right}
    assert abs(len(left) - len(right)) <= 4
    assert split_by_site(dict(reversed(urls.items())), 0) == (left, right) != split_by_site(urls, 1)


def test_labels_come_from_the_true_text() -> None:
    """Lines whose words are the article's are body, all others are not."""
    page = read_page(f"Home\n\n{STORY}\n\nShare this", STORY)
    assert list(zip(page.texts, page.body, strict=True)) == [("Home", False), (STORY, True), ("Share this", False)]


def test_a_sentence_of_a_short_article_weighs_more() -> None:
    """The metric averages shares of pages, and so do the weights."""
    short = Page(["Home", STORY], [True] * 2, [False, True])
    long = Page(["Home", *[STORY] * 60], [True] * 61, [False, *[True] * 60])
    assert rows_of(short, 1.0).weights[1] > 2 * rows_of(long, 1.0).weights[1]
    assert rows_of(short, 0.5).weights.tolist() == pytest.approx((0.5 * rows_of(short, 1.0).weights).tolist())


def _rows(label: Callable[[np.ndarray], np.ndarray]) -> Rows:
    """Rows of noise with labels that follow from it."""
    x = np.random.default_rng(3).normal(size=(600, len(NAMES)))
    return Rows(x, label(x), np.ones(600))


def test_trees_learn_what_a_line_cannot() -> None:
    """A label that hangs on two features crosswise is learned by the trees, read back, and not by the regression."""
    rows = _rows(lambda x: (x[:, 0] > 0) == (x[:, 1] > 0))
    found = fit([rows])
    odds = read_trees(found["trees"], NAMES).predict(rows.x)
    assert ((odds > 0) == rows.y).mean() > 0.85
    assert abs(found["weights"][NAMES[0]]) < 0.5
    assert fit([rows]) == found


def test_the_regression_is_of_the_features_as_they_are() -> None:
    """Weights and bias are scaled back: the odds of the raw rows agree with their labels."""
    rows = _rows(lambda x: x[:, 2] > 0.0)
    found = fit([Rows(rows.x * 5.0 + 1.0, rows.y, rows.weights)])
    odds = found["bias"] + (rows.x * 5.0 + 1.0) @ np.array([found["weights"][name] for name in NAMES])
    assert ((odds > 0) == rows.y).mean() > 0.9
