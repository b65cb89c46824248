"""The question before, turned to a bare question word: "and when?" takes it over with its own question word."""

import re

from bot.conversation.asked import Asked, Gap
from bot.conversation.bare import Bare
from bot.conversation.lexicon import ADJUNCT_WORDS, BE, DO, PARTICLES, PREPOSITIONS
from bot.conversation.mentions import Mention, is_plural, mentions_in, words_of
from bot.conversation.names import Names, Sort
from bot.conversation.verbs import base, is_base, past
from bot.english.inflection import is_participle

_TIMES_AND_PLACES = frozenset(
    "year month day week date time hour city town country place region area state village street building room way "
    "reason century district side direction".split()
)
_TO_WHOM = {verb: frozenset({"to"}) for verb in "say explain give send pay offer sell show write bring promise".split()}
"""Verbs behind which "to" opens the one addressed rather than another verb."""
_WHO = frozenset({"who", "whom"})
_TO_PLURAL = {"was": "were", "is": "are", "has": "have", "does": "do"}


def turned(ask: Bare, before: Asked, answer: Mention | None, names: Names) -> str | None:
    """The question before, with a bare question word in place of its own; a question without its mark.

    Args:
        ask: the bare question word.
        before: the question before, which stands alone.
        answer: what the quote answered it with, if that was seen.
        names: of the article.

    Returns:
        None where the two do not go together.
    """
    if ask.asks == "why" and ask.tail == "not":
        return _why_not(before)
    if before.gap is Gap.NONE:
        return None
    adjunct = ask.asks.split()[0] in ADJUNCT_WORDS and ask.asks not in ("how many", "how much")
    if adjunct or ask.word.split()[0].casefold() in PREPOSITIONS or _is_circumstance(ask):
        return _with_adjunct(ask, before, answer, names)
    if ask.asks in _WHO:
        return _who(ask, before, answer, names)
    if ask.asks in ("how many", "how much"):
        return _how_many(ask, before, names)
    return _which(ask, before)


def _is_circumstance(ask: Bare) -> bool:
    """Whether "what year" or "which city" asks for a time or a place, and leaves the rest of the question whole."""
    return bool(ask.noun) and ask.noun.split()[-1].casefold() in _TIMES_AND_PLACES


