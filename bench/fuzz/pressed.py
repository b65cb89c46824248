"""A target for what a button carries, forged: it is not recognised, or means what it says, and what it shows fits."""

import re
from functools import cache
from typing import Any, ClassVar, Protocol

from bench.fuzz import kept
from bench.fuzz.asked import fits, sample
from bench.fuzz.places import reached
from bench.fuzz.promises import hold, text_of
from index.errors import CommandError
from index.owner import person

_SEEDED = "0123456789ab"
"""Where the seeds have it, an id names the sample; what is one digit off is of an article that is not there."""

_OWNER = person(2)


class _ButtonId(Protocol):
    """What all of them have."""

    PATTERN: ClassVar[re.Pattern[str]]

    @classmethod
    def parse(cls, match: re.Match[str]) -> "_ButtonId": ...


@cache
def _button_ids() -> tuple[type[_ButtonId], ...]:
    from bot.discord.buttons import BUTTONS

    return tuple(dict.fromkeys(button.ID for button in BUTTONS if hasattr(button.ID, "PATTERN")))


@cache
def _added() -> None:
    """The sample is in the library, under number 1."""
    kept.library().erase(_OWNER)
    kept.library().add(_OWNER, sample().article, at=0)


def custom_ids(data: bytes) -> None:
    """Whatever comes as a custom_id: it comes back as it went, and only what is there is shown."""
    text = text_of(data).replace(_SEEDED, sample().article.id)
    for kind in _button_ids():
        match = kind.PATTERN.fullmatch(text)
        if match is None:
            continue
        reached((kind.__name__, tuple(group is not None and min(len(group), 4) for group in match.groups())))
        carried = kind.parse(match)
        again = kind.PATTERN.fullmatch(str(carried))
        hold(again is not None and kind.parse(again) == carried, "it comes back as it went")
        try:
            _press(carried)
        except CommandError as error:
            reached((kind.__name__, error.args[0]))
            raise


def _press(carried: Any) -> None:  # noqa: ANN401 - any of them
    """What is done with it."""
    from bot.composer import compose
    from bot.discord.buttons.more import across_view, more_view
    from bot.discord.buttons.passage import passage_view
    from bot.discord.custom_ids import AcrossId, CardId, MoreId, PassageId
    from bot.discord.library.buttons import ArticleId
    from bot.ranking.ranker import RankedSentence

    index = sample()
    match carried:
        case PassageId():
            fits(passage_view(carried, index))
        case MoreId():
            fits(more_view(carried, index))
        case CardId():
            hold(all(sentence in index.sentences for sentence in carried.find(index)), "a card shows the article's")
        case AcrossId():
            found = [RankedSentence(AcrossId.sentence(place, index), 0.0, 0.0) for place in carried.places]
            fits(across_view(carried, compose(index, "", found, None, first=carried.first)))
        case ArticleId():
            _added()
            # Of an article of another server, or one that was removed, there is nothing in the library.
            hold(carried.find(kept.library(), _OWNER).id == index.article.id, "the article is what was meant")
        case _:
            pass
