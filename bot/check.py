"""`pullquote check`: what is right with the set-up, what is not, and what to do about it."""

import difflib
import os

from rich.console import Console
from rich.text import Text

from bot.cli_options import settings_in_force
from bot.loading import open_assistant
from bot.render import words
from bot.render.terminal import shown
from bot.settings import PREFIX, Settings
from bot.translation import N_, _, told
from index.errors import PullquoteError

RIGHT, NOTE, WRONG = "good", "label", "bad"

_SIGNS = {RIGHT: "✓", NOTE: "·", WRONG: "✗"}

_SUBJECTS = (N_("settings"), N_("article"), N_("answers"), N_("store"), N_("discord"))


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


def run_checks(console: Console) -> int:
    """Check settings, article, ranking and Discord, and print a line for each.

    Returns:
        0 if everything that is set is right, else 2.
    """
    wrong = 0
    width = max(len(_(subject)) for subject in _SUBJECTS)

    def say(state: str, subject: str, sentence: str) -> None:
        nonlocal wrong
        wrong += state == WRONG
        named = _(subject) if subject else ""
        console.print(
            Text.assemble((f"{_SIGNS[state]} ", state), (f"{named:<{width + 1}}", "headline"), shown(sentence))
        )

    try:
        settings = settings_in_force()
    except PullquoteError as error:
        say(WRONG, "settings", told(error))
        return 2
    given = sorted(f"{PREFIX}{name.upper()}" for name in settings.model_fields_set)
    say(
        RIGHT,
        "settings",
        _("set: {names}.").format(names=", ".join(given)) if given else _("none are set; the defaults hold."),
    )
    for sentence in _unknown_variables():
        say(WRONG, "settings", sentence)

    try:
        assistant = open_assistant(settings)
        article = assistant.article
        say(
            RIGHT,
            "article",
            _("“{title}”, from {source}; {size}.").format(
                title=article.title or _("untitled"), source=words.source_of(article), size=words.size(assistant.index)
            ),
        )
        say(RIGHT, "", words.set_aside(article))
        assistant.ask("What is this about?")
        say(
            RIGHT,
            "answers",
            _("the ranker is loaded; an answer must be {percent} sure.").format(
                percent=words.percent(assistant.threshold)
            ),
        )
    except PullquoteError as error:
        say(WRONG, "article", told(error))

    if settings.discord_token is not None:
        # As the bot does at its start, so that what is wrong is known before.
        from bot.records import FILE, SQLiteRecords

        try:
            SQLiteRecords(settings.state_folder / FILE).close()
            say(RIGHT, "store", _("{file} can be read and written.").format(file=settings.state_folder / FILE))
        except PullquoteError as error:
            say(WRONG, "store", told(error))

    if settings.discord_token is None:
        say(
            NOTE,
            "discord",
            _("no token, so only the shell works; for the bot set {name}.").format(name=f"{PREFIX}DISCORD_TOKEN"),
        )
    else:
        # discord.py takes longer to import than everything else together.
        from bot.discord import check_token

        for good, sentence in check_token(settings):
            say(RIGHT if good else WRONG, "discord", sentence)
    return 2 if wrong else 0
