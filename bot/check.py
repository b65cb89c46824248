"""`pullquote check`: what is right with the set-up, what is not, and what to do about it."""

import difflib
import os
from collections.abc import Iterator

from rich.console import Console

from bot.findings import Finding, State, line
from bot.machines import placed
from bot.render import words
from bot.settings import PREFIX, Settings
from bot.terminal.loading import open_assistant
from bot.terminal.options import settings_in_force
from bot.translation import N_, _, told
from index.errors import PullquoteError

SUBJECTS = (N_("settings"), N_("article"), N_("answers"), N_("store"), N_("discord"))


def run_checks(console: Console) -> int:
    """Check settings, article, ranking and Discord, and print a line for each.

    Returns:
        0 if everything that is set is right, else 2.
    """
    try:
        settings = settings_in_force()
    except PullquoteError as error:
        console.print(line(Finding(State.WRONG, "settings", told(error)), width()))
        return 2
    wrong = False
    for finding in checks(settings):
        console.print(line(finding, width()))
        wrong = wrong or finding.state is State.WRONG
    return 2 if wrong else 0


def width() -> int:
    """Columns of the longest subject."""
    return max(len(_(subject)) for subject in SUBJECTS)


def checks(settings: Settings) -> Iterator[Finding]:
    """All of them, each as soon as it is known."""
    yield from _settings(settings)
    yield from _article(settings)
    if settings.discord_token is not None:
        yield _store(settings)
    yield from _discord(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    given = sorted(f"{PREFIX}{name.upper()}" for name in settings.model_fields_set)
    sentence = _("set: {names}.").format(names=", ".join(given)) if given else _("none are set; the defaults hold.")
    yield Finding(State.RIGHT, "settings", sentence)
    try:
        placed(settings)
    except PullquoteError as error:
        yield Finding(State.WRONG, "settings", told(error))
    for misspelt in _unknown_variables():
        yield Finding(State.WRONG, "settings", misspelt)


def _unknown_variables() -> list[str]:
    """A sentence for every variable with our prefix that is no setting: most likely a typing error."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    sentences = []
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            if near:
                sentences.append(_("{name} is no setting; did you mean {near}?").format(name=name, near=near[0]))
            else:
                sentences.append(_("{name} is no setting; .env.example lists them all.").format(name=name))
    return sentences


def _article(settings: Settings) -> Iterator[Finding]:
    try:
        assistant = open_assistant(settings)
        article = assistant.article
        sentence = _("“{title}”, from {source}; {size}.").format(
            title=article.title or _("untitled"), source=words.source_of(article), size=words.size(assistant.index)
        )
        yield Finding(State.RIGHT, "article", sentence)
        yield Finding(State.RIGHT, "", words.set_aside(article))
        assistant.ask("What is this about?")
        sentence = _("the ranker is loaded; an answer must be {percent} sure.")
        yield Finding(State.RIGHT, "answers", sentence.format(percent=words.percent(assistant.threshold)))
    except PullquoteError as error:
        yield Finding(State.WRONG, "article", told(error))


def _store(settings: Settings) -> Finding:
    """Opens it as the bot does at its start, so that what is wrong is known before."""
    from bot.records import FILE
    from bot.records.opening import open_records
    from index.library.opening import is_shared

    try:
        open_records(settings.state_folder, settings.library).close()
    except PullquoteError as error:
        return Finding(State.WRONG, "store", told(error))
    shared = settings.library and is_shared(settings.library)
    place = settings.library if shared else settings.state_folder / FILE
    sentence = _("{file} can be read and written.").format(file=place)
    return Finding(State.RIGHT, "store", sentence)


def _discord(settings: Settings) -> Iterator[Finding]:
    if settings.discord_token is None:
        sentence = _("no token, so only the shell works; for the bot set {name}.")
        yield Finding(State.NOTE, "discord", sentence.format(name=f"{PREFIX}DISCORD_TOKEN"))
        return
    # discord.py takes longer to import than everything else together.
    from bot.discord import check_token

    for good, sentence in check_token(settings):
        yield Finding(State.RIGHT if good else State.WRONG, "discord", sentence)
