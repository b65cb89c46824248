"""Plain text: pasted from a web page, typed, or wrapped at a column."""

from index.article import Article
from index.readers.blocks import split_blocks
from index.readers.structure import build_article


def read_text(text: str, source: str) -> Article:
    """Make an article of plain text; `Article.text` is the text as it is.

    Args:
        text: the decoded file.
        source: where it was read from.
    """
    return build_article(text, split_blocks(text), source)
