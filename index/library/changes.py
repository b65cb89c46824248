"""What changed between two versions of an article."""

from difflib import SequenceMatcher

from index.article import Article
from index.splitter import sentences_of


def changes(old: Article, new: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that one version has and the other has not, furniture left out.

    Returns:
        (added, removed), each in the order of its text; a sentence whose spaces alone differ is the same.
    """
    before = [" ".join(s.text.split()) for s in sentences_of(old)]
    after = [" ".join(s.text.split()) for s in sentences_of(new)]
    added: list[str] = []
    removed: list[str] = []
    for kind, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += before[i:j]
            added += after[k:n]
    return tuple(added), tuple(removed)
