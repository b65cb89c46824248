"""Learns how rare terms are, and which term of an answer goes with which term of a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.english.expected import expected_type
from bot.ranking.view import ArticleView
from bot.ranking.wordstats import WH_PREFIX, WordStats
from index.analyzer import tokens

MIN_SENTENCES = 3
"""Sentences in which a term must stand to get a rarity of its own."""

MIN_ARTICLES = 2
"""Articles in which a pair of terms must be seen: one article's pairs are its subject, not the language."""

MIN_COUNT = 2.5
"""Times a pair must be seen, after damping."""

MIN_LIFT, MAX_LIFT = 0.5, 5.0
"""Natural logarithms: pairs below are left out of the table, above are cut."""

MOST_PER_ARTICLE = 3.0
"""Questions of an article that count for one question term, so that its subject does not rule the table."""

SMOOTHING = 0.9
"""Added to both counts of the lift."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article with (question, position of the answering sentence) pairs."""

    view: ArticleView
    pairs: tuple[tuple[str, int], ...]


def _rarity(lessons: Sequence[Lesson]) -> tuple[dict[str, float], float]:
    counts: Counter[str] = Counter()
    for lesson in lessons:
        for term, at in lesson.view.terms.items():
            counts[term] += len(at)
    total = sum(lesson.view.size for lesson in lessons)

    def idf(count: float) -> float:
        return math.log(1 + (total - count + 0.5) / (count + 0.5))

    return {t: idf(c) for t, c in counts.items() if c >= MIN_SENTENCES}, idf(1)


def _asked_and_answered(lesson: Lesson) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often an article's questions hold a term, and how often a term goes with a word of the answer."""
    questions: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for question, answer in lesson.pairs:
        found = list(tokens(question))
        sources = [*dict.fromkeys(t.term for t in found if not t.stop), WH_PREFIX + expected_type(question).kind]
        questions.update(sources)
        words = {t.term for t in lesson.view.tokens(answer)} - {t.term for t in found}
        pairs.update((source, other) for source in sources for other in words)
    return questions, pairs


def _by_chance(
    lessons: Sequence[Lesson], asked: Sequence[Counter[str]], kept: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], float]:
    """What chance would give: the share of the article's sentences that hold the word, once a question."""
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for lesson, questions in zip(lessons, asked, strict=True):
        for source, count in questions.items():
            for other in kept.get(source, ()):
                at = lesson.view.words.get(other)
                if at is not None:
                    expected[source, other] += count * _damped(source, count) * len(at) / lesson.view.size
    return expected


def _translations(lessons: Sequence[Lesson]) -> dict[str, dict[str, float]]:
    """Question term -> {word of the answer: lift}."""
    observed: dict[tuple[str, str], float] = defaultdict(float)
    articles: Counter[tuple[str, str]] = Counter()
    asked = []
    for lesson in lessons:
        questions, pairs = _asked_and_answered(lesson)
        asked.append(questions)
        for (source, other), count in pairs.items():
            observed[source, other] += count * _damped(source, questions[source])
            articles[source, other] += 1
    kept: dict[str, list[str]] = defaultdict(list)
    for (source, other), weight in sorted(observed.items()):
        if weight >= MIN_COUNT and articles[source, other] >= MIN_ARTICLES:
            kept[source].append(other)
    expected = _by_chance(lessons, asked, kept)
    table: dict[str, dict[str, float]] = {}
    for source, others in kept.items():
        for other in others:
            lift = math.log((observed[source, other] + SMOOTHING) / (expected[source, other] + SMOOTHING))
            if lift >= MIN_LIFT:
                table.setdefault(source, {})[other] = min(lift, MAX_LIFT)
    return table


def _damped(source: str, count: float) -> float:
    """Weight of one question of an article for a question term."""
    return 1.0 if source.startswith(WH_PREFIX) else min(1.0, MOST_PER_ARTICLE / count)


def learn(lessons: Sequence[Lesson]) -> WordStats:
    """Learn rarity and translations from articles and their questions."""
    rarity, unseen = _rarity(lessons)
    return WordStats(rarity, unseen, _translations(lessons))
