"""What a server may set: it comes back as it was set, and what does not fit counts as not set."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import THRESHOLD
from bot.server_settings import (
    LONGEST_RETENTION,
    PRESETS,
    RETENTION,
    ServerSettings,
    parse_retention,
    parse_threshold,
    preset_of,
)
from bot.translation import LANGUAGES
from index.errors import CommandError

SETTINGS = st.builds(
    ServerSettings,
    st.frozensets(st.integers(0, 2**63 - 1), max_size=25),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(LANGUAGES),
    st.none() | st.floats(0, 1),
    st.integers(1, LONGEST_RETENTION),
)
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(SETTINGS)
def test_what_is_set_comes_back(settings: ServerSettings) -> None:
    """Through JSON and back gives the same."""
    stored = {name: value for name, value in settings.stored().items() if value is not None}
    assert ServerSettings.from_stored(json.loads(json.dumps(stored))) == settings


@given(st.dictionaries(st.sampled_from([*ServerSettings().stored(), "other"]), JSON))
def test_what_does_not_fit_counts_as_not_set(stored: dict[str, Any]) -> None:
    """Whatever is stored, there are settings in range, and unknown names are passed over."""
    read = ServerSettings.from_stored(stored)
    assert 1 <= read.retention <= LONGEST_RETENTION
    assert read.threshold is None or 0 <= read.threshold <= 1
    assert read.language in (None, *LANGUAGES)
    assert read.private in (None, True, False)


def test_an_allow_list() -> None:
    """None is everywhere; else the channel, what it is in, or the category must be on it."""
    assert ServerSettings().allows(5, None)
    only = ServerSettings(channels=frozenset({7}))
    assert only.allows(7)
    assert only.allows(5, 7, None)
    assert not only.allows(5, None)


@pytest.mark.parametrize(
    ("typed", "threshold"),
    [
        ("40 %", 0.4),
        ("40", 0.4),
        ("0.4", 0.4),
        ("0,4", 0.4),
        ("0.4 %", 0.004),
        ("1", 1),
        ("1 %", 0.01),
        ("0", 0),
        ("100%", 1),
        (" ", None),
    ],
)
def test_thresholds_are_read_as_people_type_them(typed: str, threshold: float | None) -> None:
    """In percent or as a share, with a comma or a point; nothing is the default."""
    assert parse_threshold(typed) == threshold


@pytest.mark.parametrize("typed", ["101", "-1", "much", "4 0", "٤٠", "1e9", "nan", "%"])
def test_what_is_no_threshold_is_a_sentence(typed: str) -> None:
    """The sentence names the range."""
    with pytest.raises(CommandError, match="0 % to 100 %"):
        parse_threshold(typed)


@pytest.mark.parametrize("typed", ["0", "366", "-5", "x", "1.5", "99999"])
def test_what_is_no_retention_is_a_sentence(typed: str) -> None:
    """The sentence names the range."""
    with pytest.raises(CommandError, match="1 to 365 days"):
        parse_retention(typed)


def test_retention_is_read() -> None:
    """A whole number of days; nothing is the default."""
    assert parse_retention(" 30 ") == 30
    assert parse_retention("") == RETENTION


def test_presets_stand_in_order_around_the_default() -> None:
    """Cautious asks for more than balanced, bold for less; each is found by its number."""
    assert 1 > PRESETS["cautious"] > PRESETS["balanced"] == THRESHOLD > PRESETS["bold"] > 0
    assert all(preset_of(value) == name for name, value in PRESETS.items())
    assert preset_of(0.77) is None
