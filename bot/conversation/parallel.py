"""The question before with X in the place of its like, for "and X?"."""

import re
from dataclasses import dataclass

from bot.conversation.asked import Asked, Gap
from bot.conversation.lexicon import AUXILIARIES, DO, PREPOSITIONS, QUESTION_WORDS, TIME_NOUNS
from bot.conversation.mentions import Mention, is_plural, is_time, mentions_in, words_of
from bot.conversation.names import Names, Sort
from bot.english.gazetteer import MONTHS, PLACES, WEEKDAYS
from index.analyzer import terms
from index.indexer import Index

_LEADS = re.compile(
    r"^(?:(?:and|but|or|so|also|ok|okay|then|now)\b[\s,]+)*"
    r"(?P<lead>what about|how about|and|but|or|what of)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:(?:on|in|since|by|until|last|next|this|the)\s)+"
    rf"(?:{'|'.join(sorted(WEEKDAYS | MONTHS | TIME_NOUNS))}|\d{{4}})\b",
    re.IGNORECASE,
)
"""A time in a question."""

_ABOUT = re.compile(r"\babout (?P<topic>(?:\w+ ){0,2}\w+)$", re.IGNORECASE)
_POINTING = frozenset("there them they him he her she it those these".split())
"""Words that are a follow-up by themselves."""

MOST_WORDS = 6
"""Words of an X; more is a question of its own."""

