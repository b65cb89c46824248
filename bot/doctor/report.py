"""All that the doctor looks at, printed a line each or as JSON."""

import json
import sys
from collections.abc import Callable, Iterator

from rich.console import Console

from bot import check
from bot.doctor import machine, serving, storage
from bot.findings import Finding, State, line, without_secrets
from bot.settings import Settings, load_settings
from bot.terminal.options import settings_in_force
from bot.translation import ENGLISH, _, speaking, told
from index.errors import PullquoteError


def findings(read: Callable[[], Settings]) -> Iterator[Finding]:
    """Everything, each as soon as it is known.

    Args:
        read: reads the settings.
    """
    try:
        settings = read()
    except PullquoteError as error:
        yield Finding(State.WRONG, "settings", told(error))
        return
    yield from check.checks(settings)
    yield from machine.machine(settings)
    yield from storage.storage(settings)
    yield from serving.serving(settings)


def run_doctor(console: Console) -> int:
    """Print all of it, and at the end how many things are wrong.

    Returns:
        0 if nothing is wrong, else 2.
    """
    subjects = (*check.SUBJECTS, *machine.SUBJECTS, *storage.SUBJECTS, *serving.SUBJECTS)
    width = max(len(_(subject)) for subject in subjects)
    wrong = 0
    for finding in findings(settings_in_force):
        console.print(line(finding, width))
        wrong += finding.state is State.WRONG
    return 2 if wrong else 0


def run_doctor_json() -> int:
    """Write all of it as one JSON object, in English: programs read it.

    Returns:
        0 if nothing is wrong, else 2.
    """
    with speaking(ENGLISH):
        found = list(findings(load_settings))
    subject = ""
    rows = []
    for finding in found:
        subject = finding.subject or subject
        rows.append(
            {
                "state": finding.state,
                "subject": subject,
                "sentence": without_secrets(finding.sentence),
                "remedy": finding.remedy or None,
            }
        )
    wrong = any(finding.state is State.WRONG for finding in found)
    json.dump({"ok": not wrong, "findings": rows}, sys.stdout)
    sys.stdout.write("\n")
    return 2 if wrong else 0
