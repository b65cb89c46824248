"""What is counted, for Prometheus. No label holds an id or a word of anybody's: each takes a few dozen values.

A `Metrics` has a registry of its own, so that several may live in one process, as in the tests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.operations.health import STATES, ShardState
from bot.operations.observation import ABSTAINED, ANSWERED, REFUSED, Observation

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 3.0, 5.0, 10.0, 30.0)
"""Upper ends of the buckets of latencies; at 3 s Discord gives an interaction up that nobody acknowledged."""

PARTS = tuple(n / 10 for n in range(1, 10))
"""Upper ends of the buckets of confidences."""

MOST_ERRORS = 40
"""Classes of errors told apart; further ones are counted as `other`, so that the labels stay few."""

MOST_COMMANDS = 80
"""Commands told apart; as above."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read off the running bot when the metrics are asked for.

    Attributes:
        shards: what is known of each.
        servers: how many servers it is in.
        reconnects: how often a shard had to connect again.
        under_way: interactions and messages being worked on.
        waiting: questions that wait for a thread.
        notes: writes that wait for the store.
        store: bytes of the store's files.
        library: whether there is a library.
        ready: whether the bot is ready to answer.
    """

    shards: tuple[ShardState, ...] = ()
    servers: int = 0
    reconnects: int = 0
    under_way: int = 0
    waiting: int = 0
    notes: int = 0
    store: int = 0
    library: bool = False
    ready: bool = False


class _Gauges(Collector):
    """Reads the bot when it is asked for."""

    def __init__(self, read: Callable[[], Reading]) -> None:
        self._read = read

    def collect(self) -> Iterable[Metric]:
        """Each gauge with its values of now."""
        now = self._read()
        yield _gauge("pullquote_ready", "Whether the bot is ready to answer.", int(now.ready))
        yield _gauge("pullquote_servers", "Servers that the bot is in.", now.servers)
        yield CounterMetricFamily(
            "pullquote_gateway_reconnects", "How often a shard had to connect again.", value=now.reconnects
        )
        yield _gauge("pullquote_under_way", "Interactions and messages being worked on.", now.under_way)
        yield _gauge("pullquote_queue_length", "Questions that wait for a thread.", now.waiting)
        yield _gauge("pullquote_library_open", "Whether there is a library.", int(now.library))
        yield _gauge("pullquote_store_bytes", "Size of the store's files.", now.store)
        yield _gauge("pullquote_store_waiting", "Writes that wait for the store.", now.notes)
        state = GaugeMetricFamily(
            "pullquote_gateway_state",
            "1 for the state that a shard is in, 0 for the others.",
            labels=["shard", "state"],
        )
        silence = GaugeMetricFamily(
            "pullquote_gateway_heartbeat_age_seconds",
            "Seconds since a heartbeat of the shard was acknowledged.",
            labels=["shard"],
        )
        latency = GaugeMetricFamily(
            "pullquote_gateway_heartbeat_latency_seconds",
            "Seconds from the last acknowledged heartbeat to its acknowledgement.",
            labels=["shard"],
        )
        for shard in now.shards:
            for name in STATES:
                state.add_metric([str(shard.shard), name], int(shard.state == name))
            silence.add_metric([str(shard.shard)], shard.silence)
            if shard.latency is not None:
                latency.add_metric([str(shard.shard)], shard.latency)
        yield from (state, silence, latency)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


class Metrics:
    """Counts."""

    def __init__(self, read: Callable[[], Reading] = Reading) -> None:
        """Start at nought.

        Args:
            read: reads the running bot; called by the thread that asks for the metrics.
        """
        # When each counter began doubles the series, and Prometheus needs it not.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no types, other than the rest
        self.registry = CollectorRegistry()
        self._commands = _Few(MOST_COMMANDS)
        self._errors = _Few(MOST_ERRORS)
        self._interactions = self._counter("interactions", "What was used, and what came of it.", "command", "outcome")
        self._answers = self._counter("answers", "Questions that the article answers.")
        self._abstentions = self._counter("abstentions", "Questions that the article does not answer.", "reason")
        self._refusals = self._counter("refusals", "What was refused in a sentence, as foreseen.", "error")
        self._failures = self._counter("errors", "What went wrong unforeseen.", "error")
        self._dropped = self._counter("dropped", "Interactions not acted on: twice, late, or while stopping.", "why")
        self._suggestions = self._counter("autocompletions", "Lists of suggestions that were asked for.")
        self._seconds = Histogram(
            "pullquote_interaction_seconds",
            "From the arrival of an interaction to the end of the work on it.",
            ["command"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._confidence = Histogram(
            "pullquote_confidence",
            "Confidence of answers and abstentions.",
            buckets=PARTS,
            registry=self.registry,
        )
        self._lag = Histogram(
            "pullquote_event_loop_lag_seconds",
            "How much later than asked for the event loop woke up.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._store = self._counter("store_operations", "What was done with a store.", "store", "outcome")
        self._store_seconds = Histogram(
            "pullquote_store_seconds", "How long a store took.", ["store"], buckets=SECONDS, registry=self.registry
        )
        for store in ("records", "library"):
            for outcome in ("done", "failed", "dropped"):
                self._store.labels(store, outcome)  # a counter that is not there yet cannot be alerted on
        self.registry.register(_Gauges(read))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"pullquote_{name}", meaning, labels, registry=self.registry)

    def observe(self, observation: Observation) -> None:
        """Count an interaction that is over."""
        command = self._commands.of(observation.command)
        self._interactions.labels(command, observation.outcome).inc()
        self._seconds.labels(command).observe(observation.seconds())
        if observation.error:
            error = self._errors.of(observation.error)
            (self._refusals if observation.outcome == REFUSED else self._failures).labels(error).inc()
        if observation.outcome == ANSWERED:
            self._answers.inc()
        elif observation.outcome == ABSTAINED:
            self._abstentions.labels(observation.reason).inc()
        if observation.confidence is not None:
            self._confidence.observe(observation.confidence)

    def drop(self, why: str) -> None:
        """Count an interaction that is not acted on.

        Args:
            why: it came `twice`, or while `stopping`; `elsewhere` has it; or it is too `late` to be acknowledged.
        """
        self._dropped.labels(why).inc()

    def suggest(self) -> None:
        """Count a list of suggestions."""
        self._suggestions.inc()

    def lag(self, seconds: float) -> None:
        """Note how much later than asked for the event loop woke up."""
        self._lag.observe(max(0.0, seconds))

    def watch(self, store: str) -> Callable[[str, float], None]:
        """What counts all that is done with a store; may be called by any thread.

        Args:
            store: `records` or `library`.

        Returns:
            takes how it went, `done`, `failed` or `dropped`, and how many seconds it took.
        """

        def count(outcome: str, seconds: float) -> None:
            self._store.labels(store, outcome).inc()
            self._store_seconds.labels(store).observe(seconds)

        return count

    def text(self) -> bytes:
        """All of it, as Prometheus reads it (text format 0.0.4)."""
        return generate_latest(self.registry)


class _Few:
    """Takes a few values, and `other` for any further one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: set[str] = set()

    def of(self, value: str) -> str:
        """The value, or `other`."""
        if value not in self._known and len(self._known) >= self._most:
            return "other"
        self._known.add(value)
        return value
