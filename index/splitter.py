"""Article -> sentences -> passages."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sentencex

from index.article import Article, Passage, Sentence

WINDOW = 3
"""Sentences in a passage: enough for a reader to see a quote in its place, short enough for a chat."""

STRIDE = 2
"""Sentences from the start of one passage to the start of the next, so that neighbours share one."""

MAX_SENTENCE = 1_000
"""Characters. A longer run without a full stop is a table or a list: it is cut at white space, so that three
quotes always fit one Discord message (4,000 characters)."""

_SPEAKING = (
    "said|says|say|asked|asks|added|adds|warned|warns|told|tells|wrote|writes|replied|insisted|declared|tweeted"
    "|announced|explained|argued|shouted|recalled|concluded|stated|claimed|joked|remarked|exclaimed|responded"
)
_ATTRIBUTION = re.compile(
    rf"(?:(?:{_SPEAKING})\b|according to\b"
    rf"|(?:(?:[A-Z][\w.’'-]*|of|the|al|bin|de|van|von),?\s+){{1,8}}(?:{_SPEAKING})\b)"
)
_ENDS_ASKING = re.compile(r"[?!…][\"'”’»]+$")
_OPENERS = "\"'“‘«(["
_TITLE = re.compile(
    r"(?:^|[\s“\"(])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Sen|Rep|Gov|Rev|Hon|Adm|Cmdr|Supt|St|Approx|approx|vs)\.$"
)
_INITIAL = re.compile(r"(?:^|[\s“\"(.])[A-Z]\.$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|(?:Eastern|Pacific|Central|Greenwich)\b"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d)"
)
_SHORT_FORM = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Sen|Rep|Gov|Rev|Hon|Adm|Cmdr|Supt|St|Jr|Sr|Jan|Feb|Mar|Apr|Aug"
    r"|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Bros|vs|etc|approx|cf|al|Fig|Eq|Vol|Ed|pp?|e\.g|i\.e)|\b[^\W\d_]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_FULL_STOP = re.compile(r"(?P<stop>[.!?…][\"'”’»)\]]*)\s+(?=[“\"‘'(]?[^\W\d_a-z])")
_LETTERS = re.compile(r"[A-Z]\.[A-Z]\.$")
_NUMERO = re.compile(r"\bNos?\.$")
_TAIL = 80
"""Characters before and behind a boundary that decide on it; a bound keeps the time linear in the text."""
_BREAK = re.compile(r"\s+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def _is_one_sentence(left: str, right: str) -> bool:
    """Whether a boundary between two neighbouring segments was drawn inside a sentence."""
    if right.lstrip(_OPENERS)[:1].islower():
        return True
    if _TITLE.search(left) or (_INITIAL.search(left) and not left.endswith("I.")):
        # "the U.S. He works": an abbreviation of several letters may end a sentence, a single initial does not.
        return not _LETTERS.search(left)
    if _CLOCK.search(left):
        return bool(_AFTER_CLOCK.match(right))
    return bool(_ENDS_ASKING.search(left) and _ATTRIBUTION.match(right))


def _missed_boundaries(segment: str) -> Iterator[int]:
    """Offsets at which a segment holds a full stop that starts a new sentence outside any quotation."""
    position = curly = straight = 0
    for match in _FULL_STOP.finditer(segment):
        stop = match.end("stop")
        curly += segment.count("“", position, stop) - segment.count("”", position, stop)
        straight += segment.count('"', position, stop)
        position = stop
        head = segment[max(0, stop - _TAIL) : stop]
        following = segment[match.end() : match.end() + _TAIL]
        if (
            curly > 0
            or straight % 2
            or _SHORT_FORM.search(head)
            or (_ENDS_ASKING.search(head) and _ATTRIBUTION.match(following))
            or _NUMERO.search(head)
        ):
            continue
        yield match.end()


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run longer than `MAX_SENTENCE` at white space, or in mid-word where there is none."""
    while end - start > MAX_SENTENCE:
        window = text[start : start + MAX_SENTENCE]
        breaks = [m.start() for m in _BREAK.finditer(window, MAX_SENTENCE // 2)]
        cut = start + (breaks[-1] if breaks else MAX_SENTENCE)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a paragraph.

    Args:
        text: one paragraph; a line break in it is white space like any other.

    Returns:
        (start, end) offsets into `text`, ascending, not overlapping, without surrounding white space; what lies
        between them is white space only.
    """
    cuts = [0]
    # Halves of surrogate pairs, which JSON can smuggle in, are nothing to sentencex; one character stands for one.
    shown = text if text.isascii() else _SURROGATES.sub("\ufffd", text)
    for segment in sentencex.get_sentence_boundaries("en", shown):
        start, end = segment["start_index"], segment["end_index"]
        cuts.extend(start + offset for offset in _missed_boundaries(text[start:end]))
        cuts.append(end)
    cuts.append(len(text))
    spans: list[tuple[int, int]] = []
    for left, right in pairwise(sorted(set(cuts))):
        piece = text[left:right]
        start = left + len(piece) - len(piece.lstrip())
        end = left + len(piece.rstrip())
        if start >= end:
            continue
        if spans and _is_one_sentence(
            text[max(spans[-1][0], spans[-1][1] - _TAIL) : spans[-1][1]], text[start : start + _TAIL]
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [bounded for start, end in spans for bounded in _bounded(text, start, end)]


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """Split every paragraph that is not furniture.

    A headline, a byline and a date line are one sentence each, whatever their punctuation.
    """
    sentences: list[Sentence] = []
    for paragraph in article.paragraphs:
        if paragraph.furniture or not paragraph.text.strip():
            continue
        spans = (
            split_sentences(paragraph.text)
            if paragraph.kind.is_prose
            else list(_bounded(paragraph.text, 0, len(paragraph.text)))
        )
        for left, right in spans:
            start, end = paragraph.start + left, paragraph.start + right
            text = article.text[start:end]
            sentences.append(Sentence(len(sentences), start, end, text, paragraph.number, paragraph.kind))
    return tuple(sentences)


def _runs(article: Article, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Stretches of sentences with nothing but white space between them, the article's head and story apart."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run:
            gap = article.text[run[-1].end : sentence.start]
            if gap.strip() or run[-1].kind.is_head is not sentence.kind.is_head:
                yield run
                run = []
        run.append(sentence)
    if run:
        yield run


def passages_of(article: Article, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Lay windows of `WINDOW` sentences, `STRIDE` apart, over the article.

    A window never reaches across furniture, so that a passage is one piece of the article's text. Every sentence
    is in at least one passage.
    """
    passages: list[Passage] = []
    for run in _runs(article, sentences):
        for first in range(0, max(1, len(run) - WINDOW + STRIDE), STRIDE):
            window = run[first : first + WINDOW]
            start, end = window[0].start, window[-1].end
            numbers = tuple(s.number for s in window)
            passages.append(Passage(len(passages) + 1, start, end, article.text[start:end], numbers))
    return tuple(passages)


__all__ = ["MAX_SENTENCE", "STRIDE", "WINDOW", "passages_of", "sentences_of", "split_sentences"]
