"""Writes to a store until it is killed: `python kill_me.py FILE`. Says on standard output what it has written."""

import itertools
import sys
from pathlib import Path

from bot.records import Refusal, SQLiteRecords, Verdict, Vote, server


def main() -> None:
    """Note a refusal and a vote on it, tell, and go on."""
    records = SQLiteRecords(Path(sys.argv[1]))
    first = int(sys.argv[2])
    for n in itertools.count(first):
        records.note_refusal(Refusal(server(1), n, 7, f"Question {n}?" * 50, ("x",), "abcdefabcdef", 0.1, n))
        records.cast(Vote(server(1), n, 7, Verdict.UP, f"Question {n}?", "abcdefabcdef", (), 0.1, n))
        if n % 50 == 49:
            records.erase_before(server(1), n - 400)
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
