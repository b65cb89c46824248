"""A sentence -> questions that it answers, by rules; candidates only: `bot.suggestions` keeps those that work."""

import re
from collections.abc import Iterator

from bot.english.answer_words import Kind, Span, candidates
from bot.english.apposition import descriptions
from bot.english.clauses import Clause, main_clause
from bot.english.gazetteer import DEMONYMS, PLACE_NOUNS, PLACES
from index.analyzer import terms

_PERSONAL_ROLES = re.compile(
    r"\b(?:envoy|minister|president|spokes\w+|secretary|ambassador|chief|leader|director|chair\w*|head|mayor|governor"
    r"|senator|general|colonel|commander|captain|officer|official|judge|professor|doctor|scientist|researcher|engineer"
    r"|analyst|economist|lawyer|coach|player|actor|actress|singer|author|writer|journalist|reporter|editor|activist"
    r"|king|queen|prince|princess|pope|bishop|founder|manager|owner|teacher|student|farmer|resident|witness)\b"
)
_SAYS = frozenset(
    "say warn announce declare promise report claim add argue explain insist predict state suggest write tell agree "
    "propose complain conclude demand deny find learn notice recall reveal stress".split()
)
_ASKS_TO = frozenset("press urge ask order tell force allow invite warn help want persuade oblige beg expect".split())
_TAKES = frozenset(
    "announce build buy carry cost cover create cut declare demand describe discover do expect fight find get give "
    "hold launch lose make need offer open order pay plan propose publish receive replace report sell sign start take "
    "use want win write fear label".split()
)
_DONE_BY_THINGS = frozenset("drive cause force lead reach cost carry hit destroy damage flood trigger prompt".split())
_PREPOSITION = (
    r"(?:in|on|at|to|from|with|for|about|between|against|across|into|over|after|before|during|under|through|near|by|as"
    r"|outside|inside|within|without|via|toward|towards|around|along)"
)
_NUMBER = r"(?:\d[\d.,]*(?:\s(?:million|billion|thousand))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_COUNTED = re.compile(
    rf"^(?:(?:up to|about|around|at least|more than|nearly|almost|some|over|only)\s)?{_NUMBER}\s"
    rf"(?P<what>[a-z][\w-]*(?:\s(?!{_PREPOSITION}\b|and\b|or\b|a\b|the\b|per\b|each\b)[a-z][\w-]*){{0,2}})"
)
_LOOSE_NUMBER = re.compile(
    rf"(?<!\w)(?:\d[\d,]*)\s(?P<what>(?:[a-z][\w-]+\s)?[a-z][\w-]+s)(?=\s{_PREPOSITION}\b|\sso\b|\sand\b|[,.;]|$)"
)
_UNITS = re.compile(
    r"^(?:million|billion|thousand|years?|months?|weeks?|days?|hours?|minutes?|seconds?|percent|per|miles?|km|crowns|dollars)\b"
)
_TAIL_DATE = re.compile(
    r"\s(?:again\s)?(?:on|from|since|until|in|by)\s(?:early\s|late\s)?(?:the\s)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b(?:\s\d{1,2})?(?:,?\s\d{4})?|(?:1[89]|20)\d\d)\b.*$"
)
_TAIL_LONG = re.compile(
    rf"\sfor\s(?:about\s|nearly\s|more than\s|almost\s)?{_NUMBER}\s(?:years?|months?|weeks?|days?|hours?)$"
)
_TAIL_PLACE = re.compile(r"\s(?:in|at|near)\s(?:the\s)?(?:[A-Z][\w’'-]+)(?:\s[A-Z][\w’'-]+)*$")
_REASON = re.compile(r"^[,\s]*(?:because|so as to|so that|in order to|since (?!\w+day|[A-Z]|\d))\b")


SAYS_ABOUT = "What does the article say about"
"""How a question begins that is asked only where a sentence gives no better one."""

_NAMED = (Kind.PERSON, Kind.GROUP, Kind.NAME, Kind.PLACE)


def questions_from(sentence: str, people: frozenset[str] = frozenset()) -> Iterator[str]:
    """Questions that a sentence may answer, the better kinds first.

    Args:
        sentence: a sentence of the article.
        people: surnames that elsewhere in the article stand behind a given name, lower case.

    Yields:
        questions with their question mark; grammatical as far as the rules reach, perhaps none.
    """
    for question in _made(sentence, people):
        # Where nothing stands behind the verb, a space is left over.
        yield re.sub(r"\s+(?=[?,])", "", " ".join(question.split()))


def _made(sentence: str, people: frozenset[str]) -> Iterator[str]:
    yield from _who_or_what_is(sentence)
    clause = main_clause(sentence, people)
    if clause is not None:
        yield from _of_a_clause(clause)
    for found in _LOOSE_NUMBER.finditer(sentence):
        if not _UNITS.match(found["what"]):
            yield f"How many {found['what']} does the article mention?"
    yield from _on_a_name(sentence)


def _on_a_name(sentence: str) -> Iterator[str]:
    """What is said on the longest name."""
    names = [sentence[s.start : s.end] for s in candidates(sentence) if s.kind in _NAMED]
    for name in sorted({n for n in names if len(n) > 3 and n.casefold() not in DEMONYMS}, key=lambda n: (-len(n), n))[
        :1
    ]:
        the = "the " if re.search(rf"\b[Tt]he {re.escape(name)}", sentence) else ""
        yield f"{SAYS_ABOUT} {the}{name}?"


