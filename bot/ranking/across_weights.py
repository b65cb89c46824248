"""What sentences of different articles are compared by, and the weight of each part."""

from dataclasses import dataclass

OWN = ("lexical", "bm25_relative", "passage_relative", "coverage_soft", "reading")
"""What a sentence has of its own article: the lexical ranker's score, three of `FEATURES`, and what the
cross-encoder makes of it (of one that it did not read, the lowest that it gave there)."""

ACROSS = ("held", "around", "told", "passages")
"""What is added to compare sentences of different articles:

| part | meaning | range |
|---|---|---|
| held | share of the question that the sentence holds, by rarity in the library | 0 to 1 |
| around | BM25 in the library of its best passage, of the best passage of all | 0 to 1 |
| told | share of the question that the article holds anywhere, by rarity in the library | 0 to 1 |
| passages | the article's score by its passages, of the best article's | 0 to 1 |
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned; `bench/train_across.py` fits it.

    Attributes:
        glance: weight of each of `OWN` (but the reading) and `ACROSS`, to choose what is read.
        parts: weight of each of `OWN` and `ACROSS`.
        confidence: weight of each of `SIGNALS`, for the log-odds that the first sentence answers.
        offset: what is added to these log-odds.
    """

    glance: tuple[float, ...]
    parts: tuple[float, ...]
    confidence: tuple[float, ...]
    offset: float


SIGNALS = ("article", "share", "told", "margin")
"""What the confidence sees:

| signal | meaning | range |
|---|---|---|
| article | log-odds that the sentence answers, as its article alone would have it | -8 to 8 |
| share | of the first sentence in the softmax of all scores | 0 to 1 |
| told | as above, of its article | 0 to 1 |
| margin | how far the best sentence of another story stands behind it; `MOST_MARGIN` where there is none | 0 to 1.5 |
"""

MOST_MARGIN = 1.5
"""Beyond it a lead tells nothing: in a library of a few articles, only one is on the subject of a question at all."""

WEIGHTS = Weights(
    glance=(0.63, 0.14, -0.07, 0.72, 0.65, 0.91, 1.03, 1.23),
    parts=(0.32, -0.04, -0.08, 0.14, 0.72, 0.12, 0.26, 0.38, 0.53),
    confidence=(0.783, 0.522, 0.466, 0.412),
    offset=-1.417,
)
"""Fitted by `bench/train_across.py` on 596 questions to a library of 300 reports, and for the confidence on 100 more
that no article of it answers, by models that had not seen the article in question. Of the former the first quote is
right for .43, and the confidence tells the former from the latter with an AUROC of .84."""
