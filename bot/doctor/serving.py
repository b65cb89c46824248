"""What the bot needs to serve: its port, Discord within reach, a right clock, and somebody who starts it again."""

import json
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bot.findings import Finding, State
from bot.operations.server import HOST
from bot.settings import Settings
from bot.translation import N_, _

SUBJECTS = (N_("port"), N_("clock"), N_("sessions"), N_("service"), N_("logs"))

UNIT = "pullquote"
"""The name of the systemd unit in deploy/."""

RESTARTS = 5
"""As many since the machine started show that something is not as it should be."""

_PATIENCE = 5.0


def serving(settings: Settings) -> Iterator[Finding]:
    """Each of them."""
    yield port(settings.metrics_port)
    if settings.discord_token is not None:
        from bot.discord.reach import reach

        yield from reach(settings)
    yield from service(Path("/run/systemd/system"))
    where = _("Logs go to standard error; under systemd read them with: {command}")
    yield Finding(State.NOTE, "logs", where.format(command=f"journalctl -u {UNIT}"))


def port(number: int | None) -> Finding:
    """Whether the port for health and metrics is free, or what the bot on it says."""
    if number is None:
        return Finding(State.NOTE, "port", _("health and metrics are off; PULLQUOTE_METRICS_PORT turns them on."))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError:
            pass
        else:
            return Finding(State.RIGHT, "port", _("{number} is free; no bot runs with it.").format(number=number))
    return _running(number)


def _running(number: int) -> Finding:
    """What the program on the port says."""
    found: list[str] = []
    for path in ("healthz", "readyz"):
        said = _asked(f"http://{HOST}:{number}/{path}")
        if said is None:
            sentence = _("{number} is taken by another program.").format(number=number)
            return Finding(State.WRONG, "port", sentence, _("Set PULLQUOTE_METRICS_PORT to a free one above 1023."))
        found += said
    if found:
        sentence = _("a bot runs on {number} and is not well: {what}.")
        remedy = _("Look at its log; it mends by itself what Discord or the network do.")
        what = ", ".join(dict.fromkeys(found))
        return Finding(State.WRONG, "port", sentence.format(number=number, what=what), remedy)
    return Finding(State.RIGHT, "port", _("a bot runs on {number} and is well and ready.").format(number=number))


def _asked(address: str) -> list[str] | None:
    """What lacks, as our port says it; None where the answer is none of ours."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy is not asked for 127.0.0.1
    try:
        with opener.open(address, timeout=_PATIENCE) as answer:
            said = json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            said = json.load(error)
        except ValueError:
            return None
    except (OSError, ValueError):
        return None
    lacking = said.get("lacking") if isinstance(said, dict) else None
    return [str(word) for word in lacking] if isinstance(lacking, list) else None


def service(running: Path) -> Iterator[Finding]:
    """What systemd says of the unit, where there is systemd.

    Args:
        running: a folder that is there where systemd runs.
    """
    if "INVOCATION_ID" in os.environ or not running.is_dir() or shutil.which("systemctl") is None:
        return
    shown = ["systemctl", "show", UNIT, "-p", "LoadState,ActiveState,NRestarts,Result"]
    try:
        done = subprocess.run(shown, capture_output=True, text=True, timeout=_PATIENCE, check=True)  # noqa: S603 - ours
    except (OSError, subprocess.SubprocessError):
        return
    yield from unit(dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line))


def unit(state: dict[str, str]) -> Iterator[Finding]:
    """What the unit's state tells.

    Args:
        state: properties as `systemctl show` gives them.
    """
    if state.get("LoadState") != "loaded":
        sentence = _("there is no systemd unit {name}, so nothing starts the bot again.").format(name=UNIT)
        yield Finding(State.NOTE, "service", sentence, _("deploy/pullquote.service is one; its head says how."))
    elif state.get("ActiveState") == "failed":
        sentence = _("the systemd unit {name} failed ({result}).").format(name=UNIT, result=state.get("Result", "?"))
        command = f"journalctl -u {UNIT} -n 50"
        yield Finding(State.WRONG, "service", sentence, _("The reason is in: {command}").format(command=command))
    elif int(state.get("NRestarts") or 0) >= RESTARTS:
        sentence = _("systemd had to start the bot again {n} times.").format(n=state["NRestarts"])
        command = f"journalctl -u {UNIT} -p warning"
        yield Finding(State.WRONG, "service", sentence, _("The reason is in: {command}").format(command=command))
    else:
        sentence = _("the systemd unit {name} is {state}.").format(name=UNIT, state=state.get("ActiveState", "?"))
        yield Finding(State.RIGHT, "service", sentence)
