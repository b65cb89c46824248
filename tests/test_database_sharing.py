"""One SQLite file, used from several places at once."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.database import APPLICATION, open_file
from index.errors import LibraryError


def test_a_second_connection_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """Another process that opens and closes the file does not take the log from under a process that uses it twice."""
    path = tmp_path / "one.db"
    first = open_file(path, LibraryError)
    first.execute(f"PRAGMA application_id = {APPLICATION:d}")
    first.execute("CREATE TABLE words (word TEXT) STRICT")
    second = open_file(path, LibraryError)
    use = (
        "import sys; from pathlib import Path\n"
        "from index.database import open_file; from index.errors import LibraryError\n"
        "other = open_file(Path(sys.argv[1]), LibraryError)\n"
        "print(other.execute('SELECT count(*) FROM words').fetchone()[0]); other.close()"
    )

    def elsewhere() -> int:
        done = subprocess.run([sys.executable, "-c", use, str(path)], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert elsewhere() == 0
    assert path.with_name("one.db-wal").exists()
    first.execute("INSERT INTO words VALUES ('ferry')")
    assert second.execute("SELECT count(*) FROM words").fetchone() == (1,)
    assert elsewhere() == 1
    first.close()
    second.close()
    assert elsewhere() == 1


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """It is refused in a sentence, and stays as it is."""
    before = tmp_path.stat().st_mode
    with pytest.raises(LibraryError, match="cannot be opened"):
        open_file(tmp_path, LibraryError)
    assert tmp_path.stat().st_mode == before


def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    """Whoever finds the file half made by another waits for it, and takes it neither for foreign nor for locked."""
    crowd = 6
    barrier = threading.Barrier(crowd)

    def join(path: Path) -> None:
        barrier.wait()
        connection = open_file(path, LibraryError, any_thread=True)
        connection.executescript(
            f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION:d};"
            "CREATE TABLE IF NOT EXISTS words (word TEXT) STRICT; COMMIT;"
        )
        connection.close()

    with ThreadPoolExecutor(crowd) as pool:
        for n in range(60):
            for joined in [pool.submit(join, tmp_path / f"{n}.db") for _ in range(crowd)]:
                joined.result()
