"""`make audit`: are there known vulnerabilities in what the lock files pin?

pip-audit asks the package index's database of advisories. Where that cannot be asked, as without a network or behind a
mirror that has none, this says so and exits with 0: an audit that was not made is no failure, and no success either.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 300.0
"""Seconds that one lock file may take."""

IGNORED: dict[str, str] = {}
"""Id of an advisory -> why it does not concern us."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one lock file.

    Attributes:
        file: its name.
        audited: packages that the database knows.
        unknown: packages that it does not know, or could not be asked about.
        found: a line for each advisory.
        failure: why nothing was audited at all; "" if it was.
    """

    file: str
    audited: int = 0
    unknown: int = 0
    found: tuple[str, ...] = ()
    failure: str = ""

    def __str__(self) -> str:
        """For the log of whoever runs it."""
        if self.failure or not self.audited:
            why = self.failure or f"none of its {self.unknown} packages is known where advisories are asked for"
            return f"{self.file}: NOT AUDITED: {why}"
        rest = f", {self.unknown} not known there" if self.unknown else ""
        return "\n".join([f"{self.file}: {self.audited} packages audited{rest}, {len(self.found)} found", *self.found])


def read(file: str, text: str) -> Report:
    """What pip-audit's JSON says."""
    try:
        packages: list[dict[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Report(file, failure="pip-audit gave no report")
    known = [package for package in packages if "skip_reason" not in package]
    found = [
        f"  {package['name']} {package['version']}: {advisory['id']}, mended in "
        f"{', '.join(advisory.get('fix_versions', ())) or 'no version yet'}"
        for package in known
        for advisory in package.get("vulns", [])
        if advisory["id"] not in IGNORED
    ]
    return Report(file, len(known), len(packages) - len(known), tuple(found))


def audit(tool: Path, lock: Path) -> Report:
    """Have pip-audit look at a lock file; never raises for what the network does."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [str(tool), "--disable-pip", "--require-hashes", "--progress-spinner=off", "--timeout=15"]
        try:
            done = subprocess.run(  # noqa: S603 - our own command line
                [*command, "--format=json", f"--output={out}", f"--requirement={lock}"],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return Report(lock.name, failure=type(error).__name__)
        if not out.exists() or not out.read_text("utf-8"):
            lines = done.stderr.strip().splitlines() or ["it ended without a word"]
            return Report(lock.name, failure=lines[-1][:200])
        return read(lock.name, out.read_text("utf-8"))


def main() -> int:
    """Audit the lock files that are named; 1 if anything was found."""
    options = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    options.add_argument("tool", type=Path, help="the pip-audit to run")
    options.add_argument("locks", type=Path, nargs="+")
    chosen = options.parse_args()
    status = 0
    for lock in chosen.locks:
        report = audit(chosen.tool, lock)
        print(f"audit: {report}", flush=True)
        status = status or int(bool(report.found))
    return status


if __name__ == "__main__":
    sys.exit(main())
