"""One line of the log for each interaction: what was used, what came of it, how long it took; nobody's words or ids."""

import logging

from bot.operations.log_format import FIELDS
from bot.operations.observation import Observation
from bot.operations.pseudonyms import Pseudonyms

log = logging.getLogger("pullquote.interactions")


class InteractionLog:
    """Writes the lines."""

    def __init__(self, pseudonyms: Pseudonyms, *, questions: bool = False) -> None:
        """Prepare.

        Args:
            pseudonyms: make codes of ids.
            questions: whether the operator wants what was asked in the lines.
        """
        self._pseudonyms = pseudonyms
        self._questions = questions

    def write(self, observation: Observation) -> None:
        """Write one."""
        if not log.isEnabledFor(logging.INFO):
            return
        seconds = round(observation.seconds(), 4)
        fields = {
            "event": "interaction",
            "command": observation.command,
            "outcome": observation.outcome,
            "reason": observation.reason or None,
            "error": observation.error or None,
            "seconds": seconds,
            "confidence": None if observation.confidence is None else round(observation.confidence, 4),
            "shard": observation.shard,
            "person": self._pseudonyms.of(observation.person),
            "server": None if observation.server is None else self._pseudonyms.of(observation.server),
        }
        if self._questions and observation.question:
            fields["question"] = observation.question
        told = " ".join(f"{name}={_shown(value)}" for name, value in fields.items() if value is not None)
        log.info("%s", told.removeprefix("event=interaction "), extra={FIELDS: fields})


def _shown(value: object) -> str:
    """A value in a line of text; what a person wrote in quotation marks, so that it ends where it ends."""
    text = str(value)
    plain = text.replace(".", "").replace("_", "").replace("-", "").isalnum()
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
