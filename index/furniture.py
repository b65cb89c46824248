"""Which paragraphs of a pasted page are the page's and not the article's.

A logistic regression and a sum of small trees over `index.furniture_features`, averaged, give every paragraph its
log-odds of being the article's; the likeliest course of body and furniture down the page (Viterbi) smooths over
single paragraphs. The weights are trained by `bench/train_furniture.py` on 46 real news pages (a half of the
article-extraction-benchmark's that the project has, MIT) and on made-up ones; `bench/pages.py` measures them.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.furniture_features import NAMES, Description, describe
from index.furniture_lines import CAPTION, PHRASE
from index.furniture_trees import Trees, read_trees

WEIGHTS_FILE = Path(__file__).with_name("furniture_weights.json")

_SWITCH = 1.0
"""Cost, in log-odds, of going from body to furniture or back between two neighbours."""

_BENEFITS = (None, 2.5, 1.5, 1.0)
"""Added to the log-odds of body where a text shows 0, 1, 2, 3 and more signs of a page around it. Without any sign,
all of it is the article's: a letter may well thank "you" for "your support". With all signs something is left of
the benefit, because to lose a sentence is worse than to keep a caption. (With 0 at the end, F1 is a point better by
cross-validation on the development half, no better on the other, and recall two points worse on both.)"""

_SIGN = re.compile(
    r"""(?:
    (?:menu|home|search|share|print|e-?mail|tweet|facebook|twitter|whatsapp|linkedin|pinterest|reddit|rss|close|next
      |previous|tags?|topics?
    |comments?|trending|recommended|advertisement|sponsored|promoted|accept|register|subscribe|donate|newsletters?
      |copy\ link|save)
      (?:\ (?:now|all|this|article|story|post|for\ you|for\ free|content|today|cookies|via.*|on.*))?(?:\ \(?\d+\)?)?\W?$
    | skip\ to\b|sign(?:ed)?[ ](?:up|in)\b|log\ ?(?:in|out)\b|follow\ (?:us|@)|share\ (?:this|on|via)\b
      |read\ (?:more|next|also)\b
    | (?:related|recommended)\ (?:articles?|stories|topics|content|posts?|news|links)\b|most\ (?:read|popular|viewed
      |shared|commented|recent)\b
    | leave\ a\ (?:reply|comment)|view\ (?:all|comments|gallery)\b|(?:load|show)\ (?:more|less)\b|see\ (?:all|more
      |also)\b|back\ to\ (?:top|home)\b
    | more\ (?:from|on\ this|stories|news)\b|up\ next\b|you\ (?:may|might)\ also\b|top\ stories\b|latest\ (?:news
      |stories|headlines|videos)\b
    | (?:get|download)\ (?:the|our)\ (?:app|newsletter)\b|subscribe\ (?:to|for|now|today)\b|donate\ (?:to|now
      |today)\b|manage\ (?:settings|preferences|cookies)
    | cookie\ (?:policy|settings|preferences)|privacy\ (?:policy|notice|settings)|terms\ (?:of|&|and)\ (?:use
      |service|conditions)|(?:contact|about)\ us$
    | th(?:ank\ you|anks)\ for\ (?:registering|subscribing|signing)|please\ (?:refresh|reload|enable|log\ in
      |sign\ in|subscribe|register|upgrade)
    | stay\ (?:up\ to\ date|informed|tuned)|notifications\b|your\ support\b|support\ (?:us\b|our|independent|quality
      |journalism)|become\ a\ (?:member|supporter|subscriber)
    | copyright\b|image\ (?:caption|source|copyright)|media\ caption|enter\ your\ e-?mail|already\ (?:a\ subscriber
      |registered|have\ an)|by\ signing
    | (?:this|our)\ (?:site|website)\ uses\ cookies|we\ (?:use|and\ our\ partners)\b.*cookies|create\ an\ account
      |filed\ under|tags?:|categories:|posted\ in
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a line starts that only a page would have; counted in lines of at most `_SIGN_LENGTH` characters."""

_SIGN_ANYWHERE = re.compile(
    r"©|all rights reserved|\(copyright|getty images|\((?:ap|afp|file|courtesy) photo|browser (?:preferences"
    r"|settings)|be logged in|photo by ",
    re.IGNORECASE,
)
_SIGN_LENGTH = 110
_MANY_LINES = 15
"""Short lines without an end mark that are a sign of a page, if they outnumber the rest beside a real story."""

_TOO_LITTLE, _HOPELESS = 0.35, -3.0
"""Where the model leaves less than this share of the page's longest stretch of prose, it has met a kind of page that
it does not know: the stretch is kept then, but for what has log-odds under the second number."""

_NEXT_TO_NOTHING, _LINE = 0.02, 40
"""Share of the characters; and characters of the shortest line that is worth keeping where all else failed."""

_SURE = -4.0
"""Log-odds under which a paragraph is furniture even where an extractor took it for the story."""

_MOST = 0.3
"""Share of the words that an extractor may have taken wrongly; where more look so, the model is wrong instead."""

_STORY = 100
"""Words of prose that make a real story."""


class Model(NamedTuple):
    """What the log-odds are made of.

    Attributes:
        bias: of the regression.
        weights: shape (features,), of the regression.
        trees: the trees.
    """

    bias: float
    weights: NDArray[np.float64]
    trees: Trees


@cache
def load_model() -> Model:
    """The model that ships with the package."""
    found = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    weights = np.array([found["weights"][name] for name in NAMES])
    return Model(found["bias"], weights, read_trees(found["trees"], NAMES))


def _odds(page: Description) -> list[float]:
    """The log-odds of body of every paragraph."""
    if not page.rows:
        return []
    model = load_model()
    matrix = np.array(page.rows)
    odds: list[float] = (0.5 * (model.bias + matrix @ model.weights + model.trees.predict(matrix))).round(6).tolist()
    return odds


def body_odds(texts: Sequence[str], after_blank: Sequence[bool]) -> list[float]:
    """The log-odds that each paragraph is the article's, by itself and its surroundings.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        one number a paragraph; above zero: rather the article's.
    """
    return _odds(describe(texts, after_blank))


def _likeliest_course(odds: Sequence[float]) -> list[bool]:
    """True for furniture; the course with the greatest sum of log-odds less the cost of its switches."""
    furniture, body = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    for gain in odds:
        stay_out, leave = furniture, body - _SWITCH
        enter, stay_in = furniture - _SWITCH, body
        came_from.append((leave > stay_out, stay_in >= enter))
        furniture, body = max(stay_out, leave), max(enter, stay_in) + gain
    state = body >= furniture
    course: list[bool] = []
    for from_body_if_out, from_body_if_in in reversed(came_from):
        course.append(not state)
        state = from_body_if_in if state else from_body_if_out
    return course[::-1]


def _signs(texts: Sequence[str]) -> int:
    """How many signs there are that a text was copied with the page around it; 3 at most."""
    signs = short = words = 0
    for text in texts:
        starts_as_one = len(text) <= _SIGN_LENGTH and _SIGN.match(text)
        if starts_as_one or (len(text) <= 4 * _SIGN_LENGTH and _SIGN_ANYWHERE.search(text)):
            signs += 1
        if len(text) < 40 and text[-1:] not in '.!?"”':
            short += 1
        elif len(text) > _SIGN_LENGTH:
            words += text.count(" ")
        if signs >= 3:
            return 3
    if short >= _MANY_LINES and short > 0.5 * len(texts) and words >= _STORY:
        signs += 2
    return min(3, signs)


def mark_furniture(texts: Sequence[str], after_blank: Sequence[bool]) -> list[bool]:
    """Decide for every paragraph of a text whether it is page furniture.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        one flag a paragraph; True for furniture. All are False where nothing shows that there was a page.
    """
    benefit = _BENEFITS[_signs(texts)]
    if benefit is None:
        return [False] * len(texts)
    page = describe(texts, after_blank)
    odds = [value + benefit for value in _odds(page)]
    flags = _likeliest_course(odds)
    first, behind = page.main
    kept = sum(prose for prose, flag in zip(page.prose[first:behind], flags[first:behind], strict=True) if not flag)
    if kept < _TOO_LITTLE * sum(page.prose[first:behind]):
        flags = [flag and not (first <= i < behind and odds[i] > _HOPELESS) for i, flag in enumerate(flags)]
    if sum(len(text) for text, flag in zip(texts, flags, strict=True) if not flag) < _NEXT_TO_NOTHING * sum(
        map(len, texts)
    ):
        # To refuse a whole text is the worst of all mistakes: only what is surely furniture is left out then.
        flags = [bool(_SIGN.match(text) or PHRASE.search(text[:3_000]) or len(text) < _LINE) for text in texts]
    return flags


def mark_leftovers(texts: Sequence[str], title: str) -> list[bool]:
    """Find the furniture that an extractor of main text (trafilatura) left standing.

    Args:
        texts: the paragraphs that were extracted.
        title: the headline, or an empty text.

    Returns:
        one flag a paragraph; True for furniture. Only what is nearly sure is flagged.
    """
    odds = body_odds([title, *texts], [True] * (len(texts) + 1))[1:]
    flags = [
        value < _SURE and bool(PHRASE.search(text[:3_000]) or CAPTION.search(text[:3_000]))
        for value, text in zip(odds, texts, strict=True)
    ]
    lost = sum(len(text) for text, flag in zip(texts, flags, strict=True) if flag)
    return flags if lost <= _MOST * sum(map(len, texts)) else [False] * len(texts)
