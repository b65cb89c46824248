"""`pullquote verify`: what the article has on each claim of a text."""

import sys

import click

from bot.terminal.help import SpokenCommand, option
from bot.terminal.options import ARTICLE_OPTION, URL_OPTION, settings_in_force
from bot.translation import N_
from index.errors import QuestionError

AGREES, NOTHING_BEARS_OUT = 0, 1
"""Exit statuses, as grep's: the article supports every claim; or it differs from one, does not say, or there is none.
An error is 2."""

MOST = 100_000
"""Characters that are checked at once; at some 20 ms a claim that takes up to half a minute."""


@click.command(
    cls=SpokenCommand,
    help=N_(
        "Compare each claim of TEXT (or of standard input) with the article.\n\nTells for each claim whether the "
        "article says so too, says it differently and in what, or does not say. It never tells what is true.\n\n"
        "Exits with 0 if the article says so too on every claim, 1 if it does not (or nothing was claimed), 2 on an "
        "error."
    ),
)
@ARTICLE_OPTION
@URL_OPTION
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
@click.argument("text", required=False)
def verify(path: str | None, url: str | None, text: str | None, *, as_json: bool) -> int:
    """Compare each claim of a text with the article."""
    from bot.reading.cross_encoder import load_in_background

    if path == "-" and text is None:
        raise QuestionError("The article comes from standard input, so the text cannot; give it as an argument.")
    load_in_background()
    from bot.claims import Verdict, check
    from bot.terminal.loading import open_assistant

    assistant = open_assistant(settings_in_force(), path, url)
    given = text if text is not None else sys.stdin.buffer.read(4 * MOST + 1).decode("utf-8-sig", "replace")
    if not given.strip():
        raise QuestionError("There is no text to check; give one as an argument or on standard input.")
    if len(given) > MOST:
        raise QuestionError("The text has more than {most:,} characters; check it in parts.", most=MOST)
    found = check(given, assistant)
    if as_json:
        from bot.render import json, json_check

        line = json.dumps(json_check.report(found))
        sys.stdout.flush()
        # JSON is UTF-8 by definition (RFC 8259), whatever the locale.
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    else:
        from bot.render import terminal_check
        from bot.terminal.console import make_console

        make_console().print(terminal_check.report(found))
    agrees = found.findings and all(f.verdict is Verdict.SUPPORTS for f in found.findings)
    return AGREES if agrees else NOTHING_BEARS_OUT
