"""An audit that could not be made is told from one that found nothing."""

import json
import stat
from pathlib import Path

from bench.audit import audit, read

CLEAN = {"name": "idna", "version": "3.11", "vulns": []}
HOLED = {"name": "idna", "version": "3.6", "vulns": [{"id": "PYSEC-2024-60", "fix_versions": ["3.7"], "aliases": []}]}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1)"}


def report(*packages: object) -> str:
    """What pip-audit writes."""
    return json.dumps({"dependencies": packages, "fixes": []})


def tool(folder: Path, script: str) -> Path:
    """A program in the place of pip-audit."""
    file = folder / "pip-audit"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def test_nothing_found() -> None:
    """Says how many packages were looked at."""
    assert str(read("x.lock", report(CLEAN, UNKNOWN))) == "x.lock: 1 packages audited, 1 not known there, 0 found"


def test_what_is_found_names_the_version_that_mends_it() -> None:
    """A line for each."""
    found = read("x.lock", report(HOLED))
    assert "idna 3.6: PYSEC-2024-60, mended in 3.7" in str(found)


def test_where_nothing_is_known_nothing_was_audited() -> None:
    """A mirror without advisories answers like a database that knows no package."""
    assert "NOT AUDITED" in str(read("x.lock", report(UNKNOWN)))
    assert "NOT AUDITED" in str(read("x.lock", "no JSON"))


def test_a_failure_is_told(tmp_path: Path) -> None:
    """No network, no program: one line, no exception."""
    lock = tmp_path / "x.lock"
    lock.write_text("")
    assert "NOT AUDITED: cannot connect" in str(audit(tool(tmp_path, "echo cannot connect >&2; exit 1"), lock))
    assert "NOT AUDITED: FileNotFoundError" in str(audit(tmp_path / "none", lock))
