"""What shows that a paragraph is page furniture: the numbers that the furniture model weighs.

Every number is of the paragraph itself (`index.furniture_lines`), of its neighbours, or of the page.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.furniture_lines import ELLIPSIS, SYMBOL, Line

NAMES = (
    "log_words", "words_1_2", "words_3_5", "words_6_9", "words_10_15", "words_16_30", "words_31",
    "terminal", "ellipsis", "colon", "lower_share", "digit_share", "quoted", "speaker",
    "phrases", "phrase_rate", "nav_share", "you_rate", "we_rate", "appeal", "media", "media_we", "symbol_rate",
    "caption", "twin", "prefix_twin",
    "topical", "first_line", "after_blank", "before_blank", "list_length",
    "prose_before", "prose_after", "window_3", "window_8", "distance_before", "distance_after",
    "phrases_3", "marks_since", "in_main", "before_main", "after_main", "main_share", "place",
    "page_short", "page_phrases", "page_size", "main_size", "of_main", "share_2", "share_5", "alone",
    "link_like", "comma_rate", "function_rate", "length_rank", "prev_terminal", "next_terminal", "teasers",
    "dated", "dates_near", "ago_near", "tweet", "tweet_near", "byline", "after_byline", "about", "after_about",
    "after_comments", "headline", "before_headline", "since_headline",
)  # fmt: skip
"""What each number is, in order; `bench/train_furniture.py` prints the model by these names."""

_TITLE_WORDS, _LONG_TITLE, _ALIKE = 3, 30, 0.45
"""Content words of the shortest title; words of the longest; share of their words that title and headline have in
common at least (a title brings the name of the site along)."""


def _main_stretch(traits: Sequence[Line]) -> tuple[int, int]:
    """The stretch of paragraphs that gathers most prose at least cost; (first, behind the last)."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for i, t in enumerate(traits):
        gain = t.prose if t.prose >= 6 else -6.0 - 4.0 * t.phrases - 6.0 * t.mark
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, best_span = total, (start, i + 1)
    return best_span


def _distances(traits: Sequence[Line]) -> list[float]:
    """Paragraphs since the last prose, for every paragraph; 30 at most."""
    found, since = [], 30.0
    for t in traits:
        found.append(since)
        since = 1.0 if t.prose >= 10 else min(30.0, since + 1.0)
    return found


def _marks_since(traits: Sequence[Line]) -> list[float]:
    """Section marks of a page ("Related", "Comments") since the last three paragraphs of prose; 5 at most."""
    found: list[float] = []
    marks, run = 0.0, 0
    for t in traits:
        run = run + 1 if t.prose >= 10 else 0
        if run >= 3:
            marks = 0.0
        found.append(min(marks, 5.0))
        marks += t.mark or (t.nav >= 0.5 and t.count <= 4)
    return found


def _list_lengths(after_blank: Sequence[bool]) -> list[int]:
    """How many lines stand together without a blank line, for every line."""
    lengths: list[int] = []
    start = 0
    for i in range(1, len(after_blank) + 1):
        if i == len(after_blank) or after_blank[i]:
            lengths.extend([i - start] * (i - start))
            start = i
    return lengths


def _headline(lines: Sequence[Line], first: int) -> int | None:
    """The line most like the first one, which is the page's title where the whole page was copied.

    Args:
        lines: the paragraphs.
        first: where the main stretch starts; a line behind it has to be the more like the title.
    """
    title = lines[0].content if lines else set()
    if len(title) < _TITLE_WORDS:
        return None
    best, found = _ALIKE, None
    for i, line in enumerate(lines[1:], start=1):
        if len(line.content) < _TITLE_WORDS or line.count > _LONG_TITLE:
            continue
        alike = len(line.content & title) / len(line.content | title)
        if alike >= best + (0.0 if i <= max(first, 3) else 0.2):
            best, found = alike, i
    return found


def _around(flags: Sequence[float], reach: int, *, itself: bool = False) -> list[float]:
    """The sum of the numbers at most `reach` places away, for every place."""
    sums = [0.0, *accumulate(flags)]
    size = len(flags)
    return [
        sums[min(size, i + reach + 1)] - sums[max(0, i - reach)] - (0.0 if itself else flags[i]) for i in range(size)
    ]


def _course(lines: Sequence[Line], first: int) -> list[tuple[float, ...]]:
    """What a line is like, and where it stands to the headline, the byline, dates, teasers, posts and comments."""
    size = len(lines)
    headline = _headline(lines, first)
    lengths = sorted(line.count for line in lines)
    dates = _around([float(line.dated) for line in lines], 3)
    agos = _around([float(line.ago) for line in lines], 3)
    pairs = [float(i > 0 and line.prose >= 8 and lines[i - 1].link_like) for i, line in enumerate(lines)]
    teasers = _around(pairs, 6, itself=True)
    after_byline = after_about = after_comments = False
    found: list[tuple[float, ...]] = []
    for i, line in enumerate(lines):
        found.append((
            float(line.link_like), line.commas, line.function, bisect_left(lengths, line.count) / size,
            float(i > 0 and lines[i - 1].terminal), float(i + 1 < size and lines[i + 1].terminal), teasers[i],
            float(line.dated), dates[i], agos[i], float(line.tweet), float(any(t.tweet for t in lines[i + 1 : i + 4])),
            float(line.byline), float(after_byline), float(line.about), float(after_about), float(after_comments),
            float(i == headline), float(headline is not None and i < headline),
            math.log1p(max(0, i - headline)) if headline is not None else 0.0,
        ))  # fmt: skip
        after_byline |= line.byline
        after_about |= line.about
        after_comments |= line.comments
    return found


