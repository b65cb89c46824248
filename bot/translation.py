"""The language that people are spoken to in: `_` and `n_` look a sentence up in the catalogue of the language in force.

`N_` marks a sentence that stands in a constant and is looked up where it is said; `told` tells an error.

English stands in the code; the other languages stand in `bot/locale/LANGUAGE.po` (GNU gettext). The catalogue is
read when a language is first spoken, so a terminal in English pays nothing. Quotes are never translated: they are the
article's own words.

    with speaking("de"):
        text = _("Read as: {question}").format(question=question)
"""

import gettext
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from index.errors import PullquoteError
from index.phrases import N_, Phrase

__all__ = ["ENGLISH", "LANGUAGES", "N_", "Phrase", "_", "filled", "language", "n_", "nearest", "of_terminal", "speak"]
__all__ += ["speaking", "told"]

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


def of_terminal(environment: Mapping[str, str]) -> str:
    """The language of a terminal, as POSIX reads its variables: PULLQUOTE_LANGUAGE, LC_ALL, LC_MESSAGES, then LANG.

    Args:
        environment: such as `os.environ`.

    Returns:
        one of `LANGUAGES`.
    """
    wanted = environment.get("PULLQUOTE_LANGUAGE", "").strip().lower()
    if wanted in LANGUAGES:
        return wanted
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return nearest(next((environment[name] for name in names if environment.get(name)), None))


def speak(wanted: str) -> None:
    """Speak a language from now on, in this task or thread and what it calls.

    Args:
        wanted: one of `LANGUAGES`; any other is spoken to in English.
    """
    _language.set(wanted if wanted in LANGUAGES else ENGLISH)


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


def told(error: PullquoteError) -> str:
    """The sentence of an error in the language in force."""
    values = {name: _(value) if isinstance(value, Phrase) else value for name, value in error.values.items()}
    return filled(_(error.template), **values) if values else _(error.template)


class _Filler(string.Formatter):
    """Fills in numbers as the language in force writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - the standard library's signature
        """A value as text: `,` groups thousands, `g` gives the decimals it has, `.2f` so many, `.0%` a share."""
        spoken = _language.get()
        if spoken == ENGLISH or not isinstance(value, int | float) or not format_spec:
            return format(value, format_spec)
        from babel.numbers import format_decimal, format_percent

        if format_spec == ",":
            return format_decimal(value, locale=spoken)
        if format_spec == ".0%":
            return format_percent(value, locale=spoken)
        if format_spec == "g":
            return format_decimal(value, "0.######", locale=spoken)
        places = int(format_spec.strip(".f"))
        return format_decimal(value, f"0.{'0' * places}", locale=spoken)


_filler = _Filler()


def filled(template: str, **values: object) -> str:
    """A sentence with its values filled in, its numbers as the language in force writes them.

    Args:
        template: what `_` gave; a value stands in it as `{name}`, or with `,`, `g`, `.1f`, `.2f` or `.0%` behind a
            colon.
        values: by those names.
    """
    return _filler.vformat(template, (), values)