def _who_or_what_is(sentence: str) -> Iterator[str]:
    """Who or what somebody or something is, where the sentence says it beside the name."""
    for span in candidates(sentence):
        name = sentence[span.start : span.end]
        if span.kind not in _NAMED or name.casefold() in DEMONYMS:
            continue
        for start, end in descriptions(sentence, frozenset(terms(name)))[:1]:
            if start < span.end and span.start < end:
                continue  # a title that is a part of the name
            said = sentence[start:end]
            if span.kind is Kind.PERSON and _PERSONAL_ROLES.search(said):
                yield f"Who is {name}?"
            elif span.kind is not Kind.PERSON and not _PERSONAL_ROLES.search(said) and not _may_be_a_person(span, name):
                the = "the " if re.search(r"(?i)\bthe\s$", sentence[: span.start]) else ""
                yield f"What is {the}{name}?"


def _may_be_a_person(span: Span, name: str) -> bool:
    """Whether a name of no sure kind has the form of a person's; or is a first word and none."""
    words = name.split()
    if span.kind not in (Kind.NAME, Kind.PLACE) or words[-1].casefold() in PLACE_NOUNS | PLACES:
        return False
    return len(words) == 2 or (span.start == 0 and not words[-1][0].isupper())


def _of_a_clause(clause: Clause) -> Iterator[str]:
    """Questions of a main clause."""
    yield from _of_a_state(clause)
    if not clause.base:
        return
    yield from _with_a_question_word(clause)
    yield from _for_the_object(clause)
    yield from _for_the_subject(clause)


def _of_a_state(clause: Clause) -> Iterator[str]:
    """What something was, or how it was where somebody is quoted on it."""
    if clause.base or not clause.auxiliary:
        return
    if clause.beyond.startswith(("“", '"')) and not clause.rest:
        yield f"How {clause.auxiliary} {_inside(clause.subject)}?"
    elif re.match(r"(?:to|a|an|the|one)\s", clause.rest) and re.match(r"the\s|.*['’]s?\s", clause.subject):
        yield f"What {clause.auxiliary} {_inside(clause.subject)}?"


def _with_a_question_word(clause: Clause) -> Iterator[str]:
    """When, how long, where, why."""
    rest, inverted = clause.rest.replace(" of its own", ""), clause.inverted
    if found := _TAIL_DATE.search(f" {rest}"):
        kept = f" {rest}"[: found.start()].strip()
        word = "How long" if found[0].split()[0] == "since" and clause.auxiliary in ("has", "have", "had") else "When"
        yield f"{word} {inverted} {kept}?"
    elif re.search(r"day\b", clause.lead) and clause.base not in _SAYS:
        yield f"When {inverted} {rest}?"
    elif re.search(r"day\b", clause.lead):
        yield f"What {inverted} {clause.lead[0].lower()}{clause.lead[1:]}?"
    if found := _TAIL_LONG.search(rest):
        yield f"How long {inverted} {rest[: found.start()]}?"
    elif (found := _TAIL_PLACE.search(rest)) and found.start() > 0 and clause.base not in _SAYS:
        yield f"Where {inverted} {rest[: found.start()]}?"
    if _REASON.match(clause.beyond):
        yield f"Why {inverted} {rest}?"


def _for_the_object(clause: Clause) -> Iterator[str]:
    """What somebody said, did, wants; how many."""
    rest, inverted = clause.rest, clause.inverted
    base = clause.base.split()[-1]
    if base in _SAYS and (re.match(r"that\b", rest) or (not rest and re.match(r"[,:]?\s?“", clause.beyond))):
        yield f"What {inverted}?"
    asked_to = re.match(rf"(?P<who>(?!{_PREPOSITION}\b)[\w'’ -]{{2,40}}?)\sto\s[a-z]+", rest)
    if asked_to and base in _ASKS_TO:
        yield f"What {inverted} {asked_to['who']} to do?"
    elif found := _COUNTED.match(rest):
        if not _UNITS.match(found["what"]):
            tail = rest[found.end() :].strip()
            tail = "" if tail.startswith(("and ", "or ")) else tail
            yield f"How many {found['what']} {inverted} {tail}?"
    elif base in _TAKES and re.match(r"(?:the|an?|its|his|her|their|[A-Z])\b", rest):
        thing = re.split(rf"\s(?={_PREPOSITION}\s)", rest, maxsplit=1)
        yield f"What {inverted} {thing[1] if len(thing) > 1 else ''}?"
    if base == "come" and (found := re.match(r"to\s\w+", rest)):
        yield f"Why {inverted}?"


def _for_the_subject(clause: Clause) -> Iterator[str]:
    """Who or what did something: the verb and what follows stay as they are."""
    word = {Kind.PERSON: "Who", Kind.COUNTRY: "Which country", Kind.GROUP: "Who"}.get(clause.kind)
    base = clause.base.split()[-1]
    if word is None and clause.kind is Kind.OPEN:
        who = _PERSONAL_ROLES.search(clause.subject.split()[-1]) or base in _SAYS
        word = "Who" if who else "What" if base in _DONE_BY_THINGS else None
    if base in _SAYS and not clause.rest.startswith("that "):
        return  # "Who said the envoy?"
    if word is not None and clause.rest:
        yield f"{word} {clause.predicate}?"


def _inside(subject: str) -> str:
    """A subject within a question: its first word is small unless it is a name."""
    return subject[0].lower() + subject[1:] if subject.startswith("Relations ") else subject
