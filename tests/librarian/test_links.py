"""A folder that somebody else made: what is added out of it is in it."""

import os
from pathlib import Path

from bot.librarian.sources import wanted


def test_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    """To a file, to a folder, up and down again; one that stays inside is taken."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("the operator's own")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "story.txt").write_text("The heron nests by the river.")
    (folder / "same.txt").symlink_to("story.txt")
    (folder / "out.txt").symlink_to(secret / "key.txt")
    (folder / "up.txt").symlink_to("../secret/key.txt")
    (folder / "all").symlink_to(secret, target_is_directory=True)
    (folder / "ring.txt").symlink_to("ring.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    assert [Path(one.name).name for one in wanted([str(folder)])] == ["same.txt", "story.txt"]


def test_what_is_no_file_is_left_out(tmp_path: Path) -> None:
    """A pipe, which would be read for ever, and a folder that is called like an article."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    assert wanted([str(tmp_path)]) == []


def test_a_folder_that_is_reached_by_a_link_is_looked_through(tmp_path: Path) -> None:
    """The operator named it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "story.txt").write_text("x")
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    assert len(wanted([str(tmp_path / "link")])) == 1