def _joined(*parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _why_not(before: Asked) -> str | None:
    auxiliary = before.auxiliary.casefold()
    if not auxiliary or auxiliary.endswith("n't") or auxiliary in ("am", "may", "might"):
        return None
    negated = {"will": "won't", "can": "can't", "shall": "won't"}.get(auxiliary, f"{auxiliary}n't")
    return _joined("why", negated, before.rest)


def _with_adjunct(ask: Bare, before: Asked, answer: Mention | None, names: Names) -> str | None:
    """For "where" and its like, the question before becomes whole, what it left open filled."""
    word = ask.word
    measure = re.match(r"how (?:old|big|tall|large|high|deep|fast|far)\b", ask.asks)
    body = before.body
    if measure and before.auxiliary.casefold() not in BE:
        found = [m for m in mentions_in(body, names, question=True) if not m.inner]
        subject = answer.text if answer and ask.asks == "how old" else found[0].text if found else ""
        if not subject and before.noun:
            return _joined(word, "are" if is_plural(before.noun.split()[-1]) else "is", "the", before.noun)
        plural = bool(found) and found[0].text == subject and found[0].plural
        return _joined(word, "are" if plural else "is", subject) if subject else None
    match before.gap:
        case Gap.ADJUNCT | Gap.POLAR:
            whole = _with_degree(ask, before)
        case Gap.SUBJECT:
            whole = _with_subject(before, answer)
        case Gap.IDENTITY:
            whole = _with_identity(before, answer)
        case _:
            whole = _with_object(before, answer)
    return _joined(word, _small_first(whole), ask.tail)


def _with_degree(ask: Bare, before: Asked) -> str:
    """From "How long is the line?" to "is the line that long", and from "Where is the base?" to "is the base there"."""
    degree = re.fullmatch(r"how (?P<what>long|old|big|tall|large|high|deep|fast|far|often|strong|close|soon|late)",
                          before.word.casefold())  # fmt: skip
    if degree and ask.asks == "why":
        return f"{before.body} that {degree['what']}"
    state = before.auxiliary.casefold() in BE and not any(is_participle(w.casefold()) for w in before.rest.split())
    stays = ask.asks in ("why", "when", "how long")
    return f"{before.body} there" if state and stays and before.asks == "where" else before.body


def _small_first(text: str) -> str:
    """The auxiliary that opens a yes-or-no question, in small letters."""
    return text[:1].lower() + text[1:]


def _with_subject(before: Asked, answer: Mention | None) -> str:
    """From "Who called up reservists?", answered by Tajikistan, to "did Tajikistan call up reservists"."""
    noun = before.noun
    asks = before.asks
    if asks == "what" and not noun:
        subject = "that"
    elif noun and asks in ("how many", "how much"):
        subject = f"those {noun}" if is_plural(noun.split()[-1].casefold()) else f"that {noun}"
    elif answer:
        subject = answer.text
    elif noun:
        subject = f"the {noun}"
    else:
        subject = "they"
    if before.auxiliary:
        return f"{before.auxiliary} {subject} {before.rest}".strip()
    verb, _, rest = before.rest.partition(" ")
    plain = base(verb.casefold())
    if plain is None:
        return f"did {subject} {before.rest}"
    present = verb.casefold() == plain or (verb.endswith("s") and past(plain) != verb.casefold())
    does = "do" if subject.startswith("those ") or (answer and subject == answer.text and answer.plural) else "does"
    return f"{does if present else 'did'} {subject} {plain} {rest}".strip()


def _with_identity(before: Asked, answer: Mention | None) -> str:
    """From "Who is the mayor?", answered by Tomas Hald, to "is Tomas Hald the mayor"; a name is left as it is."""
    if before.asks in _WHO and (before.rest[:1].isupper() or answer is None):
        return before.body
    if answer and before.asks in _WHO:
        return f"{before.auxiliary} {answer.text} {before.rest}"
    if before.asks == "how many" and before.rest == "there":
        return f"{before.auxiliary} there {before.noun}"
    return before.body if before.asks == "what" else f"{before.auxiliary} {before.rest}"


def _with_object(before: Asked, answer: Mention | None) -> str:
    """From "What did Kabulov urge?" to "did Kabulov urge that"."""
    asks, noun = before.asks, before.noun
    if asks in _WHO or before.word.casefold().split()[-1:] == ["whom"]:
        filler = answer.text if answer else "them"
    elif asks == "how many":
        filler = f"that many {noun}".strip()
    elif asks == "how much":
        filler = f"that much {noun}".strip()
    elif noun and noun.casefold() != "else":
        filler = f"that {noun}" if not is_plural(noun.split()[-1].casefold()) else f"those {noun}"
    else:
        filler = "that"
    return f"{before.auxiliary} {_inserted(before.rest, filler)}"


def _inserted(rest: str, filler: str) -> str:
    """Put an object behind its verb: before the preposition that follows the verb, else at the end."""
    words = words_of(rest)
    low = [w[0].casefold() for w in words]
    for n in range(1, len(low)):
        if is_base(low[n]) and low[n - 1] not in ("the", "a", "an", "of"):
            behind = n + 1
            while behind < len(low) and low[behind] in PARTICLES - {"in", "on", "over"}:
                behind += 1
            if behind < len(low) - 1 and low[behind] in PREPOSITIONS - {"to"} | _TO_WHOM.get(low[n], frozenset()):
                at = words[behind].start()
                return f"{rest[:at]}{filler} {rest[at:]}"
    return f"{rest} {filler}"


def _who(ask: Bare, before: Asked, answer: Mention | None, names: Names) -> str | None:
    """Ask who: the doer of what was asked about; who somebody is where that is known already."""
    if before.gap is Gap.SUBJECT:
        known = before.asks in _WHO and answer and answer.sort is Sort.PERSON and not ask.more
        return _joined("who is", answer.text) if known and answer else _joined(ask.word, before.body)
    words = before.rest.split()
    if before.auxiliary.casefold() in BE and words and any(is_participle(w.casefold()) for w in words[1:]):
        return _joined("by whom", _small_first(before.body))
    found = [m for m in mentions_in(before.rest, names, question=True) if not m.inner]
    return _who_of(ask, before, found[0]) if found else None


def _who_of(ask: Bare, before: Asked, first: Mention) -> str | None:
    """Ask who where the question before opens with somebody or something."""
    if first.named and first.sort is Sort.PERSON and not ask.more:
        return _joined("who is", first.text)
    if before.auxiliary.casefold() in DO and before.gap in (Gap.ADJUNCT, Gap.POLAR):
        verb, _, rest = before.rest[first.end :].strip().partition(" ")
        if is_base(verb.casefold()):
            return _joined(ask.word, past(verb.casefold()), rest)
    done = before.rest.casefold().endswith(" do")  # "Who did Tajikistan do?" asks for nothing
    if before.gap is Gap.OBJECT and (before.asks == "what" or ask.more) and not done:
        return _joined(ask.word, before.body)
    return None


def _how_many(ask: Bare, before: Asked, names: Names) -> str | None:
    """Ask how many: of what was asked for, or of the plural that was spoken of."""
    if before.asks == "what" and not (before.noun or ask.noun) and before.rest.casefold().endswith(" do"):
        found = mentions_in(before.rest, names, question=True)[:1]
        return f"How many {_without_article(found[0].text)} were there" if found and found[0].plural else None
    counts = before.gap is Gap.IDENTITY and before.asks in ("what", "how many")
    if counts and not before.noun and not ask.noun:
        return _how_many_are(ask, before, names)
    if before.gap in (Gap.SUBJECT, Gap.OBJECT) or counts:
        return _how_many_of_those(ask, before)
    if ask.noun:
        return None
    if ask.asks == "how much":
        return _joined(ask.word, _small_first(before.body)) if before.gap in (Gap.ADJUNCT, Gap.POLAR) else None
    plurals = [m for m in mentions_in(before.rest, names, question=True) if m.plural and not m.named]
    return _how_many_named(ask, before, plurals[-1]) if plurals else None


def _how_many_are(ask: Bare, before: Asked, names: Names) -> str | None:
    """From "What are the demands?" to "How many demands are there", and from "What is the ferry?" to its price."""
    found = [m for m in mentions_in(before.rest, names, question=True) if not m.inner]
    if not found or found[0].named:
        return None
    if ask.asks == "how many":
        return f"How many {_without_article(before.rest)} {before.auxiliary} there" if found[0].plural else None
    return _joined(ask.word, before.body)


def _how_many_of_those(ask: Bare, before: Asked) -> str | None:
    """Ask how many of what the question before asked for."""
    if ask.noun and before.asks not in ("how many", "how much"):
        return None
    noun = ask.noun or (before.noun if before.asks != "how much" or ask.asks == "how much" else "")
    word = ask.word if ask.noun else f"{ask.word} {noun}".strip()
    auxiliary = before.auxiliary
    if before.gap is Gap.SUBJECT and ask.asks == "how many":
        auxiliary = _TO_PLURAL.get(auxiliary, auxiliary)
    return _joined(word, auxiliary, before.rest)


def _how_many_named(ask: Bare, before: Asked, last: Mention) -> str:
    """Ask how many there are of a plural in the question before."""
    noun = _without_article(before.rest[last.start : last.end])
    if last.start > 0:
        left = " ".join((before.rest[: last.start].rstrip() + " " + before.rest[last.end :].strip()).split())
        return _joined(ask.word, noun, _small_first(before.auxiliary), left)
    verb, _, rest = before.rest[last.end :].strip().partition(" ")
    if before.auxiliary.casefold() in DO and is_base(verb.casefold()):
        return _joined(ask.word, noun, past(verb.casefold()), rest)
    return _joined(ask.word, noun, _small_first(before.auxiliary), before.rest[last.end :].strip())


def _without_article(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an|its|his|her|their|these|those|any|some)\s", "", phrase)


def _which(ask: Bare, before: Asked) -> str | None:
    """Put "what", "which ministry" or "which ones" in place of the question word before."""
    if before.gap is Gap.IDENTITY and ask.asks == "which" and not before.noun:
        return None
    if before.gap in (Gap.SUBJECT, Gap.OBJECT, Gap.IDENTITY):
        noun = before.noun if ask.noun.casefold() in ("ones", "one", "") and ask.asks == "which" else ask.noun
        word = f"{ask.asks} {noun}".strip()
        return _joined(word, before.body)
    return None
