"""Whether a claim and a sentence say that the same is done, by the same and to the same."""

from collections.abc import Mapping

from bot.claims.actions import Action, is_open
from bot.claims.alignment import BESIDE, PARAPHRASE, Pair
from bot.claims.anatomy import Anatomy
from bot.claims.comparison import Comparison
from bot.english.gazetteer import DEMONYMS, PLACES


def says_the_same(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> bool:
    """Whether nothing speaks against a sentence being about what a claim says is done.

    Against it speak a verb of the claim, or what it says somebody is, that the sentence has nothing for; doer and
    target in one another's place; and a claim that something has happened where the sentence only says that it may.
    """
    own = {p for p, pair in pairs.items() if pair.at != BESIDE} | found.settled
    # Where something differs it is named; a purpose besides it that the article does not give is no reason for silence.
    needed = [a.position for a in claim.actions if not (a.aim and found.differences)]
    if any(p not in own for p in (*needed, *claim.complements)):
        return False
    if _crossed(claim, sentence, pairs):
        return False
    acts = {a.position: a for a in sentence.actions}
    for act in claim.actions:
        there = acts.get(pairs[act.position].at) if act.position in pairs else None
        if there and (_turned_round(act, there, pairs, found) or _elsewhere(act, claim, pairs, found)):
            return False
        if there and there.open and not is_open(claim.text):
            return False
    return True


def _turned_round(act: Action, there: Action, pairs: Mapping[int, Pair], found: Comparison) -> bool:
    """Whether who does something in the claim has it done to them in the sentence, or the other way round."""

    def at(positions: frozenset[int]) -> set[int]:
        return {
            pairs[p].at for p in positions if p in pairs and p not in found.settled and pairs[p].strength >= PARAPHRASE
        }

    doers, targets = at(act.doers), at(act.targets)
    return bool((doers & there.targets - there.doers) or (targets & there.doers - there.targets))


def _elsewhere(act: Action, claim: Anatomy, pairs: Mapping[int, Pair], found: Comparison) -> bool:
    """Whether something is done to a name that the sentence can only be read with, but does not hold."""
    return any(
        p in claim.name_at and p in pairs and pairs[p].at == BESIDE and p not in found.settled for p in act.targets
    )


def _crossed(claim: Anatomy, sentence: Anatomy, pairs: Mapping[int, Pair]) -> bool:
    """Whether a country and a people change places: "Russia hosts a Tajik base", "Tajikistan hosts a Russian base"."""
    to_people = to_country = False
    for n, pair in pairs.items():
        if n not in claim.name_at or pair.at == BESIDE:
            continue
        here, there = _form(claim, n), _form(sentence, pair.at)
        to_people = to_people or (here == "country" and there == "people")
        to_country = to_country or (here == "people" and there == "country")
    return to_people and to_country


def _form(text: Anatomy, position: int) -> str:
    """Whether a word names a country or a people; "" where neither."""
    word = text.word(position).casefold().replace("’", "'")
    if word.endswith(("'s", "'")):
        return ""  # "Russia's base" is the Russian base, "Russia's allies" are with Russia
    if word in DEMONYMS:
        return "people"
    return "country" if word in PLACES else ""
