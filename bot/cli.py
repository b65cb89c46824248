"""The command line: `pullquote`.

Modules that take long to import (prompt_toolkit, pypdf, trafilatura, discord.py) are imported where they are
used, so that a cold `pullquote ask` stays quick.
"""

import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from bot.terminal.card import card
from bot.terminal.help import SpokenGroup, option, show
from bot.terminal.library import backup, library
from bot.terminal.options import (
    ANSWERED,
    ARTICLE_OPTION,
    FAILED,
    LIBRARY_OPTION,
    NOT_SAID,
    URL_OPTION,
    settings_in_force,
    settings_to_ask,
)
from bot.terminal.printing import print_answer
from bot.terminal.verify import verify
from bot.translation import N_, _, of_terminal, speak, told
from index.errors import PullquoteError, QuestionError, SettingsError

if TYPE_CHECKING:
    from bot.answer import Abstention, Answer


@click.group(
    cls=SpokenGroup,
    help=N_(
        "Ask an article; it answers in its own words, with citations.\n\nWithout a command, opens the chat shell on "
        "the library, or where it is empty on the sample article (or on PULLQUOTE_ARTICLE)."
    ),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="pullquote", prog_name="pullquote")
@click.pass_context
def cli(context: click.Context) -> None:
    """Run a command, or the shell."""
    if context.invoked_subcommand != ask.name:
        gc.enable()
    if context.invoked_subcommand is None:
        context.invoke(shell)


cli.add_command(card)
cli.add_command(verify)
cli.add_command(library)
cli.add_command(backup)


@cli.command(help=N_("Open the chat shell; type /help there."))
@ARTICLE_OPTION
@URL_OPTION
@LIBRARY_OPTION
def shell(path: str | None = None, url: str | None = None, *, library: bool | None = None) -> None:
    """Open the chat shell."""
    from bot.reading.cross_encoder import load_in_background

    load_in_background()
    from bot.conversation import Conversations
    from bot.shell import run_shell
    from bot.terminal.asking import Options, librarian_for
    from bot.terminal.console import make_console
    from bot.terminal.loading import make_librarian, open_assistant
    from bot.terminal.shell_library import ShellLibrary
    from index.library.opening import is_shared

    if path == "-":
        raise SettingsError(
            "The shell reads its questions from standard input, so the article cannot come from there; name a file."
        )
    settings = settings_in_force()
    conversations = Conversations(minutes=settings.conversation_minutes)
    librarian = librarian_for(settings, Options(path, url, library))
    pinned = librarian is None and (path is not None or settings.article is not None or library is False)
    console = make_console()
    shelf = ShellLibrary(lambda: make_librarian(settings), console, conversations, pinned=pinned, opened=librarian)
    shelf.shared = settings.library is not None and is_shared(settings.library)
    assistant = open_assistant(settings, path, url)
    run_shell(assistant, console, settings.state_folder / "history", conversations, shelf)


@cli.command(
    help=N_(
        "Answer QUESTION, or each line of standard input.\n\nExits with 0 if an answer was found (to any of the "
        "questions), 1 if the article does not say, 2 on an error."
    )
)
@ARTICLE_OPTION
@URL_OPTION
@LIBRARY_OPTION
@option("--before", metavar="DATE", help=N_("Only articles of the library from before a day, month or year."))
@option("--after", metavar="DATE", help=N_("Only articles of the library from a day, month or year on."))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object a question."))
@option(
    "--top",
    type=click.IntRange(1, 100),
    metavar="N",
    help=N_("List the N best sentences, ranked, whether they add or not."),
)
@option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="T",
    help=N_("How sure an answer must be, 0 (always answers) to 1."),
)
@option("--conversation", is_flag=True, help=N_("Read each line as a follow-up of those before, where it is one."))
@click.argument("question", required=False)
def ask(  # noqa: PLR0913 - one parameter an option
    path: str | None,
    url: str | None,
    question: str | None,
    top: int | None,
    threshold: float | None,
    *,
    library: bool | None,
    before: str | None,
    after: str | None,
    as_json: bool,
    conversation: bool,
) -> int:
    """Answer a question, or each line of standard input."""
    from bot.reading.cross_encoder import load_in_background

    if path == "-" and question is None:
        raise QuestionError("The article comes from standard input, so the question cannot; give it as an argument.")
    # The model loads on a second core while the rest is imported and the article is read.
    load_in_background()
    from bot.terminal.asking import Options, asker

    options = Options(path, url, library, before, after, threshold)
    ask_one = asker(settings_to_ask(), options, conversation=conversation)
    if question is None:
        gc.enable()
    questions = [question] if question is not None else _lines(sys.stdin.buffer)
    return _ask_all(ask_one, questions, top, threshold, as_json=as_json, alone=question is not None)


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Questions of a stream, one a line, whatever its encoding; empty lines are left out."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", "replace").strip()
        if text:
            yield text