@dataclass(frozen=True, slots=True)
class Description:
    """A page in numbers.

    Attributes:
        rows: for every paragraph, one number a name in `NAMES`.
        prose: for every paragraph, its words if it reads like a story, else 0.
        main: (first, behind the last) paragraph of the stretch that gathers most prose.
    """

    rows: list[list[float]]
    prose: list[float]
    main: tuple[int, int]


def describe(texts: Sequence[str], after_blank: Sequence[bool]) -> Description:
    """Describe every paragraph of a page.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        the numbers. Linear in the length of the page.
    """
    traits = [Line(text) for text in texts]
    size = len(traits)
    twins = Counter(t.text for t in traits)
    vocabulary: Counter[str] = Counter()
    for t in traits:
        if t.prose >= 10:
            vocabulary.update(t.content)
    first, behind = _main_stretch(traits)
    prose_words = sum(t.prose for t in traits) or 1.0
    main_words = sum(t.prose for t in traits[first:behind])
    title = traits[0].content if traits else set()
    before, after = _distances(traits), _distances(traits[::-1])[::-1]
    marks, lists = _marks_since(traits), _list_lengths(after_blank)
    short = sum(t.count < 6 and not t.terminal for t in traits) / max(1, size)
    phrased = sum(t.phrases > 0 for t in traits) / max(1, size)
    main_vocabulary: Counter[str] = Counter()
    for t in traits[first:behind]:
        main_vocabulary.update(t.content)
    prose_count = [0]
    for t in traits:
        prose_count.append(prose_count[-1] + (t.prose >= 8))
    cumulated = [0.0]
    for t in traits:
        cumulated.append(cumulated[-1] + min(t.prose, 60.0))
    course = _course(traits, first)
    rows: list[list[float]] = []
    for i, t in enumerate(traits):
        n = t.count
        own = 1 if t.prose >= 10 else 0
        rest = [w for w in t.content if vocabulary[w] > own]
        inside = 1 if first <= i < behind else 0
        of_main = sum(main_vocabulary[w] > inside for w in t.content) / (2 + len(t.content))
        shares = [
            (prose_count[min(size, i + k + 1)] - prose_count[max(0, i - k)]) / (min(size, i + k + 1) - max(0, i - k))
            for k in (2, 5)
        ]
        alone = (i == 0 or traits[i - 1].prose < 8) and (i + 1 == size or traits[i + 1].prose < 8)
        near = range(max(0, i - 3), min(size, i + 4))
        previous_text = traits[i - 1].text if i else ""
        next_text = traits[i + 1].text if i + 1 < size else ""
        stem = t.text[:25]
        rows.append([
            math.log1p(n), float(n <= 2), float(3 <= n <= 5), float(6 <= n <= 9), float(10 <= n <= 15),
            float(16 <= n <= 30), float(n > 30), float(t.terminal), float(bool(ELLIPSIS.search(t.text[-4:]))),
            float(t.text.endswith(":")), t.lower, sum(c.isdigit() for c in t.text[:200]) / (1 + min(200, len(t.text))),
            float(t.quoted), float(t.speaker), min(4.0, t.phrases), t.phrases / (1 + n), t.nav,
            t.you / (5 + n), t.ours / (5 + n), float(t.phrases > 0 and t.you + t.ours > 0),
            min(4.0, t.media), min(4.0, t.media) * (t.ours + t.you > 0),
            len(SYMBOL.findall(t.text[:500])) / (3 + n), float(t.caption),
            float(twins[t.text] > 1), float(n >= 2 and (previous_text.startswith(stem) or next_text.startswith(stem))),
            len(rest) / (1 + len(t.content)), len(t.content & title) / (1 + len(title)) if i else 0.0,
            float(after_blank[i]), float(i + 1 == size or after_blank[i + 1]), math.log1p(lists[i]),
            min(60.0, traits[i - 1].prose) if i else 0.0, min(60.0, traits[i + 1].prose) if i + 1 < size else 0.0,
            cumulated[min(size, i + 4)] - cumulated[max(0, i - 3)],
            cumulated[min(size, i + 9)] - cumulated[max(0, i - 8)],
            before[i], after[i], sum(min(2, traits[j].phrases) for j in near if j != i), marks[i],
            float(first <= i < behind), float(min(20, max(0, first - i))), float(min(20, max(0, i - behind + 1))),
            main_words / prose_words, (i + 0.5) / size, short, phrased, math.log1p(size), math.log1p(main_words),
            of_main, shares[0], shares[1], float(alone),
            *course[i],
        ])  # fmt: skip
    return Description(rows, [t.prose for t in traits], (first, behind))
