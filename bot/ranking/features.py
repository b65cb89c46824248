"""Features of (question, sentence) pairs, for the learned ranker: `_TABLE` lists them.

A further score of the same pairs (a reader's, say) would be one more column behind these: whoever fuses takes
`Candidates.matrix` as it is and appends.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.english.expected import Kind, matching
from bot.ranking.matches import Matches, gram_overlap, matches_of
from bot.ranking.query import Query, parse
from bot.ranking.view import ArticleView, Floats, Positions
from bot.ranking.wordstats import WordStats

CANDIDATES = 30
"""Sentences that are scored in full. On the training news .96 of the answers are among them, and most of the rest
share no word with their question."""

READ = 7
"""Sentences that the cross-encoder reads, each with its neighbours: the best by their words. Ten cost a third more time
and find nothing more in news; in a conversation those around the quote are read besides (`bot.ranking.focus`)."""

FIRST = 10
"""Sentences that are looked at where no word of the question stands in the article: a paraphrase may share none, and
news tells the most at its start."""

_KINDS = list(Kind)
_NAMES = (Kind.PERSON, Kind.GROUP, Kind.NAME, Kind.PLACE)
_NUMBERS = (Kind.NUMBER, Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.AGE)

_TABLE: tuple[tuple[str, str, str], ...] = (
    ("bm25", "sentence BM25", "0 and up"),
    ("bm25_relative", "the same over the article's best", "0 to 1"),
    ("bm25_rank", "one over its rank by BM25", "0 to 1"),
    ("passage_relative", "BM25 of its best passage over the article's best", "0 to 1"),
    ("passage_rank", "one over its rank by that", "0 to 1"),
    ("window_bm25", "BM25 with half of both neighbours' over the article's best", "0 to 1"),
    ("bm25_before", "`bm25_relative` of the sentence before", "0 to 1"),
    ("bm25_behind", "of the sentence behind", "0 to 1"),
    ("coverage", "share of the question it holds, by weight", "0 to 1"),
    ("coverage_soft", "the same with synonyms", "0 to 1"),
    ("coverage_carried", "and with what pronouns and surnames stand for", "0 to 1"),
    ("coverage_before", "share that the sentence before holds", "0 to 1"),
    ("coverage_behind", "share that the sentence behind holds", "0 to 1"),
    ("coverage_window", "share that it and its neighbours hold", "0 to 1"),
    ("coverage_reached", "share that it, its pronouns or the sentence before hold", "0 to 1"),
    ("coverage_translated", "share that it holds or paraphrases, by learned translations", "0 to 1"),
    ("coverage_rare", "`coverage` by background rarity alone", "0 to 1"),
    ("coverage_soft_relative", "`coverage_soft` over the article's best", "0 to 1"),
    ("coverage_reached_relative", "`coverage_reached` over the article's best", "0 to 1"),
    ("coverage_translated_relative", "`coverage_translated` over the article's best", "0 to 1"),
    ("coverage_names", "`coverage_reached` of names", "0 to 1"),
    ("coverage_names_own", "`coverage` of names", "0 to 1"),
    ("coverage_numbers", "`coverage` of numbers", "0 to 1"),
    ("coverage_plain", "`coverage_soft` of the other terms", "0 to 1"),
    ("coverage_plain_translated", "`coverage_translated` of the other terms", "0 to 1"),
    ("has_last", "whether it holds the question's last term or a synonym", "0 to 1"),
    ("has_rarest", "whether it holds the term of most weight or a synonym", "0 to 1"),
    ("matched", "terms it holds", "0 and up"),
    ("missed", "terms it lacks", "0 and up"),
    ("worst_missing", "largest weight of a term it lacks", "0 to 12"),
    ("worst_missing_found", "the same among terms that the article holds elsewhere", "0 to 12"),
    ("worst_missing_soft", "largest rarity of a term that neither it nor the sentence before reaches", "0 to 12"),
    ("lift", "sum of learned lifts for the terms it lacks", "0 and up"),
    ("lift_relative", "the same over the article's best", "0 to 1"),
    ("kind_lift", "lifts of the question's kind, for its length", "0 and up"),
    ("kind_lift_relative", "the same over the article's best", "0 to 1"),
    ("grams", "share of the question's character 4-grams, by rarity in the article", "0 to 1"),
    ("grams_relative", "the same over the article's best", "0 to 1"),
    ("grams_rank", "one over its rank by that", "0 to 1"),
    ("pairs", "share of the question's neighbouring pairs of terms", "0 to 1"),
    ("he", "holds he, she ...", "0 or 1"),
    ("it", "holds it, this ...", "0 or 1"),
    ("they", "holds they, these ...", "0 or 1"),
    ("opens_pronoun", "opens with such a word", "0 or 1"),
    ("the", 'opens with "the group", "the man" ...', "0 or 1"),
    ("refers", "if one of the last two: share that only the sentence before holds", "0 to 1"),
    ("quote", "holds quotation marks", "0 or 1"),
    ("says", "holds a verb of speech", "0 or 1"),
    ("says_asked", "one of the last two, and the question asks what was said", "0 or 1"),
    ("negated", "holds a negation", "0 or 1"),
    ("asks", "is itself a question", "0 or 1"),
    ("second_missing", "second largest weight of a term it lacks", "0 to 12"),
    ("worst_missing_window", "largest weight of a term that it and its neighbours lack", "0 to 12"),
    ("second_missing_window", "the second largest", "0 to 12"),
    ("introduces", "share of the question that the article uses here for the first time", "0 to 1"),
    ("defines", "reads like a definition; double if the question asks for one", "0, 1, 2"),
    ("negation_differs", "a negation in the question or in the sentence, not in both", "0 or 1"),
    ("position", "sentences before it", "0 and up"),
    ("position_relative", "the same over all", "0 to 1"),
    ("opens_paragraph", "whether it opens its paragraph", "0 or 1"),
    ("length", "terms in it", "0 and up"),
    ("characters", "characters in it", "1 to 1000"),
    ("size", "sentences in the article", "1 and up"),
    ("question_terms", "terms in the question", "1 and up"),
    ("question_names", "names among them", "0 and up"),
    ("kind", "number of the kind of answer asked for", "0 to 16"),
    ("article_coverage", "share of the question that the article holds anywhere", "0 to 1"),
    ("answers", "candidate answers of that kind, new to the question", "0 to 5"),
    ("answer_near", "characters from the nearest to a term of the question", "0 to 60"),
    ("answer_first", "where the first stands, over the sentence's length", "0 and up"),
    ("names_new", "names that the question does not hold", "0 to 6"),
    ("numbers_new", "numbers and dates that the question does not hold", "0 to 6"),
    ("density", "terms of the question over the words from the first to the last of them", "0 to 1"),
    ("in_order", "terms in the question's order", "0 and up"),
    ("longest_run", "longest run of terms as in the question, over its terms", "0 to 1"),
    ("answers_others", "share of the candidates with a candidate answer", "0 to 1"),
)
"""(name, meaning, range) of every feature, in the order of the columns. "Weight" is the mean of the inverse document
frequency in the article and in the training articles, "rarity" the latter alone, both natural logarithms."""

FEATURES: tuple[str, ...] = tuple(name for name, _, _ in _TABLE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences worth scoring for a question.

    Attributes:
        positions: shape (k,), positions among the prose, ascending.
        matrix: shape (k, len(FEATURES)), float32, rounded to six decimals.
        bm25: shape (k,), sentence BM25.
        query: the question, taken apart.
        unmet: shape (m,), 1 where no sentence of the article holds the term.
        unmet_soft: the same, 0.4 where one holds a synonym.
    """

    positions: Positions
    matrix: NDArray[np.float32]
    bm25: Floats
    query: Query
    unmet: Floats
    unmet_soft: Floats


