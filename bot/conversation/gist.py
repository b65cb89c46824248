"""What a quoted sentence says, in a clause that can stand in a question: "relations with Russia were very good"."""

import re

from bot.conversation.lexicon import AUXILIARIES
from bot.conversation.names import Names
from bot.conversation.verbs import base, is_base
from bot.english.clauses import main_clause
from bot.english.gazetteer import DEMONYMS

LONGEST = 18
"""Words of a clause in a question; more is cut at a comma, or not used."""

FEWEST = 5
"""Words of a main clause that tells what happened without what follows it."""

_VERB = r"(?:said|says|told|added|adds|warned|announced|reported|claimed|explained|declared|noted|quoted|insisted)"
_AHEAD = re.compile(
    rf"^(?:[^,“”]{{2,60}},\s)?(?:[A-Z“][^,;:“”]*?,?\s(?:[^,]{{0,60}},\s)?){_VERB}\s(?:\w+\s){{0,4}}?(?:that\s|:\s)",
    re.DOTALL,
)
_BEHIND = re.compile(
    r"[,?!]?[”\"]?,?\s(?:(?:[A-Z][^,;“”]{1,80}|he|she|it|they|the [^,;“”]{1,80})\s"
    rf"(?:[^,;“”]{{0,60}},\s)?{_VERB}|{_VERB}\s[^,;]{{2,60}}|according to)\b.*$",
    re.DOTALL,
)


def gist(sentence: str, names: Names) -> str | None:
    """What a sentence says, without who says so.

    Args:
        sentence: a sentence of the article.
        names: of the article; their capitals stay.

    Returns:
        a clause that may follow "that", its quotation marks left out; None where it would be too long.
    """
    text = sentence.strip().rstrip('.!?”"')
    ahead = _AHEAD.match(text)
    if ahead and len(text) - ahead.end() > 15:
        text = text[ahead.end() :]
    else:
        behind = _BEHIND.search(text)
        if behind and behind.start() > 15:
            text = text[: behind.start()]
    text = re.sub(r"[“”\"]", "", text).strip(" ,.;:")
    text = re.sub(r"\s+", " ", text)
    whole = text
    text = re.sub(rf",\s(?:\w+\s){{1,3}}{_VERB},\s", " ", text)
    if len(text.split()) > LONGEST or re.search(r"[;:]\s", text):
        text = _main(text) or _cut(text)
    if len(text.split()) < 2 or not any(_is_finite(w) for w in text.split()[1:]):
        if len(whole.split()) <= LONGEST:
            return None
        text = " ".join(whole.split()[:LONGEST]).rstrip(",;:—") + " …"
    first = text.split()[0]
    bare = re.sub(r"['’]s$", "", first).casefold()
    named = bare in DEMONYMS or any(start == 0 for start, _, _ in names.find(re.sub(r"['’]s\b", "", text)))
    if not named and first not in ("I", "I'm", "I’m") and (first == "A" or not first.isupper()):
        text = text[0].lower() + text[1:]
    return text


def _main(text: str) -> str:
    """The main clause of a long sentence; "" where it is not seen, or says too little."""
    clause = main_clause(text)
    made = f"{clause.subject} {clause.predicate}" if clause else ""
    return made if FEWEST <= len(made.split()) <= LONGEST else ""


def _cut(text: str) -> str:
    """A long clause up to a comma that leaves a whole one; "" where there is none."""
    parts = [m.start() for m in re.finditer(r"[;:—]\s", text)]
    if parts and len(text[: parts[0]].split()) <= LONGEST:
        return text[: parts[0]]
    cuts = [m.start() for m in re.finditer(r",\s", text) if 4 <= len(text[: m.start()].split()) <= LONGEST]
    return text[: cuts[-1]] if cuts else ""


def _is_finite(word: str) -> bool:
    low = word.casefold().strip(",")
    return low in AUXILIARIES or is_base(low) or base(low) is not None
