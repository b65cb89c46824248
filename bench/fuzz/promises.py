"""What a target says of a promise that is not kept."""


class Broken(Exception):
    """Something does not hold that always should."""


def hold(kept: bool, promise: str) -> None:  # noqa: FBT001 - the condition reads first, as in an assertion
    """Go on if a promise is kept.

    Raises:
        Broken: it is not; says which.
    """
    if not kept:
        raise Broken(promise)


def text_of(data: bytes) -> str:
    """Any text, halves of surrogate pairs included."""
    return data.decode("utf-8", "surrogateescape")