def _relative(values: Floats) -> Floats:
    """The values over the largest; as they are where none is above zero."""
    best = float(values.max(initial=0.0))
    return values / best if best > 0 else values


def _share(present: Floats, weights: Floats) -> Floats:
    """Weighted share of the question's terms, shape (n,), 0..1; 0 for no weight."""
    total = float(weights.sum())
    return (present * weights[:, None]).sum(axis=0) / total if total > 0 else np.zeros(present.shape[1])


def _rank_of(values: Floats) -> Floats:
    """Reciprocal of the 1-based rank, shape (n,); equal values by position."""
    order = np.argsort(-np.round(values, 9), kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    return 1.0 / ranks


def _bm25_columns(bm25: Floats, around: Floats) -> dict[str, Floats]:
    """BM25 of the sentence, of its neighbours, and of its best passage (`around`)."""
    relative, window = _relative(bm25), bm25.copy()
    window[1:] += 0.5 * bm25[:-1]
    window[:-1] += 0.5 * bm25[1:]
    before, behind = np.zeros_like(bm25), np.zeros_like(bm25)
    before[1:], behind[:-1] = relative[:-1], relative[1:]
    return {
        "bm25": bm25,
        "bm25_relative": relative,
        "bm25_rank": _rank_of(bm25),
        "passage_relative": _relative(around),
        "passage_rank": _rank_of(around),
        "window_bm25": _relative(window),
        "bm25_before": before,
        "bm25_behind": behind,
    }


def _coverage_columns(matches: Matches, query: Query) -> dict[str, Floats]:
    """Shares of the question that are met, one way or another."""
    weights, names, numbers = query.weights, query.weights * query.names, query.weights * query.numbers
    plain = query.weights * (1.0 - np.maximum(query.names, query.numbers))
    soft, reached = _share(matches.soft, weights), _share(matches.reached, weights)
    translated = _share(matches.translated, weights)
    return {
        "coverage": _share(matches.exact, weights),
        "coverage_soft": soft,
        "coverage_carried": _share(matches.carried, weights),
        "coverage_before": _share(matches.before, weights),
        "coverage_behind": _share(matches.behind, weights),
        "coverage_window": _share(matches.window, weights),
        "coverage_reached": reached,
        "coverage_translated": translated,
        "coverage_rare": _share(matches.exact, query.rare),
        "coverage_soft_relative": _relative(soft),
        "coverage_reached_relative": _relative(reached),
        "coverage_translated_relative": _relative(translated),
        "coverage_names": _share(matches.reached, names),
        "coverage_names_own": _share(matches.exact, names),
        "coverage_numbers": _share(matches.exact, numbers),
        "coverage_plain": _share(matches.soft, plain),
        "coverage_plain_translated": _share(matches.translated, plain),
        "has_last": matches.soft[-1],
        "has_rarest": matches.soft[query.weights >= query.weights.max()].max(axis=0),
        "introduces": _share(matches.introduces, weights),
    }


def _missing_columns(matches: Matches, query: Query) -> dict[str, Floats]:
    """What of the question the sentence lacks, and what may stand for it."""
    weights, missing = query.weights[:, None], 1.0 - matches.exact
    lacking = np.sort(missing * weights, axis=0)
    around = np.sort((1.0 - matches.window) * weights, axis=0)
    nothing = np.zeros(missing.shape[1])
    lift = (matches.lifts * missing).sum(axis=0)
    return {
        "matched": matches.exact.sum(axis=0),
        "missed": missing.sum(axis=0),
        "worst_missing": lacking[-1],
        "second_missing": lacking[-2] if len(lacking) > 1 else nothing,
        "worst_missing_window": around[-1],
        "second_missing_window": around[-2] if len(around) > 1 else nothing,
        "worst_missing_found": (missing * (query.weights * (1.0 - matches.unmet))[:, None]).max(axis=0),
        "worst_missing_soft": ((1.0 - matches.reached) * query.rare[:, None]).max(axis=0),
        "lift": lift,
        "lift_relative": _relative(lift),
        "kind_lift": matches.kind_lift,
        "kind_lift_relative": _relative(matches.kind_lift),
    }


def _other_columns(view: ArticleView, matches: Matches, query: Query) -> dict[str, Floats]:
    """Spelling, reference, speech, place in the article, and the question itself."""
    flags, place = view.flags, np.arange(view.size, dtype=np.float64)
    grams = gram_overlap(view, query)
    pairs = np.zeros(view.size)
    for pair in query.pairs:
        pairs[view.with_pair(pair)] += 1
    only_before = _share(matches.before * (1.0 - matches.soft), query.weights)
    held = float(((1.0 - matches.unmet) * query.weights).sum()) / max(1e-9, float(query.weights.sum()))
    whole = {
        "size": float(view.size),
        "question_terms": float(len(query.terms)),
        "question_names": float(query.names.sum()),
        "kind": float(_KINDS.index(query.expected.kind)),
        "article_coverage": held,
    }
    return {
        "grams": grams,
        "grams_relative": _relative(grams),
        "grams_rank": _rank_of(grams),
        "pairs": pairs / max(1, len(query.pairs)),
        "he": flags["he"],
        "it": flags["it"],
        "they": flags["they"],
        "opens_pronoun": flags["opens"],
        "the": flags["the"],
        "refers": np.maximum(flags["opens"], flags["the"]) * only_before,
        "quote": flags["quote"],
        "says": flags["says"],
        "says_asked": np.maximum(flags["says"], flags["quote"]) * float(query.saying),
        "negated": flags["not"],
        "negation_differs": np.abs(flags["not"] - float(query.negated)),
        "defines": flags["defines"] * (1.0 + float(query.expected.kind is Kind.DESCRIPTION)),
        "asks": flags["asks"],
        "position": place,
        "position_relative": place / view.size,
        "opens_paragraph": view.opens,
        "length": view.lengths,
        "characters": view.characters,
    } | {name: np.full(view.size, value) for name, value in whole.items()}


def _span_columns(view: ArticleView, query: Query, positions: Positions) -> dict[str, list[float]]:
    """Features of the candidate answers inside each sentence, and of the order of its words."""
    at = {term: i for i, term in enumerate(query.terms)}
    columns: dict[str, list[float]] = {
        name: []
        for name in (
            "answers",
            "answer_near",
            "answer_first",
            "names_new",
            "numbers_new",
            "density",
            "in_order",
            "longest_run",
        )
    }
    holding = set().union(*(view.terms.get(term, ()) for term in query.terms))
    given, most = query.expected.given, max(1, len(query.terms))
    for position in positions.tolist():
        # (place among the words, place among the terms, place in the question, offset) of each term of the question
        hits: list[tuple[int, int, int, int]] = []
        if position in holding:
            row = [(i, term, start) for i, (term, start, _, stop) in enumerate(view.cut(position)) if not stop]
            hits = [(i, n, at[term], start) for n, (i, term, start) in enumerate(row) if term in at]
        new = [s for s in view.spans[position] if not s.terms <= given]
        good = matching(new, query.expected)
        columns["answers"].append(float(min(len(good), 5)))
        near = 60
        if good and hits:
            near = min(max(span.start - start, start - span.end, 0) for span in good for *_, start in hits)
        columns["answer_near"].append(float(min(near, 60)))
        first = min([s.start for s in good], default=300)
        columns["answer_first"].append(first / max(1, len(view.text(position))))
        columns["names_new"].append(float(min(6, len([s for s in new if s.kind in _NAMES]))))
        columns["numbers_new"].append(float(min(6, len([s for s in new if s.kind in _NUMBERS]))))
        distinct = len({which for _, _, which, _ in hits})
        # The shortest stretch that holds all distinct matches would cost a search; first to last is nearly as good.
        columns["density"].append(distinct / (hits[-1][0] - hits[0][0] + 1) if hits else 0.0)
        rising = run = best = 0
        for (_, n, left, _), (_, behind, right, _) in pairwise([(-2, -2, -2, -2), *hits]):
            rising += right > left >= 0
            run = run + 1 if behind == n + 1 and right == left + 1 else 1
            best = max(best, run)
        columns["in_order"].append(rising / max(1, len(query.terms) - 1))
        columns["longest_run"].append(best / most)
    return columns


def candidates_for(view: ArticleView, question: str, stats: WordStats) -> Candidates:
    """Pick the sentences worth scoring and describe them.

    Args:
        view: the article.
        question: in words.
        stats: rarity and translations of words.

    Returns:
        at most `CANDIDATES` sentences; the first `FIRST` where none holds a word of the question or a synonym.
    """
    query = parse(view, question, stats)
    if not view.size or not query.terms:
        none = np.zeros(0)
        return Candidates(none.astype(np.intp), np.zeros((0, len(FEATURES)), np.float32), none, query, none, none)
    matches = matches_of(view, query, stats)
    bm25 = view.retriever.scores(query.terms)
    around = view.passage_retriever.scores(query.terms)[view.passages].max(axis=1)
    cheap = 0.5 * _relative(bm25) + 0.25 * _relative(around) + 0.25 * _share(matches.carried, query.weights)
    order = np.argsort(-np.round(cheap, 9), kind="stable")
    # A sentence that matches nothing may still answer ("he" did it).
    positions: Positions = np.sort(order[: CANDIDATES if matches.soft.any() else FIRST])
    columns = (
        _bm25_columns(bm25, around)
        | _coverage_columns(matches, query)
        | _missing_columns(matches, query)
        | _other_columns(view, matches, query)
    )
    picked = {name: values[positions] for name, values in columns.items()}
    picked.update({name: np.array(values) for name, values in _span_columns(view, query, positions).items()})
    picked["answers_others"] = np.full(len(positions), float((picked["answers"] > 0).sum()) / max(1, len(positions)))
    matrix = np.round(np.stack([picked[name] for name in FEATURES], axis=1), 6).astype(np.float32)
    return Candidates(positions, matrix, bm25[positions], query, matches.unmet, 1.0 - matches.soft.max(axis=1))
