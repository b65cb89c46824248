"""`pullquote card`: the answer to a question as an image."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal.help import SpokenCommand, option
from bot.terminal.options import ANSWERED, ARTICLE_OPTION, NOT_SAID, URL_OPTION, settings_in_force
from bot.translation import N_
from index.errors import CommandError
from index.phrases import reason

if TYPE_CHECKING:
    from bot.card import Theme

BOTH = "both"


@click.command(
    cls=SpokenCommand,
    help=N_(
        "Draw the answer to QUESTION as an image to share, and print its alt text.\n\nExits with 0 if a card was "
        "drawn, 1 if the article does not say (there is no card then), 2 on an error."
    ),
)
@ARTICLE_OPTION
@URL_OPTION
@option(
    "--theme",
    type=click.Choice(["light", "dark", BOTH]),
    default="light",
    show_default=True,
    help=N_("How it is coloured; both writes two files, with -light and -dark in their names."),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    default=Path("card.png"),
    show_default=True,
    help=N_("Where to write it, a PNG file."),
)
@option("--force", is_flag=True, help=N_("Write over a file that is there."))
@click.argument("question")
def card(  # noqa: PLR0913 - one parameter an option
    path: str | None, url: str | None, theme: str, out: Path, question: str, *, force: bool
) -> int:
    """Draw the answer to a question, and print its alt text."""
    from bot.reading.cross_encoder import load_in_background

    load_in_background()
    from bot.answer import Answer
    from bot.card import Theme, render_card
    from bot.render import terminal
    from bot.terminal.console import make_console
    from bot.terminal.loading import open_assistant

    files = _files(out, list(Theme) if theme == BOTH else [Theme(theme)])
    for file in files:
        _check(file, force=force)
    result = open_assistant(settings_in_force(), path, url).ask(question)
    if not isinstance(result, Answer):
        make_console().print(terminal.result(result))
        return NOT_SAID
    cards = {file: render_card(result, colours) for file, colours in files.items()}
    for file, drawn in cards.items():
        _write(file, drawn.png, force=force)
        _print(str(file))
    _print(next(iter(cards.values())).alt)
    return ANSWERED


def _files(out: Path, themes: "list[Theme]") -> "dict[Path, Theme]":
    """The file of each theme; where there are several, each has its theme in its name."""
    if len(themes) == 1:
        return {out: themes[0]}
    return {out.with_stem(f"{out.stem}-{theme}"): theme for theme in themes}


def _check(file: Path, *, force: bool) -> None:
    """Say what is wrong with a file's name before anything is asked.

    Raises:
        CommandError: it is no name for a PNG file, or stands there already and `force` is not given.
    """
    if file.suffix.lower() != ".png":
        raise CommandError("A card is a PNG file: let the name behind --out end in .png.")
    if file.is_dir():
        raise CommandError("“{file}” is a folder; name a file behind --out.", file=file)
    if file.exists() and not force:
        raise _already(file)


def _already(file: Path) -> CommandError:
    return CommandError(
        "“{file}” is there already; name another behind --out, or write over it with --force.", file=file
    )


def _write(file: Path, png: bytes, *, force: bool) -> None:
    """Write a file; one that came to be in the meantime is left alone unless `force` is given.

    Raises:
        CommandError: it cannot be written.
    """
    try:
        with file.open("wb" if force else "xb") as stream:
            stream.write(png)
    except FileExistsError as error:
        raise _already(file) from error
    except OSError as error:
        raise CommandError(
            "“{file}” cannot be written ({reason}); name another file behind --out.", file=file, reason=reason(error)
        ) from error


def _print(line: str) -> None:
    """Print a line to copy: no wrapping, no colours, and nothing in it steers the terminal."""
    from bot.render.terminal import shown

    encoding = sys.stdout.encoding or "utf-8"
    safe = shown(line).encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.write(f"{safe}\n")
