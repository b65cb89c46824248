"""Makes questions that an article does not answer out of questions that it does."""

from collections.abc import Container, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from bot.ranking.view import ArticleView
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
    held: AbstractSet[str],
    vocabulary: Sequence[tuple[str, str, str]],
    taken: Container[str],
    random: np.random.Generator,
) -> str | None:
    """Exchange a word that the answering sentence holds for another.

    With a word of the same article, the result stays on its subject while no sentence answers it, like the
    adversarial questions that people wrote for SQuAD 2.0 ("solar engines" for "steam engines"). With a word that
    the article never uses, it is what people ask who have not read it.

    Args:
        question: a question that the article answers.
        held: the terms of the answering sentences.
        vocabulary: words to take, from `vocabulary_of`.
        taken: terms that may not be put in.
        random: the source of chance.

    Returns:
        the new question, or None where no word can be exchanged.
    """
    content = [token for token in tokens(question) if not token.stop]
    found = [token for token in content if token.term in held]
    if not found:
        return None
    chosen = found[int(random.integers(len(found)))]
    wanted = _class_of(chosen, question, opens=chosen.start == 0)
    asked = {token.term for token in content}
    others = [w for w, term, kind in vocabulary if kind == wanted and term not in taken and term not in asked]
    if not others:
        return None
    return question[: chosen.start] + others[int(random.integers(len(others)))] + question[chosen.end :]
