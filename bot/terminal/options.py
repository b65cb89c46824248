"""What the commands of the command line share: options and exit statuses."""

from typing import TYPE_CHECKING

from bot.terminal.help import option
from bot.translation import N_, speak

if TYPE_CHECKING:
    from bot.defaults import Asking
    from bot.settings import Settings

ANSWERED, NOT_SAID, FAILED = 0, 1, 2
"""Exit statuses, as grep's."""

ARTICLE_OPTION = option(
    "--article",
    "path",
    metavar="PATH",
    help=N_(
        "The article: a text, Markdown, HTML, PDF, Word or EPUB file, or - for standard input. "
        "Default: PULLQUOTE_ARTICLE, else the sample article."
    ),
)
LIBRARY_OPTION = option(
    "--library/--no-library",
    "library",
    default=None,
    help=N_(
        "Ask the library, or one article. Default: the library, where it holds articles and neither --article nor "
        "PULLQUOTE_ARTICLE names one."
    ),
)
URL_OPTION = option("--url", metavar="URL", help=N_("Where the article stands on the web, for links to each quote."))


def settings_in_force() -> "Settings":
    """Read the settings, and speak the language that they name from now on.

    Raises:
        SettingsError: a setting has no valid value.
    """
    from bot.settings import load_settings

    settings = load_settings()
    if settings.language != "auto":
        speak(settings.language)
    return settings


def settings_to_ask() -> "Asking":
    """The settings in force, for asking; nothing is imported to read them where none is set.

    Raises:
        SettingsError: a setting has no valid value.
    """
    from bot.defaults import Defaults, nothing_is_set

    return Defaults() if nothing_is_set() else settings_in_force()
