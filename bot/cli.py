"""The command line: `pullquote`.

Modules that take long to import (prompt_toolkit, pypdf, trafilatura, discord.py) are imported where they are
used, so that a cold `pullquote ask` stays quick.
"""

import gc
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from bot.cli_card import card
from bot.cli_help import SpokenGroup, option, show
from bot.cli_options import ANSWERED, ARTICLE_OPTION, FAILED, NOT_SAID, URL_OPTION, settings_in_force
from bot.cli_verify import verify
from bot.translation import N_, _, of_terminal, speak, told
from index.errors import PullquoteError, QuestionError, SettingsError

if TYPE_CHECKING:
    from bot.assistant import Assistant


@click.group(
    cls=SpokenGroup,
    help=N_(
        "Ask an article; it answers in its own words, with citations.\n\nWithout a command, opens the chat shell on "
        "the sample article (or on PULLQUOTE_ARTICLE)."
    ),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="pullquote", prog_name="pullquote")
@click.pass_context
def cli(context: click.Context) -> None:
    """Run a command, or the shell."""
    if context.invoked_subcommand is None:
        context.invoke(shell)


cli.add_command(card)
cli.add_command(verify)


@cli.command(help=N_("Open the chat shell; type /help there."))
@ARTICLE_OPTION
@URL_OPTION
def shell(path: str | None = None, url: str | None = None) -> None:
    """Open the chat shell."""
    from bot.cross_encoder import load_in_background

    load_in_background()
    from bot.console import make_console
    from bot.conversation import Conversations
    from bot.loading import open_assistant
    from bot.shell import run_shell

    if path == "-":
        raise SettingsError(
            "The shell reads its questions from standard input, so the article cannot come from there; name a file."
        )
    settings = settings_in_force()
    conversations = Conversations(minutes=settings.conversation_minutes)
    run_shell(open_assistant(settings, path, url), make_console(), settings.state_folder / "history", conversations)


@cli.command(
    help=N_(
        "Answer QUESTION, or each line of standard input.\n\nExits with 0 if an answer was found (to any of the "
        "questions), 1 if the article does not say, 2 on an error."
    )
)
@ARTICLE_OPTION
@URL_OPTION
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
    as_json: bool,
    conversation: bool,
) -> int:
    """Answer a question, or each line of standard input."""
    # Imports make hardly any garbage; looking for it meanwhile delays the start.
    gc.disable()
    from bot.cross_encoder import load_in_background

    if path == "-" and question is None:
        raise QuestionError("The article comes from standard input, so the question cannot; give it as an argument.")
    # The model loads on a second core while the rest is imported and the article is read.
    load_in_background()
    from bot.loading import open_assistant

    assistant = open_assistant(settings_in_force(), path, url, threshold)
    gc.enable()
    questions = [question] if question is not None else _lines(sys.stdin.buffer)
    return _ask_all(
        assistant, questions, top, threshold, as_json=as_json, alone=question is not None, conversation=conversation
    )


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Questions of a stream, one a line, whatever its encoding; empty lines are left out."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", "replace").strip()
        if text:
            yield text


def _ask_all(  # noqa: PLR0913 - the options of `ask`
    assistant: "Assistant",
    questions: Iterable[str],
    top: int | None,
    threshold: float | None,
    *,
    as_json: bool,
    alone: bool,
    conversation: bool,
) -> int:
    """Answer every question; a bad one is reported and the next one is asked."""
    from bot.answer import Answer
    from bot.dialogue import Dialogue

    console = None
    if not as_json:
        from bot.console import make_console
        from bot.render import terminal

        console = make_console()
    else:
        from bot.render import json
    status = NOT_SAID
    ask_one = Dialogue(assistant).ask if conversation else assistant.ask
    for question in questions:
        try:
            result = ask_one(question, top=top, threshold=threshold)
        except QuestionError as error:
            _complain(error)
            status = FAILED
            continue
        if status == NOT_SAID and isinstance(result, Answer):
            status = ANSWERED
        if console is None:
            _write_line(json.dumps(json.result(result)))
            continue
        if not alone:
            console.print(terminal.asked(question))
        console.print(terminal.result(result))
        if not alone:
            console.print()
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
    from bot.loading import open_article

    article = open_article(path)
    if as_json:
        from bot.render import json

        _write_line(json.dumps(json.article(article)))
        return
    from bot.console import make_console
    from bot.render import terminal
    from index.indexer import Index

    console = make_console()
    console.print(terminal.article(Index(article)))
    console.print()
    console.print(terminal.paragraphs(article))


@cli.command(help=N_("Run the Discord bot until it is stopped (Ctrl-C)."))
def discord() -> int:
    """Run the Discord bot until it is stopped."""
    from bot.loading import open_assistant

    settings = settings_in_force()
    if settings.discord_token is None:
        raise SettingsError(
            "The bot has no token: put PULLQUOTE_DISCORD_TOKEN=... into .env (Discord developer portal, your "
            "application, Bot, Reset Token)."
        )
    assistant = open_assistant(settings)
    assistant.warm_up()
    from bot.discord import run

    return run(settings, assistant)


@cli.command(help=N_("Check the settings, the article, and the Discord token and intents."))
def check() -> int:
    """Check the settings, the article, and the Discord token and intents."""
    from bot.check import run_checks
    from bot.console import make_console

    return run_checks(make_console())


def _complain(error: PullquoteError) -> None:
    """Tell what went wrong."""
    _write_error(told(error))


def _write_error(sentence: str) -> None:
    """Print one sentence on standard error."""
    from bot.render.terminal import shown

    sys.stderr.write(f"pullquote: {shown(sentence)}\n")
    sys.stderr.flush()


def main() -> None:
    """Run the command line; every error that is meant for a person is one sentence and exit status 2."""
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
    except Exception as error:
        # A bug of ours is no reason to show a person a traceback; it is told in one sentence.
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
