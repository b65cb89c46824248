"""What runs the bot elsewhere: container, compose file, unit, dashboard and alerts hold together with the program."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.operations.health import ShardState
from bot.operations.metrics import Metrics, Reading
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}

MOST_EXPOSED = 1.5
"""What `systemd-analyze security` says of the unit, 0 (best) to 10; it was 1.2 when it was written."""


def instructions() -> list[tuple[str, str]]:
    """(Instruction, argument) of the Dockerfile, lines that go on joined."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n", " ", text).splitlines()
    return [(line.split(None, 1)[0].upper(), line.split(None, 1)[1].strip()) for line in lines if line.strip()]


def unit() -> dict[str, list[str]]:
    """Key -> values of the unit."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "pullquote.service").read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def compose() -> dict[str, Any]:
    """The bot's service."""
    whole = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return dict(whole["services"]["pullquote"])


def test_the_image_runs_as_a_user_who_is_not_root() -> None:
    """By number, so that whoever starts it can tell; in the last stage, after everything that root has to do."""
    last = [i for i, (name, _) in enumerate(instructions()) if name == "FROM"][-1]
    stage = instructions()[last:]
    users = [argument for name, argument in stage if name == "USER"]
    assert users == ["10001:10001"]
    after = [name for name, _ in stage[[n for n, _ in stage].index("USER") :]]
    assert "RUN" not in after
    assert "HEALTHCHECK" in after


def test_the_image_is_made_of_what_is_pinned() -> None:
    """Every package by its hash, a base that is named with its version, nothing fetched by hand."""
    bases = [argument.split()[0] for name, argument in instructions() if name == "FROM"]
    assert set(bases) == {"python:3.11-slim"}
    installs = [argument for name, argument in instructions() if name == "RUN" and "pip install" in argument]
    for line in " && ".join(installs).split("&&"):
        if "pip install" in line:
            assert "--require-hashes" in line or "--no-deps" in line
    assert not [name for name, _ in instructions() if name == "ADD"]


def test_what_the_image_copies_is_there_and_is_sent() -> None:
    """And nothing else is sent to whoever builds it: no .env, no history."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    sent = {line[1:] for line in ignored if line.startswith("!")}
    copied = [a.split()[:-1] for name, a in instructions() if name == "COPY" and "--from" not in a]
    sources = {source for sources in copied for source in sources}
    assert sources <= sent
    assert all((ROOT / source).exists() for source in sources)
    assert ".env" not in sent


def test_settings_that_are_set_exist() -> None:
    """In the image, the compose file and the unit."""
    text = "".join(
        (ROOT / name).read_text("utf-8") for name in ("Dockerfile", "compose.yaml", "deploy/pullquote.service")
    )
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", text)) <= SETTINGS


def test_compose_gives_the_container_as_little_as_it_needs() -> None:
    """A file system that cannot be written to, no capabilities, no new privileges, bounds on memory and processes."""
    service = compose()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"
    assert service["tmpfs"]
    assert "ports" not in service
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert [v for v in service["volumes"] if not v.endswith(":ro")] == ["state:/var/lib/pullquote"]
    assert service["logging"]["options"]["max-size"]


def test_a_stop_is_given_the_time_that_it_takes() -> None:
    """By Docker and by systemd, more than the bot waits for answers under way."""
    from bot.discord.runner import DRAIN

    assert int(compose()["stop_grace_period"].rstrip("s")) > DRAIN + 10
    assert int(unit()["TimeoutStopSec"][0]) > DRAIN + 10


def test_the_unit_does_not_restart_what_no_restart_mends() -> None:
    """Exit status 2 is a wrong setting or token."""
    assert unit()["Restart"] == ["on-failure"]
    assert unit()["RestartPreventExitStatus"] == ["2"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not at hand")
def test_the_unit_is_little_exposed() -> None:
    """As `systemd-analyze security` counts it."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(DEPLOY / "pullquote.service")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "offline" in done.stderr:
        pytest.skip("this systemd-analyze cannot look at a file")
    found = re.search(r"exposure level for pullquote\.service: ([0-9.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSED


def exported() -> set[str]:
    """The names of all samples that the bot shows."""
    now = Reading(shards=(ShardState(0, "ready", 1.0, 0.1),))
    families = list(text_string_to_metric_families(Metrics(lambda: now).text().decode()))
    names = {sample.name for family in families for sample in family.samples}
    # A counter or histogram with labels has no sample before it counts.
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
    return names | {f"{f.name}{ending}" for f in families for ending in endings.get(f.type, ("",))}


def named(expression: str) -> set[str]:
    """The metrics that a query names."""
    return set(re.findall(r"\b(?:pullquote|process|python)_[a-z_]+\b(?!\s*\()", expression))


def queries() -> dict[str, list[str]]:
    """Where they stand -> the queries of the dashboard and of the alerts."""
    board = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))
    return {
        "grafana.json": [target["expr"] for panel in board["panels"] for target in panel["targets"]],
        "alerts.yml": [rule["expr"] for group in rules["groups"] for rule in group["rules"]],
    }


@pytest.mark.parametrize("file", ["grafana.json", "alerts.yml"])
def test_every_query_names_metrics_that_there_are(file: str) -> None:
    """A panel that shows nothing helps nobody."""
    asked = set().union(*map(named, queries()[file]))
    assert asked
    assert asked <= exported()


def test_every_metric_of_ours_is_on_the_dashboard() -> None:
    """What nobody looks at need not be counted."""
    shown = {re.sub(r"_(total|bucket|count|sum)$", "", name) for q in queries()["grafana.json"] for name in named(q)}
    ours = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in exported() if name.startswith("pullquote_")}
    assert ours == {name for name in shown if name.startswith("pullquote_")}


def test_panels_do_not_lie_on_each_other() -> None:
    """Each has a place and a number of its own."""
    panels = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    places = [panel["gridPos"] for panel in panels]
    cells = [(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24