_ALIKE = (
    frozenset({Sort.PERSON}),
    frozenset({Sort.COUNTRY, Sort.GROUP, Sort.PLACE, Sort.UNKNOWN}),
    frozenset({Sort.THING, Sort.GROUP, Sort.UNKNOWN}),
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a follow-up without a verb asks about.

    Attributes:
        text: as it was typed, without "and" and the question mark.
        about: whether it was led in by "what about", so that it makes a question even where nothing is like it.
    """

    text: str
    about: bool


def fragment(question: str) -> Fragment | None:
    """The X of "and X?", "what about X?"; None where there is a verb, or nothing led it in."""
    text = " ".join(question.replace("’", "'").split()).strip(" ?!.…")
    if text.casefold() in _POINTING:
        return Fragment(text, about=False)
    found = _LEADS.match(text)
    if found is None:
        return None
    rest = found["rest"].strip(" ,")
    words = rest.casefold().split()
    if len(words) > MOST_WORDS or words[0] in AUXILIARIES or any(w in QUESTION_WORDS for w in words):
        return None
    if any(w in AUXILIARIES for w in words):
        return None
    return Fragment(rest, "about" in found["lead"].casefold() or found["lead"].casefold() == "what of")


def put_in(part: Fragment, before: str, asked: Asked, index: Index, names: Names) -> str | None:
    """The question before with X in the place of what is most like it.

    Args:
        part: the X.
        before: the question before, as `plain` makes it.
        asked: its parts.
        index: the article's index.
        names: of the article.

    Returns:
        a question without its mark; None where nothing in the question before is like X.
    """
    words = part.text.split()
    first = words[0].casefold()
    if first in PREPOSITIONS:
        # Who somebody is does not change with the place or the year.
        return None if _is_a_name(asked, names) or _names_it(before, part.text) else _circumstance(part.text, before)
    if _is_when(part.text):
        return None
    new = _mention_of(part.text, names)
    if new is None:
        return None
    if asked.gap is Gap.IDENTITY and asked.asks in ("who", "what") and new.named:
        return _who_or_what_is(new, part.text, asked, names)
    old = _most_alike(new, part.text, before, asked, names) or _doer(new, before, asked, names)
    if old is None:
        topic = _ABOUT.search(before)
        return None if topic is None or new.named else before[: topic.start("topic")] + part.text
    text = _replaced(part.text, before, old)
    return text if _belongs(new, old, before, index) else None


def _is_when(text: str) -> bool:
    return all(w.casefold() in WEEKDAYS | MONTHS | TIME_NOUNS | {"last", "next", "this"} for w in text.split())


def _mention_of(text: str, names: Names) -> Mention | None:
    """What X is."""
    found = [m for m in mentions_in(text, names, question=False) if not m.inner]
    if found and found[0].start <= 4:
        whole = [m for m in found if m.end == len(text)]
        return whole[0] if whole else found[0]
    head = text.rsplit(maxsplit=1)[-1].casefold()
    bare = re.sub(r"^(?:the|a|an)\s", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"[\w’' -]+", bare):
        return None
    if head in PLACES:
        return Mention(text, 0, len(text), head, Sort.COUNTRY, plural=False, named=True)
    if text[0].isupper() and text.split(maxsplit=1)[0] not in ("The", "A", "An"):
        return Mention(text, 0, len(text), head, Sort.UNKNOWN, plural=False, named=True)
    return (
        mentions_in(f"the {bare}", names, question=False)[0]
        if mentions_in(f"the {bare}", names, question=False)
        else None
    )


def _most_alike(new: Mention, text: str, before: str, asked: Asked, names: Names) -> Mention | None:
    """The mention of the question before that X takes the place of."""
    best: tuple[float, int, Mention] | None = None
    for place, mention in enumerate(mentions_in(before, names, question=True)):
        if mention.text.casefold() == new.text.casefold() or is_time(mention):
            continue
        counted = bool(asked.noun) and mention.end <= len(asked.word)
        score = 0.0
        if mention.sort is new.sort:
            score = 2.0 if mention.sort is not Sort.UNKNOWN else 1.5
        elif any({mention.sort, new.sort} <= group for group in _ALIKE):
            score = 1.2
        if not score:
            continue
        score += 0.5 * (mention.named == new.named) + 0.4 * (mention.plural == new.plural) - 0.6 * mention.inner
        score += 0.5 * (mention.head == new.head)
        if counted:
            score += (
                0.6 if not new.named and is_plural(text.rsplit(maxsplit=1)[-1].casefold()) == mention.plural else -1.0
            )
        if best is None or score > best[0]:
            best = (score, place, mention)
    return best[2] if best and best[0] >= 1.2 else None


def _doer(new: Mention, before: str, asked: Asked, names: Names) -> Mention | None:
    """Who did what was asked about, for a name that nothing in "What did Russia do?" is like."""
    if not new.named or asked.auxiliary.casefold() not in DO:
        return None
    at = len(before) - len(asked.rest)
    return next((m for m in mentions_in(before, names, question=True) if not m.inner and m.start == at), None)


def _is_a_name(asked: Asked, names: Names) -> bool:
    """Whether a question only asks who or what something of that name is."""
    found = [m for m in mentions_in(asked.rest, names, question=True) if not m.inner]
    return asked.gap is Gap.IDENTITY and (asked.asks == "who" or bool(found and found[0].named))


def _names_it(before: str, text: str) -> bool:
    """Whether the question before speaks already of what "there" stands for: nobody asks what Rome did in Rome."""
    return text.split(maxsplit=1)[-1].casefold() in before.casefold()


def _who_or_what_is(new: Mention, text: str, asked: Asked, names: Names) -> str | None:
    """Ask who or what X is after who or what another was; None where the question asked for more than that."""
    old = [m for m in mentions_in(asked.rest, names, question=True) if not m.inner]
    if not old or not old[0].named or old[0].end < len(asked.rest):
        return None
    word = asked.asks
    if new.sort is not Sort.UNKNOWN:
        word = "who" if new.sort is Sort.PERSON or (new.plural and asked.asks == "who") else "what"
    past = asked.auxiliary.casefold() in ("was", "were")
    return f"{word} {('were' if past else 'are') if new.plural else ('was' if past else 'is')} {text}"


def _replaced(text: str, before: str, old: Mention) -> str:
    """Put X where the other stood, with or without its article."""
    start, end = old.start, old.end
    was = before[start:end]
    had = re.match(r"(?:the|a|an|its|his|her|their)\s", was, re.IGNORECASE)
    bare = re.sub(r"^(?:the|a|an)\s", "", text, flags=re.IGNORECASE)
    counted = re.match(r"(?:how (?:many|much)|which|what|whose)\s", was, re.IGNORECASE) or (
        start > 0 and re.search(r"(?:how|which|what|whose)\s(?:many\s|much\s)?$", before[:start], re.IGNORECASE)
    )
    lead = re.match(r"(?:(?:how\s)?(?:many|much)|which|what|whose)\s", was, re.IGNORECASE)
    if counted or lead:
        put = (lead[0] if lead else "") + bare
    elif had and not old.named:
        put = (
            text
            if re.match(r"(?:the|a|an|its|his|her|their)\s", text, re.IGNORECASE) or text[0].isupper()
            else f"the {bare}"
        )
    elif (
        old.named
        and re.search(r"\bthe\s$", before[:start], re.IGNORECASE)
        and (text[0].isupper() or text.casefold().startswith("the "))
    ):
        start = re.search(r"\bthe\s$", before[:start], re.IGNORECASE).start()  # type: ignore[union-attr]  # just found
        put = text
    else:
        put = text
    return before[:start] + put + before[end:]


def _belongs(new: Mention, old: Mention, before: str, index: Index) -> bool:
    """Whether the article lets X take that place: a name may always; a thing where it is alike or spoken of so."""
    if new.named or new.sort is not Sort.THING or new.plural == old.plural:
        return True
    rest = set(terms(before[: old.start] + before[old.end :]))
    own = set(terms(new.head))
    return any(own & set(index.terms(s)) and rest & set(index.terms(s)) for s in index.prose)


def _circumstance(text: str, before: str) -> str:
    """Put "in Moscow" in the place of another such phrase, else at the end."""
    preposition = text.split(maxsplit=1)[0].casefold()
    if _is_when(" ".join(text.split()[1:])) or re.fullmatch(r"(?:in|since|by|until)\s\d{4}", text.casefold()):
        when = _WHEN.search(before)
        if when:
            return f"{before[: when.start()]}{text}{before[when.end() :]}"
    words = words_of(before)
    for n in range(len(words) - 1, 0, -1):
        if (
            words[n][0].casefold() == preposition
            and n + 1 < len(words)
            and words[n + 1][0].casefold() not in AUXILIARIES
        ):
            end = n + 1
            while end + 1 < len(words) and words[end + 1][0].casefold() not in PREPOSITIONS | AUXILIARIES:
                end += 1
            return f"{before[: words[n].start()]}{text}{before[words[end].end() :]}"
    return f"{before} {text}"


__all__ = ["Fragment", "Gap", "fragment", "put_in"]
