"""Questions about the article itself: who wrote it, when it was published, what its headline is."""

import enum
import re

from index.article import Kind, Sentence
from index.indexer import Index

_IT = r"(?:this|that|the|it|your)?\s*(?:news\s+)?(?:article|story|report|piece|text|page|post|news|it|this|that)?"
_END = r"\s*[?.!]*\s*$"


class About(enum.Enum):
    """What of the article itself a question asks for."""

    DATE = Kind.DATE
    BYLINE = Kind.BYLINE
    HEADLINE = Kind.HEADLINE
    SUMMARY = Kind.STANDFIRST


_PATTERNS: tuple[tuple[About, re.Pattern[str]], ...] = tuple(
    (about, re.compile(pattern, re.IGNORECASE))
    for about, pattern in (
        (
            About.DATE,
            (
                rf"^(?:so\s+|and\s+)?(?:when|what\s+(?:day|date|time|year)|on\s+(?:what|which)\s+(?:day|date))\s+(?:was|is|did|were)\s+"
                rf"{_IT}\s*(?:first\s+)?(?:be\s+|get\s+)?(?:published|posted|written|released|printed|publish|come\s+out|appear|"
                rf"go\s+(?:up|online)|filed|dated|from){_END}"
            ),
        ),
        (
            About.DATE,
            rf"^(?:what(?:'s|’s|\s+is|\s+was)?\s+)?(?:the\s+)?(?:publication|publishing|release)\s+(?:date|day){_END}",
        ),
        (
            About.DATE,
            (
                r"^(?:what(?:'s|’s|\s+is|\s+was)\s+)?the\s+(?:publication\s+|publishing\s+)?date\s+(?:of|on)\s+(?:this|the|that)\s+"
                rf"(?:publication|article|story|report|piece|page){_END}"
            ),
        ),
        (
            About.DATE,
            rf"^how\s+(?:old|recent|fresh)\s+is\s+(?:this|the|that)\s*(?:article|story|report|piece|news)?{_END}",
        ),
        (
            About.BYLINE,
            (
                rf"^(?:so\s+|and\s+)?(?:who|what\s+(?:agency|news\s+agency|outlet|reporter|journalist|newspaper|wire)"
                rf"|which\s+(?:agency|news\s+agency|outlet|reporter|journalist|newspaper|wire|news\s+wire))\s+"
                rf"(?:wrote|authored|penned|published|produced|reported|filed|supplied|provided|carried|is\s+behind)\s+"
                r"(?:(?:this|that|the)\s+)?(?:news\s+)?(?:article|story|report|piece|text|this|it|that|news)"
                rf"{_END}"
            ),
        ),
        (
            About.BYLINE,
            (
                rf"^(?:who|which\s+agency|what\s+agency)\s+(?:was|is)\s+{_IT}\s*(?:written|reported|published|filed|supplied|provided)"
                rf"\s+by{_END}"
            ),
        ),
        (
            About.BYLINE,
            (
                r"^(?:who(?:'s|’s|\s+is|\s+are|\s+was)\s+)?(?:the\s+)?(?:author|authors|writer|reporter|journalist|byline)"
                rf"(?:\s+(?:of|behind)\s+(?:this|the|that)\s*(?:article|story|report|piece|text)?)?{_END}"
            ),
        ),
        (
            About.BYLINE,
            (
                r"^(?:what|who)(?:'s|’s|\s+is|\s+was)\s+the\s+(?:byline|source|credit)"
                rf"(?:\s+(?:of|for|on)\s+(?:this|the|that)\s*(?:article|story|report|piece|text|news))?{_END}"
            ),
        ),
        (
            About.BYLINE,
            (
                r"^(?:where|what|which)\s+(?:(?:news\s+)?(?:agency|wire|outlet|source)\s+)?(?:does|did|is|was)\s+"
                r"(?:this|the|that)\s*(?:article|story|report|piece|text)?\s*(?:come\s+from|from|credited\s+to|sourced\s+from)"
                rf"{_END}"
            ),
        ),
        (
            About.HEADLINE,
            (
                r"^(?:(?:what(?:'s|’s|\s+is|\s+was)|give\s+me|show)\s+)?(?:the\s+|its\s+)?(?:headline|title)"
                rf"(?:\s+(?:of|for)\s+(?:this|the|that)\s*(?:article|story|report|piece|text|page)?)?{_END}"
            ),
        ),
        (
            About.HEADLINE,
            rf"^what\s+(?:is|was)\s+(?:this|the|that)\s+(?:article|story|report|piece)\s+(?:called|titled|headlined){_END}",
        ),
        (
            About.SUMMARY,
            (
                r"^(?:so\s+)?(?:what(?:'s|’s|\s+is|\s+was|\s+are)\s+)(?:this|the|that|it)?\s*(?:news\s+)?"
                rf"(?:article|story|report|piece|text|page|it|this|that|news)?\s*(?:all\s+)?about{_END}"
            ),
        ),
        (
            About.SUMMARY,
            (
                r"^(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:give\s+me\s+)?(?:a\s+|the\s+)?(?:short\s+|brief\s+|quick\s+)?"
                r"(?:summary|gist|main\s+point|tl;?dr)|summari[sz]e|what(?:'s|’s|\s+is)\s+the\s+(?:gist|main\s+point|main\s+idea|news|story))"
                rf"(?:\s+(?:of|for))?\s*(?:this|the|that|it)?\s*(?:article|story|report|piece|text)?{_END}"
            ),
        ),
        (About.SUMMARY, rf"^what\s+happened(?:\s+here)?{_END}"),
    )
)


def about(question: str) -> About | None:
    """What of the article itself the question asks for, or None for a question on its subject."""
    return next((about for about, pattern in _PATTERNS if pattern.match(question)), None)


def sentences_about(asked: About, index: Index) -> tuple[Sentence, ...]:
    """The lines of the article that answer, best first; none where the article carries no such line.

    A summary is the opening sentence of the story, as news puts the most important first.
    """
    if asked is About.SUMMARY:
        return index.opening[:1]
    return tuple(s for s in index.sentences if s.kind is asked.value)
