"""The language that people are spoken to in: `_` and `n_` look a sentence up in the catalogue of the language in force.

English stands in the code; the other languages stand in `bot/locale/LANGUAGE.po` (GNU gettext). The catalogue is
read when a language is first spoken, so a terminal in English pays nothing. Quotes are never translated: they are the
article's own words.

    with speaking("de"):
        text = _("Read as: {question}").format(question=question)
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

ENGLISH = "en"

LANGUAGES: tuple[str, ...] = (ENGLISH, "de", "fr", "es", "ru")
"""The languages that there are catalogues for, English first."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The language in force, one of `LANGUAGES`."""
    return _language.get()


def nearest(locale: str | None) -> str:
    """The language to speak to someone with a locale.

    Args:
        locale: such as "de", "es-419" or "pt_BR.UTF-8"; None or "" if unknown.

    Returns:
        one of `LANGUAGES`; English where there is no catalogue for the locale.
    """
    spoken = (locale or "").replace("_", "-").split("-")[0].split(".")[0].lower()
    return spoken if spoken in LANGUAGES else ENGLISH


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak a language within a `with` block; holds for the task or thread that enters it and what it calls.

    Args:
        wanted: one of `LANGUAGES`; any other is spoken to in English.
    """
    token = _language.set(wanted if wanted in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(wanted: str) -> gettext.NullTranslations:
    """The catalogue of a language; one that gives every sentence back for English and where there is none yet."""
    source = files("bot") / "locale" / f"{wanted}.po"
    if wanted == ENGLISH or not source.is_file():
        return gettext.NullTranslations()
    # Only who speaks another language waits for Babel. The catalogue is compiled in memory: no binary is shipped.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=wanted))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """A sentence in the language in force; as it stands where the catalogue lacks it."""
    return _catalogue(_language.get()).gettext(message)


def n_(one: str, many: str, count: int) -> str:
    """The form of a sentence for a number, in the language in force.

    Args:
        one: English for a count of 1.
        many: English for every other count.
        count: the number that it speaks of.
    """
    return _catalogue(_language.get()).ngettext(one, many, count)
