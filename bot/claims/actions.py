"""What a sentence says is done, by whom and to whom: its verbs with the words before and behind them.

Rules, no parser: enough to see that "A drove B" is not "B drove A", that what could happen has not happened, and that a
claim whose verb the article has nothing for is not borne out by the words around it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.lexicon import light
from index.analyzer import Token

_BE = frozenset("is are was were be been being am got isn't aren't wasn't weren't".split())
_HAVE = frozenset("has have had having hasn't haven't hadn't".split())
_MODAL = frozenset(
    "will would can could may might must shall should do does did won't wouldn't can't cannot couldn't mustn't "
    "shouldn't don't doesn't didn't".split()
)
_POSSIBLE = re.compile(r"\b(?:could|may|might|would|should|if|unless|whether|ready|readiness)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:could|may|might|would|will|can|should|shall|must|if|plan\w*|want\w*|fear\w*|risk\w*|threat\w*|promis\w*|vow\w*"
    r"|pledg\w*|warn\w*|ready|willing|potential\w*|possib\w*|assur\w*|guarant\w*|intend\w*|expect\w*|hope\w*|propos\w*"
    r"|commit\w*|about to|going to|likely|unlikely|danger|worr\w*|concern\w*|n['’]?t allow\w*)\b|['’]ll\b",
    re.IGNORECASE,
)
_DETERMINER = frozenset("the a an its his her their my our your this that these those no some any every each".split())
_PREPOSITION = frozenset(
    "of in on at to from by with for about against between into through during over under after before near across "
    "along around behind beside beyond inside outside toward towards upon within without since until than as".split()
)
_BETWEEN = frozenset(
    "not never also still already now just once again ever even always often reportedly recently finally soon it they "
    "he she we i you n't no longer".split()
)
_PAST = frozenset(
    """
    became began broke brought built bought caught chose came cut dealt drew drove ate fell felt fought found flew
    forbade forgot froze got gave went grew heard hid hit held kept knew laid led left lent let lost made meant met
    paid put read rode rang rose ran saw sought sold sent set shook shot shut sang sank sat slept spoke spent spread
    stood stole struck swore swept swam took taught tore thought threw understood woke wore won withdrew wrote fled
    bore bound bred cost hurt quit slid split stuck swung
    """.split()
)
_PARTICIPLE = _PAST | frozenset(
    """
    become begun broken chosen drawn driven eaten fallen flown forbidden forgotten frozen gotten given gone grown
    hidden known ridden risen run seen shaken shown sung sunk spoken stolen sworn swum taken torn thrown woken worn
    withdrawn written born borne done been torn beaten bitten blown
    """.split()
)
_STOPS = _PREPOSITION | frozenset("and but or that which who while although because so when where if".split())
_CLAUSE = re.compile(r"[,;:.!?—–“”()]|\b(?:and|but|that|which|who|while|although|because|as)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Action:
    """A verb with what stands around it.

    Attributes:
        position: of the verb among the words that carry a topic.
        doers: positions of the words that name who does it.
        targets: positions of the words that name to what or to whom.
        aim: whether it is only what something is done for ("to guard the border").
        open: whether it may happen rather than happens ("could", "would", "if").
    """

    position: int
    doers: frozenset[int]
    targets: frozenset[int]
    aim: bool
    open: bool


def is_open(text: str) -> bool:
    """Whether a text speaks of what may be, is planned, feared or promised."""
    return _OPEN.search(text) is not None


def actions(text: str, every: Sequence[Token], tokens: Sequence[Token], names: frozenset[int]) -> list[Action]:
    """Find what is done in a sentence.

    Args:
        text: the sentence.
        every: all its words.
        tokens: those that carry a topic.
        names: positions among `tokens` that belong to a name.

    Returns:
        in order; verbs that say little ("go", "take place") are left out.
    """
    place = {t.start: n for n, t in enumerate(tokens)}
    words = [text[t.start : t.end].casefold().replace("’", "'") for t in every]
    verbs = [i for i, t in enumerate(every) if t.start in place and place[t.start] not in names and _is_verb(i, words)]
    verbs = verbs or _present(words, every, place, names)
    found: list[Action] = []
    for i in verbs:
        position = place[every[i].start]
        if tokens[position].term in light():
            continue
        before, behind = _before(i, text, every, words, place), _behind(i, text, every, words, place)
        if _passive(i, words):
            by = _by(i, text, every, words, place)
            doers, targets = by, before
        else:
            doers, targets = before, behind
        head = text[max(0, every[i].start - 40) : every[i].start]
        clause = re.split(r"[;:.]", head)[-1]
        aim = bool(found) and words[i - 1] == "to"
        found.append(Action(position, frozenset(doers), frozenset(targets), aim, _POSSIBLE.search(clause) is not None))
    return found


def complements(text: str, every: Sequence[Token], tokens: Sequence[Token]) -> list[int]:
    """Positions of what a form of "be" says that somebody is: "is a *member* of", "was the *envoy*", "is *host* to"."""
    place = {t.start: n for n, t in enumerate(tokens)}
    words = [text[t.start : t.end].casefold() for t in every]
    found = []
    for i, word in enumerate(words[:-1]):
        if word not in _BE or _is_verb(i + 1, words):
            continue
        last = None
        for j in range(i + 1, len(every)):
            if words[j] in _STOPS or (j > i + 1 and not text[every[j - 1].end : every[j].start].isspace()):
                break
            last = place.get(every[j].start, last)
        if last is not None:
            found.append(last)
    return found


def _is_verb(i: int, words: Sequence[str]) -> bool:
    """Whether a word is a verb, by its form and the words before it."""
    word = words[i]
    at = i - 1
    while at >= 0 and (words[at] in _BETWEEN or words[at].endswith("ly")):
        at -= 1
    before = words[at] if at >= 0 else ""
    past = (word.endswith("ed") and len(word) > 4) or word in _PAST
    formed = past or word in _PARTICIPLE
    if not word[0].isalpha():
        return False
    if before in _MODAL or before in _HAVE:
        return formed or before in _MODAL
    if before in _BE:
        return formed or word.endswith("ing")
    if before == "to" and at == i - 1:
        return not word.endswith(("s", "ion", "ment", "ness", "ity"))
    return past and at >= 0 and before not in _DETERMINER and before not in _PREPOSITION


def _present(words: Sequence[str], every: Sequence[Token], place: dict[int, int], names: frozenset[int]) -> list[int]:
    """The word that is most likely a verb in the present, where no other verb was found.

    It stands behind a noun and before a noun with nothing between them ("nations dominate Moscow"), or else ends in "s"
    right behind a name ("Tajikistan hosts").
    """
    if any(w in _BE or w in _HAVE or w in _MODAL for w in words):
        return []
    third: list[int] = []
    for i in range(1, len(every) - 1):
        own, before, behind = (place.get(every[j].start) for j in (i, i - 1, i + 1))
        if (
            own is None
            or own in names
            or before is None
            or not words[i].isalpha()
            or words[i - 1].endswith(("'s", "'"))
        ):
            continue
        if (words[i + 1] in _DETERMINER or behind in names) and not words[i].endswith("ern"):
            return [i]
        if before in names and words[i].endswith("s") and not words[i].endswith("ss"):
            third.append(i)
    return third[:1]


def _passive(i: int, words: Sequence[str]) -> bool:
    """Whether a verb is passive: a form of "be" before it, or "by" behind it."""
    if words[i].endswith("ing"):
        return False
    formed = words[i].endswith("ed") or words[i] in _PARTICIPLE
    before = next((w for w in reversed(words[max(0, i - 3) : i]) if w not in _BETWEEN and not w.endswith("ly")), "")
    return formed and (before in _BE or "by" in words[i + 1 : i + 3])


def _bare_nouns(run: Sequence[int], every: Sequence[Token], words: Sequence[str], place: dict[int, int]) -> list[int]:
    """Positions of the words of a run that stand behind no preposition."""
    found: list[int] = []
    inside = False
    for j in run:
        if words[j] in _PREPOSITION:
            inside = True
        elif words[j] in _BE or words[j] in _HAVE or words[j] in _MODAL:
            inside = False
        elif not inside and every[j].start in place:
            found.append(place[every[j].start])
    return found


def _before(i: int, text: str, every: Sequence[Token], words: Sequence[str], place: dict[int, int]) -> list[int]:
    """Positions of who does what a verb says, in its clause."""
    start = i
    while start > 0 and not _CLAUSE.search(text[every[start - 1].start : every[start].start]):
        start -= 1
    return _bare_nouns(range(start, i), every, words, place)


def _behind(i: int, text: str, every: Sequence[Token], words: Sequence[str], place: dict[int, int]) -> list[int]:
    """Positions of the words right behind a verb, up to a preposition or the end of the clause."""
    end = i + 1
    while (
        end < len(every)
        and words[end] not in _STOPS
        and not _CLAUSE.search(text[every[end - 1].end : every[end].start])
    ):
        end += 1
    return [place[every[j].start] for j in range(i + 1, end) if every[j].start in place]


def _by(i: int, text: str, every: Sequence[Token], words: Sequence[str], place: dict[int, int]) -> list[int]:
    """Positions of the words behind "by", where it follows a verb in the passive."""
    at = next((j for j in range(i + 1, min(i + 8, len(every))) if words[j] == "by"), None)
    return [] if at is None else _behind(at, text, every, words, place)
