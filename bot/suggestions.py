"""Questions that the article can answer, made of its own names, numbers and dates, for completion and for help.

Candidates come from the sentences (`bot.questions_from`); kept are those that the assistant answers surely, with the
sentence they were made of as its first quote. So what is suggested is known to work.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from bot.answer import Answer
from bot.assistant import Assistant
from bot.english.answer_words import Kind, candidates
from bot.questions_from import SAYS_ABOUT, questions_from
from index.article import Sentence

SURE = 0.6
"""Confidence that a suggestion needs: what the bot itself calls likely."""

MOST_TRIED = 400
"""Candidates tried; at 2 to 25 ms each (20 to 20,000 sentences) that is seconds of one core, once at the start."""

MOST_KEPT = 100
A_SENTENCE = 3
"""Questions kept of a sentence."""

MOST_SENTENCES = 300
"""Sentences that candidates are made of; of a longer article the first ones, where news says what matters."""

MOST_SHOWN = 25
LONGEST = 100
"""Choices, and characters of a choice, that Discord takes for an autocompletion."""

ALIKE = 60.0
"""Of 100: how alike a question and what was typed must be to be offered. Half a word typed of a name is above it,
a word that occurs nowhere in the question below."""

_ABOUT = ("What is this article about?", "When was this article published?", "Who wrote this article?")
_ENGLISH = frozenset("the of and to in a is that was for it with as on by are were has have".split())
_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|his|its|their|them|this|that|these|those|there|here|I|we|you|our|my)\b"
)
_ENDS_OPEN = re.compile(
    r"\b(?:of|in|on|at|for|with|about|and|or|the|an?|as|than|by|neither|both|also|all the same|such|what)\?$"
)
_SHORTEST, _LONGEST_WORDS = 3, 16


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that works.

    Attributes:
        question: at most 100 characters.
        confidence: what the assistant answers it with, 0..1.
        sentence: number of the sentence that answers it; -1 for a line of the article's head.
    """

    question: str
    confidence: float
    sentence: int


def suggestions(assistant: Assistant, *, go_on: Callable[[], bool] = lambda: True) -> tuple[Suggestion, ...]:
    """Make and try the suggestions for an article; takes a second or so, and is the same every time.

    Args:
        assistant: answers them.
        go_on: asked before each is tried; once it says no, what was found so far is all.

    Returns:
        at most `MOST_KEPT`: first the best of each sentence, surest first, then the further ones.
    """
    index = assistant.index
    kept: dict[int, list[Suggestion]] = {}
    tried = 0
    for sentence, question in _made(index.prose[:MOST_SENTENCES]):
        if not go_on():
            break
        already = len(kept.get(sentence.number, ()))
        if tried == MOST_TRIED or already == A_SENTENCE or (already and question.startswith(SAYS_ABOUT)):
            continue
        tried += 1
        result = assistant.ask(question)
        if (
            isinstance(result, Answer)
            and result.confidence >= max(SURE, assistant.threshold)
            and result.quotes[0].citation.start == sentence.start
            and not result.corrections
        ):
            kept.setdefault(sentence.number, []).append(Suggestion(question, result.confidence, sentence.number))
    about = [
        Suggestion(question, result.confidence, -1)
        for question in _ABOUT
        if isinstance(result := assistant.ask(question), Answer)
    ]
    first, second, third = (
        sorted((questions[n] for questions in kept.values() if len(questions) > n), key=lambda s: -s.confidence)
        for n in range(A_SENTENCE)
    )
    found = [*about[:1], *first, *about[1:], *second, *third]
    return tuple(found[:MOST_KEPT])


def _made(prose: Sequence[Sentence]) -> Iterator[tuple[Sentence, str]]:
    """The candidates, each question once."""
    words = Counter(word for s in prose for word in s.text.casefold().split())
    if sum(words[w] for w in _ENGLISH) < 0.1 * sum(words.values()):
        return  # not English: the rules would only make nonsense of it
    people = frozenset(
        name[-1].casefold()
        for s in prose
        for span in candidates(s.text)
        if span.kind is Kind.PERSON and len(name := s.text[span.start : span.end].split()) > 1
    )
    seen: set[str] = set()
    for sentence in prose:
        for question in questions_from(sentence.text, people):
            if question.casefold() not in seen and _is_good(question):
                seen.add(question.casefold())
                yield sentence, question


def _is_good(question: str) -> bool:
    """Whether a question stands alone, is neither long nor broken off, and can be read at a glance."""
    words = question.split()
    return (
        len(question) <= LONGEST
        and _SHORTEST <= len(words) <= _LONGEST_WORDS
        and not _POINTS_BACK.search(question)
        and not _ENDS_OPEN.search(question)
        and not re.search(r"[“”\"()<>@#*|`_\[\]:;]|\.\.|//", question)
    )


def matching(found: Sequence[Suggestion], typed: str, most: int = MOST_SHOWN) -> list[str]:
    """The suggestions for what is typed so far, best first; takes about a millisecond.

    Args:
        found: as `suggestions` gives them.
        typed: whatever a person typed; "" gives the first ones.
        most: how many at most.

    Returns:
        questions, each once.
    """
    wanted = " ".join(typed.split())
    if not wanted:
        return [s.question for s in found[:most]]
    low = utils.default_process(wanted)
    if not low:
        return []
    scored = []
    for place, suggestion in enumerate(found):
        question = utils.default_process(suggestion.question)
        score = max(fuzz.partial_ratio(low, question) if len(low) > 2 else 0.0, fuzz.token_set_ratio(low, question))
        if question.startswith(low) or f" {low}" in question:
            score = 100.0 + question.startswith(low)
        if score >= ALIKE:
            scored.append((-score, place, suggestion.question))
    return [question for _score, _place, question in sorted(scored)[:most]]
