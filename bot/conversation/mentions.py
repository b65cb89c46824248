"""What a question or a sentence speaks of: its names and its nouns with their articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.conversation.lexicon import (
    AUXILIARIES,
    COLLECTIVE_NOUNS,
    DETERMINERS,
    FEMALE_WORDS,
    MALE_WORDS,
    NOT_PLURAL,
    PERSON_NOUNS,
    PLACE_HEADS,
    PLURALS,
    PREPOSITIONS,
    QUESTION_WORDS,
    TIME_NOUNS,
)
from bot.conversation.names import Gender, Name, Names, Sort
from bot.conversation.verbs import base, is_base
from bot.english.gazetteer import DEMONYMS, MONTHS, WEEKDAYS
from bot.english.inflection import is_participle
from index.analyzer import STOP_WORDS

MOST_WORDS = 5
"""Words of a noun phrase; more are several."""

_WORD = re.compile(r"[^\s,;:.?!“”\"()—…]+(?:[.,]\d+)*")
_UNITS = frozenset(
    "percent metres meters kilometres kilometers miles feet euros dollars pounds crowns kronor rubles tons tonnes "
    "litres liters degrees votes hours minutes seconds times share half third "
    "quarter fifth tenth hundreds thousands dozens millions rest lot "
    "".split()
)
_OBJECTS = frozenset("him her it them us me you".split())
_NOT_COUNTED = frozenset("else much many long old often far fast big large high".split())
_BEHIND_NOUNS = frozenset(
    "still also already never often only soon now yet just even ever always largely mostly worth alive dead due".split()
)
_OPENS = DETERMINERS | {"how", "which", "what", "whose", "both", "two", "three", "four", "five", "six", "many"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that is spoken of.

    Attributes:
        text: as it is put into a question: "Zamir Kabulov", "the Taliban", "the ferry".
        start: offset of its first character in the text it stands in.
        end: offset behind its last character.
        head: its last word, lower case.
        sort: what it stands for.
        plural: whether it takes "they".
        gender: of a person.
        named: whether it is a name.
        inner: whether it only says more of a noun that follows ("Taliban" in "the Taliban delegation").
    """

    text: str
    start: int
    end: int
    head: str
    sort: Sort
    plural: bool
    gender: Gender = Gender.UNKNOWN
    named: bool = False
    inner: bool = False


def words_of(text: str) -> list[re.Match[str]]:
    """The words of a text, punctuation left out."""
    return list(_WORD.finditer(text))


def is_plural(noun: str) -> bool:
    """Whether a common noun, lower case, is in the plural."""
    return noun in PLURALS or (
        noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and noun not in NOT_PLURAL and len(noun) > 3
    )


def mentions_in(text: str, names: Names, *, question: bool) -> list[Mention]:
    """The names and noun phrases of a text, in order.

    Args:
        text: a question or a sentence.
        names: of the article.
        question: whether the verb stands in its base form behind "did", as in a question.
    """
    found = list(names.find(text))
    phrases = list(_phrases(text, found, question=question))
    mentions = [
        Mention(
            name.text,
            start,
            end,
            name.text.split()[-1].casefold(),
            name.sort,
            name.plural,
            name.gender,
            named=True,
            inner=any(p.start <= start and end < p.end for p in phrases) or _is_modifier(text, end),
        )
        for start, end, name in found
    ]
    return sorted([*mentions, *phrases], key=lambda m: (m.start, m.inner, -m.end))


def _is_modifier(text: str, end: int) -> bool:
    """Whether a possessive ending makes what comes before it say more of a noun."""
    return re.match(r"['’]s?\s+\w", text[end:]) is not None


def _phrases(text: str, names: list[tuple[int, int, Name]], *, question: bool) -> Iterator[Mention]:
    words = words_of(text)
    position = 0
    while position < len(words):
        low = words[position][0].casefold()
        opens = low in _OPENS or re.fullmatch(r"[\d.,]+", low) is not None
        owner = next((n for a, b, n in names if a == words[position].start() and _is_modifier(text, b)), None)
        if opens or owner or _bare_plural(words, position, text):
            run = _run(text, words, position + 1 if opens else position)
            if question:
                run = _without_verb(words, run)
            if run:
                last = words[run[-1]]
                covered = any(a <= words[run[0]].start() and b >= last.end() for a, b, _ in names)
                if not covered and not last[0][0].isdigit() and not _is_adjective(words, run[-1]):
                    yield _mention(text, words, position, run, owner)
                position = run[-1]
        position += 1
    if question:
        yield from _bare_object(text, words)


def _is_adjective(words: list[re.Match[str]], at: int) -> bool:
    """Whether a run ends in the first of two adjectives: "the diplomatic and consular missions"."""
    follows = words[at + 1][0].casefold() if at + 1 < len(words) else ""
    return follows in ("and", "or") and re.search(r"(?:ic|al|ous|ive|ful)$", words[at][0]) is not None


def _bare_object(text: str, words: list[re.Match[str]]) -> Iterator[Mention]:
    """A noun without an article at the end of a question, behind its verb: "Who lost power?"."""
    if len(words) < 3:
        return
    verb, last = words[-2][0].casefold(), words[-1][0]
    known = last.casefold() in STOP_WORDS or last.casefold() in AUXILIARIES or is_plural(last.casefold())
    if (
        base(verb) in (None, verb)
        or known
        or is_participle(last)
        or not last.islower()
        or not last.isalpha()
        or last.endswith("ly")
    ):
        return
    yield replace(_mention(text, words, len(words) - 1, [len(words) - 1], None), text=last)


