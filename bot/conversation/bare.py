"""Bare question words: "and when?", "how many?", "in which city?", "who with?"."""

import re
from dataclasses import dataclass

from bot.conversation.asked import Asked, Gap
from bot.conversation.lexicon import PREPOSITIONS

_ASIDE = frozenset("exactly precisely ever actually again though then so early late soon not long come".split())
_TAKES_NOUN = frozenset({"what", "which", "whose", "how many", "how much"})
_OTHER_THAN_NOUNS = frozenset({"about", "if", "then", "next", "now"})
LONGEST_NOUN = 3
"""Words behind a bare question word."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A bare question word.

    Attributes:
        word: with its preposition and noun: "Since when", "In which city", "How many".
        asks: the question word, lower case: "when", "which", "how many".
        noun: what it counts or chooses, or "".
        tail: what follows it ("so late"), or "".
        more: whether it asks for more of the same ("who else").
    """

    word: str
    asks: str
    noun: str
    tail: str
    more: bool = False


def bare(question: str, asked: Asked) -> Bare | None:
    """Read a question without a verb as a bare question word.

    Args:
        question: as `bot.conversation.asked.plain` makes it.
        asked: its parts.
    """
    if asked.auxiliary or asked.gap not in (Gap.ADJUNCT, Gap.NONE, Gap.SUBJECT):
        return None
    found = re.fullmatch(
        r"(?P<pre>(?:\w+\s)?)(?P<wh>how (?:many|much|long|often|old|far|big|tall|fast|large|high|deep|soon|come|so)"
        r"|who|whom|whose|what|which|when|where|why|how)\b(?P<rest>.*)",
        question,
        re.IGNORECASE,
    )
    if found is None or (found["pre"] and found["pre"].strip().casefold() not in PREPOSITIONS):
        return None
    rest = found["rest"].split()
    more = bool(rest) and rest[0].casefold() == "else"
    rest = rest[1:] if more else rest
    asks, word = _question_word(found["pre"], found["wh"], rest)
    if len(rest) > LONGEST_NOUN or (asked.gap is Gap.SUBJECT and rest):
        return None
    if rest and asks in _TAKES_NOUN:
        noun = " ".join(rest)
        is_other = asks == "what" and rest[0].casefold() in _OTHER_THAN_NOUNS
        return None if is_other or _holds_preposition(rest) else Bare(f"{word} {noun}", asks, noun, "", more)
    if any(w.casefold() not in _ASIDE for w in rest[:1]):
        return None
    return Bare(word, asks, "", " ".join(w for w in rest if w.casefold() != "then"), more)


def _question_word(before: str, word: str, rest: list[str]) -> tuple[str, str]:
    """The question word in small letters, and with its preposition, which is taken from the end of `rest`."""
    asks = {"how come": "why", "how so": "how"}.get(word.casefold(), word.casefold())
    written = before + (word if asks == word.casefold() else asks)
    if not before and rest and rest[-1].casefold() in ("for", "from", "to", "by", "with", "about", "of"):
        # "What for", "who with", "where from", "how long for".
        stranded = rest.pop().casefold()
        if (asks, stranded) == ("what", "for"):
            return "why", "why"
        return asks, f"{stranded} {'whom' if asks == 'who' else written}"
    return asks, written


def _holds_preposition(words: list[str]) -> bool:
    return any(w.casefold() in PREPOSITIONS for w in words)
