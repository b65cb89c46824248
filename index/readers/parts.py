"""Paragraphs that a reader has taken out of a format -> the article: who and when first, then the text."""

from collections.abc import Sequence

from index.article import Article, Kind, Paragraph
from index.readers.bylines import is_byline
from index.readers.structure import Head


def by(names: Sequence[str]) -> str | None:
    """One line, "By A, B and C"; None without names."""
    if not names:
        return None
    joined = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return joined if is_byline(joined) else f"By {joined}"


def assemble(parts: Sequence[tuple[str, Kind]], source: str, head: Head) -> Article:
    """Make the article, with a blank line between two paragraphs.

    Args:
        parts: text without white space around it, and kind, of every paragraph.
        source: where it was read from.
        head: what is known of it; what the parts lack of headline, byline and date is set above them, or below their
            headline.
    """
    there = [kind for _, kind in parts]
    day = f"{head.published.day} {head.published:%B} {head.published.year}" if head.published else None
    known = ((head.title, Kind.HEADLINE), (head.byline, Kind.BYLINE), (day, Kind.DATE))
    missing = [(text, kind) for text, kind in known if text and kind not in there]
    place = there.index(Kind.HEADLINE) + 1 if Kind.HEADLINE in there else 0
    paragraphs: list[Paragraph] = []
    position = 0
    for text, kind in [*parts[:place], *missing, *parts[place:]]:
        paragraphs.append(Paragraph(len(paragraphs) + 1, position, position + len(text), text, kind))
        position += len(text) + 2
    text = "\n\n".join(p.text for p in paragraphs)
    return Article(text, head.title, head.byline, head.published, head.url, tuple(paragraphs), source)
