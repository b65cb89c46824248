"""What is counted, and that labels stay few."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot.operations.health import ShardState
from bot.operations.metrics import MOST_COMMANDS, MOST_ERRORS, Metrics, Reading
from bot.operations.observation import Observation, note_error, note_result, observing
from bot.records import FILE, SQLiteRecords, Worker, server
from index.errors import CommandError, RecordsError


def samples(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """(Name, values of its labels by their names) -> value."""
    return {
        (s.name, *(value for _, value in sorted(s.labels.items()))): s.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for s in family.samples
    }


def test_an_error_counts_by_its_class() -> None:
    """What was foreseen is a refusal, all else an error."""
    metrics = Metrics()
    with observing(Observation("ask"), metrics.observe):
        note_error(CommandError("no"))
    with pytest.raises(ValueError, match="x"), observing(Observation("ask"), metrics.observe):
        raise ValueError("x")
    found = samples(metrics)
    assert found["pullquote_refusals_total", "CommandError"] == 1
    assert found["pullquote_errors_total", "ValueError"] == 1
    assert found["pullquote_interactions_total", "ask", "refused"] == 1
    assert found["pullquote_interactions_total", "ask", "failed"] == 1


def test_nothing_is_noted_where_nothing_is_observed() -> None:
    """The terminal asks without an observation."""
    note_error(CommandError("no"))


@given(st.lists(st.text(max_size=5), max_size=300))
def test_labels_are_bounded(names: list[str]) -> None:
    """However many commands and errors are made up."""
    metrics = Metrics()
    for name in names:
        metrics.observe(Observation(name, outcome="failed", error=f"{name}Error"))
    found = samples(metrics)
    assert len([key for key in found if key[0] == "pullquote_interactions_total"]) <= MOST_COMMANDS + 1
    assert len([key for key in found if key[0] == "pullquote_errors_total"]) <= MOST_ERRORS + 1
    assert sum(v for key, v in found.items() if key[0] == "pullquote_interactions_total") == len(names)


def test_the_bot_is_read_when_it_is_asked_for() -> None:
    """Each shard has one state, and a latency once it was acknowledged."""
    now = Reading(shards=(ShardState(0, "ready", 3.0, 0.1), ShardState(1, "connecting", 0.0, None)), waiting=4)
    found = samples(Metrics(lambda: now))
    assert found["pullquote_queue_length",] == 4
    assert found["pullquote_gateway_state", "0", "ready"] == 1
    assert found["pullquote_gateway_state", "1", "ready"] == 0
    assert found["pullquote_gateway_heartbeat_age_seconds", "0"] == 3.0
    assert ("pullquote_gateway_heartbeat_latency_seconds", "1") not in found


async def test_what_the_store_does_is_counted(tmp_path: Path) -> None:
    """Done, failed; whether somebody waits for it or not."""
    metrics = Metrics()
    worker = Worker(lambda: SQLiteRecords(tmp_path / FILE), metrics.watch("records"))

    def fail(_: object) -> None:
        raise RecordsError("no")

    await worker.run(lambda records: records.note_answer(server(1), 0))
    with pytest.raises(RecordsError):
        await worker.run(fail)
    worker.note(lambda records: records.note_answer(server(1), 0))
    worker.note(fail)
    await asyncio.to_thread(worker.close)
    found = samples(metrics)
    assert found["pullquote_store_operations_total", "done", "records"] == 2
    assert found["pullquote_store_operations_total", "failed", "records"] == 2
    assert found["pullquote_store_operations_total", "dropped", "records"] == 0
    assert worker.waiting == 0


def test_results_outside_an_interaction_change_nothing() -> None:
    """An answer in the terminal has nobody to tell."""
    from bot.assistant import Assistant
    from index.readers import read_bytes

    note_result(
        Assistant(read_bytes(b"The ferry sails on Monday. It costs 4 crowns.", "x.txt")).ask("When?", threshold=0)
    )
