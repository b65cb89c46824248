"""The main clause of a sentence, by rules: who does what, and the words around it.

For turning sentences into questions (`bot.suggestions`). It reads the plain order of news English, "[On Friday,] the
minister[, a lawyer,] said ...", and finds nothing where a sentence is built otherwise.
"""

import re
from dataclasses import dataclass

from bot.english.answer_words import Kind, candidates
from bot.english.inflection import AUXILIARIES, BE, HAVE, base_of, is_common, is_participle, is_present

LONGEST_SUBJECT = 7
"""Words of a subject; what seems longer is usually two clauses."""

LONGEST_NAME_BEFORE_PRESENT = 4
"""Words of a subject before a verb in the present, which must be a name: "prices" after a noun is a noun."""

_LEAD = re.compile(
    r"(?:On\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:[Ll]ast|[Tt]his)\s(?:week|month|year)),?\s+"
    r"|(?:On|In|At|By|After|During|Since|Last|Earlier|Late|Until|Before|Under|Over)\b[^,;:“”—]{2,50},\s+"
)
_WHEN = re.compile(r"\s(?:earlier|later|late|early)?\s?(?:this|last)\s(?:week|month|year|summer|winter|spring)(?=\s)")
_WORD = re.compile(r"(?:[^\s,;:“”\"()—]|(?<=\d),(?=\d))+")
_APPOSITIVE = re.compile(r",\s(?P<what>[^,;:“”\"()—]{3,90}),(?=\s)")
_PUNCTUATION = (",", ";", ":", "“", "”", '"', "(", ")", "—")
_NOT_IN_SUBJECT = frozenset(
    """
    that which who whom whose when where while although because if as than it he she they we i you this these those
    there what how why not to but or so such here nobody nothing somebody everything everyone anyone both each
    """.split()
)
_OWN = frozenset("its his her their".split())
_ADVERBS = frozenset("also then later now still already never again once".split())
_BEFORE_NOUN = frozenset(
    "a an the its his her their our my your of in on at by for with from some any two three no more".split()
)
_END = re.compile(
    r"[;:“”\"()—]|,(?!\d)|\.\s|\s(?:while|although|though|because|since(?!\s(?:[A-Z\d]|last))|after|before|when|where|which|who|so\sas|so\sthat|if|as"
    r"|but|unless|until|despite|amid|than)\b|\sand\s(?=\w+ed\b|(?:it|he|she|they|was|were|is|has|had|said)\b)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, cut into what a question is made of.

    Attributes:
        lead: the words before the subject ("On Wednesday"), or "".
        subject: the subject, its first letter small where a name does not begin there.
        kind: what the subject is, `Kind.OPEN` where it is no name.
        auxiliary: the verb that changes places with the subject ("was", "has", "will"), or "".
        verb: the full verb as it stands; "" where a form of "be" is the only one.
        base: its base form, or the participle or infinitive behind an auxiliary.
        rest: what follows the verb up to the clause's end.
        beyond: what follows the clause's end.
    """

    lead: str
    subject: str
    kind: Kind
    auxiliary: str
    verb: str
    base: str
    rest: str
    beyond: str

    @property
    def predicate(self) -> str:
        """The verbs and what follows them."""
        return " ".join(part for part in (self.auxiliary, self.verb, self.rest) if part)

    @property
    def inverted(self) -> str:
        """The clause behind a question word, without what follows the verb: "did the minister warn"."""
        if self.auxiliary:
            return " ".join(part for part in (self.auxiliary, self.subject, self.verb) if part)
        helper = "does" if is_present(self.verb.casefold()) else "did"
        return f"{helper} {self.subject} {self.base}"


def main_clause(sentence: str, people: frozenset[str] = frozenset()) -> Clause | None:
    """Find the main clause of a sentence.

    Args:
        sentence: a sentence.
        people: surnames that elsewhere stand behind a given name, lower case.
    """
    # "Advances earlier this week drove ...": when it was says nothing of who the subject is.
    if (moved := _WHEN.search(sentence, 0, 60)) and moved.start() < sentence.find(" ", 40):
        sentence = sentence[: moved.start()] + sentence[moved.end() :]
    lead = _LEAD.match(sentence)
    at = lead.end() if lead else 0
    words = list(_WORD.finditer(sentence, at))
    before: list[str] = []
    position = at
    for n, word in enumerate(words[: LONGEST_SUBJECT + 1]):
        if sentence[position : word.start()].strip(" ").startswith(_PUNCTUATION):
            # The one thing that may stand between commas here is who the subject is.
            found = _APPOSITIVE.match(sentence, position)
            if not before or found is None:
                return None
            own = before[0].casefold() in _OWN and _kind(sentence, found.span("what"), people) is Kind.PERSON
            return _from_verb(sentence, lead, found.span("what") if own else (at, position), found.end(), people)
        low = word[0].casefold()
        follows = words[n + 1][0].casefold() if n + 1 < len(words) else ""
        if before and _is_verb(low, before, follows):
            return _from_verb(sentence, lead, (at, position), word.start(), people)
        if low in _NOT_IN_SUBJECT or (low in AUXILIARIES and not before):
            return None
        if low not in _ADVERBS:
            before.append(word[0])
            position = word.end()
    return None


def _is_verb(word: str, before: list[str], follows: str) -> bool:
    """Whether a word behind a subject is its finite verb."""
    if word in AUXILIARIES:
        return True
    if before[-1].casefold() in _BEFORE_NOUN or base_of(word) is None or follows in ("by", "with"):
        return False
    if is_present(word):
        named = len(before) <= LONGEST_NAME_BEFORE_PRESENT and all(w[0].isupper() for w in before if len(w) > 3)
        return named and before[-1][0].isupper()
    return True


def _from_verb(
    sentence: str, lead: re.Match[str] | None, subject: tuple[int, int], at: int, people: frozenset[str]
) -> Clause | None:
    """The clause, from where its verb should be."""
    words = list(_WORD.finditer(sentence, at))
    if not words or sentence[at : words[0].start()].strip():
        return None
    first = words[0]
    low = first[0].casefold()
    auxiliary, verb, base, end = "", "", "", first.end()
    if low in AUXILIARIES:
        second = next(
            (w for w in words[1:3] if w[0].casefold() not in ("also", "not", "been", "already", "still")), None
        )
        auxiliary = first[0]
        takes = second and _follows(low, second[0].casefold())
        if second and takes and len(sentence[first.end() : second.end()].split()) <= 2:
            skipped = sentence[first.end() : second.start()].strip()
            verb = base = f"{skipped} {second[0]}".strip()
            end = second.end()
        elif low in HAVE:
            auxiliary, verb, base = "", first[0], "have"
        elif low not in BE:
            return None
    else:
        found = base_of(low)
        if found is None:
            return None
        verb, base = first[0], found
    stop = _END.search(sentence, end)
    until = stop.start() if stop else len(sentence.rstrip(".!?"))
    name = sentence[slice(*subject)]
    return Clause(
        lead[0].strip(" ,") if lead else "",
        _small(name, sentence, subject[0]),
        _kind(sentence, subject, people),
        auxiliary,
        verb,
        base,
        sentence[end:until].strip().rstrip("."),
        sentence[until:].strip(),
    )


def _follows(auxiliary: str, word: str) -> bool:
    """Whether a word may be the full verb behind an auxiliary."""
    if auxiliary in BE or auxiliary in HAVE:
        return is_participle(word)
    return word.isalpha() and word not in ("be", "not", "have")


def _small(name: str, sentence: str, start: int) -> str:
    """A subject as it stands within a sentence: "The ferry" becomes "the ferry", a name stays."""
    begins = any(s.start == start for s in candidates(sentence) if s.kind in _NAMES)
    first = name.split(maxsplit=1)[0] if name else ""
    second = name.split()[1:2]
    if begins and start == 0 and second and second[0].islower() and first.isalpha() and is_common(first.casefold()):
        begins = False  # "Researchers at ..."
    keep = (begins and first.casefold() not in ("the", "a", "an")) or first.isupper()
    return name if keep and len(first) > 1 else name[:1].lower() + name[1:]


_NAMES = (Kind.PERSON, Kind.GROUP, Kind.COUNTRY, Kind.PLACE, Kind.NAME)


def _kind(sentence: str, subject: tuple[int, int], people: frozenset[str]) -> Kind:
    """What the subject is, where a name makes up all of it but an article or a title."""
    name = sentence[slice(*subject)]
    if name.split()[-1].casefold() in people:
        return Kind.PERSON
    spans = [s for s in candidates(sentence) if subject[0] <= s.start and s.end <= subject[1] and s.kind in _NAMES]
    for span in spans:
        if not re.sub(r"(?i)^(?:the|a|an|its|his|her|their)\s", "", sentence[subject[0] : span.start]).strip():
            rest = sentence[span.end : subject[1]].strip()
            if not rest:
                return span.kind
    if spans and spans[-1].kind is Kind.PERSON and spans[-1].end == subject[1]:
        return Kind.PERSON  # "its foreign minister Sergey Lavrov"
    return Kind.OPEN