def _ask_all(  # noqa: PLR0913 - the options of `ask`
    ask_one: "Callable[..., Answer | Abstention]",
    questions: Iterable[str],
    top: int | None,
    threshold: float | None,
    *,
    as_json: bool,
    alone: bool,
) -> int:
    """Answer every question; a bad one is reported and the next one is asked."""
    from bot.answer import Answer

    if as_json:
        from bot.render import json
    status = NOT_SAID
    for question in questions:
        try:
            result = ask_one(question, top=top, threshold=threshold)
        except QuestionError as error:
            _complain(error)
            status = FAILED
            continue
        if status == NOT_SAID and isinstance(result, Answer):
            status = ANSWERED
        if as_json:
            _write_line(json.dumps(json.result(result)))
        else:
            print_answer(result, None if alone else question)
    return status


def _write_line(line: str) -> None:
    """Write a line in UTF-8, whatever the locale: JSON is UTF-8 by definition (RFC 8259)."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


@cli.command(help=N_("Show what the reader made of the file at PATH (- for standard input)."))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
@click.argument("path")
def read(path: str, *, as_json: bool) -> None:
    """Show what the reader made of a file."""
    from bot.terminal.loading import open_article

    article = open_article(path)
    if as_json:
        from bot.render import json

        _write_line(json.dumps(json.article(article)))
        return
    from bot.render import terminal
    from bot.terminal.console import make_console
    from index.indexer import Index

    console = make_console()
    console.print(terminal.article(Index(article)))
    console.print()
    console.print(terminal.paragraphs(article))


@cli.command(help=N_("Run the Discord bot until it is stopped (Ctrl-C)."))
def discord() -> int:
    """Run the Discord bot until it is stopped."""
    from bot.terminal.loading import open_assistant

    settings = settings_in_force()
    if settings.discord_token is None:
        raise SettingsError(
            "The bot has no token: put PULLQUOTE_DISCORD_TOKEN=... into .env (Discord developer portal, your "
            "application, Bot, Reset Token)."
        )
    assistant = open_assistant(settings)
    assistant.warm_up()
    from bot.discord import run
    from bot.reading.cross_encoder import REMEMBERED, load_cross_encoder

    load_cross_encoder().remember(REMEMBERED)
    return run(settings, assistant)


@cli.command(help=N_("Check the settings, the article, and the Discord token and intents."))
def check() -> int:
    """Check the settings, the article, and the Discord token and intents."""
    from bot.check import run_checks
    from bot.terminal.console import make_console

    return run_checks(make_console())


@cli.command(help=N_("Look at all that may keep the bot from running well, and say what to do about it."))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
def doctor(*, as_json: bool) -> int:
    """Look at settings, machine, disk, database, port, Discord and service."""
    from bot.doctor.report import run_doctor, run_doctor_json

    if as_json:
        return run_doctor_json()
    from bot.terminal.console import make_console

    return run_doctor(make_console())


def _complain(error: PullquoteError) -> None:
    """Tell what went wrong."""
    _write_error(told(error))


def _write_error(sentence: str) -> None:
    """Print one sentence on standard error."""
    from bot.render.plain import shown

    sys.stderr.write(f"pullquote: {shown(sentence)}\n")
    sys.stderr.flush()


def main() -> None:
    """Run the command line; every error that is meant for a person is one sentence and exit status 2."""
    # Neither imports nor one answer make much garbage, and looking for it takes as long as the answer: commands that go
    # on for longer turn it on, and at the end everything goes at once.
    gc.disable()
    atexit.register(gc.freeze)
    # Until the settings are read, which may hold another language.
    speak(of_terminal(os.environ))
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        show(error)
        status = FAILED
    except (click.Abort, KeyboardInterrupt):
        status = 130  # 128 + SIGINT, the shells' convention
    except PullquoteError as error:
        _complain(error)
        status = FAILED
    except MemoryError:
        _write_error(_("There is not enough memory for this article; try a shorter one."))
        status = FAILED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); point stdout elsewhere so that closing it says nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except Exception as error:  # a bug of ours is no reason to show a person a traceback; one sentence tells it
        if os.environ.get("PULLQUOTE_LOG_LEVEL", "").upper() == "DEBUG":
            raise
        message = _(
            "Something went wrong inside ({error}); please report it with what you typed and what "
            "PULLQUOTE_LOG_LEVEL=DEBUG shows."
        )
        _write_error(message.format(error=type(error).__name__))
        status = FAILED
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
