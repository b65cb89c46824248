"""What an operator is told when the bot cannot go on."""

from pathlib import Path

import pytest

from bot.discord.runner import refusals
from index.errors import PullquoteError


def test_a_file_that_is_missing_is_no_matter_of_the_network(tmp_path: Path) -> None:
    """The file is named, and nobody is sent to look at the network."""
    with pytest.raises(PullquoteError, match=r"weights\.npz cannot be opened") as told, refusals():
        (tmp_path / "weights.npz").read_bytes()
    assert "Discord" not in str(told.value)


def test_a_connection_that_is_refused_is_one() -> None:
    """Discord is named, and what to check."""
    with pytest.raises(PullquoteError, match="Discord cannot be reached"), refusals():
        raise ConnectionRefusedError
