"""Words that stand for something said before: which of a question's are open, and what to put in their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.lexicon import (
    ABSTRACT_ADJECTIVES,
    AUXILIARIES,
    BE,
    DETERMINERS,
    JOINTS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SAYING,
)
from bot.conversation.mentions import Mention, mentions_in, words_of
from bot.conversation.names import Names, Sort
from bot.conversation.referents import Referent, best_for, fits
from bot.english.inflection import is_participle
from index.analyzer import terms
from index.indexer import Index

_FORMS = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
    "there": "there",
}  # fmt: skip
_SUBJECTS = frozenset({"he", "she", "it", "they"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_TO_SINGULAR = {
    "do": "does", "are": "is", "were": "was", "have": "has", "don't": "doesn't", "aren't": "isn't", "weren't": "wasn't",
    "haven't": "hasn't",
}  # fmt: skip
_TO_PLURAL = {v: k for k, v in _TO_SINGULAR.items()}


SPEAKS_FOR_ITSELF = 2
"""Terms, all in one sentence of the article, that make a question clear whoever "they" are."""

QUOTES = 3
"""Terms, all in one sentence of the article, that tell what was said of "it"."""

_CALLING = frozenset(terms("call describe name label say said tell told"))


@dataclass(frozen=True, slots=True)
class Open:
    """A pronoun that nothing in its question explains.

    Attributes:
        start: offset in the question.
        end: offset behind it.
        form: "he", "she", "it", "they" or "there".
        possessive: whether it says whose.
        subject: whether it is the subject of its verb.
    """

    start: int
    end: int
    form: str
    possessive: bool
    subject: bool


def open_pronouns(question: str, names: Names) -> Iterator[Open]:
    """The pronouns of a question whose antecedent is not in the question itself, in order.

    Args:
        question: as `bot.conversation.asked.plain` makes it.
        names: of the article.
    """
    words = words_of(question)
    low = [w[0].casefold() for w in words]
    mentions = [*mentions_in(question, names, question=True), *_strangers(question, names)]
    for n, word in enumerate(low):
        bare = re.sub(r"'(?:s|re|ll|d|ve)$", "", word)
        form = _FORMS.get(bare)
        if form is None or bare in _REFLEXIVE or _is_expletive(low, n):
            continue
        possessive = bare in ("his", "its", "their", "hers", "theirs") or (bare == "her" and _owns(low, n))
        if bare == "his" and n + 1 == len(low):
            possessive = True
        subject = bare in _SUBJECTS and (n == 0 or low[n - 1] not in PREPOSITIONS) and _has_verb(low, n)
        if _bound(low, n, words, mentions, form, possessive=possessive, subject=subject):
            continue
        yield Open(words[n].start(), words[n].start() + len(bare), form, possessive, subject)


def _strangers(question: str, names: Names) -> Iterator[Mention]:
    """Names in a question that the article does not use."""
    known = [(a, b) for a, b, _ in names.find(question)]
    for match in re.finditer(r"(?<=\s)[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*", question):
        if not any(a < match.end() and match.start() < b for a, b in known):
            name = re.sub(r"['’]s$", "", match[0])
            start = match.start()
            yield Mention(
                name, start, start + len(name), name.split()[-1].casefold(), Sort.UNKNOWN, plural=False, named=True
            )


def _owns(low: list[str], n: int) -> bool:
    """Whether "her" says whose: a noun follows."""
    if n + 1 >= len(low):
        return False
    follows = low[n + 1]
    return not (follows in PREPOSITIONS or follows in AUXILIARIES or follows in JOINTS or follows in DETERMINERS)


def _has_verb(low: list[str], n: int) -> bool:
    """Whether "it" or another form that is both subject and object stands for the subject."""
    before = low[n - 1] if n else ""
    return before in AUXILIARIES or n == 0 or before in JOINTS or before in QUESTION_WORDS or before in SAYING


def _is_expletive(low: list[str], n: int) -> bool:
    """Whether "it" or "there" stands for nothing: "is it true that", "how long does it take to", "are there"."""
    before = low[n - 1] if n else ""
    behind = low[n + 1 :]
    if low[n] == "there":
        return _is_there_is(low, before, behind)
    if low[n] not in ("it", "it's"):
        return False
    clause = any(w in ("that", "to", "if", "whether", "for", "because", "like") for w in behind)
    if behind[:1] in (["that"], ["because"]) or any(w in ("rain", "raining", "snow", "snowing") for w in behind):
        return True
    if any(w in ("take", "takes", "took") for w in behind[:3]):
        return "to" in behind
    if behind and before in BE | {"be"}:
        head = next((w for w in behind if w not in ("not", "very", "so", "still", "really", "also", "the", "a")), "")
        return clause and (
            head in ABSTRACT_ADJECTIVES
            or head in ("like", "case", "time")
            or (is_participle(head) and "that" in behind)
        )
    return bool(behind) and behind[0] in BE and clause and len(behind) > 1 and behind[1] in ABSTRACT_ADJECTIVES


def _is_there_is(low: list[str], before: str, behind: list[str]) -> bool:
    """Whether "there" only says that something is: "who was there?" asks for a place, "is there a base?" does not."""
    if before in ("over", "up", "out", "down", "from", "around", "near"):
        return False
    is_be = before in BE or before in ("be", "been") or (bool(behind) and behind[0] in BE)
    after_modal = bool(behind) and behind[0] in ("be", "been")
    return (is_be or after_modal) and not (low[0] == "who" and not behind)


def _bound(  # noqa: PLR0913 - what is known of a pronoun
    low: list[str],
    n: int,
    words: list[re.Match[str]],
    mentions: list[Mention],
    form: str,
    *,
    possessive: bool,
    subject: bool,
) -> bool:
    """Whether the question itself says what a pronoun stands for."""
    at = words[n].start()
    agreeing = [m for m in mentions if fits(m, form) >= (0.3 if m.named else 0.5)]
    if form == "it":
        agreeing = [m for m in agreeing if not _asked_for(m, low, words)]
    before = [m for m in agreeing if m.end <= at]
    # "When he came to Moscow, what did Kabulov say?": the name follows in the main clause.
    text = words[0].string
    ahead = [m for m in agreeing if m.start >= words[n].end() and "," in text[at : m.start]]
    apposed = any(re.search(r",\s(?:the\s)?$", text[: m.start]) for m in ahead)
    if ahead and (apposed or low[0] in JOINTS or low[0] in PREPOSITIONS or low[0] == "when"):
        return True
    if possessive and (before or low[0] in ("who", "which", "whose")):
        return True
    if not before:
        return False
    nearest = max(m.end for m in before)
    between = [w for w, match in zip(low, words, strict=True) if nearest <= match.start() < at]
    first = min(m.end for m in before)
    since_first = [w for w, match in zip(low, words, strict=True) if first <= match.start() < at]
    if subject:
        return bool(since_first)
    # An object cannot be the subject of its own clause; behind a joint it can.
    return any(w in JOINTS or w in SAYING or w in QUESTION_WORDS for w in (*between, *since_first))


def _asked_for(mention: Mention, low: list[str], words: list[re.Match[str]]) -> bool:
    """Whether a mention is what the question asks for ("how many seats will it have"): no antecedent."""
    opens = low[0] in ("how", "what", "which", "whose") and mention.start <= words[min(2, len(words) - 1)].start()
    verb_follows = any(w in AUXILIARIES for w, match in zip(low, words, strict=True) if match.start() >= mention.end)
    return opens and verb_follows and low[1] not in AUXILIARIES


def filled(question: str, found: list[Referent], index: Index, names: Names) -> str | None:
    """A question with what its open pronouns stand for in their place.

    Args:
        question: as `bot.conversation.asked.plain` makes it.
        found: what was spoken of so far.
        index: the article's index.
        names: of the article.

    Returns:
        None where no pronoun is open, or nothing agrees with any.
    """
    chosen: list[tuple[Open, Mention]] = []
    vague = _speaks_for_itself(set(terms(question)), SPEAKS_FOR_ITSELF, index)
    quoting = _speaks_for_itself(set(terms(question)) - _CALLING, QUOTES, index)
    by_form: dict[str, Mention] = {}
    named = frozenset(m.text.casefold() for m in mentions_in(question, names, question=True))
    for pronoun in open_pronouns(question, names):
        taken = named | {m.text.casefold() for form, m in by_form.items() if form != pronoun.form}
        rest = question[: pronoun.start] + " " + question[pronoun.end :]
        mention = by_form.get(pronoun.form) or best_for(pronoun.form, found, rest, index, taken)
        if mention is not None and pronoun.form == "they" and vague and not mention.plural:
            continue  # "Where will they move the head office?" needs nobody to be named.
        if pronoun.form == "it" and quoting and not pronoun.subject and not pronoun.possessive:
            continue  # "Who called it a train set on credit?" says what was said of it.
        if mention is not None:
            by_form[pronoun.form] = mention
            chosen.append((pronoun, mention))
    if not chosen:
        return None
    text = question
    for pronoun, mention in reversed(chosen):
        text = _put(text, pronoun, mention)
    for mention in by_form.values():
        # "Where did Diallo sign Diallo's contract?" says the name once too often.
        owned = re.escape(mention.text) + r"['’]s\s"
        if re.search(rf"{re.escape(mention.text)}\b.+\b{owned}", text):
            head, _, tail = text.partition(mention.text)
            text = head + mention.text + re.sub(owned, "the ", tail, count=1)
    return text


def _speaks_for_itself(asked: set[str], least: int, index: Index) -> bool:
    """Whether terms, so many at least, all stand in one sentence of the article."""
    return len(asked) >= least and any(asked <= set(index.terms(s)) for s in index.prose)


def _put(text: str, pronoun: Open, mention: Mention) -> str:
    """Put a mention in a pronoun's place, its verb in the right number."""
    words = mention.text
    if pronoun.form == "there":
        before = text[: pronoun.start].rsplit(None, 1)
        behind = before[-1].casefold() if before else ""
        words = words if behind in PREPOSITIONS else f"in {words}"
    elif pronoun.possessive:
        words += "'" if words.endswith("s") and mention.plural else "'s"
    head, tail = text[: pronoun.start], text[pronoun.end :]
    if pronoun.subject and pronoun.form in ("they", "it"):
        table = _TO_SINGULAR if pronoun.form == "they" and not mention.plural else {}
        table = _TO_PLURAL if pronoun.form == "it" and mention.plural else table
        last = re.search(r"(\S+)\s*$", head)
        if last and last[1].casefold() in table:
            head = head[: last.start(1)] + table[last[1].casefold()] + head[last.end(1) :]
        else:
            follows = re.match(r"\s*(\S+)", tail)
            if follows and follows[1].casefold() in table:
                tail = tail[: follows.start(1)] + table[follows[1].casefold()] + tail[follows.end(1) :]
    if not head.strip():
        words = words[0].upper() + words[1:]
    return head + words + tail
