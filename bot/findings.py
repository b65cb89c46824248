"""What `pullquote check` and `pullquote doctor` find, one line each."""

import enum
from dataclasses import dataclass

from rich.text import Text

from bot.render.terminal import shown
from bot.translation import _


class State(enum.StrEnum):
    """How something stands."""

    RIGHT = "right"
    NOTE = "note"
    """Nothing is wrong, but an operator may want to know."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        state: how it stands.
        subject: what it is about, a word in English, marked for the catalogues; "" for more on the one before.
        sentence: what was found, in the language in force.
        remedy: what to do about it; "" for nothing.
    """

    state: State
    subject: str
    sentence: str
    remedy: str = ""


_TOKEN = "PULLQUOTE_DISCORD_TOKEN"  # noqa: S105 - a name
_LOOKS = {State.RIGHT: ("✓", "good"), State.NOTE: ("·", "label"), State.WRONG: ("✗", "bad")}


def line(finding: Finding, width: int) -> Text:
    """A finding as the terminal shows it.

    Args:
        finding: the finding.
        width: columns of the longest subject.
    """
    sign, style = _LOOKS[finding.state]
    named = _(finding.subject) if finding.subject else ""
    told = without_secrets(f"{finding.sentence} {finding.remedy}".strip())
    return Text.assemble((f"{sign} ", style), (f"{named:<{width + 1}}", "headline"), shown(told))


def without_secrets(text: str) -> str:
    """A sentence without keys and passwords, as an address of a library may hold: people paste this to ask for help."""
    from bot.operations.redaction import Redactor

    # A colon behind our setting's name begins what to do about it, which is no value: no sentence of ours holds one.
    return Redactor(()).clean(text.replace(f"{_TOKEN}:", "\0")).replace("\0", f"{_TOKEN}:")
