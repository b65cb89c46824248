"""Features of (question, sentence) pairs, for the learned ranker.

TABLE
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.expected import Expected, Kind, expected_type, matching
from bot.synonyms import synonyms
from bot.view import ArticleView, Floats, Positions, grams, pairs
from bot.wordstats import WH_PREFIX, WordStats
from index.analyzer import tokens

CANDIDATES = 30
"""Sentences that are scored in full; the recall of the first 30 by BM25 and coverage is above .97."""

_PEER = 0.6
"""Weight of a synonym, against 1 for the word itself."""

_SAYING = re.compile(
    r"\b(?:say|says|said|tell|told|claim\w*|quote\w*|statement|comment\w*|warn\w*|ask\w*|announce\w*)\b", re.IGNORECASE
)
_KINDS = list(Kind)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart.

    Attributes:
        terms: its distinct terms, in order; m below.
        pairs: its neighbouring terms.
        expected: what it asks for.
        weights: shape (m,), mean of the article's and the background inverse document frequency.
        rare: shape (m,), the background inverse document frequency alone.
        names: shape (m,), 1 where the term is (part of) a name.
        numbers: shape (m,), 1 where the term is a number.
        saying: whether it asks for what somebody said.
    """

    terms: tuple[str, ...]
    pairs: tuple[str, ...]
    expected: Expected
    weights: Floats
    rare: Floats
    names: Floats
    numbers: Floats
    saying: bool


def parse(view: ArticleView, question: str, stats: WordStats) -> Query:
    """Take a question apart."""
    found = [t for t in tokens(question) if not t.stop]
    ordered = tuple(dict.fromkeys(t.term for t in found))
    capital = {t.term for t in found if t.start > 0 and question[t.start].isupper()}
    rare = np.array([stats.rare(t) for t in ordered])
    local = np.array([view.retriever.idf(t) for t in ordered])
    return Query(
        terms=ordered,
        pairs=tuple(dict.fromkeys(pairs([t.term for t in found]))),
        expected=expected_type(question),
        weights=(rare + local) / 2,
        rare=rare,
        names=np.array([float(t in capital or t in view.names) for t in ordered]),
        numbers=np.array([float(t[0].isdigit()) for t in ordered]),
        saying=_SAYING.search(question) is not None,
    )


def _presence(view: ArticleView, query: Query) -> tuple[Floats, Floats, Floats]:
    """(exact, with synonyms, with carried terms), each of shape (m, n), values 0..1."""
    shape = (len(query.terms), view.size)
    exact = np.zeros(shape)
    peers = synonyms()
    for row, term in enumerate(query.terms):
        if term in view.terms:
            exact[row, view.terms[term]] = 1.0
    soft = exact.copy()
    for row, term in enumerate(query.terms):
        for peer in peers.get(term, ()):
            if peer in view.terms:
                at = view.terms[peer]
                soft[row, at] = np.maximum(soft[row, at], _PEER)
    carried = soft.copy()
    for row, term in enumerate(query.terms):
        if term in view.carried:
            at = view.carried[term]
            carried[row, at] = np.maximum(carried[row, at], 0.8)
    return exact, soft, carried


def _translated(view: ArticleView, query: Query, stats: WordStats) -> tuple[Floats, Floats]:
    """(lift of each term, shape (m, n); lift of the question's kind, shape (n,)), both >= 0."""
    lifts = np.zeros((len(query.terms), view.size))
    for row, term in enumerate(query.terms):
        for other, lift in stats.translations.get(term, {}).items():
            if other in view.words:
                at = view.words[other]
                lifts[row, at] = np.maximum(lifts[row, at], lift)
    kind = np.zeros(view.size)
    for other, lift in stats.translations.get(WH_PREFIX + query.expected.kind, {}).items():
        if other in view.words:
            kind[view.words[other]] += lift
    return lifts, kind


def _gram_overlap(view: ArticleView, query: Query) -> Floats:
    """Share of the question's character n-grams, weighted by rarity in the article, shape (n,), 0..1."""
    found = np.zeros(view.size)
    total = 0.0
    for gram in sorted(set().union(*(grams(t) for t in query.terms))) if query.terms else []:
        at = view.grams.get(gram)
        weight = float(np.log1p(view.size / (0.5 + (0 if at is None else len(at)))))
        total += weight
        if at is not None:
            found[at] += weight
    return found / total if total else found


def _windows(view: ArticleView, present: Floats) -> tuple[Floats, Floats]:
    """The presence in the sentence before and in the one behind, each of shape (m, n)."""
    before, behind = np.zeros_like(present), np.zeros_like(present)
    before[:, 1:] = present[:, :-1]
    behind[:, :-1] = present[:, 1:]
    return before, behind


