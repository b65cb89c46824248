"""Load in the report: what is kept becomes the section, the verdicts and the plots."""

import re
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from bench.load.__main__ import limit_of
from bench.load.crowd import stream
from bench.load.discord import Asked
from bench.load.endurance import NEW, mixed
from bench.load.figures import figures
from bench.load.rates import fairness
from bench.results import load, report, store, targets


def row(offered: float, seconds: float, *, late: int = 0, gap: float = 0.01, answered: int = 10) -> dict[str, Any]:
    """Ten questions at a rate, each answered after so many seconds, the last ones refused."""
    asked = [
        Asked(n / offered, 0, 4.0 if n < late else 0.1, None if n >= answered else seconds, refused=n >= answered)
        for n in range(10)
    ]
    return figures(offered, asked, 10 / offered, gap=gap, bot_cpu=1, driver_cpu=0, load=0.5, rss=300 << 20).json()


FILES = ["load-memory.svg", "load-peers.svg", "load.svg"]

RUN = {"commit": "abc1234", "day": "2026-11-25", "time": "23:31", "seconds": 212, "limit": None}


def rates(*rows: dict[str, Any], articles: int = 1) -> dict[str, Any]:
    """A part of the results: rates that were offered."""
    share = {"asked": 9, "answered": 8, "refused": 1}
    hog = {"figures": row(60, 0.1), "hog": share, "others": share}
    about = {"servers": 10, "articles": articles, "repeated": False, "cores": 2}
    return {"rates": list(rows), "hog": hog, "run": RUN, **about}


def test_answered_a_second_counts_while_answers_come_soon() -> None:
    """A rate whose slowest hundredth takes longer than a second does not count, however many were answered."""
    found = {"rates": rates(row(1, 0.1), row(50, 0.9), row(100, 1.1))}
    assert load.answered(found, "rates") == pytest.approx(10 / (9 / 50 + 0.9))
    assert load.p99(found, "rates", 50) == pytest.approx(900)
    assert load.answered({"rates": rates(row(50, 2.0))}, "rates") == 0.0


def test_what_was_not_measured_has_no_figure() -> None:
    """Nothing is made up: neither of a part that is missing nor of a rate."""
    assert load.answered({}, "rates") is load.p99({}, "rates", 50) is load.late({}) is load.gap({}) is None
    assert load.p99({"rates": rates(row(1, 0.1))}, "rates", 50) is None


def test_late_and_gap_are_those_of_every_rate() -> None:
    """Also of the endurance run; a peer's are its own."""
    found = {
        "rates": rates(row(1, 0.1, late=2), row(50, 0.1, gap=0.3)),
        "rates-library": rates(row(1000, 0.1, late=1), articles=10_000),
        "endurance": {"late": 4, "gap": 20.0},
        "peers": {"rates": [{"bot": "blocking", **row(50, 0.1, late=9, gap=9)}]},
    }
    assert load.late(found) == 7
    assert load.gap(found) == pytest.approx(300)


def test_verdicts_are_taken_from_load() -> None:
    """The table of what we set out to reach says what was reached under load, and what was missed by how much."""
    found = {"rates": rates(row(1, 0.1), row(50, 0.9, late=1)), "rates-library": rates(row(50, 1.5), articles=10_000)}
    text = "\n".join(targets.lines({"load": found}))
    assert "| load, one article: p99 at 50 a second offered | at most 1000.0 ms | 900.0 ms | reached |" in text
    assert "| load, 10,000 articles: p99 at 50 a second offered | at most 1000.0 ms | 1500.0 ms | **missed by" in text
    assert "| load, all rates: unacknowledged after 3 s | at most 0.0 questions | 1.0 questions | **missed" in text
    assert "| load, all rates: heartbeat gap | at most 200.0 ms | 10.0 ms | reached |" in text


