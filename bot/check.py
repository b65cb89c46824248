"""`pullquote check`: what is right with the set-up, what is not, and what to do about it."""

import difflib
import os

from rich.console import Console
from rich.text import Text

from bot.loading import open_assistant
from bot.render import words
from bot.render.terminal import shown
from bot.settings import PREFIX, Settings, load_settings
from index.errors import PullquoteError

RIGHT, NOTE, WRONG = "good", "label", "bad"

_SIGNS = {RIGHT: "✓", NOTE: "·", WRONG: "✗"}


def _unknown_variables() -> list[str]:
    """A sentence for every variable with our prefix that is no setting: most likely a typing error."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    sentences = []
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; .env.example lists them all."
            sentences.append(f"{name} is no setting{hint}")
    return sentences


def run_checks(console: Console) -> int:
    """Check settings, article, ranking and Discord, and print a line for each.

    Returns:
        0 if everything that is set is right, else 2.
    """
    wrong = 0

    def say(state: str, subject: str, sentence: str) -> None:
        nonlocal wrong
        wrong += state == WRONG
        console.print(Text.assemble((f"{_SIGNS[state]} ", state), (f"{subject:<9}", "headline"), shown(sentence)))

    try:
        settings = load_settings()
    except PullquoteError as error:
        say(WRONG, "settings", str(error))
        return 2
    given = sorted(f"{PREFIX}{name.upper()}" for name in settings.model_fields_set)
    say(RIGHT, "settings", f"set: {', '.join(given)}." if given else "none are set; the defaults hold.")
    for sentence in _unknown_variables():
        say(WRONG, "settings", sentence)

    try:
        assistant = open_assistant(settings)
        article = assistant.article
        say(
            RIGHT,
            "article",
            f"“{article.title or 'untitled'}”, from {article.source}; "
            f"{len(assistant.index.prose)} sentences in {len(assistant.index.passages)} passages.",
        )
        say(RIGHT, "", words.set_aside(article))
        assistant.ask("What is this about?")
        say(RIGHT, "answers", f"the ranker is loaded; an answer must be {words.percent(assistant.threshold)} sure.")
    except PullquoteError as error:
        say(WRONG, "article", str(error))

    if settings.discord_token is not None:
        # As the bot does at its start, so that what is wrong is known before.
        from bot.records import FILE, SQLiteRecords

        try:
            SQLiteRecords(settings.state_folder / FILE).close()
            say(RIGHT, "store", f"{settings.state_folder / FILE} can be read and written.")
        except PullquoteError as error:
            say(WRONG, "store", str(error))

    if settings.discord_token is None:
        say(NOTE, "discord", f"no token, so only the shell works; for the bot set {PREFIX}DISCORD_TOKEN.")
    else:
        # discord.py takes longer to import than everything else together.
        from bot.discord import check_token

        for good, sentence in check_token(settings):
            say(RIGHT if good else WRONG, "discord", sentence)
    return 2 if wrong else 0
