"""The tree of errors that Pullquote raises on purpose.

    PullquoteError
    ├── ReadError                 a file could not be made into an article
    │   ├── SourceNotFound        no such file, or it may not be read
    │   ├── SourceTooLarge        more bytes, or more text, than a reader takes
    │   ├── UnsupportedSource     binary data, or a format without a reader
    │   ├── ProtectedSource       a PDF that opens only with a password
    │   ├── CostlySource          reading it takes more time or memory than is allowed
    │   ├── NoArticle             read, but there is no article text in it
    │   └── FetchError            a page could not be had off the web
    │       ├── AddressRefused    no address of a page on the public web
    │       └── RobotsRefused     the site's robots.txt does not want us to have it
    ├── QuestionError             a question that cannot be asked
    ├── SettingsError             a setting that is missing or has no valid value
    ├── CommandError              a command that is unknown or misused
    ├── RecordsError              what is kept cannot be opened, read or written
    ├── LibraryError              a library cannot be opened, read or written
    │   ├── LibraryFull           an owner has as many articles, or as much text, as is allowed
    │   └── UnknownArticle        an owner has no such article
    ├── CardError                 an answer that cannot be drawn as an image
    └── CitationError             a citation that is not the article's text; a bug, caught before it leaves

Every message is one sentence for the person at the keyboard: what is wrong, then what to do. The edges
(command line, Discord) tell it in the person's language (`bot.translation.told`) and never show a traceback for one
of these. So that it can be translated, it is a template with its values apart:

    raise CommandError("There is no passage {number}; the article has passages 1 to {last}.", number=3, last=2)
"""


class PullquoteError(Exception):
    """Base of every error that Pullquote raises on purpose; `str()` gives the sentence in English.

    Attributes:
        template: the sentence with a name in braces for each value.
        values: by those names; a `Phrase` among them is words, and translated too.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        """Say what is wrong.

        Args:
            template: a sentence; one without values stands as it is, whatever braces it has.
            values: what to fill in.
        """
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


class ReadError(PullquoteError):
    """A file could not be made into an article."""


class SourceNotFound(ReadError):
    """There is no such file, or it may not be read."""


class SourceTooLarge(ReadError):
    """The file holds more bytes, or more text, than a reader takes."""


class UnsupportedSource(ReadError):
    """The file is binary data, or in a format that has no reader."""


class ProtectedSource(ReadError):
    """The file opens only with a password."""


class CostlySource(ReadError):
    """Reading the file takes more time or memory than is allowed."""


class NoArticle(ReadError):
    """The file was read, but holds no article text."""


class FetchError(ReadError):
    """A page could not be had off the web: it is not there, too large, too slow, or of a kind that is not read."""


class AddressRefused(FetchError):
    """The address is none of a page on the public web."""


class RobotsRefused(FetchError):
    """The site's robots.txt does not want us to have the page, or cannot be asked."""


class QuestionError(PullquoteError):
    """The question cannot be asked: it is empty, too long, or holds no word."""


class SettingsError(PullquoteError):
    """A setting is missing or has no valid value."""


class CommandError(PullquoteError):
    """A command is unknown or misused."""


class CardError(PullquoteError):
    """An answer cannot be drawn as an image: a package, a font or a glyph is missing, or it is too long."""


class RecordsError(PullquoteError):
    """What is kept between starts cannot be opened, read or written."""


class LibraryError(PullquoteError):
    """A library cannot be opened, read or written."""


class LibraryFull(LibraryError):
    """An owner has as many articles, or as much text, as is allowed."""


class UnknownArticle(LibraryError):
    """An owner has no such article."""


class CitationError(PullquoteError):
    """A citation does not equal the article's text at its offsets; the answer is withheld."""
