"""English verbs: whether a word is a finite verb, and its base form; rules, a list of irregular verbs, a dictionary.

Good enough to turn a sentence of a news article into a question; what it is not sure of it leaves alone.
"""

import re
from functools import cache

AUXILIARIES = frozenset(
    "is are was were has have had will would can could may might must shall should does do did".split()
)
"""Verbs that change places with the subject in a question, the full verbs "have" and "do" among them."""

BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())

_IRREGULAR = {
    past: base
    for entry in """
    become:became begin:began break:broke bring:brought build:built burn:burned buy:bought catch:caught choose:chose
    come:came cut:cut deal:dealt draw:drew drive:drove eat:ate fall:fell feel:felt fight:fought find:found fly:flew
    forbid:forbade forget:forgot freeze:froze get:got give:gave go:went grow:grew hear:heard hide:hid hit:hit hold:held
    keep:kept know:knew lay:laid lead:led leave:left lend:lent let:let lose:lost make:made mean:meant meet:met pay:paid
    put:put read:read ride:rode ring:rang rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent set:set
    shake:shook shoot:shot show:showed shut:shut sing:sang sink:sank sit:sat sleep:slept speak:spoke spend:spent
    spread:spread stand:stood steal:stole strike:struck swear:swore sweep:swept swim:swam take:took teach:taught
    tear:tore tell:told think:thought throw:threw understand:understood wake:woke wear:wore win:won withdraw:withdrew
    write:wrote overthrow:overthrew undertake:undertook withhold:withheld foresee:foresaw
    """.split()
    for base, _, past in [entry.partition(":")]
}

_PARTICIPLES = frozenset(
    """
    become begun broken brought built bought caught chosen come cut dealt drawn driven eaten fallen felt fought found
    flown forbidden forgotten frozen got gotten given gone grown heard hidden hit held kept known laid led left lent
    let lost made meant met paid put read ridden rung risen run said seen sought sold sent set shaken shot shown shut
    sung sunk sat slept spoken spent spread stood stolen struck sworn swept swum taken taught torn told thought thrown
    understood woken worn won withdrawn written overthrown undertaken withheld foreseen been done had
    """.split()
)


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("sh", "ch", "ss", "o")) else f"{base}s"


_PRESENT = {
    _third_person(base): base
    for base in """
    accept accuse add aim allow announce argue ask attract begin believe belong bring build buy call carry cause claim
    come consider contain cost cover create deny depend describe employ expect face fear follow get give go grow hold
    hope include insist intend keep know lead leave live lose make mean need offer oppose own pay plan produce promise
    propose provide reach receive recommend reject remain represent require run say see seek sell serve show spend
    stand start suggest support take tell think threaten treat try urge use visit want warn win work write
    """.split()
}
"""Third person -> base. A list, because most words in -s are nouns."""


@cache
def _frequencies() -> dict[str, int]:
    """English words and how often they are used, from pyspellchecker (MIT)."""
    from spellchecker import SpellChecker

    words: dict[str, int] = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return words


def _regular(word: str) -> str | None:
    """The base of a word in -ed, or None where English has no such verb."""
    stem = word[:-2]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y" if word[:-3] + "y" in _frequencies() else None
    if re.search(r"([bdgklmnprtvz])\1$", stem) and stem[:-1] in _frequencies() and stem not in _frequencies():
        return stem[:-1]
    # A short stem of consonant, vowel, consonant would have doubled its last letter: "hoped" is of "hope".
    found = [base for base in (stem, stem + "e") if base in _frequencies() and len(base) > 2]
    if len(found) == 2 and re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", stem):
        return found[1]
    return max(found, key=lambda base: _frequencies()[base], default=None)


def is_common(word: str) -> bool:
    """Whether a word in small letters is English, and no name alone."""
    return word in _frequencies()


@cache
def base_of(verb: str) -> str | None:
    """The base form of a verb in the past or the third person ("fought" -> "fight", "plans" -> "plan").

    Returns:
        None where the word is no such form of a known verb.
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _PRESENT:
        return _PRESENT[verb]
    return _regular(verb) if verb.endswith("ed") and len(verb) > 3 else None


def is_present(verb: str) -> bool:
    """Whether it is the third person of a known verb."""
    return verb in _PRESENT


def is_participle(word: str) -> bool:
    """Whether it is a past participle."""
    return word in _PARTICIPLES or (word.endswith("ed") and base_of(word) is not None)