def _bare_plural(words: list[re.Match[str]], at: int, text: str) -> bool:
    """Whether a plural noun opens a phrase without an article: "soldiers", "Afghan soldiers"."""
    low = words[at][0].casefold()
    if low in STOP_WORDS or low in AUXILIARIES or not low.isalpha():
        return False
    following = words[at + 1][0].casefold() if at + 1 < len(words) else ""
    before = words[at - 1][0].casefold() if at else ""
    if (low in DEMONYMS or words[at][0].islower()) and is_plural(following) and before != "to":
        return following not in STOP_WORDS and base(low) is None and not is_base(low)
    listed = re.search(r"[,;]\s*$", text[: words[at].start()]) is not None
    verb = base(low) is not None and before not in PREPOSITIONS | AUXILIARIES and not listed
    opens = at == 0 and words[at][0].istitle() and len(words) > 2
    return (words[at][0].islower() or opens) and is_plural(low) and not verb


def _run(text: str, words: list[re.Match[str]], first: int) -> list[int]:
    """Positions of the words that may make up a noun phrase from a position on."""
    run: list[int] = []
    for n in range(first, min(len(words), first + MOST_WORDS)):
        low = words[n][0].casefold()
        if run and re.search(r"[,;:.?!“”\"()—]", text[words[n - 1].end() : words[n].start()]):
            break
        stops = low in STOP_WORDS and low not in ("own", "other", "most", "more", "same", "many", "much")
        if stops or low in AUXILIARIES or low in PREPOSITIONS or low in QUESTION_WORDS:
            break
        finite = not low.endswith("s") and base(low) not in (None, low)
        if finite and not (run and n + 1 < len(words) and is_plural(words[n + 1][0].casefold())):
            break
        follows = words[n + 1][0].casefold() if n + 1 < len(words) else ""
        if run and (low in _BEHIND_NOUNS or (base(low) is not None and (follows in DETERMINERS or follows == "to"))):
            break  # "the merger still needs", "the painting worth", "the company plans to"
        if not run and (low in _NOT_COUNTED or (low.endswith("ing") and n and words[n - 1][0].isdigit())):
            break  # "flight 417 going"
        if run and is_base(low) and is_plural(words[n - 1][0].casefold()):
            break  # "homes lose power"
        if run and words[n][0][0].isupper() and words[n - 1][0].islower() and is_plural(words[n - 1][0]):
            break  # "the border Tajikistan shares"
        if run and low.endswith("ing") and is_plural(words[n - 1][0].casefold()):
            break  # "the companies merging"
        run.append(n)
    return run


def _without_verb(words: list[re.Match[str]], run: list[int]) -> list[int]:
    """A run up to the verb that ends it: "the chief engineer say" is the engineer, and what is said."""
    plain = [n for n in run[1:] if is_base(words[n][0].casefold())]
    follows = words[plain[0] + 1][0].casefold() if plain and plain[0] + 1 < len(words) else ""
    if plain and follows not in ("be", "been", "have"):
        return run[: run.index(plain[0])]
    behind = words[run[-1] + 1][0].casefold() if run and run[-1] + 1 < len(words) else ""
    return run[:-1] if len(run) > 1 and (behind in DETERMINERS or behind in _OBJECTS) else run


def _mention(text: str, words: list[re.Match[str]], opens: int, run: list[int], owner: Name | None) -> Mention:
    start, last = words[opens].start(), words[run[-1]]
    possessive = re.search(r"(?:['’]s|(?<=s)['’])$", last[0])
    end = last.end() - (len(possessive[0]) if possessive else 0)
    head = text[last.start() : end].casefold()
    parts = [words[n] for n in run]
    while len(parts) > 1 and parts[0][0].casefold() in ("own", "other", "most", "more", "same", "many", "much", "new"):
        parts = parts[1:]
    phrase = text[parts[0].start() : end]
    if parts[0].start() == 0 and not phrase[:2].isupper() and parts[0][0].casefold() not in DEMONYMS:
        phrase = phrase[0].lower() + phrase[1:]
    plural = is_plural(head)
    singular = re.sub(r"(?<=[^s])s$", "", head)
    sort = Sort.THING
    if head in PERSON_NOUNS or singular in PERSON_NOUNS:
        sort = Sort.PERSON
    elif head in COLLECTIVE_NOUNS or singular in COLLECTIVE_NOUNS:
        sort = Sort.GROUP
    elif head in PLACE_HEADS:
        sort = Sort.PLACE
    gender = Gender.UNKNOWN
    if head in FEMALE_WORDS:
        gender = Gender.SHE
    elif head in MALE_WORDS:
        gender = Gender.HE
    if owner:
        phrase = re.sub(r"^.*?(?=['’]s?\s)", lambda _: owner.text, phrase, count=1)
    return Mention(
        phrase if owner else f"the {phrase}", start, end, head, sort, plural, gender, inner=possessive is not None
    )


def is_time(mention: Mention) -> bool:
    """Whether a phrase names a time or a measure rather than a thing."""
    if mention.head in _UNITS:
        return True
    return mention.head in TIME_NOUNS | MONTHS | WEEKDAYS or re.sub(r"s$", "", mention.head) in TIME_NOUNS
