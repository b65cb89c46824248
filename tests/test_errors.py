"""The tree of errors."""

import inspect

from index import errors


def test_the_tree_drawn_is_the_tree_there_is() -> None:
    """Every error stands in the module's drawing below its base, and nothing else does."""
    drawn = [
        line.strip("│├└─ ").split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if "Error" in line or "──" in line
    ]
    defined = [name for name, value in vars(errors).items() if inspect.isclass(value)]
    assert sorted(defined) == sorted(name for name in drawn if name[0].isupper() and name in defined)
    assert len(defined) == len(set(drawn) & set(defined))


def test_every_error_has_one_base() -> None:
    """One except clause at the edge catches all of them."""
    classes = [value for value in vars(errors).values() if inspect.isclass(value)]
    assert all(issubclass(c, errors.PullquoteError) for c in classes)
