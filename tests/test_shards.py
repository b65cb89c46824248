"""The setting that names a process's shards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shards import Shards
from index.errors import SettingsError


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 99))
def test_parts_are_read_as_they_are_written(first: int, more: int, beyond: int) -> None:
    """Any run of shards comes back from its written form."""
    shards = Shards(first, first + more, first + more + beyond)
    assert Shards.parse(str(shards)) == shards
    assert shards.numbers == tuple(range(first, first + more + 1))


def test_one_shard() -> None:
    """A single number is one shard."""
    assert Shards.parse(" 3/4 ").numbers == (3,)


@pytest.mark.parametrize("text", ["4/4", "3-2/8", "0-8/8", "0-1", "x", "", "0/0", "-1/4", "1-2-3/9"])
def test_no_such_shards(text: str) -> None:
    """What names no shards is told in a sentence with the setting's name."""
    with pytest.raises(SettingsError, match="PULLQUOTE_SHARDS"):
        Shards.parse(text)
