"""Names and descriptions of commands in the languages that there are catalogues for.

Discord shows each person the ones of their own locale. `bot.commands.NAMES` says how the catalogues hold names.
"""

import logging
import re

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes, locale_str

from bot.translation import ENGLISH, N_, _, nearest, speaking

log = logging.getLogger(__name__)

CHECK_MENU = N_("Check against the article")
"""Name of the command in the menu of a message."""

_NAME = re.compile(r"[-_'\w]{1,32}")
_LONGEST = 100
"""Characters of a description."""

_DECORATED = {Location.command_name: "/{}", Location.group_name: "/{}", Location.parameter_name: "{}:"}


class CatalogueTranslator(app_commands.Translator):
    """Looks names and descriptions up in the catalogues."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """A name or description in a locale; None where Discord is to show the English one."""
        language = nearest(locale.value)
        if language == ENGLISH:
            return None
        menu = isinstance(context.data, app_commands.ContextMenu)
        form = "{}" if menu else _DECORATED.get(context.location, "{}")
        with speaking(language):
            message = form.format(string.message)
            found = _(message)
        if found == message:
            return None
        if form != "{}":
            found = found.strip("/: ").lower()
            if not _NAME.fullmatch(found):
                log.warning("“%s” is no name for a command in %s: it stays %s.", found, language, string.message)
                return None
        return found if len(found) <= (32 if menu else _LONGEST) else None
