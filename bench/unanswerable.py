"""Makes questions that an article does not answer out of questions that it does."""

from collections.abc import Sequence

import numpy as np

from bot.view import ArticleView
from index.analyzer import Token, tokens


def _class_of(token: Token, text: str, *, opens: bool) -> str:
    """Number, name or plain word; a word is exchanged for one of its own class."""
    if token.term[0].isdigit():
        return "number"
    return "name" if text[token.start].isupper() and not opens else "word"


def vocabulary_of(view: ArticleView) -> list[tuple[str, str, str]]:
    """The (spelling, term, class) of the words of an article that may stand for another, sorted."""
    found = {
        (view.text(i)[t.start : t.end], t.term, _class_of(t, view.text(i), opens=n == 0))
        for i in range(view.size)
        for n, t in enumerate(view.tokens(i))
        if not t.stop and len(t.term) > 1
    }
    # An inflected word in place of another is wrong by its grammar, which is too easy.
    return sorted(w for w in found if w[2] != "word" or not w[0].endswith(("ing", "ed", "s", "ly")))


def unanswerable(
    question: str,
    view: ArticleView,
    vocabulary: Sequence[tuple[str, str, str]],
    hits: set[int],
    random: np.random.Generator,
) -> str | None:
    """Exchange a word that the answering sentence holds for another word of the article.

    The result stays on the article's subject while no sentence answers it, like the adversarial questions that
    people wrote for SQuAD 2.0 ("solar engines" for "steam engines").

    Args:
        question: a question that the article answers.
        view: the article.
        vocabulary: the article's words, from `vocabulary_of`.
        hits: positions of the sentences that answer.
        random: the source of chance.

    Returns:
        the new question, or None where no word can be exchanged.
    """
    held = set().union(*(view.term_sets[i] for i in hits))
    found = [t for t in tokens(question) if not t.stop and t.term in held]
    if not found:
        return None
    chosen = found[int(random.integers(len(found)))]
    wanted = _class_of(chosen, question, opens=chosen.start == 0)
    asked = {t.term for t in tokens(question)}
    others = [w for w, term, kind in vocabulary if kind == wanted and term not in held and term not in asked]
    if not others:
        return None
    return question[: chosen.start] + others[int(random.integers(len(others)))] + question[chosen.end :]
