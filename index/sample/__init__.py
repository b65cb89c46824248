"""The article that comes with the package: a report retold in our own words, laid out as a page somebody copied.

The story stands between page furniture (a cookie notice, an appeal, a newsletter box), so that the sample also
shows what a reader sets aside.
"""

import atexit
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

__all__ = ["sample_path"]


@cache
def sample_path() -> Path:
    """Find the sample article as a file.

    Returns:
        The path of a UTF-8 text file. Where the package is imported from an archive, it is a temporary copy that
        lives until the interpreter exits.
    """
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(as_file(files(__name__) / "article.txt"))
