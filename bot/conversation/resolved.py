"""What became of a question in a conversation."""

import enum
from dataclasses import dataclass


class FollowUp(enum.StrEnum):
    """How a question leans on what came before."""

    NONE = "none"
    """It stands alone."""
    PRONOUN = "pronoun"
    """A word such as "he", "their" or "there" stands for something said before."""
    ELLIPSIS = "ellipsis"
    """A bare question word ("and when?") takes over the question before."""
    PARALLEL = "parallel"
    """ "And X?" puts X in the place of its like in the question before."""
    ELSE = "else"
    """It asks for more than was quoted."""
    QUOTED = "quoted"
    """ "That" is what was quoted."""
    DOUBT = "doubt"
    """It asks whether the answer is right; no question to the article."""
    GOING_ON = "going on"
    """It goes on ("and who pays?") or says too little to stand alone ("who pays?"), but nothing is put into it."""
    NEXT = "next"
    """It asks what came after what was quoted."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is understood.

    Attributes:
        question: stands alone; the question itself where nothing had to be read into it. Persons are called in it
            by their last names: a given name stands once in an article, beside who somebody is, and would bring up
            that sentence whatever is asked about them.
        read_as: the same with names in full where it differs from what was typed, to be shown; else None.
        kind: how it leaned on what came before.
        exclude: numbers of sentences (of `Index.sentences`) that were quoted already and would be no news.
        near: numbers of the sentences that it is about, best first; empty where that is open.
        quoted: numbers of all sentences that were quoted so far.
        typed: the question as it was typed, where anything was read into it or it only goes on; else "".
    """

    question: str
    read_as: str | None = None
    kind: FollowUp = FollowUp.NONE
    exclude: frozenset[int] = frozenset()
    near: tuple[int, ...] = ()
    quoted: frozenset[int] = frozenset()
    typed: str = ""
