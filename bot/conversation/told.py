"""What a quoted sentence tells, asked about: "When did Zamir Kabulov receive the Taliban delegation?".

"Who is Zamir Kabulov?" leaves nothing open that "and when?" could ask for; what the answer tells of him does.
"""

import re
from dataclasses import replace

from bot.conversation.asked import Asked, Gap
from bot.conversation.bare import Bare
from bot.conversation.gist import gist
from bot.conversation.lexicon import ADJUNCT_WORDS, EVENT_NOUNS, PREPOSITIONS, SAYING
from bot.conversation.mentions import mentions_in
from bot.conversation.names import Names, Sort
from bot.english.apposition import descriptions
from bot.english.clauses import Clause, main_clause
from index.analyzer import terms

LONGEST = 14
"""Words of what follows the verb; of more, only those up to the first phrase that can be left out."""

_SINCE = re.compile(r"^(?:since when|(?:for )?how long)$", re.IGNORECASE)
_MEASURE = re.compile(r"how (?:many|much|old|big|tall|large|high|deep|fast|far)\b")


def asks_for_the_tale(ask: Bare, before: Asked, names: Names) -> bool:
    """Whether a bare question word asks about what was quoted rather than about the question before.

    It does where that only asked who or what something is, or was no question in its form.
    """
    adjunct = ask.asks.split()[0] in ADJUNCT_WORDS and not _MEASURE.match(ask.asks)
    if not adjunct and ask.word.split()[0].casefold() not in PREPOSITIONS:
        return False
    asks_who = before.gap is Gap.IDENTITY and before.asks in ("who", "what", "which") and not ask.tail
    return before.gap is Gap.NONE or (asks_who and not _is_of_the_thing(ask, before, names))


def _is_of_the_thing(ask: Bare, before: Asked, names: Names) -> bool:
    """Whether it may be asked of what the question before named: "When is the referendum?", "Where is the base?"."""
    found = [m for m in mentions_in(before.rest, names, question=True) if not m.inner]
    named = bool(found) and found[0].named
    person = before.asks == "who" or bool(found and found[0].sort is Sort.PERSON)
    if ask.asks == "when" or _SINCE.match(ask.word):
        event = bool(found) and found[-1].head in EVENT_NOUNS
        return event or not (person or named or ask.asks == "when")
    return ask.word.casefold() == "where" and not person


def tale(ask: Bare, before: Asked, quote: str, names: Names) -> str | None:
    """Ask about what a sentence tells; a question without its mark.

    Args:
        ask: the bare question word.
        before: the question that the sentence was quoted for.
        quote: the sentence.
        names: of the article.

    Returns:
        None where the sentence is too long to be asked about.
    """
    if _SINCE.match(ask.word) and before.asks == "who" and (office := _office(ask, before, quote, names)):
        return office
    clause = main_clause(quote)
    if clause is not None:
        clause = replace(clause, subject=_named(clause, before, quote, names))
        rest = clause.rest
        said = clause.base in SAYING and (rest.startswith("that ") or not rest)
        if said and (what := gist(quote, names)) and not what.endswith("…"):
            rest = f"that {what}"
        return f"{ask.word} {clause.inverted} {rest if said else _short(rest)}".strip()
    what = gist(quote, names)
    return f"{ask.word} was it that {what}" if what and not what.endswith("…") else None


def _named(clause: Clause, before: Asked, quote: str, names: Names) -> str:
    """The subject by its name, where it was asked who that is: "a retired locksmith, Wim Brouwer, found it"."""
    verb = quote.find(clause.auxiliary or clause.verb, len(clause.lead) + len(clause.subject))
    asked = {name.text for _, _, name in names.find(before.rest)} if before.asks == "who" else set()
    found = [name.text for _, end, name in names.find(quote) if len(clause.lead) < end <= verb and name.text in asked]
    return found[0] if found else clause.subject


def _short(rest: str) -> str:
    """What follows a verb, up to a clause or a phrase that can be left out where it is long."""
    words = rest.split()
    if len(words) <= LONGEST:
        return rest
    ends = (n for n in range(2, LONGEST) if words[n] == "that" or words[n] in PREPOSITIONS - {"to", "of", "than"})
    return " ".join(words[: next(ends, LONGEST)])


def _office(ask: Bare, before: Asked, quote: str, names: Names) -> str | None:
    """Since when somebody has been what the sentence says beside the name."""
    found = [m for m in mentions_in(before.rest, names, question=True) if not m.inner]
    spans = descriptions(quote, frozenset(terms(before.rest))) if before.rest[:1].isupper() or found else []
    if not spans:
        return None
    start, end = spans[0]
    what = re.sub(r"^(?:its|his|her|their)\s", "", quote[start:end], flags=re.IGNORECASE)
    what = re.sub(r"^(?:The|An?)\b", lambda m: m[0].lower(), what)
    return f"{ask.word} has {found[0].text if found else before.rest} been {what}"
