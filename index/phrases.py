"""Words meant for people, marked where they stand so that the catalogues have them; whoever shows them translates.

Nothing here translates: this folder knows neither languages nor the places where people read.
"""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a sentence for the catalogues; gives it back as it is."""
    return message


class Phrase(str):
    """A value in an error's sentence that is itself words, and translated with it: `Phrase("the file")`."""

    __slots__ = ()


_REASONS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("File name too long"),
    N_("Input/output error"),
)
"""What Linux and macOS most often say; of the rest people read the system's English."""


def reason(error: BaseException) -> Phrase:
    """Why a file could not be used, in the system's words."""
    return Phrase(getattr(error, "strerror", None) or type(error).__name__)
