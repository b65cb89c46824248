"""What narrows a question to some articles, typed in the question: `before:2021-07-01 after:2021-06 article:3`."""

import datetime as dt
import re

from bot.translation import N_, _
from index.errors import CommandError
from index.library.model import Scope
from index.library.protocol import EVERYTHING

BEFORE, AFTER, ARTICLE = "before", "after", "article"

NAMES = (N_("before:"), N_("after:"), N_("article:"))
"""As the catalogues hold them, with the colon that is typed behind them."""

_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")


def first_day(written: str) -> dt.date:
    """The first day of a day, month or year: `2021-07-08`, `2021-07`, `2021`.

    Raises:
        CommandError: it is none of these.
    """
    wrong = CommandError("“{date}” is no date; type one like 2021-07-08, 2021-07 or 2021.", date=written)
    match = _DAY.fullmatch(written.strip())
    if match is None:
        raise wrong
    try:
        return dt.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:  # the 31st of a month that has 30 days
        raise wrong from None


def article_number(written: str) -> int:
    """The number of an article, as lists and citations show it.

    Raises:
        CommandError: it is no number.
    """
    if not re.fullmatch(r"#?[0-9]{1,9}", written.strip()):
        raise CommandError("“{number}” is no number of an article; type one like 3.", number=written)
    return int(written.strip().removeprefix("#"))


def scope_of(*, before: str | None = None, after: str | None = None, article: str | None = None) -> Scope:
    """The articles that are meant.

    Args:
        before: published before the first day of that day, month or year.
        after: published on the first day of it or later.
        article: one of that number.

    Raises:
        CommandError: a date or a number is none.
    """
    return Scope(
        since=first_day(after) if after else None,
        before=first_day(before) if before else None,
        articles=frozenset({article_number(article)}) if article else None,
    )


def narrowed(question: str) -> tuple[str, Scope]:
    """Take what narrows it out of a question.

    Returns:
        the question without it, and the articles that are meant; all of them where nothing narrows it.

    Raises:
        CommandError: a date or a number is none.
    """
    keys = {name.removesuffix(":"): name.removesuffix(":") for name in NAMES}
    keys.update({_(name).strip(": ").casefold(): name.removesuffix(":") for name in NAMES})
    named = "|".join(map(re.escape, keys))
    typed = re.compile(rf"(?<!\S)(?P<key>{named}):(?P<value>#?\d\S*?)(?=[?!.,;]?(?:\s|$))", re.IGNORECASE)
    found = {keys[match["key"].casefold()]: match["value"] for match in typed.finditer(question)}
    if not found:
        return question, EVERYTHING
    return " ".join(typed.sub("", question).split()), scope_of(
        before=found.get(BEFORE), after=found.get(AFTER), article=found.get(ARTICLE)
    )


def both(one: Scope, other: Scope) -> Scope:
    """The articles that two scopes have in common."""
    sinces = [s.since for s in (one, other) if s.since]
    befores = [s.before for s in (one, other) if s.before]
    articles = [s.articles for s in (one, other) if s.articles is not None]
    return Scope(
        since=max(sinces, default=None),
        before=min(befores, default=None),
        articles=frozenset.intersection(*articles) if articles else None,
    )


def holds(scope: Scope, number: int, published: dt.date | None) -> bool:
    """Whether an article is in a scope; one without a date is in none that has dates."""
    if scope.articles is not None and number not in scope.articles:
        return False
    if scope.since is None and scope.before is None:
        return True
    if published is None:
        return False
    return (scope.since is None or scope.since <= published) and (scope.before is None or published < scope.before)
