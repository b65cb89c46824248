"""What a document says of itself: titles, authors and dates of its properties, where they can be believed."""

import datetime as dt
import re

_NOT_A_TITLE = re.compile(
    r"(?:microsoft \w+ - |untitled|document\d*$|word document$|powerpoint|slide \d|layout \d|.*\.(?:docx?|indd|pdf|qxd"
    r"|tex|dvi|rtf|odt|pages|pptx?|html?)$)",
    re.IGNORECASE,
)
_NOT_AN_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|user|owner|unknown|anonymous|root|author|default|python-docx|.*[@\\/]|\W*$)", re.IGNORECASE
)

MAX_TITLE, MAX_AUTHOR = 300, 160
"""Characters that are kept."""

FIRST_YEAR = 1990
"""Programs that keep such properties, and say truly when, are not older."""


def sane_title(value: object) -> str | None:
    """A title in one line, unless it is a program's own or the name of a file."""
    title = " ".join(str(value or "")[: 4 * MAX_TITLE].split())[:MAX_TITLE]
    return title if " " in title and not _NOT_A_TITLE.match(title) else None


def sane_author(value: object) -> str | None:
    """Names in one line, unless they are a program's default."""
    author = " ".join(str(value or "")[: 4 * MAX_AUTHOR].split())[:MAX_AUTHOR]
    return author if any(c.isalpha() for c in author) and not _NOT_AN_AUTHOR.match(author) else None


def sane_day(value: dt.datetime | None) -> dt.date | None:
    """A day between `FIRST_YEAR` and the end of this year."""
    if value is None or not FIRST_YEAR <= value.year <= dt.datetime.now(tz=dt.UTC).year:
        return None
    return value.date()