def everything() -> dict[str, Any]:
    """Every part that `python -m bench.load all` measures."""
    share = {"asked": 5, "answered": 4, "refused": 1}
    peers = [{"bot": bot, **row(10, 0.2)} for bot in ("ours", "bm25", "blocking", "thread")]
    about = {"run": RUN, "cores": 2}
    befell = {"its": share, "others": share, "seconds": 13.0}
    points = [(1_000, 290 << 20), (100_000, 310 << 20), (200_000, 311 << 20)]
    return {
        "rates": rates(row(1, 0.1), row(50, 0.9)),
        "rates-library": rates(row(50, 1.5), articles=10_000),
        "peers": {"rates": peers, "versions": {"discord.py": "2.7.1"}, **about},
        "endurance": {"points": points, "rate": 400.0, "new": 20, "answered": 3, "refused": 1, "late": 0, **about},
        "shards": {"killed": befell, "replaced": befell, "rate": 5.0, "syncs": 1, **about},
        "servers": {"servers": 10, "rss": [1 << 20, 2 << 20], "server_bytes": 2048, "messages": 4, "message_ms": 0.06}
        | about,
    }


def test_the_report_takes_load_from_beside_it(tmp_path: Path) -> None:
    """Each part with its command, commit and time; the results of load are read, and stay as they are."""
    (tmp_path / "load").mkdir()
    kept = tmp_path / "load" / "results.json"
    store.write(kept, everything())
    before = kept.read_bytes()
    report.write({}, tmp_path)
    written = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert "## Under load\n" in written
    # Prose is wrapped.
    text = " ".join(written.split())
    assert "`python -m bench.load peers` of commit abc1234, 2026-11-25 at 23:31 UTC, 212 s." in text
    assert "10,000 articles in 10 servers' libraries." in text
    assert "290 MB after the first 1,000, 310 MB after 100,000, 311 MB at the end, 311 MB at most." in text
    assert text.count("| **Pullquote** | 10 | 10 | 10 | 0 | 0 | 0 |") == 1
    assert "A quick look" not in text
    assert "busy machine" not in text
    assert kept.read_bytes() == before
    assert "load" not in store.read(tmp_path / "results.json")


def test_without_load_the_report_says_so(tmp_path: Path) -> None:
    """The section stands there and names the command."""
    report.write({}, tmp_path)
    assert "Not measured: `python -m bench.load all" in (tmp_path / "RESULTS.md").read_text("utf-8")


def test_what_can_not_be_quoted_is_marked() -> None:
    """A run of a few seconds, and one on a machine with other work, say so."""
    found = everything()
    found["rates"]["run"] = {**RUN, "limit": 3.0}
    found["rates"]["rates"][0]["load"] = 14.0
    text = "\n".join(load.lines(found))
    assert "**A quick look**, not to be quoted: rates." in text
    assert "it goes up to 14" in text


def test_plots_of_load_are_drawn(tmp_path: Path) -> None:
    """One for each picture that the section shows."""
    pytest.importorskip("matplotlib")
    from bench.results.load_plots import draw

    found = everything()
    draw(found, tmp_path)
    shown = re.findall(r"\(plots/(.+)\)", "\n".join(load.lines(found)))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(shown) == FILES


def test_the_endurance_run_asks_something_new_now_and_then() -> None:
    """Most questions repeat; every so many there is one that nobody asked before."""
    pool = ["Who came?", "What was said?"]
    asking = mixed(pool)
    asked = [next(asking) for _ in range(4 * NEW)]
    new = [question for question in asked if question not in pool]
    assert len(set(new)) == len(new) == 4
    assert new[0] == next(stream(pool, distinct=True))


def test_one_server_and_the_others_are_counted_apart() -> None:
    """A refusal is no answer, whoever gets it."""
    asked = [
        Asked(0, 0, 0.1, 0.2),
        Asked(0, 0, 0.1, refused=True),
        Asked(0, 3, 0.1, 0.2),
        Asked(0, 4),
    ]
    found = fairness(asked)
    assert found["hog"] == {"asked": 2, "answered": 1, "refused": 1}
    assert found["others"] == {"asked": 2, "answered": 1, "refused": 0}


@pytest.mark.parametrize(
    ("part", "asked", "limit"),
    [
        ("rates", {"seconds": 20.0, "interactions": 10}, None),
        ("rates", {"seconds": 3.0, "interactions": 200_000}, 3.0),
        ("endurance", {"seconds": 3.0, "interactions": 200_000}, None),
        ("endurance", {"seconds": 20.0, "interactions": 10}, 10),
    ],
)
def test_a_run_that_is_cut_down_is_a_quick_look(part: str, asked: dict[str, float], limit: float | None) -> None:
    """Rates by how long they are offered, the endurance run by how many interactions it takes."""
    assert limit_of(part, Namespace(**asked)) == limit