def _relative(values: Floats) -> Floats:
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences worth scoring for a question.

    Attributes:
        positions: shape (k,), positions among the prose, ascending.
        matrix: shape (k, len(FEATURES)), float32, rounded to six decimals.
        bm25: shape (k,), sentence BM25.
        query: the question, taken apart.
        unmet: shape (m,), 1 where no sentence of the article holds the term.
        unmet_soft: shape (m,), how far the best sentence is from holding the term or a synonym, 0..1.
    """

    positions: Positions
    matrix: NDArray[np.float32]
    bm25: Floats
    query: Query
    unmet: Floats
    unmet_soft: Floats


def _span_features(view: ArticleView, query: Query, positions: Positions) -> dict[str, list[float]]:
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
    for position in positions.tolist():
        found = view.spans[position]
        row = view.tokens(position)
        hits = [(i, at[t.term], t.start) for i, t in enumerate(row) if not t.stop and t.term in at]
        good = matching(found, query.expected)
        columns["answers"].append(float(min(len(good), 5)))
        near = 60.0
        if good and hits:
            near = min(max(span.start - start, start - span.end, 0) for span in good for _, _, start in hits)
        columns["answer_near"].append(float(min(near, 60.0)))
        columns["answer_first"].append(min((s.start for s in good), default=300) / max(1, len(view.text(position))))
        new = [s for s in found if not s.terms <= query.expected.given]
        columns["names_new"].append(float(min(6, sum(s.kind in _NAMES for s in new))))
        columns["numbers_new"].append(float(min(6, sum(s.kind in _NUMBERS for s in new))))
        distinct = len({which for _, which, _ in hits})
        # The shortest stretch that holds all distinct matches would cost a search; first to last is nearly as good.
        columns["density"].append(distinct / (hits[-1][0] - hits[0][0] + 1) if hits else 0.0)
        rising = sum(b[1] > a[1] for a, b in zip(hits, hits[1:], strict=False))
        columns["in_order"].append(rising / max(1, len(query.terms) - 1))
        run = best = 0
        content = [at.get(t.term, -1) for t in row if not t.stop]
        for left, right in zip([-2, *content], content, strict=False):
            run = run + 1 if right >= 0 and right == left + 1 else int(right >= 0)
            best = max(best, run)
        columns["longest_run"].append(best / max(1, len(query.terms)))
    return columns


_NAMES = (Kind.PERSON, Kind.GROUP, Kind.NAME, Kind.PLACE)
_NUMBERS = (Kind.NUMBER, Kind.DATE, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.AGE)


def candidates_for(view: ArticleView, question: str, stats: WordStats) -> Candidates:
    """Pick the sentences worth scoring and describe them.

    Args:
        view: the article.
        question: in words.
        stats: rarity and translations of words.

    Returns:
        at most `CANDIDATES` sentences; none where the article holds no word of the question nor a synonym.
    """
    query = parse(view, question, stats)
    n = view.size
    if not n or not query.terms:
        empty = np.zeros(0)
        return Candidates(empty.astype(np.intp), np.zeros((0, len(FEATURES)), np.float32), empty, query, empty, empty)
    exact, soft, carried = _presence(view, query)
    ordered = list(query.terms)
    bm25 = view.retriever.scores(ordered)
    around = view.passage_retriever.scores(ordered)[view.passages].max(axis=1)
    bm25_relative, around_relative = _relative(bm25), _relative(around)
    own = _share(exact, query.weights)
    own_soft = _share(soft, query.weights)
    own_carried = _share(carried, query.weights)
    cheap = 0.5 * bm25_relative + 0.25 * around_relative + 0.25 * own_carried
    matched = (bm25 > 0) | (around > 0) | (own_soft > 0)
    order = np.argsort(-np.round(cheap, 9), kind="stable")
    # A sentence that matches nothing may still answer ("he" did it), as long as some sentence matches.
    positions: Positions = np.sort(order[: CANDIDATES if matched.any() else 0])
    lifts, kind_lift = _translated(view, query, stats)
    before, behind = _windows(view, soft)
    window = np.maximum(np.maximum(soft, 0.8 * before), 0.7 * behind)
    reached = np.maximum(carried, 0.7 * before)
    translated = np.maximum(soft, np.minimum(1.0, lifts / 3.0))
    missing = 1.0 - exact
    gram = _gram_overlap(view, query)
    shared_pairs = np.zeros(n)
    for pair in query.pairs:
        if pair in view.pairs:
            shared_pairs[view.pairs[pair]] += 1
    named, numbered, plain = query.names, query.numbers, 1.0 - np.maximum(query.names, query.numbers)
    last = np.zeros(len(ordered))
    last[-1] = 1.0
    rarest = (query.weights >= query.weights.max()).astype(np.float64)
    flags = view.flags
    kind_index = float(_KINDS.index(query.expected.kind))
    place = np.arange(n, dtype=np.float64)
    bm25_window = bm25.copy()
    bm25_window[1:] += 0.5 * bm25[:-1]
    bm25_window[:-1] += 0.5 * bm25[1:]
    prev_bm25, next_bm25 = np.zeros(n), np.zeros(n)
    prev_bm25[1:], next_bm25[:-1] = bm25_relative[:-1], bm25_relative[1:]
    ones = np.ones(n)
    article_has = exact.max(axis=1)
    columns: dict[str, Floats] = {
        "bm25": bm25,
        "bm25_relative": bm25_relative,
        "bm25_rank": _rank_of(bm25),
        "passage_relative": around_relative,
        "passage_rank": _rank_of(around),
        "window_bm25": _relative(bm25_window),
        "bm25_before": prev_bm25,
        "bm25_behind": next_bm25,
        "coverage": own,
        "coverage_soft": own_soft,
        "coverage_carried": own_carried,
        "coverage_before": _share(before, query.weights),
        "coverage_behind": _share(behind, query.weights),
        "coverage_window": _share(window, query.weights),
        "coverage_reached": _share(reached, query.weights),
        "coverage_translated": _share(translated, query.weights),
        "coverage_rare": _share(exact, query.rare),
        "coverage_soft_relative": _relative(own_soft),
        "coverage_reached_relative": _relative(_share(reached, query.weights)),
        "coverage_translated_relative": _relative(_share(translated, query.weights)),
        "coverage_names": _share(reached, query.weights * named),
        "coverage_names_own": _share(exact, query.weights * named),
        "coverage_numbers": _share(exact, query.weights * numbered),
        "coverage_plain": _share(soft, query.weights * plain),
        "coverage_plain_translated": _share(translated, query.weights * plain),
        "has_last": (soft * last[:, None]).sum(axis=0),
        "has_rarest": (soft * rarest[:, None]).max(axis=0),
        "matched": exact.sum(axis=0),
        "missed": missing.sum(axis=0),
        "worst_missing": (missing * query.weights[:, None]).max(axis=0),
        "worst_missing_found": (missing * (query.weights * article_has)[:, None]).max(axis=0),
        "worst_missing_soft": ((1.0 - reached) * query.rare[:, None]).max(axis=0),
        "lift": (lifts * missing).sum(axis=0),
        "lift_relative": _relative((lifts * missing).sum(axis=0)),
        "kind_lift": kind_lift / np.sqrt(view.lengths + 5.0),
        "kind_lift_relative": _relative(kind_lift / np.sqrt(view.lengths + 5.0)),
        "grams": gram,
        "grams_relative": _relative(gram),
        "grams_rank": _rank_of(gram),
        "pairs": shared_pairs / max(1, len(query.pairs)),
        "he": flags["he"],
        "it": flags["it"],
        "they": flags["they"],
        "opens_pronoun": flags["opens"],
        "the": flags["the"],
        "refers": np.maximum(flags["opens"], flags["the"]) * _share(before * (1.0 - soft), query.weights),
        "quote": flags["quote"],
        "says": flags["says"],
        "says_asked": np.maximum(flags["says"], flags["quote"]) * float(query.saying),
        "negated": flags["not"],
        "asks": flags["asks"],
        "position": place,
        "position_relative": place / n,
        "opens_paragraph": view.opens,
        "length": view.lengths,
        "characters": view.characters,
        "size": ones * n,
        "question_terms": ones * len(ordered),
        "question_names": ones * float(named.sum()),
        "kind": ones * kind_index,
        "article_coverage": ones * float((article_has * query.weights).sum() / max(1e-9, float(query.weights.sum()))),
    }
    picked = {name: values[positions] for name, values in columns.items()}
    picked.update({name: np.array(values) for name, values in _span_features(view, query, positions).items()})
    answers = picked["answers"]
    picked["answers_others"] = np.full(len(positions), float((answers > 0).mean()) if len(positions) else 0.0)
    matrix = np.round(np.stack([picked[name] for name in FEATURES], axis=1), 6).astype(np.float32)
    return Candidates(positions, matrix, bm25[positions], query, 1.0 - article_has, 1.0 - soft.max(axis=1))


FEATURES: tuple[str, ...] = tuple(
    "bm25 bm25_relative bm25_rank passage_relative passage_rank window_bm25 bm25_before bm25_behind "
    "coverage coverage_soft coverage_carried coverage_before coverage_behind coverage_window coverage_reached "
    "coverage_translated coverage_rare coverage_soft_relative coverage_reached_relative "
    "coverage_translated_relative coverage_names coverage_names_own coverage_numbers coverage_plain "
    "coverage_plain_translated has_last has_rarest matched missed worst_missing worst_missing_found "
    "worst_missing_soft lift lift_relative kind_lift kind_lift_relative grams grams_relative grams_rank pairs "
    "he it they opens_pronoun the refers quote says says_asked negated asks position position_relative "
    "opens_paragraph length characters size question_terms question_names kind article_coverage "
    "answers answer_near answer_first names_new numbers_new density in_order longest_run answers_others".split()
)
